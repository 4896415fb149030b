"""What one bitext says about terms: which phrases of its two sides mean the same in context.

A phrase's vector is the mean over its tokens, in every sentence where it stands, of the model's
middle layers. Phrases of both sides are held against each other by cosine, less what each has with
its nearest phrases anyway (CSLS, Conneau et al. 2018), and only each one's best partners are kept:
the work grows with the text, not with the number of possible pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from aligner.alignment.background import unit_rows
from aligner.model import Bitext, Lang, TranslationUnit
from aligner.settings import TermSettings
from aligner.terms.phrases import Phrase, phrases
from aligner.vectors import Matrix, TokenEmbedder, TokenRows


@dataclass(slots=True)
class Seen:
    """A phrase in a bitext: how it is written, and the sentences (from 0) where it stands."""

    surfaces: Counter[str] = field(default_factory=Counter)
    sentences: dict[int, Phrase] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Two phrases that could translate each other in one bitext.

    `likeness` is their CSLS in context; `support` sums the confidences of the beads that hold both;
    `place` is the best pair of sentences (from 0), of one bead where there is one.
    """

    vi: str
    en: str
    likeness: float
    support: float
    beads: int
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Observed:
    """All that extraction keeps of a bitext: its phrases by key, and the likely pairs of them.

    `vi_beads` and `en_beads` count the linked beads that hold a phrase.
    """

    bitext: Bitext
    vi: dict[str, Seen]
    en: dict[str, Seen]
    vi_beads: Counter[str]
    en_beads: Counter[str]
    sightings: list[Sighting]


def observe(bitext: Bitext, embedder: TokenEmbedder, settings: TermSettings) -> Observed:
    """Return the phrases of a bitext and the pairs of them that could translate each other."""
    units = [
        unit
        for unit in bitext.units()
        if not unit.bead.is_null and unit.confidence >= settings.min_bead
    ]
    sides: list[dict[str, Seen]] = []
    rows: list[Matrix] = []
    for lang, document in (("vi", bitext.vi), ("en", bitext.en)):
        used = _used(bitext, units, lang)
        texts = [document.sentences[number].text for number in used]
        seen, vectors = _read(texts, used, lang, embedder)
        sides.append(seen)
        rows.append(vectors)
    vi, en = sides
    held = [_held(unit, vi, en) for unit in units]
    counts = [Counter(key for pair in held for key in pair[side]) for side in (0, 1)]
    sightings = list(_sightings(bitext, units, held, (vi, en), rows, settings))
    return Observed(bitext, vi, en, counts[0], counts[1], sightings)


def _used(bitext: Bitext, units: Sequence[TranslationUnit], lang: str) -> list[int]:
    """Return the sentences to read: of two reports all of them, of a translation the aligned."""
    document = bitext.vi if lang == "vi" else bitext.en
    if bitext.relation == "comparable":
        return list(range(len(document.sentences)))
    return sorted({n for unit in units for n in (unit.bead.src if lang == "vi" else unit.bead.tgt)})


def _read(
    texts: Sequence[str], numbers: Sequence[int], lang: str, embedder: TokenEmbedder
) -> tuple[dict[str, Seen], Matrix]:
    """Return the phrases of sentences by key, and the mean vector of each, less the language's."""
    language: Lang = "vi" if lang == "vi" else "en"
    seen: defaultdict[str, Seen] = defaultdict(Seen)
    sums: dict[str, Matrix] = {}
    tokens = embedder.encode_tokens(texts)
    if not tokens:
        return {}, np.empty((0, 0), dtype=np.float32)
    mean = np.vstack([token.rows for token in tokens]).mean(axis=0)
    for number, text, token in zip(numbers, texts, tokens, strict=True):
        for phrase in phrases(text, language):
            entry = seen[phrase.key]
            entry.surfaces[phrase.text] += 1
            entry.sentences.setdefault(number, phrase)
            row = _span_row(token, phrase) - mean
            sums[phrase.key] = sums[phrase.key] + row if phrase.key in sums else row
    if not sums:
        return {}, np.empty((0, len(mean)), dtype=np.float32)
    return dict(seen), unit_rows(np.array(list(sums.values()), dtype=np.float32))


def _span_row(token: TokenRows, phrase: Phrase) -> Matrix:
    inside = (token.starts < phrase.end) & (token.ends > phrase.start)
    rows = token.rows[inside]
    # A sentence longer than the model reads has phrases without tokens.
    return np.asarray(rows.mean(axis=0) if len(rows) else token.rows.mean(axis=0))


def _held(
    unit: TranslationUnit, vi: dict[str, Seen], en: dict[str, Seen]
) -> tuple[set[str], set[str]]:
    src, tgt = set(unit.bead.src), set(unit.bead.tgt)
    return (
        {key for key, seen in vi.items() if not src.isdisjoint(seen.sentences)},
        {key for key, seen in en.items() if not tgt.isdisjoint(seen.sentences)},
    )


def _sightings(
    bitext: Bitext,
    units: Sequence[TranslationUnit],
    held: Sequence[tuple[set[str], set[str]]],
    sides: tuple[dict[str, Seen], dict[str, Seen]],
    rows: Sequence[Matrix],
    settings: TermSettings,
) -> Iterator[Sighting]:
    """Yield the likely pairs; in a translation only those that stand in one bead."""
    vi_keys, en_keys = list(sides[0]), list(sides[1])
    if not vi_keys or not en_keys:
        return
    vi_at = {key: i for i, key in enumerate(vi_keys)}
    en_at = {key: j for j, key in enumerate(en_keys)}
    support = np.zeros((len(vi_keys), len(en_keys)), dtype=np.float32)
    beads = np.zeros(support.shape, dtype=np.int32)
    for unit, (ours, theirs) in zip(units, held, strict=True):
        i = np.array([vi_at[key] for key in ours], dtype=np.intp)
        j = np.array([en_at[key] for key in theirs], dtype=np.intp)
        support[np.ix_(i, j)] += unit.confidence
        beads[np.ix_(i, j)] += 1
    likeness = _csls(rows[0] @ rows[1].T, settings.neighbours)  # [vi, en]
    if bitext.relation == "parallel":
        likeness[beads == 0] = -np.inf
    ranked = np.asarray(likeness + settings.bead_bonus * np.minimum(support, 1), dtype=np.float32)
    for row, column in _best_partners(ranked, settings.partners):
        if np.isfinite(ranked[row, column]):
            vi_key, en_key = vi_keys[row], en_keys[column]
            place = _place(units, sides[0][vi_key], sides[1][en_key])
            yield Sighting(
                vi_key,
                en_key,
                float(likeness[row, column]),
                float(support[row, column]),
                int(beads[row, column]),
                place,
            )


def _csls(cosines: Matrix, k: int) -> Matrix:
    """Return twice the cosines less the mean of each side's k best (Conneau et al. 2018)."""
    vi_k, en_k = min(k, cosines.shape[1]), min(k, cosines.shape[0])
    by_vi = np.partition(cosines, -vi_k, axis=1)[:, -vi_k:].mean(axis=1)  # [vi]
    by_en = np.partition(cosines, -en_k, axis=0)[-en_k:].mean(axis=0)  # [en]
    return np.asarray(2 * cosines - by_vi[:, None] - by_en[None, :])


def _best_partners(scores: Matrix, k: int) -> list[tuple[int, int]]:
    """Return the cells that are among the k best of their row or of their column."""
    rows = np.argsort(-scores, axis=1)[:, :k]
    columns = np.argsort(-scores, axis=0)[:k]
    cells = {(i, int(j)) for i in range(len(rows)) for j in rows[i]}
    cells |= {(int(i), j) for j in range(columns.shape[1]) for i in columns[:, j]}
    return sorted(cells)


def _place(units: Sequence[TranslationUnit], vi: Seen, en: Seen) -> tuple[int, int]:
    """Return the sentences where a pair is best seen: of the surest bead, else the first."""
    for unit in sorted(units, key=lambda unit: -unit.confidence):
        ours = [i for i in unit.bead.src if i in vi.sentences]
        theirs = [j for j in unit.bead.tgt if j in en.sentences]
        if ours and theirs:
            return ours[0], theirs[0]
    return min(vi.sentences), min(en.sentences)
