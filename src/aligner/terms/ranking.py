"""How much a reviewer wants a term pair, and the orders in which pairs are sorted."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.term_pair import TermPair
from aligner.terms.names.kinds import is_common, little_to_learn
from aligner.terms.names.offices import usage_of


def wanted(pair: TermPair) -> int:
    """Return how much a reviewer wants a pair: 2 if it is preferred, 1 if it is only approved."""
    return pair.is_wanted + (pair.is_wanted and pair.preferred)


def in_reading_order(pairs: Iterable[TermPair]) -> list[TermPair]:
    """Return pairs in the order of the workbook: the surest first.

    Those from which a translator learns little come behind the others, and common words last.
    """

    def order(pair: TermPair) -> tuple[object, ...]:
        plain = bool(little_to_learn(pair.vi, pair.en))
        return is_common(pair.vi, pair.en), plain, -pair.confidence, -pair.count, pair.vi, pair.en

    return sorted(pairs, key=order)


def rank(pair: TermPair) -> tuple[object, ...]:
    """Return a sort key: pairs that a reviewer wants first, then the most frequent and usual."""
    usage = usage_of(pair.vi, "vi") + usage_of(pair.en, "en")
    return -wanted(pair), -pair.count, -pair.confidence, usage, pair.vi, pair.en
