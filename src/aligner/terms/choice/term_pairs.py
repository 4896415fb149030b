"""Turns a concept into the term pair that a reviewer sees: its figures, evidence and reason."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.model import Bitext
from aligner.settings import TermSettings
from aligner.term_pair import Evidence, TermPair
from aligner.terms.choice.variants import Concept
from aligner.terms.names.kinds import is_common, kind_of, little_to_learn
from aligner.terms.names.offices import countries_beside
from aligner.terms.windows.sightings import Place

SUREST = 0.99  # greatest confidence of a pair that nobody has reviewed


def term_pair(concept: Concept, bitexts: Sequence[Bitext], settings: TermSettings) -> TermPair:
    """Return the term pair of a concept that was found in the bitexts.

    Its confidence is that of the surest member.
    """
    members = concept.members
    sightings = _sightings(concept, bitexts)
    plain = little_to_learn(concept.vi, concept.en)
    # A sentence with two spellings (Liên minh châu Âu, EU) is one.
    twice = sum(len(c.seen.places) for c in members) - len(sightings)
    beads = max(sum(c.seen.beads for c in members) - twice, max(c.seen.beads for c in members))
    articles = max(c.seen.bitexts for c in members)
    common = "common word" if is_common(concept.vi, concept.en) else ""
    how_seen = _reason(beads, articles, _is_linked(concept))
    return TermPair(
        vi=concept.vi,
        en=concept.en,
        kind=kind_of(concept.vi, concept.en),
        confidence=round(min(members[0].confidence, SUREST), 3),
        consistency=round(min(1.0, sum(c.share_vi for c in members)), 3),
        consistency_en=round(min(1.0, sum(c.share_en for c in members)), 3),
        count=max(beads, 1),
        articles=articles,
        evidence=tuple(evidence for evidence, _ in sightings[: settings.evidence]),
        variants=concept.variants,
        beside=tuple(sorted({place.title() for _, found in sightings for place in found})),
        reason="; ".join(filter(None, (plain or common, how_seen))),
    )


def _is_linked(concept: Concept) -> bool:
    """Return whether some bead contains both terms, whether or not they render each other."""
    return any(place.sure > 0 for member in concept.members for _, place in member.seen.places)


def _reason(beads: int, articles: int, linked: bool) -> str:
    """Say in a few words where the confidence comes from."""
    if not beads:
        return "same meaning in context" + ("" if linked else ", in no linked sentence")
    if beads == 1:
        return "in one linked sentence"
    return f"in {beads} linked sentences" + (
        f" of {articles} article pairs" if articles > 1 else ""
    )


def _sightings(
    concept: Concept, bitexts: Sequence[Bitext]
) -> list[tuple[Evidence, frozenset[str]]]:
    """Return the sentence pairs of a concept, surest first, with the countries beside the term."""
    places: dict[tuple[int, int, int], Place] = {}
    for candidate in concept.members:
        for number, place in candidate.seen.places:
            places.setdefault((number, place.vi, place.en), place)
    found = []
    for (number, i, j), place in sorted(places.items(), key=lambda item: (-item[1].sure, item[0])):
        bitext = bitexts[number]
        vi, en = bitext.vi.sentences[i].text, bitext.en.sentences[j].text
        terms = vi[slice(*place.vi_span)], en[slice(*place.en_span)]
        evidence = Evidence.of(bitext, i, j, *terms)
        found.append((evidence, countries_beside(vi, place.vi_span[1])))
    return found
