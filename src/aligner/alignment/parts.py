"""Measures how near a part of a bead is to its other side, and how much of it is rendered."""

from __future__ import annotations

from typing import NamedTuple

from aligner.alignment.gains import length_deviation, words_beyond
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.alignment.wording import LEAST, Wording
from aligner.settings import ParallelSettings
from aligner.vectors import Matrix


class Place(NamedTuple):
    """Neighbouring sentences of both texts; either range may be empty."""

    src: range
    tgt: range


class Rendered(NamedTuple):
    """How much of a part of a bead the other text renders."""

    own: float  # weight of the words that the part adds to the bead
    said: float  # share of that weight which the other text renders
    new: float  # weight of the words of the other text that only this part renders, as a share too


def nearness(part: Place, rest: Place, src: Side, tgt: Side) -> float:
    """Return the greatest cosine between a part, which lies in one text, and the other side."""
    rows = _vectors(src, part.src or rest.src)
    columns = _vectors(tgt, part.tgt or rest.tgt)
    return float((rows @ columns.T).max())


def rendered(whole: Place, rest: Place, src: Side, tgt: Side) -> Rendered:
    """Return how much is rendered of the part of a bead that `rest` lacks, which is in one text."""
    words = Wording.read(_texts(src, whole.src), _texts(tgt, whole.tgt))
    with_part = words.shared([_size(whole)])[_size(whole)]
    inner = words.of(_within(rest.src, whole.src), _within(rest.tgt, whole.tgt))
    without = inner.shared([_size(rest)])[_size(rest)]
    own = max(float(with_part.known[0, 0] - without.known[0, 0]), LEAST)
    ours = float(with_part.ours[0, 0] - without.ours[0, 0]) / own
    theirs = float(with_part.theirs[0, 0] - without.theirs[0, 0]) / own
    is_src = len(whole.src) > len(rest.src)
    return Rendered(own, ours, theirs) if is_src else Rendered(own, theirs, ours)


def bead_of(
    place: Place, posterior: float, src: Side, tgt: Side, settings: ParallelSettings
) -> Choice:
    """Return sentences of both texts as a bead, with the features of its confidence."""
    vi, en = " ".join(_texts(src, place.src)), " ".join(_texts(tgt, place.tgt))
    return Choice(
        *place,
        posterior=posterior,
        cosine=float(src.embed([vi])[0] @ tgt.embed([en])[0]),
        words=words_beyond(Wording.read([vi], [en]), settings)[1, 1].item(),
        length_deviation=float(length_deviation(len(vi), len(en), settings)),
    )


def _size(place: Place) -> tuple[int, int]:
    return len(place.src), len(place.tgt)


def _within(some: range, whole: range) -> range:
    return range(some.start - whole.start, some.stop - whole.start)


def _vectors(side: Side, some: range) -> Matrix:
    return side.vectors[some.start : some.stop]


def _texts(side: Side, some: range) -> tuple[str, ...]:
    return tuple(side.texts[some.start : some.stop])
