"""How a term pair stands among others: its two sides, who comes first, how often it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aligner.glossary import TermPair
from aligner.model import Lang

OTHER: Mapping[Lang, Lang] = {"vi": "en", "en": "vi"}


def side(pair: TermPair, lang: Lang) -> str:
    """Return the term of a pair in one language."""
    return pair.vi if lang == "vi" else pair.en


def is_settled(pair: TermPair) -> bool:
    """Return whether a reviewer wants the pair."""
    return pair.status == "approved" or (pair.preferred and pair.status == "candidate")


def rank(pair: TermPair) -> tuple[object, ...]:
    """Return what sorts pairs: preferred ones, approved ones, then the most frequent."""
    approved = pair.status == "approved"
    order = (not (approved and pair.preferred), not approved, not pair.preferred)
    return (*order, -pair.count, -pair.confidence, pair.vi, pair.en)


def total(pairs: Iterable[TermPair]) -> int:
    """Return how often the pairs were seen together."""
    return sum(pair.count for pair in pairs)


def times(count: int) -> str:
    """Return a number of times in words: "once", "3 times", "not yet seen"."""
    return {0: "not yet seen", 1: "once"}.get(count, f"{count} times")


def listed(parts: Iterable[str]) -> str:
    """Return phrases as English lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
