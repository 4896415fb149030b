"""Extracts term pairs from aligned articles.

Each window of a bitext is judged by itself and the results are added up. Then competing pairs and
parts of longer terms are left out, and the spellings of a name are put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from aligner.glossary import Glossary
from aligner.model import Bitext, Lang
from aligner.settings import TermSettings
from aligner.term_pair import Evidence, TermPair
from aligner.terms.candidate import Candidate
from aligner.terms.choose import choose
from aligner.terms.forest import load_forest
from aligner.terms.kinds import is_common, is_everyday, is_title_and_name, kind_of
from aligner.terms.names import is_same_name, written_alike
from aligner.terms.observe import observe, windows
from aligner.terms.offices import (
    ANYWHERE,
    countries_beside,
    offices_of,
    split_country,
    where_right,
)
from aligner.terms.packed import pack, unpack, window_key
from aligner.terms.ranking import in_reading_order
from aligner.terms.sightings import Observed, Place, Sighting, Window
from aligner.terms.signs import signs, usual_form
from aligner.terms.tally import Tallied, Tally
from aligner.terms.variants import Concept, group
from aligner.vectors import Embedder, TokenEmbedder, remembered

SUREST = 0.99  # greatest confidence of a pair that nobody has reviewed
KNOWN = 0.8  # least chance of two known names of one place or office in one window


def extract_terms(
    bitexts: Iterable[Bitext], embedder: TokenEmbedder, settings: TermSettings | None = None
) -> Glossary:
    """Return the term pairs of the bitexts: common words last, otherwise the surest first.

    One short article pair is enough. Time grows with the number of beads, and memory is limited.
    Raises ModelError if the model is missing.
    """
    settings = settings or TermSettings()
    tally, read = Tally(settings), []
    for number, bitext in enumerate(bitexts):
        read.append(bitext)
        for window in windows(bitext, settings):
            tally.add(number, *_judge(window, embedder, settings))
    concepts = group(choose(_candidates(tally, read, settings), settings))
    pairs = [_term_pair(concept, read, settings) for concept in concepts]
    return Glossary(tuple(in_reading_order(pairs)))


def _judge(
    window: Window, embedder: TokenEmbedder, settings: TermSettings
) -> tuple[Observed, NDArray[np.float64]]:
    """Return the sightings in a window with their chances, from the cache if it has them."""

    def read() -> bytes:
        observed = observe(window, embedder, settings)
        return pack(observed, chances(observed, embedder), settings.min_chance)

    return unpack(remembered(embedder, window_key(window, settings), read))


def chances(observed: Observed, embedder: Embedder) -> NDArray[np.float64]:
    """Return the chance [sightings] that each sighting in a window is a term pair."""
    learned = load_forest().chances(signs(observed, embedder))
    known = np.array([_is_known(observed, seen) for seen in observed.sightings], dtype=bool)
    return np.where(known, np.maximum(learned, KNOWN), learned)


def _is_known(observed: Observed, seen: Sighting) -> bool:
    """Return whether a pair is in the tables of places and offices."""
    vi, en = usual_form(observed.vi.forms[seen.vi]), usual_form(observed.en.forms[seen.en])
    if where := where_right(vi, en):
        return _is_office_of(vi, en, where, observed)
    return is_same_name(vi, en)


def _is_office_of(vi: str, en: str, where: frozenset[str], observed: Observed) -> bool:
    """Return whether a name of an office is right for the country beside it in the text."""
    office, country = split_country(vi, "vi")
    if country != split_country(en, "en")[1]:
        return False
    if country:
        return any(known.known(country) in where for known in offices_of(office, "vi"))
    if ANYWHERE in where:
        return True
    longer = (usual_form(forms) for forms in observed.vi.forms.values())
    return any(
        text.startswith(f"{vi} ") and split_country(text, "vi")[1] in where for text in longer
    )


def _candidates(tally: Tally, bitexts: Sequence[Bitext], settings: TermSettings) -> list[Candidate]:
    found = []
    vi, en = tally.sides
    for pair in tally.pairs.values():
        vi_beads = max(vi.beads[pair.vi], pair.beads, 1)
        en_beads = max(en.beads[pair.en], pair.beads, 1)
        beads = max(pair.beads, 1)  # two reports can share a term outside their beads
        shares = beads / vi_beads, beads / en_beads
        found.append(
            Candidate(
                _own_form(vi.forms[pair.vi], _written(pair, bitexts, "vi")),
                _own_form(en.forms[pair.en], _written(pair, bitexts, "en")),
                _confidence(pair.chances, max(shares), settings),
                *shares,
                vi.forms[pair.vi].total(),
                en.forms[pair.en].total(),
                pair,
            )
        )
    return found


def _written(pair: Tallied, bitexts: Sequence[Bitext], lang: Lang) -> set[str]:
    """Return, in small letters, the spellings of a phrase in the places of a pair, and its key.

    Elsewhere the phrase may be inflected and mean something else: missing, and missed out.
    """
    spans = (
        (bitexts[number].vi.sentences[place.vi].text, place.vi_span)
        if lang == "vi"
        else (bitexts[number].en.sentences[place.en].text, place.en_span)
        for number, place in pair.places
    )
    base = pair.vi if lang == "vi" else pair.en
    return {base, *(text[slice(*span)].casefold() for text, span in spans)}


def _own_form(forms: Counter[str], own: Set[str]) -> str:
    """Return the usual spelling of a phrase among its `own` spellings, if there are any."""
    return usual_form(
        Counter({form: n for form, n in forms.items() if form.casefold() in own}) or forms
    )


def _confidence(chances: Sequence[float], share: float, settings: TermSettings) -> float:
    """Return the chance that a pair is right, given its chances in the best windows.

    Each further window has half the weight of the one before, because a mistake is likely to be
    made again. If even the more regular of its terms is seldom rendered so (`share`), the pair is
    probably a neighbour of the right one.
    """
    doubt: float = 1.0
    for number, chance in enumerate(chances):
        doubt *= (1 - chance) ** (0.5**number)
    return float((1 - doubt) * min(1.0, share / settings.regular) ** 0.5)


def _term_pair(concept: Concept, bitexts: Sequence[Bitext], settings: TermSettings) -> TermPair:
    members = concept.members
    sightings = _sightings(concept, bitexts)
    plain = _little_to_learn(concept.vi, concept.en)
    confidence = members[0].confidence
    if plain:
        confidence = min(confidence, settings.min_confidence + settings.plain * confidence)
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
        confidence=round(min(confidence, SUREST), 3),
        consistency=round(min(1.0, sum(c.share_vi for c in members)), 3),
        consistency_en=round(min(1.0, sum(c.share_en for c in members)), 3),
        count=max(beads, 1),
        articles=articles,
        evidence=tuple(evidence for evidence, _ in sightings[: settings.evidence]),
        variants=concept.variants,
        beside=tuple(sorted({place.title() for _, found in sightings for place in found})),
        reason="; ".join(filter(None, (plain or common, how_seen))),
    )


def _little_to_learn(vi: str, en: str) -> str:
    """Return why a translator would not look up a pair that may be right; otherwise ""."""
    if written_alike(vi, en):
        return "word written alike" if vi.islower() else "name written alike"
    if is_title_and_name(vi, en):
        return "title with a person's name"
    return "everyday word" if is_everyday(vi) else ""


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
