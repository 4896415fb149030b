"""What a search finds: sentences, where they stand, and what the other language says there."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.model import Lang

Span = tuple[int, int]  # of characters of a text


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of the index; `source` is its article or memory, `position` counts from 1."""

    id: int
    text: str
    lang: Lang
    source: str
    position: int


@dataclass(frozen=True, slots=True)
class StoredBead:
    """Sentences that say the same thing, with the packed word links of their joined texts."""

    vi: tuple[Found, ...]
    en: tuple[Found, ...]
    confidence: float
    links: bytes

    def side(self, lang: Lang) -> tuple[Found, ...]:
        """Return the sentences of a language, in their order."""
        return self.vi if lang == "vi" else self.en

    def text(self, lang: Lang) -> str:
        """Return the text of a side."""
        return " ".join(found.text for found in self.side(lang))


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What says the same as a sentence in the other language: its sentences, joined by blanks.

    `confidence` is that of the bead; `spans` are the characters that render what was looked for.
    """

    text: str
    source: str
    position: int
    confidence: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that is like a query; `confidence` (0 to 1) is the share of such that were right.

    `spans` are the characters of its text that the query has too.
    """

    sentence: Found
    counterpart: Counterpart | None
    confidence: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a concordance: `sentence.text[start:end]` is what was looked for.

    `rendering` is how its counterpart says that, "" where there is none or it does not say so.
    """

    sentence: Found
    start: int
    end: int
    counterpart: Counterpart | None

    @property
    def left(self) -> str:
        """What stands before it in the sentence."""
        return self.sentence.text[: self.start]

    @property
    def match(self) -> str:
        """The words that were looked for, as they stand there."""
        return self.sentence.text[self.start : self.end]

    @property
    def right(self) -> str:
        """What stands behind it in the sentence."""
        return self.sentence.text[self.end :]

    @property
    def rendering(self) -> str:
        """How the counterpart says it, "" where there is none or it does not say so."""
        if self.counterpart is None:
            return ""
        return " … ".join(self.counterpart.text[a:b] for a, b in self.counterpart.spans)
