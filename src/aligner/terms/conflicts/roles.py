"""Finds terms whose rendering is decided by whose office it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligner.glossary import Conflict, TermPair
from aligner.model import Lang
from aligner.terms.conflicts.misspellings import is_one_name
from aligner.terms.offices import ANYWHERE, Office, offices_of, place_of, split_country
from aligner.terms.conflicts.spelling import is_same_word
from aligner.terms.conflicts.standing import OTHER, is_settled, listed, rank, side
from aligner.text.marks import fold
from aligner.text.words import term_key

LOOKED_AT = 12  # renderings of one office that are compared, the best ones first
APART = 2, 3  # counts from which pairs of an official kind, and others, stand apart by country
SHOWN = 3  # countries that are named as those where a rendering is right


def find_roles(groups: Iterable[Sequence[TermPair]], lang: Lang) -> Iterator[Conflict]:
    """Yield the conflicts between renderings for different countries; synonyms share an office.

    `groups` holds the pairs of each term of a language, best first.
    """
    by_office: defaultdict[object, list[TermPair]] = defaultdict(list)
    for pairs in groups:
        by_office[_office_key(side(pairs[0], lang), lang)] += pairs
    for pairs in by_office.values():
        best = sorted(pairs, key=rank)[:LOOKED_AT]
        mates = [p for p in best if any(differ_by_country(p, other, lang) for other in best)]
        if mates:
            yield _conflict(mates, lang)


def differ_by_country(one: TermPair, other: TermPair, lang: Lang) -> bool:
    """Return whether each of two renderings is right where the other is not.

    The table of offices says so, or the countries that stand beside them in the texts.
    """
    to = OTHER[lang]
    if term_key(side(one, to), to) == term_key(side(other, to), to):
        return False
    country = split_country(side(one, lang), lang)[1]
    for office in _offices(one):
        ours, theirs = _fits(office, one), _fits(office, other)
        if ours and theirs and country:
            here = office.known(country)
            return (here in ours) != (here in theirs)
        if ours and theirs and not (ours <= theirs or theirs <= ours):
            return True
    return _stand_apart(one, other) and not is_one(side(one, to), side(other, to), to)


def is_one(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are one word in two forms or spellings."""
    return is_same_word(one, other, lang) or is_one_name(one, other, lang)


def _office_key(term: str, lang: Lang) -> object:
    """Return what is equal for the names of one office in the same countries."""
    name, country = split_country(term, lang)
    offices = offices_of(name, lang)
    if not offices:
        return term_key(term, lang)
    home = next((o for o in offices if ANYWHERE in o.where(name, lang)), offices[0])
    return home.id, home.where(name, lang), country


def _stand_apart(one: TermPair, other: TermPair) -> bool:
    """Return whether the pairs stand beside different countries, often enough to mean it."""
    official, common = APART
    needed = official if {one.kind, other.kind} <= {"title", "organisation"} else common
    ours, theirs = _beside(one), _beside(other)
    often = min(one.count, other.count) >= needed
    return often and bool(ours and theirs) and ours.isdisjoint(theirs)


def _beside(pair: TermPair) -> frozenset[str]:
    return frozenset(place_of(c, "vi") or place_of(c, "en") or fold(c) for c in pair.beside)


def _offices(pair: TermPair) -> tuple[Office, ...]:
    return offices_of(split_country(pair.vi, "vi")[0], "vi")


def _fits(office: Office, pair: TermPair) -> frozenset[str]:
    return office.fits(split_country(pair.vi, "vi")[0], split_country(pair.en, "en")[0])


def _where(pair: TermPair) -> frozenset[str]:
    """Return the countries for which the table has the pair."""
    return frozenset(place for office in _offices(pair) for place in _fits(office, pair))


def _conflict(mates: Sequence[TermPair], lang: Lang) -> Conflict:
    to = OTHER[lang]
    country = split_country(side(mates[0], lang), lang)[1]
    usual = {office.known(country) for office in _offices(mates[0])}
    best = min(mates, key=lambda p: (not is_settled(p), usual.isdisjoint(_where(p)), rank(p)))
    first = {term_key(side(p, to), to): p for p in reversed(mates)}
    roles = [f"“{side(p, to)}” ({_whose(p)})" for p in mates if p in first.values()]
    names = list({term_key(side(p, lang), lang): f"“{side(p, lang)}”" for p in mates}.values())
    reason = f"It depends on whose office it is: {listed(roles)}."
    if len(names) > 1:
        reason += f" {listed(names)} name the same office."
    return Conflict("role", lang, side(mates[0], lang), tuple(mates), side(best, to), reason)


def _whose(pair: TermPair) -> str:
    """Return in words where a rendering is right."""
    where = _where(pair)
    if not where:
        return f"beside {listed(pair.beside)}"
    if ANYWHERE in where:
        return "elsewhere"
    named = sorted(where, key=lambda place: (place not in _beside(pair), place))
    more = ["others"] if len(named) > SHOWN else []
    return listed([*(place.title() for place in named[:SHOWN]), *more])
