"""The nouns of the project: frozen records that all other modules pass around.

Nothing here reads files or does arithmetic; pandas is imported only to make a table. Indices are
0-based, and offsets count characters of the article's own text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    import pandas as pd

Lang = Literal["vi", "en"]
Relation = Literal["parallel", "comparable"]
RelationChoice = Literal["auto", "parallel", "comparable"]
RELATIONS: tuple[RelationChoice, ...] = get_args(RelationChoice)
LANGS: tuple[Lang, ...] = get_args(Lang)
LANGUAGES: Mapping[str, str] = {"vi": "Vietnamese", "en": "English"}
Span = tuple[int, int]  # a part of a text: its first character, and the one after its last


def check_language(name: str, lang: str, known: Sequence[str] = LANGS) -> None:
    """Raise ValueError, which calls the language by `name`, if it is none of the known ones."""
    if lang not in known:
        raise ValueError(f"{name} is {lang!r}; use one of {', '.join(known)}")


def check_several(name: str, texts: object) -> None:
    """Raise TypeError for a single text, whose characters would be taken for texts."""
    if isinstance(texts, str):
        raise TypeError(f"{name} is one text, {texts!r}; give a list")


def check_article(article: object) -> None:
    """Raise TypeError for anything but an article, such as the name of its file."""
    if not isinstance(article, Article):
        raise TypeError(f"{article!r} is no article; read it with read_articles")


def other_language(lang: Lang) -> Lang:
    """Return the other language."""
    return "en" if lang == "vi" else "vi"


def content_id(*parts: str) -> str:
    """Return twelve hexadecimal digits that depend on nothing but the texts of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read: its name, its language and the decoded text of its file.

    `name` is the path of the file relative to the folder that was read (or only its file name),
    with forward slashes on every system. `text` is unchanged; it may hold boilerplate and NFD.
    """

    name: str
    lang: Lang
    text: str

    def __post_init__(self) -> None:
        check_language("lang", self.lang)

    @property
    def id(self) -> str:
        """The identity of the article by its content, wherever its file is."""
        return content_id(self.lang, self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in NFC with single blanks; `article.text[start:end]` is the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line that belongs to the website, not the report; `reason` says why it was left out."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article cut into sentences, with the lines that were left out."""

    article: Article
    sentences: tuple[Sentence, ...]
    dropped: tuple[DroppedLine, ...] = ()

    @property
    def name(self) -> str:
        """The article's name."""
        return self.article.name

    @property
    def lang(self) -> Lang:
        """The article's language."""
        return self.article.lang

    @property
    def texts(self) -> list[str]:
        """The sentences as plain strings, in order."""
        return [sentence.text for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """A Vietnamese and an English article about one event.

    `score` is the confidence (0 to 1) that they are, and `reason` says where the pair comes from.
    `relation` is "auto" unless the user has chosen one.
    """

    vi: Document
    en: Document
    score: float
    reason: str
    relation: RelationChoice = "auto"


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that say the same thing, as indices into source and target; one may be empty.

    `confidence` (0 to 1) is the share of such beads that were right on labelled data; for a null
    bead, it is the confidence that the sentence has no counterpart. `evidence` lists what the two
    sides share in short phrases ("name Kerry", "number 1,5").
    """

    src: tuple[int, ...]
    tgt: tuple[int, ...]
    confidence: float
    evidence: tuple[str, ...] = ()

    @property
    def shape(self) -> str:
        """The number of sentences on each side, for instance "2-1"."""
        return f"{len(self.src)}-{len(self.tgt)}"

    @property
    def is_null(self) -> bool:
        """True if one side is empty, so that the other has no counterpart."""
        return not self.src or not self.tgt


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A bead with its texts; `vi` or `en` is "" if the other side has no counterpart."""

    id: str
    vi: str
    en: str
    bead: Bead

    @property
    def shape(self) -> str:
        """The bead's shape."""
        return self.bead.shape

    @property
    def confidence(self) -> float:
        """The bead's confidence."""
        return self.bead.confidence

    @property
    def evidence(self) -> tuple[str, ...]:
        """The bead's evidence."""
        return self.bead.evidence


#: The keys of `Bitext.records`.
BEAD_COLUMNS = ("id", "relation", "shape", "confidence", "src", "tgt", "vi", "en", "evidence")


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents and the beads between them, in the order of the Vietnamese text.

    `relation` says how they were aligned, and `reason` why so (chosen, or found by "auto").
    """

    vi: Document
    en: Document
    beads: tuple[Bead, ...]
    relation: Relation
    reason: str

    @property
    def links(self) -> list[Bead]:
        """The beads with text on both sides."""
        return [bead for bead in self.beads if not bead.is_null]

    def document(self, lang: Lang) -> Document:
        """Return the document in one language."""
        return self.vi if lang == "vi" else self.en

    def units(self) -> Iterator[TranslationUnit]:
        """Yield every bead, null beads included, with its texts."""
        articles = self.vi.article.id, self.en.article.id
        for bead in self.beads:
            vi = [self.vi.sentences[i] for i in bead.src]
            en = [self.en.sentences[j] for j in bead.tgt]
            spans = [*(f"vi:{s.start}-{s.end}" for s in vi), *(f"en:{s.start}-{s.end}" for s in en)]
            vi_text, en_text = (" ".join(s.text for s in side) for side in (vi, en))
            yield TranslationUnit(content_id(*articles, *spans), vi_text, en_text, bead)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield a dictionary with the keys `BEAD_COLUMNS` for each bead, null beads included.

        `src` and `tgt` are lists of sentence indices, and `evidence` is a list of phrases.
        """
        for unit in self.units():
            yield {
                "id": unit.id,
                "relation": self.relation,
                "shape": unit.shape,
                "confidence": unit.confidence,
                "src": list(unit.bead.src),
                "tgt": list(unit.bead.tgt),
                "vi": unit.vi,
                "en": unit.en,
                "evidence": list(unit.evidence),
            }

    def to_frame(self) -> pd.DataFrame:
        """Return a table with a row for each bead and the columns `BEAD_COLUMNS`."""
        import pandas as pd

        return pd.DataFrame(list(self.records()), columns=list(BEAD_COLUMNS))
