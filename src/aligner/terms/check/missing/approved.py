"""Tells whether a translation renders a term as approved, with whatever excuses it."""

from __future__ import annotations

from aligner.terms.check.missing.forms import says, says_apart
from aligner.terms.check.reading import Reading, Use
from aligner.terms.names.offices import countries_beside, offices_of


def is_rendered(reading: Reading, number: int, wanted: frozenset[int], use: Use) -> bool:
    """Return whether a term of sentence `number` is rendered as one of the pairs `wanted` has it.

    Another form of the rendering will do, and so will a rendering in a sentence beside the linked
    ones, or the name that an office has in the country beside it.
    """
    opposite = reading.opposite[reading.source][number]
    if wanted & _rendered_in(reading, number) or wanted & _rendered_beside(reading, opposite):
        return True
    texts = [reading.text(reading.target, n) for n in opposite]
    terms = dict.fromkeys(reading.term(pair, reading.target) for pair in wanted)
    common = [reading.term(p, "en") for p in wanted if reading.pairs[p].kind == "term"]
    if reading.source == "vi" and any(says_apart(t, term) for t in texts for term in common):
        return True
    hidden = wanted & reading.across(reading.source, number)  # only inside a longer term
    return (not hidden and any(says(t, term, reading.target) for t in texts for term in terms)) or (
        _is_other_role(reading, number, wanted, use)
    )


def _rendered_in(reading: Reading, number: int) -> frozenset[int]:
    """Return the pairs that are rendered in the sentences linked to a sentence.

    A rendering within a longer one does not count if the longer term is in the sentence (agreements
    in Minsk agreements), unless the term itself is also within the longer one: then it refers back
    to that.
    """
    seen = reading.matching(reading.source, number)
    repeated = frozenset(
        pair
        for use in reading.uses[reading.source][number]
        if use not in seen
        for pair in use.pairs
    )
    pairs = set(reading.across(reading.source, number) & repeated)
    for n in reading.opposite[reading.source][number]:
        pairs |= reading.corrected[reading.target][n]
        pairs.update(*(use.pairs for use in reading.matching(reading.target, n)))
    return frozenset(pairs)


def _rendered_beside(reading: Reading, opposite: tuple[int, ...]) -> frozenset[int]:
    """Return the pairs that are rendered in a neighbouring sentence and by no other term."""
    sentences = len(reading.documents[reading.target].sentences)
    beside = {n + step for n in opposite for step in (-1, 1)} - {*opposite}
    return frozenset().union(
        *(
            reading.held(reading.target, n) - reading.across(reading.target, n)
            for n in beside
            if 0 <= n < sentences
        )
    )


def _is_other_role(reading: Reading, number: int, wanted: frozenset[int], use: Use) -> bool:
    """Return whether the translation names the office as in a country without an approved name.

    If Ngoại trưởng is approved as Secretary of State, that of Russia is still a Foreign Minister.
    """
    if reading.source != "vi":
        return False
    sentence = reading.text("vi", number)
    beside = countries_beside(sentence, use.end)
    for office in offices_of(use.text, "vi"):
        approved = frozenset().union(
            *(office.fits(use.text, reading.term(p, "en")) for p in wanted)
        )
        here = {office.known(country) for country in beside}
        names = (name for some in office.names["en"].values() for name in some)
        for name in names if approved else ():
            right = office.fits(use.text, name) - approved
            if (right & here if here else right) and any(
                says(reading.text("en", n), name, "en") for n in reading.opposite["vi"][number]
            ):
                return True
    return False
