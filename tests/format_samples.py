"""Small bitexts and term pairs for the tests of the formats; the people in them are invented."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.model import Article, Bead, Bitext, Document, Lang, Sentence
from aligner.term_pair import Evidence, TermPair

VI = (
    "Sáng 12/3, Bộ trưởng Trần Minh Khuê họp với các tỉnh ven biển.",
    "Bão số 5 đã làm 37 ngôi nhà tốc mái.",
    "Hơn 1.200 người phải sơ tán.",
    "Ông Khuê cảm ơn lực lượng cứu hộ.",
)
EN = (
    "On the morning of March 12, Minister Trần Minh Khuê met the coastal provinces.",
    "Storm No. 5 tore the roofs off 37 houses, and more than 1,200 people were evacuated.",
    "Schools will stay closed until Monday.",
)
BEADS = (
    Bead((0,), (0,), 0.96789, ("name Trần Minh Khuê", "date 12/3")),
    Bead((1, 2), (1,), 0.71, ("number 37",)),
    Bead((3,), (), 0.64),
    Bead((), (2,), 0.9),
)


def document(name: str, lang: Lang, texts: Sequence[str]) -> Document:
    """Return a document whose sentences are `texts`, each at its place in the article."""
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(text, start, start + len(text)))
        start += len(text) + 1
    return Document(Article(name, lang, "\n".join(texts)), tuple(sentences))


def bitext(vi: Sequence[str] = VI, en: Sequence[str] = EN, beads: Sequence[Bead] = BEADS) -> Bitext:
    """Return a comparable bitext of two small articles: 1-1, 2-1, 1-0, 0-1."""
    return Bitext(
        document("vi/bao-so-5.txt", "vi", vi),
        document("en/storm-5.txt", "en", en),
        tuple(beads),
        "comparable",
        "auto: 2 of 4 sentences match",
    )


def one_to_one(vi: str, en: str) -> Bitext:
    """Return a bitext of one bead with one sentence on each side."""
    return bitext([vi], [en], [Bead((0,), (0,), 0.8)])


def term(vi: str, en: str, status: str = "candidate", note: str = "") -> TermPair:
    """Return a term pair seen once, in the first sentences of the sample bitext."""
    seen = Evidence(VI[0], EN[0], "vi/bao-so-5.txt", "en/storm-5.txt")
    return TermPair(vi, en, "noun", 0.87, 0.75, 3, 2, (seen,), status, note)  # type: ignore[arg-type]
