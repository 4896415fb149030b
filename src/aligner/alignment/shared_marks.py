"""The names, numbers and dates that the sentences of a bead share, as its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aligner.alignment.side import Side
from aligner.text.marks import Mark

PHRASES = 6  # shown for one bead; the rest would only repeat


def shared_marks(
    src: Side, tgt: Side, rows: Iterable[int], columns: Iterable[int]
) -> tuple[str, ...]:
    """Return the marks in both the sentences `rows` of one text and `columns` of the other."""
    ours = _collect(src.marks, rows)
    theirs = _collect(tgt.marks, columns)
    both = [mark for mark in ours if mark in theirs]
    phrases = [_described(mark, ours[mark], theirs[mark]) for mark in both]
    return tuple(phrases[:PHRASES])


def _described(mark: Mark, ours: str, theirs: str) -> str:
    """Return a mark as a person reads it: "name Matxcơva = Moscow", "number 1,5 triệu"."""
    same = ours.casefold() == theirs.casefold()
    return f"{mark[0]} {ours}" if same else f"{mark[0]} {ours} = {theirs}"


def _collect(marks: Sequence[Mapping[Mark, str]], places: Iterable[int]) -> dict[Mark, str]:
    found: dict[Mark, str] = {}
    for place in places:
        for mark, words in marks[place].items():
            found.setdefault(mark, words)
    return found
