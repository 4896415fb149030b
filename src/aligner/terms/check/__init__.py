"""Holds a translation against the glossary.

Only what a reviewer has approved or forbidden raises an alarm about a rendering, and only in beads
that are more likely right than wrong. In reports of two newsrooms (a comparable bitext) linked
sentences share a fact, not their words: there a rendering that is absent says nothing, but a
forbidden one, two in one text, and a misspelt name are still what they are. Figures of a
translation are held against those of its source, and sentences that only one of the two has are
named, whatever the glossary says.
"""

from __future__ import annotations

from aligner.glossary import Glossary
from aligner.model import Bitext, Lang, check_language
from aligner.term_pair import Finding
from aligner.terms.check.figures import find_figures
from aligner.terms.check.forbidden import find_forbidden
from aligner.terms.check.inconsistent import find_inconsistent
from aligner.terms.check.missing import find_missing
from aligner.terms.check.misspelt import find_misspelt
from aligner.terms.check.omitted import find_omitted
from aligner.terms.check.reading import Reading


def check(bitext: Bitext, glossary: Glossary, source: Lang = "vi") -> list[Finding]:
    """Return the places where a translation does not agree with glossary or source, in its order.

    `source` is the language that was translated from: a missing term is one of the source whose
    rendering is not in the translation, each reported once. The findings come in the order of the
    beads, in a bead those of the source first; no place has two.
    """
    check_language("source", source)
    reading = Reading(bitext, glossary, source)
    # Misspelt names first: the others count them as the names they were meant to be.
    found = list(find_misspelt(reading)) + list(find_forbidden(reading))
    if reading.is_translation:
        found += find_missing(reading)
        found += find_figures(reading)
        found += find_omitted(bitext, reading)
    found += find_inconsistent(reading)
    places: dict[tuple[Lang, int, int, int], Finding] = {}
    for finding in found:
        places.setdefault((finding.lang, finding.at, finding.start, finding.end), finding)
    bead_of = _first_beads(bitext)

    def order(finding: Finding) -> tuple[int, bool, int, int, int]:
        lang, at = finding.lang, finding.at
        bead = bead_of.get((lang, at - 1), len(bitext.beads))
        return bead, lang != source, at, finding.start, finding.end

    return sorted(places.values(), key=order)


def _first_beads(bitext: Bitext) -> dict[tuple[Lang, int], int]:
    """Return the number of the first bead of each sentence."""
    first: dict[tuple[Lang, int], int] = {}
    for number, bead in enumerate(bitext.beads):
        for i in bead.src:
            first.setdefault(("vi", i), number)
        for j in bead.tgt:
            first.setdefault(("en", j), number)
    return first
