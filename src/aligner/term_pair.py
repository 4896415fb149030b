"""The nouns of the glossary: term pairs, their evidence and conflicts, a reviewer's decisions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from aligner.characters import INVISIBLE
from aligner.model import Lang, content_id

Status = Literal["candidate", "approved", "rejected", "forbidden"]
STATUSES: tuple[Status, ...] = get_args(Status)
#: What a reviewer can change of a pair.
Part = Literal["words", "status", "note", "preferred"]
PARTS: tuple[Part, ...] = get_args(Part)
Kind = Literal["name", "title", "organisation", "term"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["new", "known", "lost", "typed"]
STATES: tuple[State, ...] = get_args(State)
ConflictKind = Literal["synonym", "role", "spelling", "error"]
FindingKind = Literal[
    "missing", "forbidden", "inconsistent", "spelling", "figure", "omitted", "added"
]

# What Excel, Word and phones make of plain quotation marks, hyphens and blanks.
_TYPOGRAPHIC = str.maketrans(
    dict(zip("‘’‚ʼ´`“”„«»‐‑‒–—\xa0", "''''''\"\"\"\"\"----- ", strict=True))
)
# What programs add or drop unseen, and what XML cannot hold.
_UNSEEN = re.compile(f"[{INVISIBLE}\ufffe\uffff\ud800-\udfff]")


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
    # Plain again: small letters can be of several characters that were none before.
    return plain_text(unicodedata.normalize("NFC", plain_text(term).casefold()))


def plain_text(term: str) -> str:
    """Return a term without what programs make of it: quotes, dashes, blanks, NFD, the unseen.

    >>> plain_text("Bờ\\u200b  Biển Ngà’s")
    "Bờ Biển Ngà's"
    """
    seen = _UNSEEN.sub("", term)
    return " ".join(unicodedata.normalize("NFC", seen).translate(_TYPOGRAPHIC).split())


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
    """A place in a translation that does not agree with the glossary or with its source.

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
    """What a reviewer said of one term pair: a row of a workbook, or of a term list.

    `id` is that of the pair as it was written there, `vi` and `en` are the words as they stand now:
    where they make another id (`target`), the row corrects its pair. `edited` is False for a row as
    it was written: it decides nothing. `untouched` are the parts of an edited row that are as they
    were written: they decide nothing either, and the glossary, which may have changed since, keeps
    its own. `preferred` is None where nothing was said of it, as in a table without such a column.
    `typed` is True for a row that had no Id. `edition` tells workbooks apart that were written one
    after the other.
    """

    id: str
    vi: str
    en: str
    status: Status
    note: str
    preferred: bool | None = False
    edited: bool = True
    untouched: frozenset[Part] = field(default=frozenset(), compare=False)
    typed: bool = field(default=False, compare=False)
    edition: str = field(default="", compare=False)

    @property
    def target(self) -> str:
        """The id of the pair that the words make: another one's where they were corrected."""
        return term_id(self.vi, self.en)
