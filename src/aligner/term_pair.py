"""The nouns of the glossary: term pairs, their evidence and conflicts, a reviewer's decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from aligner.characters import INVISIBLE, nfc
from aligner.model import Bitext, Lang, content_id

Status = Literal["candidate", "approved", "rejected", "forbidden"]
STATUSES: tuple[Status, ...] = get_args(Status)
#: The parts of a pair that a reviewer can change.
Part = Literal["words", "status", "note", "preferred"]
PARTS: tuple[Part, ...] = get_args(Part)
Kind = Literal["name", "title", "organisation", "term"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["new", "known", "lost", "typed"]
STATES: tuple[State, ...] = get_args(State)
ConflictKind = Literal["synonym", "role", "spelling", "error"]
FindingKind = Literal[
    "missing",
    "forbidden",
    "inconsistent",
    "spelling",
    "figure",
    "negation",
    "opposite",
    "rank",
    "omitted",
    "added",
]

# What Excel, Word and phones turn plain quotation marks, hyphens and blanks into.
_TYPOGRAPHIC = str.maketrans(
    dict(zip("‘’‚ʼ´`“”„«»‐‑‒–—\xa0", "''''''\"\"\"\"\"----- ", strict=True))
)
# Invisible characters, which programs add and drop, and those that XML cannot hold.
_UNSEEN = re.compile(f"[{INVISIBLE}\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence pair in which a term pair occurs, and the place of both sentences.

    `vi_term` and `en_term` are the terms as they are written there (a variant, an inflected form).
    `vi_at` and `en_at` number the sentences in their articles from 1; 0 means unknown.
    """

    vi: str
    en: str
    vi_name: str
    en_name: str
    vi_term: str = ""
    en_term: str = ""
    vi_at: int = 0
    en_at: int = 0

    @classmethod
    def of(cls, bitext: Bitext, i: int, j: int, vi_term: str, en_term: str) -> Evidence:
        """Return a Vietnamese and an English sentence (from 0) as evidence for terms in them."""
        vi, en = bitext.vi, bitext.en
        texts = vi.sentences[i].text, en.sentences[j].text
        return cls(*texts, vi.name, en.name, vi_term, en_term, i + 1, j + 1)


@dataclass(frozen=True, slots=True)
class Variants:
    """Other spellings of the two terms that occur in the texts: Mátxcơva, LB Nga; Kyiv."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


# Every stage asks for the same few thousand terms again.
@lru_cache(maxsize=1 << 15)
def term_id(vi: str, en: str) -> str:
    """Return the id of a term pair, which ignores the letter case and typography of its terms."""
    return content_id(same_text(vi), same_text(en))


@lru_cache(maxsize=1 << 16)
def same_text(term: str) -> str:
    """Return a form that is the same for all spellings that differ only in case and typography.

    >>> same_text("Bờ  Biển Ngà’s") == same_text("bờ biển ngà's")
    True
    """
    # Plain once more: a letter may become several characters when its case is folded.
    return plain_text(plain_text(term).casefold())


def plain_text(term: str) -> str:
    """Return a term in NFC with plain quotes, hyphens and blanks, without invisible characters.

    >>> plain_text("Bờ\\u200b  Biển Ngà’s")
    "Bờ Biển Ngà's"
    """
    seen = _UNSEEN.sub("", term)
    return " ".join(nfc(seen).translate(_TYPOGRAPHIC).split())


@dataclass(frozen=True, slots=True)
class TermPair:
    """A Vietnamese term and its English rendering, with the evidence for it.

    `confidence` (0 to 1) is the probability that the pair is right and worth listing
    (docs/quality.md says how reliable it is), and `reason` says briefly where it comes from.

    `count` is the number of beads with both terms, and `articles` that of article pairs.
    `consistency` is the share of the aligned occurrences of the Vietnamese term that are rendered
    so, `consistency_en` the share in the other direction. `beside` lists the countries that are
    mentioned beside the Vietnamese term when it is rendered so.

    `state` is "new" until a reviewer has seen the pair, "lost" when no text supports it any more,
    and "typed" if a person added it.
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
        """The id of the two terms: sorting the rows of a table never moves a decision."""
        return term_id(self.vi, self.en)

    def term(self, lang: Lang) -> str:
        """Return the term in one language."""
        return self.vi if lang == "vi" else self.en

    def spellings(self, lang: Lang) -> tuple[str, ...]:
        """Return the term in one language and its other spellings."""
        return self.term(lang), *(self.variants.vi if lang == "vi" else self.variants.en)

    @property
    def is_decided(self) -> bool:
        """True if a person has given the pair a status, a note or preference."""
        return self.status != "candidate" or bool(self.note) or self.preferred

    @property
    def is_wanted(self) -> bool:
        """True if a reviewer has approved the pair, or marked the candidate as preferred."""
        return self.status == "approved" or (self.preferred and self.status == "candidate")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several renderings of one term, or several terms with one rendering.

    `term`, in the language `lang`, is what the pairs share; they may also have another name of the
    same place or office. `preferred` is the proposed rendering, and `reason` explains it; for a
    conflict of the kind "role", it says which rendering belongs to which role.
    """

    kind: ConflictKind
    lang: Lang
    term: str
    pairs: tuple[TermPair, ...]
    preferred: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a translation that disagrees with the glossary or with its source.

    `found` is `sentence[start:end]`, the words at fault, in the language `lang`. For a missing
    term, these are the words of the source that have no counterpart. `at` numbers the sentences of
    the article `name` from 1. `expected` lists what the glossary asks for, and `message` is a
    sentence for the user.
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
    """What a reviewer says about one term pair: a row of a workbook or a term list.

    `id` is the id of the pair for which the row was written, while `vi` and `en` are the words that
    stand there now. If they make another id (`target`), the row corrects its pair.

    A row with `edited` False is as it was written, and decides nothing. Nor do the `untouched`
    parts of an edited row: there the glossary, which may have changed since, keeps what it has.

    `preferred` is None if nothing is said about it, as in a table without such a column. `typed` is
    True for a row without an Id, and `edition` identifies the workbook among those of a folder.
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
        """The id of the pair that the words make; it differs from `id` if they were corrected."""
        return term_id(self.vi, self.en)
