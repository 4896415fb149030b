"""The nouns of the glossary: term pairs, a reviewer's decisions, and how the two come together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from aligner.model import Lang, content_id

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["candidate", "approved", "rejected", "forbidden"]
STATUSES: tuple[Status, ...] = ("candidate", "approved", "rejected", "forbidden")
#: What a reviewer can change of a pair.
Part = Literal["words", "status", "note", "preferred"]
PARTS: tuple[Part, ...] = ("words", "status", "note", "preferred")
Kind = Literal["name", "title", "organisation", "term"]
KINDS: tuple[Kind, ...] = ("name", "title", "organisation", "term")
State = Literal["new", "known", "lost", "typed"]
STATES: tuple[State, ...] = ("new", "known", "lost", "typed")
ConflictKind = Literal["synonym", "role", "spelling", "error"]
FindingKind = Literal["missing", "forbidden", "inconsistent", "spelling"]

# What Excel, Word and phones make of plain quotation marks, hyphens and blanks.
_TYPOGRAPHIC = str.maketrans(
    dict(zip("‘’‚ʼ´`“”„«»‐‑‒–—\xa0", "''''''\"\"\"\"\"----- ", strict=True))
)
# What nobody sees and programs add or drop: controls, soft hyphens, joiners, marks of direction,
# and what XML cannot hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence pair in which a term pair was seen, and where it stands.

    `vi_term` and `en_term` are the words as they stand there (a variant, an inflected form);
    `vi_at` and `en_at` count the sentences of the articles from 1, 0 where that is not known.
    """

    vi: str
    en: str
    vi_name: str
    en_name: str
    vi_term: str = ""
    en_term: str = ""
    vi_at: int = 0
    en_at: int = 0


@dataclass(frozen=True, slots=True)
class Variants:
    """Other spellings of the two terms that were met: Mátxcơva, LB Nga; Kyiv."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


# Every step asks for the same few thousand terms again.
@lru_cache(maxsize=1 << 15)
def term_id(vi: str, en: str) -> str:
    """Return the identity of a term pair: its two terms, whatever their case and typography."""
    return content_id(same_text(vi), same_text(en))


@lru_cache(maxsize=1 << 16)
def same_text(term: str) -> str:
    """Return a form that is equal for spellings that mean one: `plain_text` whatever its case.

    >>> same_text("Bờ  Biển Ngà’s") == same_text("bờ biển ngà's")
    True
    """
    return plain_text(unicodedata.normalize("NFC", plain_text(term).casefold()))


def plain_text(term: str) -> str:
    """Return a term without what programs make of it: quotes, dashes, blanks, NFD, the unseen.

    >>> plain_text("Bờ\\u200b  Biển Ngà’s")
    "Bờ Biển Ngà's"
    """
    if not term.isprintable():
        term = _INVISIBLE.sub("", term)
    return " ".join(unicodedata.normalize("NFC", term).translate(_TYPOGRAPHIC).split())


@dataclass(frozen=True, slots=True)
class TermPair:
    """A Vietnamese term and its English rendering, with what speaks for it.

    `confidence` (0 to 1) tells how likely the pair is right and worth listing (docs/quality.md says
    how far it holds) and `reason` says in a few words where it comes from. `count` is the number
    of beads that hold both, `articles` of article pairs. `consistency` is the share of the aligned
    occurrences of the Vietnamese term that are rendered so, `consistency_en` the reverse. `beside`
    lists the countries that stand beside the Vietnamese term where it is rendered so. `state` is
    "new" until a review has come back, "lost" without evidence any more, "typed" by a person.
    """

    vi: str
    en: str
    kind: Kind = "term"
    confidence: float = 0.0
    consistency: float = 0.0
    count: int = 0
    articles: int = 0
    evidence: tuple[Evidence, ...] = ()
    status: Status = "candidate"
    note: str = ""
    preferred: bool = False
    variants: Variants = Variants()
    consistency_en: float = 0.0
    reason: str = ""
    beside: tuple[str, ...] = ()
    state: State = "new"

    @property
    def id(self) -> str:
        """Identity by the two terms, whatever their case: sorting rows never moves a decision."""
        return term_id(self.vi, self.en)

    def term(self, lang: Lang) -> str:
        """Return the term in one language."""
        return self.vi if lang == "vi" else self.en

    def spellings(self, lang: Lang) -> tuple[str, ...]:
        """Return the term in one language and its other spellings."""
        return self.term(lang), *(self.variants.vi if lang == "vi" else self.variants.en)

    @property
    def is_decided(self) -> bool:
        """True where a person has said something about the pair."""
        return self.status != "candidate" or bool(self.note) or self.preferred


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several renderings of one term, or several terms with one rendering, told apart by kind.

    `lang` is the language of `term`, which the pairs share, or another name of the same place or
    office; `preferred` is the rendering proposed for it and `reason` says why, with the roles told
    apart where `kind` is "role".
    """

    kind: ConflictKind
    lang: Lang
    term: str
    pairs: tuple[TermPair, ...]
    preferred: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a translation that does not agree with the glossary.

    `found` is `sentence[start:end]`, the words at fault in language `lang`: of a missing term the
    words of the other language that have no counterpart. `at` counts the sentences of the article
    `name` from 1, `expected` lists what the glossary wants in its place, and `message` says it all.
    """

    kind: FindingKind
    lang: Lang
    name: str
    at: int
    sentence: str
    start: int
    end: int
    found: str
    expected: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of one term pair: its id, the words as they stand now, and the rest.

    `edited` is False for a row of a workbook that is as it was written: nothing was decided there.
    `preferred` is None where nothing was said of it, as in a table without such a column.
    `untouched` are the parts of an edited row that are as they were written: there the glossary's
    word stands, which may have changed since.
    """

    id: str
    vi: str
    en: str
    status: Status
    note: str
    preferred: bool | None = False
    edited: bool = True
    untouched: frozenset[Part] = field(default=frozenset(), compare=False)

    @property
    def target(self) -> str:
        """The id of the pair that the words make: another one's where they were corrected."""
        return term_id(self.vi, self.en)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Term pairs, most confident first; of two with one id only the first is kept."""

    pairs: tuple[TermPair, ...]

    def __post_init__(self) -> None:
        by_id: dict[str, TermPair] = {}
        for pair in self.pairs:
            by_id.setdefault(pair.id, pair)
        object.__setattr__(self, "pairs", tuple(by_id.values()))

    def __iter__(self) -> Iterator[TermPair]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def apply(self, decisions: Iterable[Decision]) -> Glossary:
        """Return the glossary with a reviewer's decisions; none is ever dropped.

        Edited words make a pair of their own, approved unless the decision says otherwise, with
        what the evidence so far shows of it. The pair as it was becomes rejected, so that it does
        not come back as new. A decision on a pair that is not here makes it one.
        """
        from aligner.decide import decide, in_order  # which build on the nouns of this module

        pairs = {pair.id: pair for pair in self.pairs}
        for decision in in_order(decision for decision in decisions if decision.edited):
            decide(pairs, decision)
        return Glossary(tuple(pairs.values()))

    def merge(self, extracted: Glossary) -> Glossary:
        """Return this glossary brought up to date with a new extraction; every decision stands.

        What was extracted again takes the new figures and evidence, what was not is kept and marked
        as lost, and what is extracted for the first time is marked as new.
        """
        from aligner.decide import updated, without_evidence

        known = {pair.id: pair for pair in self.pairs}
        fresh = [
            updated(known[pair.id], pair) if pair.id in known else replace(pair, state="new")
            for pair in extracted
        ]
        found = {pair.id for pair in extracted}
        kept = [without_evidence(pair) for pair in self.pairs if pair.id not in found]
        return Glossary((*fresh, *kept))

    def reviewed(self) -> Glossary:
        """Return the glossary with nothing marked as new: a reviewer has been through it."""
        return Glossary(
            tuple(replace(p, state="known") if p.state == "new" else p for p in self.pairs)
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair; evidence is left to the pairs themselves."""
        import pandas as pd

        columns = [
            *("id", "vi", "en", "kind", "status", "preferred", "confidence", "reason"),
            *("consistency", "consistency_en", "count", "articles", "variants_vi", "variants_en"),
            *("state", "note"),
        ]
        rows = [
            [
                *(pair.id, pair.vi, pair.en, pair.kind, pair.status, pair.preferred),
                *(pair.confidence, pair.reason, pair.consistency, pair.consistency_en),
                *(pair.count, pair.articles, list(pair.variants.vi), list(pair.variants.en)),
                *(pair.state, pair.note),
            ]
            for pair in self.pairs
        ]
        return pd.DataFrame(rows, columns=columns)
