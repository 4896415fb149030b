"""Finds terms that a translation renders in several ways.

Only renderings that are a conflict of the glossary compete, so neither two forms of one word nor a
phrase that merely occurs beside the rendering are reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.glossary import Glossary
from aligner.prose import times
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading, Use
from aligner.terms.conflicts import find_conflicts
from aligner.terms.names.offices import countries_beside, offices_of
from aligner.terms.names.spelling import is_same_word
from aligner.terms.ranking import rank
from aligner.text.words import term_key


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A term and its rendering in a bead, with the number of the pair.

    `sentence` is that of the rendering, and `role` says whose office it is.
    """

    pair: int
    source: Use
    sentence: int
    rendering: Use
    role: frozenset[str]


def find_inconsistent(reading: Reading) -> Iterator[Finding]:
    """Yield the renderings of a term that differ from the wanted, or else the most used one.

    Several renderings in one bead are ignored, and so is a rendering that may belong to another
    term of the bead.
    """
    for group in _sightings(reading).values():
        clusters = _clusters(reading, group)
        if len(clusters) > 1:
            counts = [
                len({(s.sentence, s.rendering.start) for s in cluster}) for cluster in clusters
            ]
            order = sorted(
                range(len(clusters)), key=lambda k: _order(reading, clusters[k], counts[k])
            )
            lead, count = clusters[order[0]], counts[order[0]]
            for k in order[1:]:
                for sighting in clusters[k]:
                    if not _is_right_elsewhere(reading, sighting, lead[0]):
                        yield _finding(reading, sighting, lead, count)


def _order(reading: Reading, cluster: Sequence[_Sighting], count: int) -> tuple[object, ...]:
    """Return a sort key: preferred, approved, most used in this text, best in the glossary."""
    pairs = [reading.pairs[sighting.pair] for sighting in cluster]
    wanted = [pair for pair in pairs if pair.is_wanted]
    preferred = any(pair.preferred for pair in wanted)
    return not preferred, not wanted, -count, min(map(rank, pairs))


def _finding(
    reading: Reading, sighting: _Sighting, lead: Sequence[_Sighting], count: int
) -> Finding:
    wanted = reading.renderings({s.pair for s in lead})[0]
    message = (
        f"“{sighting.source.text}” is “{wanted}” elsewhere in this text ({times(count)}), "
        f"but “{sighting.rendering.text}” here."
    )
    span = sighting.rendering.start, sighting.rendering.end
    where = reading.target, sighting.sentence
    return reading.finding("inconsistent", where, span, (wanted,), message)


def _sightings(reading: Reading) -> dict[tuple[object, ...], list[_Sighting]]:
    """Return the certain renderings of terms with competing ones, by term and role."""
    groups: defaultdict[tuple[object, ...], list[_Sighting]] = defaultdict(list)
    competing = _competing(reading)
    for number, opposite in enumerate(reading.opposite[reading.source]):
        uses = reading.visible(reading.source, number) if opposite else ()
        rivals = [use for use in uses if use.pairs & competing]
        there = [
            (n, other) for n in opposite if rivals for other in reading.visible(reading.target, n)
        ]
        for use in rivals:
            found = [
                (n, other, pair)
                for n, other in there
                for pair in sorted(use.pairs & competing & other.pairs)[:1]
                if not _has_other_source(reading, n, other, pair)
            ]
            for n, other, pair in found:
                role = _role(reading, number, use, other)
                key = term_key(reading.term(pair, reading.source), reading.source), role
                sighting = _Sighting(pair, use, n, other, role)
                if len({p for _, _, p in found}) == 1 and sighting not in groups[key]:
                    groups[key].append(sighting)
    return groups


def _competing(reading: Reading) -> frozenset[int]:
    """Return the pairs of those terms in the source whose renderings are in conflict."""
    held = (reading.held(reading.source, n) for n in range(len(reading.opposite[reading.source])))
    numbers = {reading.pairs[n].id: n for n in sorted(frozenset().union(*held))}
    conflicts = find_conflicts(Glossary(tuple(reading.pairs[n] for n in numbers.values())))
    return frozenset(
        numbers[pair.id]
        for conflict in conflicts
        if conflict.kind in ("synonym", "spelling") and conflict.lang == reading.source
        for pair in conflict.pairs
    )


def _has_other_source(reading: Reading, number: int, found: Use, pair: int) -> bool:
    """Return whether a rendering belongs to another term in the linked sentences."""
    own = term_key(reading.term(pair, reading.source), reading.source)
    return any(
        term_key(reading.term(other, reading.source), reading.source) != own
        for other in found.pairs & reading.across(reading.target, number)
    )


def _role(reading: Reading, number: int, use: Use, other: Use) -> frozenset[str]:
    """Return the countries of an office, if its names depend on them."""
    vi = use if reading.source == "vi" else other
    offices = offices_of(vi.text, "vi")
    if not offices or reading.source == "en":
        return frozenset()
    countries = countries_beside(reading.text("vi", number), vi.end)
    return frozenset(office.known(country) for office in offices for country in countries)


def _clusters(reading: Reading, group: Sequence[_Sighting]) -> list[list[_Sighting]]:
    """Group sightings by rendering; the forms of a word are one rendering."""
    clusters: list[list[_Sighting]] = []
    for sighting in group:
        term = reading.term(sighting.pair, reading.target)
        for cluster in clusters:
            other = reading.term(cluster[0].pair, reading.target)
            if is_same_word(term, other, reading.target):
                cluster.append(sighting)
                break
        else:
            clusters.append([sighting])
    return clusters


def _is_right_elsewhere(reading: Reading, sighting: _Sighting, lead: _Sighting) -> bool:
    """Return whether a rendering is right for a country for which the leading one is wrong.

    If no country is named beside the office, it may be that of such a country.
    """
    ours, theirs = reading.pairs[sighting.pair], reading.pairs[lead.pair]
    return not sighting.role and any(
        office.fits(ours.vi, ours.en) - office.fits(theirs.vi, theirs.en)
        for office in offices_of(ours.vi, "vi")
    )
