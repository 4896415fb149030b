"""Conflicts of a glossary: several renderings of one term, or several terms with one rendering.

Two renderings of a term are no conflict where they are one word in two forms (talk, talks; UN,
United Nations). Else they belong to two countries, are two spellings, are synonyms, or one of them
is a mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from aligner.glossary import Conflict, ConflictKind, Glossary, TermPair
from aligner.model import Lang
from aligner.terms.conflicts.misspellings import find_spellings
from aligner.terms.offices import place_of
from aligner.terms.conflicts.roles import differ_by_country, find_roles, is_one
from aligner.terms.conflicts.standing import OTHER, is_settled, listed, rank, side, times, total
from aligner.text.words import term_key

# A role sends a rendering wrong in every text, a mistake is one row to strike out.
_ORDER: tuple[ConflictKind, ...] = ("role", "synonym", "spelling", "error")
LOOKED_AT = 12  # renderings of one term that are compared, the best ones first
MIN_CONFIDENCE, MIN_COUNT = 0.6, 2  # of a synonym that nobody has approved: once can be chance
RARE = 8  # times as often as a synonym the best rendering may be seen
ASTRAY = 4  # times as often its rendering may be seen with another term
OVERLAP = 1.3  # sum of two consistencies above which the two stand together: one is a neighbour
DOMINANT, DOUBTFUL = 5, 0.8  # count beside which what was seen once, less sure than that, is wrong

_Key = tuple[str, ...]
_Groups = Mapping[_Key, list[TermPair]]


def find_conflicts(glossary: Glossary) -> list[Conflict]:
    """Return the conflicts of a glossary, the most important and most frequent first.

    Rejected pairs take no part. Forbidden ones count as no rendering, but are named in the reason
    where they are still seen. Each conflict proposes a rendering: the preferred one, else an
    approved one, else the usual one of the office, else the most frequent.
    """
    live = sorted((p for p in glossary if p.status not in ("rejected", "forbidden")), key=rank)
    banned = [p for p in glossary if p.status == "forbidden" and (p.count or p.evidence)]
    groups = {lang: _by_term(live, lang) for lang in OTHER}
    forbidden = {lang: _by_term(banned, lang) for lang in OTHER}
    found = find_spellings(live)
    for lang in OTHER:
        found += find_roles(groups[lang].values(), lang)
        for pairs in groups[lang].values():
            clusters = _clusters(pairs, lang)
            if len(clusters) > 1:
                found += _synonyms(clusters, lang, groups[OTHER[lang]])
                found += _errors(clusters, lang)
    named = (_with_forbidden(conflict, forbidden[conflict.lang]) for conflict in _once(found))
    return sorted(named, key=lambda c: (_ORDER.index(c.kind), -total(c.pairs), c.lang, c.term))


def _by_term(pairs: Iterable[TermPair], lang: Lang) -> _Groups:
    groups: defaultdict[_Key, list[TermPair]] = defaultdict(list)
    for pair in pairs:
        groups[term_key(side(pair, lang), lang)].append(pair)
    return groups


def _clusters(pairs: Sequence[TermPair], lang: Lang) -> list[list[TermPair]]:
    """Return the pairs of a term by rendering, best first; roles and spellings make one."""
    to = OTHER[lang]
    clusters: list[list[TermPair]] = []
    for pair in pairs[:LOOKED_AT]:
        home = next(
            (
                cluster
                for cluster in clusters
                for other in cluster
                if is_one(side(pair, to), side(other, to), to)
                or differ_by_country(pair, other, lang)
            ),
            None,
        )
        if home is None:
            clusters.append([pair])
        else:
            home.append(pair)
    return clusters


def _synonyms(
    clusters: Sequence[list[TermPair]], lang: Lang, elsewhere: _Groups
) -> Iterator[Conflict]:
    most = max(map(total, clusters))
    lead = clusters[0][0]
    good = [
        cluster
        for cluster in clusters
        if any(map(is_settled, cluster))
        or _is_known(cluster[0])
        or (
            total(cluster) * RARE >= most
            and _is_supported(cluster, lang, elsewhere)
            and not _are_neighbours(cluster[0], lead, lang)
        )
    ]
    if len(good) > 1:
        to, term = OTHER[lang], side(good[0][0], lang)
        seen = listed(f"“{side(c[0], to)}” ({times(total(c))})" for c in good)
        how = "is rendered as" if lang == "vi" else "stands for"
        reason = f"“{term}” {how} {seen}: choose one, or keep them on purpose."
        pairs = tuple(sorted((pair for cluster in good for pair in cluster), key=rank))
        yield Conflict("synonym", lang, term, pairs, side(pairs[0], to), reason)


def _is_known(pair: TermPair) -> bool:
    """Return whether both terms are known names of one place."""
    place = place_of(pair.vi, "vi")
    return bool(place) and place == place_of(pair.en, "en")


def _is_supported(cluster: Sequence[TermPair], lang: Lang, elsewhere: _Groups) -> bool:
    """Return whether a rendering that nobody approved is good enough to be a synonym."""
    best, to, count = cluster[0], OTHER[lang], total(cluster)
    if best.confidence < MIN_CONFIDENCE or count < MIN_COUNT:
        return False
    if place_of(best.vi, "vi") and place_of(best.en, "en"):
        return _is_known(best)  # Nga is Moscow only by a figure of speech
    others = elsewhere[term_key(side(best, to), to)]
    return max(p.count for p in others) < ASTRAY * count


def _are_neighbours(pair: TermPair, lead: TermPair, lang: Lang) -> bool:
    """Return whether two renderings stand in the same beads, so that one renders another term."""
    ours, theirs = (p.consistency if lang == "vi" else p.consistency_en for p in (pair, lead))
    return pair is not lead and min(ours, theirs) > 0 and ours + theirs > OVERLAP


def _errors(clusters: Sequence[list[TermPair]], lang: Lang) -> Iterator[Conflict]:
    lead = max(clusters, key=total)
    if total(lead) < DOMINANT:
        return
    to, term = OTHER[lang], side(lead[0], lang)
    for cluster in clusters:
        pair = cluster[0]
        doubtful = pair.confidence < DOUBTFUL and not any(map(is_settled, cluster))
        if total(cluster) == 1 and doubtful and not _is_known(pair):
            usual = f"“{side(lead[0], to)}” ({times(total(lead))})"
            reason = (
                f"“{side(pair, to)}” (once) is probably no rendering of “{term}”, which is {usual}."
            )
            yield Conflict("error", lang, term, (lead[0], pair), side(lead[0], to), reason)


def _once(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Yield the conflicts, but a mistake, which stands in a group of either language, once."""
    wrong: set[str] = set()
    for conflict in conflicts:
        if conflict.kind == "error":
            if conflict.pairs[-1].id in wrong:
                continue
            wrong.add(conflict.pairs[-1].id)
        yield conflict


def _with_forbidden(conflict: Conflict, forbidden: _Groups) -> Conflict:
    pairs = forbidden.get(term_key(conflict.term, conflict.lang), ())
    to = OTHER[conflict.lang]
    said = [
        f" “{side(p, to)}” is forbidden, but was seen {times(max(p.count, len(p.evidence)))}."
        for p in pairs
    ]
    return replace(conflict, reason=conflict.reason + "".join(said))
