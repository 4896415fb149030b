"""Checks a translation against the glossary and against its source.

A rendering is reported only if a reviewer has approved or forbidden it, and only in beads that are
more likely right than wrong. In the reports of two newsrooms (a comparable bitext), linked
sentences share a fact but not their words. So a missing rendering means nothing there, but
forbidden and inconsistent renderings and misspelt names are still reported. The figures of a
translation are compared with those of its source, and sentences that only one of the two has are
reported, whatever the glossary says, and so are negations, opposites and ranks.
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
from aligner.terms.check.negated import find_negated
from aligner.terms.check.omitted import find_omitted
from aligner.terms.check.opposite import find_opposite
from aligner.terms.check.ranks import find_ranks
from aligner.terms.check.reading import Reading
from aligner.vectors import Embedder


def check(
    bitext: Bitext, glossary: Glossary, source: Lang = "vi", embedder: Embedder | None = None
) -> list[Finding]:
    """Return the places where a translation does not agree with the glossary or the source.

    `source` is the language that was translated from. Negations, and most opposites, are compared
    only if there is an `embedder`. The findings are in the order of the beads, and within a bead
    those in the source come first. No place has two findings.
    """
    check_language("source", source)
    reading = Reading(bitext, glossary, source)
    # Misspelt names come first, because the other checks read them as the names that were meant.
    found = list(find_misspelt(reading)) + list(find_forbidden(reading))
    if reading.is_translation:
        found += find_missing(reading)
        found += find_figures(reading)
        found += find_ranks(reading)
        found += find_omitted(bitext, reading)
        if embedder:
            found += find_negated(reading, embedder)
        found += find_opposite(reading, embedder)
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
