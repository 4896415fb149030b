"""The records of a search: sources, sentences, beads, hits and lines of a concordance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from aligner.model import LANGS, Lang, Span

SourceKind = Literal["article", "memory"]
Scope = Literal["vi", "en", "both"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def languages_in(scope: Scope) -> list[Lang]:
    """Return the languages that a search is to look in."""
    return [lang for lang in LANGS if scope in (lang, "both")]


class Source(NamedTuple):
    """An article or a translation memory in the index, and how many sentences it has there."""

    name: str
    lang: Lang
    kind: SourceKind
    sentences: int


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of the index. `source` names its article or memory, `position` counts from 1."""

    id: int
    text: str
    lang: Lang
    source: str
    position: int


@dataclass(frozen=True, slots=True)
class StoredBead:
    """A bead of the index: its sentences, and the packed word links between their joined texts."""

    vi: tuple[Found, ...]
    en: tuple[Found, ...]
    confidence: float
    links: bytes

    def side(self, lang: Lang) -> tuple[Found, ...]:
        """Return the sentences of one side, in order."""
        return self.vi if lang == "vi" else self.en

    def text(self, lang: Lang) -> str:
        """Return the text of one side: its sentences, joined by blanks."""
        return " ".join(found.text for found in self.side(lang))


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other side of a sentence's bead: the text of its sentences, joined by blanks.

    `source` and `position` are those of the first of them, `confidence` is that of the bead, and
    `spans` are the parts of the text that render what was looked for.
    """

    text: str
    source: str
    position: int
    confidence: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a search found.

    `confidence` (0 to 1) is the share of such hits that were right on labelled queries, and `spans`
    are the parts of the sentence that match words of the query.
    """

    sentence: Found
    counterpart: Counterpart | None
    confidence: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a concordance: an occurrence of the phrase, `sentence.text[start:end]`."""

    sentence: Found
    start: int
    end: int
    counterpart: Counterpart | None

    @property
    def left(self) -> str:
        """The sentence before the occurrence."""
        return self.sentence.text[: self.start]

    @property
    def match(self) -> str:
        """The words that match the phrase."""
        return self.sentence.text[self.start : self.end]

    @property
    def right(self) -> str:
        """The sentence after the occurrence."""
        return self.sentence.text[self.end :]

    @property
    def rendering(self) -> str:
        """How the counterpart renders the phrase, "" if it does not or there is no counterpart."""
        if self.counterpart is None:
            return ""
        return " … ".join(self.counterpart.text[a:b] for a, b in self.counterpart.spans)
