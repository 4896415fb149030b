"""Finds terms with several renderings of the same meaning, of which a translator wants one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.model import Lang, other_language
from aligner.prose import all_of
from aligner.term_pair import TermPair
from aligner.terms.conflicts.rivals import (
    LOOKED_AT,
    Form,
    Rivals,
    forms_of,
    gather,
    is_one_word,
    seen,
)
from aligner.terms.conflicts.roles import differ_by_country, is_known_office
from aligner.terms.names.offices import place_of

# A rendering that is neither approved nor in a table may belong to a neighbouring term.
MIN_CONFIDENCE, MIN_COUNT = 0.6, 2
MIN_TOTAL = 5  # how often such renderings must have been seen, all together
MIN_BACK = 0.2  # share of the rendering's own occurrences below which it belongs to another term
RARE = 8  # how many times as often the other rendering may have been seen
OVERLAP = 1.3  # sum of two shares of one term above which they occur together: one is a neighbour


def find_synonyms(pairs: Sequence[TermPair], lang: Lang) -> Iterator[Rivals]:
    """Yield the conflicts between renderings of one term that are right in the same places."""
    term = pairs[0].term(lang)
    forms = forms_of(pairs, other_language(lang))[:LOOKED_AT]
    if sum(_is_sure(term, [form]) for form in forms) < 2 and _total(forms) < MIN_TOTAL:
        return  # most terms of a large glossary
    clusters = gather(forms, is_one_word)
    while clusters:
        lead, *rest = clusters
        mates = [c for c in rest if not differ_by_country(term, lead[0], c[0])]
        rivals = [c for c in mates if _are_rivals(term, lead, c)]
        if rivals:
            yield _rivals(term, lang, [lead, *rivals])
        clusters = [c for c in rest if c not in mates]


def _are_rivals(term: str, lead: list[Form], cluster: list[Form]) -> bool:
    if all(_is_sure(term, c) for c in (lead, cluster)):
        return True
    counts = _total(lead), _total(cluster)
    return (
        all(_is_sure(term, c) or _is_supported(term, c) for c in (lead, cluster))
        and sum(counts) >= MIN_TOTAL
        and min(counts) * RARE >= max(counts)
        and not _are_neighbours(lead[0], cluster[0])
    )


def _is_sure(term: str, cluster: list[Form]) -> bool:
    """Return whether a reviewer wants the rendering, or it is in a table."""
    return any(
        form.wanted or _is_known_place(term, form) or is_known_office(term, form)
        for form in cluster
    )


def _is_known_place(term: str, form: Form) -> bool:
    place = place_of(term, other_language(form.lang))
    return bool(place) and place == place_of(form.text, form.lang)


def _is_supported(term: str, cluster: list[Form]) -> bool:
    """Return whether an unreviewed rendering was seen often enough, and mostly for this term."""
    best = cluster[0]
    if best.confidence < MIN_CONFIDENCE or _total(cluster) < MIN_COUNT:
        return False
    if place_of(term, other_language(best.lang)) or place_of(best.text, best.lang):
        return False  # the table has all names: Nga is Moscow only by a figure of speech
    pair = best.pairs[0]
    back = pair.consistency if best.lang == "vi" else pair.consistency_en
    return back >= MIN_BACK


def _are_neighbours(one: Form, other: Form) -> bool:
    """Return whether two renderings occur in the same beads, so that one renders another term."""
    ours, theirs = (
        pair.consistency if form.lang == "en" else pair.consistency_en
        for form in (one, other)
        for pair in form.pairs[:1]
    )
    return ours + theirs > OVERLAP


def _rivals(term: str, lang: Lang, clusters: Sequence[list[Form]]) -> Rivals:
    lead = clusters[0][0]
    how = "is rendered as" if lang == "vi" else "stands for"
    reason = f"“{term}” {how} {all_of(map(seen, clusters))}"
    if all(is_known_office(term, c[0]) for c in clusters):
        reason += ", names of one office"
    elif all(_is_known_place(term, c[0]) for c in clusters):
        reason += ", names of one place or body"
    said = "choose one, or keep them on purpose"
    if lead.wanted:
        equal = [f"“{c[0].text}”" for c in clusters if c[0].wanted == lead.wanted]
        is_one = len(equal) == 1
        said = f"{all_of(equal)} {'is' if is_one else 'are'} {lead.wanted_as}"
        said += "" if is_one else "; prefer one, or keep them on purpose"
    return Rivals("synonym", lang, term, [f for c in clusters for f in c], f"{reason}: {said}.")


def _total(cluster: list[Form]) -> int:
    return sum(form.count for form in cluster)
