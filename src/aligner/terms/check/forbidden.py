"""Finds renderings that a reviewer has forbidden."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.prose import one_of
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading, Use


def find_forbidden(reading: Reading) -> Iterator[Finding]:
    """Yield the forbidden renderings of terms in the linked sentences."""
    for number in range(len(reading.opposite[reading.source])):
        for use in reading.visible(reading.source, number):
            for where, found in forbidden_uses(reading, number, use):
                expected = reading.renderings(use.pairs & reading.wanted)
                terms = [f"“{term}”" for term in expected] or ["another rendering"]
                message = f"“{found.text}” is forbidden for “{use.text}”: use {one_of(terms)}."
                span = found.start, found.end
                yield reading.finding("forbidden", (reading.target, where), span, expected, message)


def forbidden_uses(reading: Reading, number: int, use: Use) -> list[tuple[int, Use]]:
    """Return the forbidden renderings of a term in the sentences linked to sentence `number`.

    A rendering that another term of the sentence also has is not reported if this term has an
    approved rendering as well.
    """
    banned = {pair for pair in use.pairs if reading.pairs[pair].status == "forbidden"}
    if not banned:
        return []
    opposite = reading.opposite[reading.source][number]
    seen = [(n, found) for n in opposite for found in reading.visible(reading.target, n)]
    wanted = use.pairs & reading.wanted
    approved = any(found.pairs & wanted for _, found in seen)
    return [
        (n, found)
        for n, found in seen
        if found.pairs & banned and not (approved and _has_other_source(reading, n, found, use))
    ]


def _has_other_source(reading: Reading, number: int, found: Use, use: Use) -> bool:
    """Return whether a rendering belongs to another term in the linked sentences."""
    return any(
        reading.pairs[pair].status != "forbidden"
        for pair in (found.pairs - use.pairs) & reading.across(reading.target, number)
    )
