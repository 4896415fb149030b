"""Finds figures of a translation that do not agree with those of its source.

A figure that is left out, written out or converted is none: reported is only one that stands where
the source has another, of the same kind of thing or the only other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.model import Lang
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.figures import Figure, count_one_thing, figures

# What makes a number the time of day, or the day of a date without its month.
_TIME_BEHIND = re.compile(r"\s?(?:h\d|h\b|giờ|phút|am\b|pm\b|a\.m|p\.m|:\d|GMT)")
_DAY_BEFORE = re.compile(r"(?:\b(?:ngày|mùng|hôm|thứ|lúc|at) |\d:)$", re.IGNORECASE)
_BEFORE, _BEHIND = 6, 8  # characters in which they stand


class _Placed(NamedTuple):
    """A figure in a sentence, which is given by its number from 0."""

    sentence: int
    text: str
    figure: Figure

    @property
    def written(self) -> str:
        """The figure as it stands there."""
        return self.text[self.figure.start : self.figure.end]

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.written)


def find_figures(reading: Reading) -> Iterator[Finding]:
    """Yield the figures of the translation that contradict the source, each bead's once."""
    source, target = reading.source, reading.target
    for number, opposite in enumerate(reading.opposite[source]):
        beside = sorted({n for there in opposite for n in reading.opposite[target][there]})
        if beside and beside[0] == number:
            ours, theirs = _placed(reading, source, beside), _placed(reading, target, opposite)
            yield from _contrary(reading, _unmatched(ours, theirs), _unmatched(theirs, ours))


def _placed(reading: Reading, lang: Lang, numbers: Sequence[int]) -> list[_Placed]:
    texts = [(number, reading.text(lang, number)) for number in numbers]
    return [_Placed(n, text, figure) for n, text in texts for figure in figures(text, lang)]


def _unmatched(some: Sequence[_Placed], others: Sequence[_Placed]) -> list[_Placed]:
    """Return the figures in digits that the other side has neither so nor in words."""
    values = {other.figure.value for other in others}
    written = {other.digits for other in others}
    return [
        one
        for one in some
        if one.digits
        and one.figure.value not in values
        and one.digits not in written
        and not _is_time(one)
    ]


def _is_time(one: _Placed) -> bool:
    start, end = one.figure.start, one.figure.end
    before = one.text[max(0, start - _BEFORE) : start]
    return bool(_TIME_BEHIND.match(one.text[end : end + _BEHIND]) or _DAY_BEFORE.search(before))


def _contrary(
    reading: Reading, ours: Sequence[_Placed], theirs: Sequence[_Placed]
) -> Iterator[Finding]:
    for their in theirs:
        alike = [our for our in ours if _are_of_one_kind(reading, our, their)]
        if not alike and len(ours) == len(theirs) == 1:
            alike = list(ours)
        if alike:
            expected = tuple(dict.fromkeys(our.written for our in alike))
            where = reading.target, their.sentence
            span = their.figure.start, their.figure.end
            message = f"The source has “{expected[0]}”, the translation “{their.written}”."
            yield reading.finding("figure", where, span, expected, message)


def _are_of_one_kind(reading: Reading, our: _Placed, their: _Placed) -> bool:
    vi, en = (our, their) if reading.source == "vi" else (their, our)
    return count_one_thing(vi.figure, en.figure)
