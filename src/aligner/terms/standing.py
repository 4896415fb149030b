"""How a term pair stands among others: whether a reviewer wants it, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.term_pair import TermPair
from aligner.terms.kinds import is_common
from aligner.terms.offices import usage_of


def is_settled(pair: TermPair) -> bool:
    """Return whether a reviewer wants the pair."""
    return pair.status == "approved" or (pair.preferred and pair.status == "candidate")


def wanted(pair: TermPair) -> int:
    """Return how much a reviewer wants a pair: 2 where it is preferred, 1 where only approved."""
    return is_settled(pair) + (is_settled(pair) and pair.preferred)


def as_read(pairs: Iterable[TermPair]) -> list[TermPair]:
    """Return pairs in the order of reading: common words last, then the most confident first."""
    return sorted(pairs, key=lambda p: (is_common(p.vi, p.en), -p.confidence, -p.count, p.vi, p.en))


def rank(pair: TermPair) -> tuple[object, ...]:
    """Return what sorts pairs: those a reviewer wants, the most frequent, the most usual."""
    usage = usage_of(pair.vi, "vi") + usage_of(pair.en, "en")
    return -wanted(pair), -pair.count, -pair.confidence, usage, pair.vi, pair.en
