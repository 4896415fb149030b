"""Terms and figures as English sentences have them, for the reasons and messages people read."""

from __future__ import annotations

from collections.abc import Iterable


def times(count: int) -> str:
    """Return a number of times in words: "once", "3 times", "not yet seen"."""
    return {0: "not yet seen", 1: "once", 2: "twice"}.get(count, f"{count} times")


def all_of(phrases: Iterable[str]) -> str:
    """Return phrases as a sentence lists them.

    >>> all_of(["a", "b", "c"])
    'a, b and c'
    """
    return _joined(phrases, "and")


def one_of(terms: Iterable[str]) -> str:
    """Return terms in quotation marks as a sentence offers a choice.

    >>> one_of(["a", "b", "c"])
    '“a”, “b” or “c”'
    """
    return _joined((f"“{term}”" for term in terms), "or")


def _joined(phrases: Iterable[str], last_joint: str) -> str:
    *most, last = phrases
    return f"{', '.join(most)} {last_joint} {last}" if most else last
