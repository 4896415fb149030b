"""Confidence as three steps, the same in every format a person looks at."""

from __future__ import annotations

from typing import Literal

Grade = Literal["high", "middle", "low"]

#: From here on a reviewer may skim: at most one bead in ten is wrong.
HIGH = 0.9
#: Below this a bead has to be read word by word: more than three in ten are wrong.
MIDDLE = 0.7

#: Reads without colour, in print and in a sorted column.
MARKS: dict[Grade, str] = {"high": "●●●", "middle": "●●○", "low": "●○○"}


def grade(confidence: float) -> Grade:
    """Return the step of a confidence between 0 and 1.

    >>> grade(0.95), grade(0.7), grade(0.2)
    ('high', 'middle', 'low')
    """
    shown = round(confidence, 2)  # what is shown as 90 % is graded as 90 %
    if shown >= HIGH:
        return "high"
    return "middle" if shown >= MIDDLE else "low"
