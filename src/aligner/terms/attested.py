"""Finds the sentences of pairs that a person typed, corrected or imported.

Extraction proposes what is likely. A pair that a person wants needs no likelihood, only the
linked sentences that contain both terms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aligner.glossary import Glossary
from aligner.model import LANGS, Bead, Bitext, Lang
from aligner.settings import TermSettings
from aligner.term_pair import Evidence, TermPair
from aligner.terms.finder import Occurrence, TermFinder
from aligner.terms.names.kinds import is_common, kind_of

_Found = Mapping[str, Occurrence]  # the first occurrence of each term, by its id


@dataclass(slots=True)
class _Sums:
    """The number of beads with both terms of a pair, and with each of them, and the evidence."""

    beads: int = 0
    bitexts: set[int] = field(default_factory=set)
    held: Counter[Lang] = field(default_factory=Counter)
    evidence: list[tuple[float, Evidence]] = field(default_factory=list)


def with_attested(
    glossary: Glossary, bitexts: Sequence[Bitext], settings: TermSettings | None = None
) -> Glossary:
    """Return the glossary with counts, shares and evidence for pairs that were not extracted.

    These are the pairs that a person typed or decided about, except rejected ones. They come before
    the common words, which come last.
    """
    settings = settings or TermSettings()
    asked = {p.id: p for p in glossary if _is_asked(p)}
    sums = _sums(asked, bitexts, settings)
    found = {key: _updated(p, sums[key], settings) for key, p in asked.items() if key in sums}
    others = [p if p.state != "typed" else _unseen(p) for p in glossary if p.id not in found]
    first = next((n for n, p in enumerate(others) if is_common(p.vi, p.en)), len(others))
    return Glossary((*others[:first], *found.values(), *others[first:]))


def _is_asked(pair: TermPair) -> bool:
    if pair.status == "rejected":
        return False
    return pair.state == "typed" or (pair.state == "lost" and pair.is_decided)


def _unseen(pair: TermPair) -> TermPair:
    return replace(pair, count=0, articles=0)


def _sums(
    asked: Mapping[str, TermPair], bitexts: Sequence[Bitext], settings: TermSettings
) -> dict[str, _Sums]:
    """Return the sums of those pairs of which both terms are in some linked sentences."""
    if not asked:
        return {}
    by_form: dict[Lang, defaultdict[str, set[str]]] = {lang: defaultdict(set) for lang in LANGS}
    for key, pair in asked.items():
        for lang in LANGS:
            for form in pair.spellings(lang):
                by_form[lang][form].add(key)
    finders = {lang: TermFinder(by_form[lang], lang) for lang in LANGS}
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    for number, bitext in enumerate(bitexts):
        held = {
            lang: [
                _found(finders[lang], text, by_form[lang]) for text in bitext.document(lang).texts
            ]
            for lang in LANGS
        }
        for bead in bitext.links:
            if bead.confidence >= settings.min_bead:
                _add(sums, number, bitext, bead, held)
    return {key: said for key, said in sums.items() if said.beads}


def _found(finder: TermFinder, text: str, keys: Mapping[str, Iterable[str]]) -> _Found:
    found: dict[str, Occurrence] = {}
    for occurrence in finder.find(text):
        for key in keys[occurrence.term]:
            found.setdefault(key, occurrence)
    return found


def _add(
    sums: Mapping[str, _Sums],
    number: int,
    bitext: Bitext,
    bead: Bead,
    held: Mapping[Lang, Sequence[_Found]],
) -> None:
    """Add the terms and pairs in one bead."""
    ours = _in_bead(held["vi"], bead.src)
    theirs = _in_bead(held["en"], bead.tgt)
    for key in ours:
        sums[key].held["vi"] += 1
    for key in theirs:
        sums[key].held["en"] += 1
    for key in ours.keys() & theirs.keys():
        said, (i, vi), (j, en) = sums[key], ours[key], theirs[key]
        said.beads += 1
        said.bitexts.add(number)
        evidence = Evidence.of(bitext, i, j, vi.surface, en.surface)
        said.evidence.append((bead.confidence, evidence))


def _in_bead(held: Sequence[_Found], numbers: Sequence[int]) -> dict[str, tuple[int, Occurrence]]:
    """Return the terms in some sentences, each with the first sentence that contains it."""
    found: dict[str, tuple[int, Occurrence]] = {}
    for number in numbers:
        for key, occurrence in held[number].items():
            found.setdefault(key, (number, occurrence))
    return found


def _updated(pair: TermPair, said: _Sums, settings: TermSettings) -> TermPair:
    # The sort is stable: equally sure sentences stay in the order of the texts.
    surest = sorted(said.evidence, key=lambda item: -item[0])
    return replace(
        pair,
        kind=kind_of(pair.vi, pair.en),
        count=said.beads,
        articles=len(said.bitexts),
        consistency=round(said.beads / said.held["vi"], 3),
        consistency_en=round(said.beads / said.held["en"], 3),
        evidence=tuple(evidence for _, evidence in surest[: settings.evidence]),
        state="known" if pair.state == "lost" else pair.state,
    )
