"""Counts and lists in English, for everything that people read."""

from __future__ import annotations

from collections.abc import Iterable


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the singular or the plural.

    >>> counted(1, "place"), counted(1200, "place")
    ('1 place', '1,200 places')
    """
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"


def times(count: int) -> str:
    """Say how often something was seen: "not yet seen", "once", "twice", "3 times"."""
    return {0: "not yet seen", 1: "once", 2: "twice"}.get(count, f"{count} times")


def all_of(phrases: Iterable[str]) -> str:
    """Join phrases with commas and "and".

    >>> all_of(["a", "b", "c"])
    'a, b and c'
    """
    return _joined(phrases, "and")


def one_of(phrases: Iterable[str]) -> str:
    """Join phrases with commas and "or".

    >>> one_of(["a", "b", "c"])
    'a, b or c'
    """
    return _joined(phrases, "or")


def shortened(text: str, most: int = 80) -> str:
    """Return a text, cut at a blank if it is longer than that many characters.

    >>> shortened("It was the third in a year.", 12)
    'It was the …'
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _joined(phrases: Iterable[str], last_joint: str) -> str:
    *most, last = phrases
    return f"{', '.join(most)} {last_joint} {last}" if most else last
