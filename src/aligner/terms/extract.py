"""Term pairs from aligned sentences: phrases that mean the same and keep the same company.

Candidates of both sides that stand in a common bead are compared by the cosine of their vectors
(less what their neighbours have anyway: CSLS, Conneau et al. 2018) and by how regularly they stand
together (Dice coefficient over the beads). Pairs that are each other's best are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.background import mean_to_nearest, unit_rows
from aligner.glossary import Evidence, Glossary, TermPair
from aligner.model import Bitext, Lang, TranslationUnit
from aligner.settings import TermSettings
from aligner.terms.candidates import is_name, key_of, phrases, select
from aligner.text.marks import Mark, find_marks, fold
from aligner.vectors import Embedder, Matrix

NEAREST = 10  # phrases of the other language that a phrase is held against (CSLS)


@dataclass(frozen=True, slots=True)
class _Bead:
    """A bead with its candidate phrases and the articles where it stands."""

    unit: TranslationUnit
    bitext: Bitext
    vi: frozenset[str]
    en: frozenset[str]


def extract_terms(
    bitexts: Sequence[Bitext], embedder: Embedder, settings: TermSettings | None = None
) -> Glossary:
    """Return the term pairs that the linked beads of the bitexts support, most confident first."""
    settings = settings or TermSettings()
    units = [
        (unit, bitext)
        for bitext in bitexts
        for unit in bitext.units()
        if not unit.bead.is_null and unit.confidence >= settings.min_bead
    ]
    vi_phrases = [[key_of(p) for p in phrases(unit.vi, "vi")] for unit, _ in units]
    en_phrases = [[key_of(p) for p in phrases(unit.en, "en")] for unit, _ in units]
    vi_counts, en_counts = select(vi_phrases, "vi"), select(en_phrases, "en")
    beads = [
        _Bead(unit, bitext, frozenset(vi) & vi_counts.keys(), frozenset(en) & en_counts.keys())
        for (unit, bitext), vi, en in zip(units, vi_phrases, en_phrases, strict=True)
    ]
    together = Counter((vi, en) for bead in beads for vi in bead.vi for en in bead.en)
    if not together:
        return Glossary(())
    likeness = _Likeness(list(vi_counts), list(en_counts), embedder)
    scores = {
        (vi, en): _score(
            _likeness_of(vi, en, likeness, settings), count, vi_counts[vi], en_counts[en], settings
        )
        for (vi, en), count in together.items()
        if count > 1 or (is_name(vi, "vi") and is_name(en, "en"))
    }
    chosen = _without_nested(_mutual_best(scores, settings), together)
    return Glossary(
        tuple(
            _term_pair(pair, score, beads, together[pair], vi_counts[pair[0]])
            for pair, score in sorted(chosen.items(), key=lambda item: (-item[1], item[0]))
        )
    )


class _Likeness:
    """Cosine of phrase vectors, centred by language, less the mean to the nearest phrases."""

    def __init__(self, vi: list[str], en: list[str], embedder: Embedder) -> None:
        self.vi = {phrase: i for i, phrase in enumerate(vi)}
        self.en = {phrase: j for j, phrase in enumerate(en)}
        self.vi_rows, self.en_rows = _centred(embedder.encode(vi)), _centred(embedder.encode(en))
        self.vi_near = mean_to_nearest(self.vi_rows, self.en_rows, NEAREST)
        self.en_near = mean_to_nearest(self.en_rows, self.vi_rows, NEAREST)

    def __call__(self, vi: str, en: str) -> float:
        i, j = self.vi[vi], self.en[en]
        cosine = self.vi_rows[i] @ self.en_rows[j]
        return float(cosine - (self.vi_near[i] + self.en_near[j]) / 2)


def _likeness_of(vi: str, en: str, likeness: _Likeness, settings: TermSettings) -> float:
    """Return the likeness of two phrases; names known to be the same leave nothing to measure."""
    if fold(vi) == fold(en) or _only_mark(vi, "vi") == (_only_mark(en, "en") or False):
        return settings.same_name
    return likeness(vi, en)


def _only_mark(phrase: str, lang: Lang) -> Mark | None:
    """Return the mark that a phrase consists of, if it is nothing else."""
    marks = find_marks(phrase, lang)
    return next((mark for mark, words in marks.items() if words == phrase), None)


def _centred(rows: Matrix) -> Matrix:
    return unit_rows(rows - rows.mean(axis=0)) if len(rows) > 1 else rows


def _score(likeness: float, count: int, vi: int, en: int, settings: TermSettings) -> float:
    """Return the confidence of a pair: a logistic of its likeness and its company."""
    dice = 2 * count / (vi + en)
    seen = min(count, settings.enough) / settings.enough
    total = (
        settings.bias + settings.likeness * likeness + settings.dice * dice + settings.seen * seen
    )
    return float(1 / (1 + np.exp(-total)))


def _mutual_best(
    scores: dict[tuple[str, str], float], settings: TermSettings
) -> dict[tuple[str, str], float]:
    best_vi: defaultdict[str, float] = defaultdict(float)
    best_en: defaultdict[str, float] = defaultdict(float)
    for (vi, en), score in scores.items():
        best_vi[vi] = max(best_vi[vi], score)
        best_en[en] = max(best_en[en], score)
    return {
        (vi, en): score
        for (vi, en), score in scores.items()
        if score >= settings.min_confidence
        and score == best_vi[vi] == best_en[en]
        and not _written_alike(vi, en)
    }


def _without_nested(
    chosen: dict[tuple[str, str], float], together: Counter[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Leave out pairs that only ever stand inside a longer one (kênh đào in kênh đào Suez)."""
    return {
        (vi, en): score
        for (vi, en), score in chosen.items()
        if not any(
            (vi, en) != (long_vi, long_en)
            and _holds(long_vi, vi)
            and _holds(long_en, en)
            and together[long_vi, long_en] >= together[vi, en]
            for long_vi, long_en in chosen
        )
    }


def _holds(phrase: str, part: str) -> bool:
    return f" {part.casefold()} " in f" {phrase.casefold()} "


def _written_alike(vi: str, en: str) -> bool:
    """Return whether the sides share most words as they are: such names need no glossary."""
    ours, theirs = set(fold(vi).split()), set(fold(en).split())
    return ours <= theirs or theirs <= ours or len(ours & theirs) > 1


def _term_pair(
    pair: tuple[str, str], score: float, beads: Sequence[_Bead], count: int, vi_count: int
) -> TermPair:
    vi, en = pair
    holding = [bead for bead in beads if vi in bead.vi and en in bead.en]
    holding.sort(key=lambda bead: -bead.unit.confidence)
    articles = {(bead.bitext.vi.name, bead.bitext.en.name) for bead in holding}
    return TermPair(
        vi=vi,
        en=en,
        kind="name" if is_name(vi, "vi") and is_name(en, "en") else "term",
        confidence=score,
        consistency=count / vi_count,
        count=count,
        articles=len(articles),
        evidence=tuple(
            Evidence(bead.unit.vi, bead.unit.en, bead.bitext.vi.name, bead.bitext.en.name)
            for bead in holding[:3]
        ),
    )
