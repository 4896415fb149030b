"""Joins sentences that the path left unlinked with the bead of which they are the other half.

If a sentence is translated by two, one of them can be so near to it that the other one seems to
have no counterpart. It is the other half if the sentence says its words, and among them words that
the first half does not render.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.dp import SHAPES
from aligner.alignment.gains import length_deviation, words_beyond
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.alignment.wording import LEAST, Wording
from aligner.settings import ParallelSettings
from aligner.vectors import Matrix


def with_halves(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path, with the halves of sentences in the beads beside them."""
    joined: list[Choice] = []
    for choice in choices:
        if joined and _is_half(joined[-1], choice, src, tgt, settings):
            joined[-1] = _whole(joined[-1], choice, src, tgt, settings)
        else:
            joined.append(choice)
    return joined


def _is_half(one: Choice, other: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> bool:
    """Return whether one of two neighbours is a bead and the other one a half of it."""
    if one.is_null == other.is_null:
        return False
    null, bead = (one, other) if one.is_null else (other, one)
    rows, columns = _union(one.src, other.src), _union(one.tgt, other.tgt)
    size = len(one.src) + len(other.src), len(one.tgt) + len(other.tgt)
    if size != (len(rows), len(columns)) or size not in SHAPES:
        return False
    cosines = _rows(src, null.src or bead.src) @ _rows(tgt, null.tgt or bead.tgt).T
    if cosines.max() < settings.half_near:
        return False
    words = Wording.read(_texts(src, rows), _texts(tgt, columns))
    whole = words.shared([size])[size]
    inner = len(bead.src), len(bead.tgt)
    part = words.of(_within(bead.src, rows), _within(bead.tgt, columns)).shared([inner])[inner]
    own = max(float(whole.known[0, 0] - part.known[0, 0]), LEAST)
    ours, theirs = (
        float(after[0, 0] - before[0, 0]) / own
        for after, before in ((whole.ours, part.ours), (whole.theirs, part.theirs))
    )
    said, new = (theirs, ours) if null.tgt else (ours, theirs)
    return said >= settings.half_said and new >= settings.half_new


def _whole(one: Choice, other: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> Choice:
    """Return the bead that two neighbours make."""
    rows, columns = _union(one.src, other.src), _union(one.tgt, other.tgt)
    vi, en = " ".join(_texts(src, rows)), " ".join(_texts(tgt, columns))
    deviation = length_deviation(len(vi), len(en), settings)
    bead = other if one.is_null else one
    return Choice(
        rows,
        columns,
        posterior=bead.posterior,
        cosine=float(src.embed([vi])[0] @ tgt.embed([en])[0]),
        words=words_beyond(Wording.read([vi], [en]), settings)[1, 1].item(),
        length_deviation=float(deviation),
    )


def _union(one: range, other: range) -> range:
    """Return the sentences from the first to the last one of two ranges."""
    if not (one and other):
        return one or other
    return range(min(one.start, other.start), max(one.stop, other.stop))


def _within(some: range, all_: range) -> range:
    return range(some.start - all_.start, some.stop - all_.start)


def _rows(side: Side, some: range) -> Matrix:
    return side.vectors[some.start : some.stop]


def _texts(side: Side, some: range) -> Sequence[str]:
    return side.texts[some.start : some.stop]
