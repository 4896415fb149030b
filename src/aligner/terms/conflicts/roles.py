"""Finds terms whose rendering depends on the country of the office."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

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
from aligner.terms.names.offices import ANYWHERE, offices_of, place_of, split_country, where_right
from aligner.text.normalise import fold
from aligner.text.words import term_key

APART = 3  # count from which the countries beside a title that is in no table mean something
SHOWN = 3  # countries that are named for a rendering


def find_roles(pairs: Sequence[TermPair], lang: Lang) -> Iterator[Rivals]:
    """Yield the conflict between renderings of a term or office for different countries."""
    term = pairs[0].term(lang)
    forms = forms_of(pairs, other_language(lang))[:LOOKED_AT]
    mates = [f for f in forms if any(differ_by_country(term, f, other) for other in forms)]
    if not mates:
        return
    here = _home(term, lang)
    mates.sort(key=lambda form: (-form.wanted, here not in _where(term, form)))  # stable
    words = gather(
        mates,
        lambda one, other: is_one_word(one, other) and not differ_by_country(term, one, other),
    )
    words.sort(key=lambda word: ANYWHERE in _where(term, word[0]))  # "elsewhere" comes last
    roles = [f"{_whose(term, word[0])} {seen(word)}" for word in words]
    reason = f"It depends on whose office it is: {'; '.join(roles)}."
    names = {term_key(p.term(lang), lang): p.term(lang) for f in mates for p in f.pairs}
    if len(names) > 1 and _where(term, mates[0]):
        reason += f" {all_of(f'“{name}”' for name in names.values())} name the same office."
    yield Rivals("role", lang, term, mates, reason)


def differ_by_country(term: str, one: Form, other: Form) -> bool:
    """Return whether two renderings of a term are right for different countries.

    The table of offices decides, or else the countries beside them in the texts.
    """
    ours, theirs = _where(term, one), _where(term, other)
    if not ours or not theirs:
        return _stand_apart(one, other)
    here = _home(term, other_language(one.lang))
    if here != ANYWHERE or (ANYWHERE in ours) != (ANYWHERE in theirs):
        return (here in ours) != (here in theirs)
    return ANYWHERE not in ours and not (ours <= theirs or theirs <= ours)


def is_known_office(term: str, form: Form) -> bool:
    """Return whether the table of offices has a term and its rendering."""
    return bool(_where(term, form))


def office_key(term: str, lang: Lang) -> Hashable:
    """Return a key that the names of an office in the same countries share, None for others."""
    name, country = split_country(term, lang)
    offices = offices_of(name, lang)
    if not offices:
        return None
    home = next((o for o in offices if ANYWHERE in o.where(name, lang)), offices[0])
    return home.id, home.where(name, lang), country


def _where(term: str, form: Form) -> frozenset[str]:
    """Return the countries for which the table has the term and its rendering."""
    return where_right(term, form.text) if form.lang == "en" else where_right(form.text, term)


def _home(term: str, lang: Lang) -> str:
    """Return the country in a term if the office has its own name there, otherwise `ANYWHERE`."""
    name, country = split_country(term, lang)
    known = (office.known(country) for office in offices_of(name, lang))
    return next(filter(None, known), ANYWHERE)


def _stand_apart(one: Form, other: Form) -> bool:
    """Return whether two titles occur beside different countries, and often enough."""
    if {p.kind for form in (one, other) for p in form.pairs} - {"title", "organisation"}:
        return False
    ours, theirs = _beside(one), _beside(other)
    return (
        min(one.count, other.count) >= APART
        and bool(ours and theirs)
        and ours.isdisjoint(theirs)
        and not is_one_word(one, other)
    )


def _beside(form: Form) -> frozenset[str]:
    """Return the countries beside the pairs of a form, each under one name."""
    return frozenset(
        place_of(c, "vi") or place_of(c, "en") or fold(c) for p in form.pairs for c in p.beside
    )


def _whose(term: str, form: Form) -> str:
    """Return the countries for which a rendering is right, in words."""
    where = _where(term, form)
    if not where:
        return f"beside {all_of(sorted({c for p in form.pairs for c in p.beside}))}"
    if ANYWHERE in where:
        return "elsewhere"
    named = sorted(where, key=lambda place: (place not in _beside(form), place))
    more = ["others"] if len(named) > SHOWN else []
    return all_of([*map(str.title, named[:SHOWN]), *more])
