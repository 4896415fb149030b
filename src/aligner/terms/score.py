"""How likely two phrases are a term pair: several signs together, weighed by a logistic model.

The weights (`data/weights.json`, by `benchmarks/calibrate_terms.py`) were fitted on reports of
events whose term pairs are labelled. None of the signs alone is enough: association explodes at
count one, likeness mixes up terms of one field, spelling knows only names.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.background import mean_to_nearest, unit_rows
from aligner.terms.names import is_demonym, name_likeness
from aligner.terms.observe import Observed
from aligner.vectors import Embedder, Matrix

FEATURES = (
    *("context", "phrase", "lead", "rival", "dice", "support", "recurring"),
    *("name", "both names", "one name", "length", "demonym", "long", "comparable"),
)
NEAREST = 10  # phrases of the other language that a phrase is held against


@dataclass(slots=True)
class Sum:
    """What all bitexts together say of two phrases."""

    vi: str
    en: str
    likeness: float = 0.0  # best in context
    support: float = 0.0
    beads: int = 0
    bitexts: int = 0
    comparable: bool = True  # seen in no translation


def add_up(observed: Sequence[Observed]) -> list[Sum]:
    """Return one record for each two phrases that some bitext links."""
    sums: dict[tuple[str, str], Sum] = {}
    for one in observed:
        for seen in one.sightings:
            total = sums.setdefault((seen.vi, seen.en), Sum(seen.vi, seen.en, -9.0))
            total.likeness = max(total.likeness, seen.likeness)
            total.support += seen.support
            total.beads += seen.beads
            total.bitexts += 1
            total.comparable &= one.bitext.relation == "comparable"
    return list(sums.values())


def surfaces(observed: Sequence[Observed]) -> tuple[dict[str, str], dict[str, str]]:
    """Return how each phrase is mostly written, by key, Vietnamese and English."""
    sides: list[dict[str, str]] = []
    for side in ("vi", "en"):
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one in observed:
            for key, seen in getattr(one, side).items():
                counts[key].update(seen.surfaces)
        sides.append({key: _usual(found) for key, found in counts.items()})
    return sides[0], sides[1]


def _usual(found: Counter[str]) -> str:
    """Return the most frequent writing; of equals, small letters, then the shorter."""
    return min(found, key=lambda text: (-found[text], sum(c.isupper() for c in text), len(text)))


def features(
    sums: Sequence[Sum],
    observed: Sequence[Observed],
    written: tuple[dict[str, str], dict[str, str]],
    embedder: Embedder,
) -> NDArray[np.float64]:
    """Return the signs of each pair, [pairs, len(FEATURES)]."""
    vi_beads: Counter[str] = Counter()
    en_beads: Counter[str] = Counter()
    for one in observed:
        vi_beads.update(one.vi_beads)
        en_beads.update(one.en_beads)
    phrase = _phrase_likeness(sums, written, embedder)
    together = np.array([total.likeness for total in sums]) + phrase
    lead, rival = _leads(sums, together)
    rows = []
    for number, total in enumerate(sums):
        vi, en = written[0][total.vi], written[1][total.en]
        ours, theirs = _is_name(vi), _is_name(en)
        seen = vi_beads[total.vi] + en_beads[total.en]
        rows.append(
            [
                total.likeness,
                phrase[number],
                lead[number],
                rival[number],
                2 * total.beads / seen if seen else 0.0,
                min(total.support, 1.0),
                np.log2(1 + min(total.beads, 16)),
                name_likeness(vi, en) if ours and theirs else 0.0,
                float(ours and theirs),
                float(ours != theirs),
                abs(np.log((len(vi) + 3) / (len(en) + 3))),
                float(is_demonym(vi, en)),
                float(len(en.split()) + len(vi.split()) / 2 > 5),
                float(total.comparable),
            ]
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def confidences(signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each row of signs the chance that the pair is right."""
    weights, bias = _weights()
    return np.asarray(1 / (1 + np.exp(-(signs @ weights + bias))))


def _leads(
    sums: Sequence[Sum], scores: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each pair is ahead of the best other pair of either phrase, and the worse."""
    best: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for total, score in zip(sums, scores, strict=True):
        best[0, total.vi].append(score)
        best[1, total.en].append(score)
    tops = {key: sorted(found)[-2:] for key, found in best.items()}
    leads = []
    for total, score in zip(sums, scores, strict=True):
        pair = []
        for key in ((0, total.vi), (1, total.en)):
            top = tops[key]
            other = top[0] if score == top[-1] and len(top) > 1 else top[-1]
            pair.append(float(np.clip(score - other, -1, 1)) if len(top) > 1 else 0.0)
        leads.append((max(pair), min(pair)))
    array = np.array(leads, dtype=np.float64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _phrase_likeness(
    sums: Sequence[Sum], written: tuple[dict[str, str], dict[str, str]], embedder: Embedder
) -> NDArray[np.float64]:
    """Return the cosine of the phrases by themselves, beyond what their neighbours have (CSLS)."""
    vi_keys = list(dict.fromkeys(total.vi for total in sums))
    en_keys = list(dict.fromkeys(total.en for total in sums))
    vi = _centred(embedder.encode([written[0][key] for key in vi_keys]))
    en = _centred(embedder.encode([written[1][key] for key in en_keys]))
    vi_near, en_near = mean_to_nearest(vi, en, NEAREST), mean_to_nearest(en, vi, NEAREST)
    vi_at = {key: i for i, key in enumerate(vi_keys)}
    en_at = {key: j for j, key in enumerate(en_keys)}
    i = np.array([vi_at[total.vi] for total in sums], dtype=np.intp)
    j = np.array([en_at[total.en] for total in sums], dtype=np.intp)
    cosines = np.einsum("nd,nd->n", vi[i], en[j])
    return np.asarray(2 * cosines - vi_near[i] - en_near[j], dtype=np.float64)


def _centred(rows: Matrix) -> Matrix:
    return unit_rows(rows - rows.mean(axis=0)) if len(rows) > 1 else rows


def _is_name(phrase: str) -> bool:
    return phrase[:1].isupper()


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    text = files("aligner.terms").joinpath("data/weights.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return np.array([table["weights"][name] for name in FEATURES]), float(table["bias"])
