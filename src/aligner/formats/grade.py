"""Confidences in three grades, which are the same in every format that people read."""

from __future__ import annotations

from typing import Literal

Grade = Literal["high", "middle", "low"]

#: From here on a reviewer may skim, since at most one bead in ten is wrong.
HIGH = 0.9
#: Below this a bead must be read word by word, since more than three in ten are wrong.
MIDDLE = 0.7

#: Marks that can be read without colour, in print and in a sorted column.
MARKS: dict[Grade, str] = {"high": "●●●", "middle": "●●○", "low": "●○○"}


def grade(confidence: float) -> Grade:
    """Return the grade of a confidence between 0 and 1.

    >>> grade(0.95), grade(0.7), grade(0.2)
    ('high', 'middle', 'low')
    """
    shown = round(confidence, 2)  # a confidence shown as 90 % is graded as 90 %
    if shown >= HIGH:
        return "high"
    return "middle" if shown >= MIDDLE else "low"
