"""Places, and offices whose rendering depends on the country: Ngoại trưởng in the US and elsewhere.

The table `data/offices.toml` describes the usage in news. A country is identified by its English
name in small letters ("united states"), as in `text/data/exonyms.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from aligner.model import LANGS, Lang
from aligner.package_data import read_toml
from aligner.terms.finder import TermFinder, outermost
from aligner.text.normalise import fold
from aligner.text.words import term_key

ANYWHERE = ""  # stands for the countries that have no name of their own for an office
LONGEST_COUNTRY = 4  # words of a country that is split off a term
# What may separate a Vietnamese office from its countries: Ngoại trưởng của Nga và Mỹ.
_JOINT = re.compile(r"(?:[\s,/–-]|\b(?:của|nước|phía|và)\b)*")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office or organisation: its names by country, and the countries where two names match."""

    names: Mapping[Lang, Mapping[str, tuple[str, ...]]]
    matches: Mapping[tuple[Key, Key], frozenset[str]]

    @property
    def id(self) -> str:
        """Its first Vietnamese name, which no other office has."""
        return self.names["vi"][ANYWHERE][0]

    def where(self, name: str, lang: Lang) -> frozenset[str]:
        """Return the countries in which the office has this name."""
        key = term_key(name, lang)
        return frozenset(
            country
            for country, names in self.names[lang].items()
            if key in (term_key(name, lang) for name in names)
        )

    def fits(self, vi: str, en: str) -> frozenset[str]:
        """Return the countries for which the English name is right for the Vietnamese one."""
        return self.matches.get((term_key(vi, "vi"), term_key(en, "en")), frozenset())

    def known(self, country: str) -> str:
        """Return the country if the office has a name of its own there, otherwise `ANYWHERE`."""
        return country if any(country in table for table in self.names.values()) else ANYWHERE


def offices_of(term: str, lang: Lang) -> tuple[Office, ...]:
    """Return the offices that have this name in some country.

    >>> [office.names["en"]["united states"] for office in offices_of("ngoại trưởng", "vi")]
    [('Secretary of State',)]
    """
    return _by_name(lang).get(term_key(term, lang), ())


def place_names(lang: Lang) -> tuple[str, ...]:
    """Return all known names of places and organisations in a language."""
    return tuple(_places(lang))


@cache
def place_finder(lang: Lang) -> TermFinder:
    """Return a finder of places and organisations in sentences."""
    return TermFinder(place_names(lang), lang)


@cache
def office_finder(lang: Lang) -> TermFinder:
    """Return a finder of offices in sentences, by any of their names."""
    tables = (names for office in _offices() for names in office.names[lang].values())
    return TermFinder((name for names in tables for name in names), lang)


def place_of(name: str, lang: Lang) -> str:
    """Return the place or organisation with this name, "" if it is not known.

    >>> place_of("Hoa Kỳ", "vi"), place_of("U.S.", "en"), place_of("Kerry", "en")
    ('united states', 'united states', '')
    """
    return "" if name.islower() else _concepts(lang).get(term_key(name, lang), "")


def names_of(place: str, lang: Lang) -> tuple[str, ...]:
    """Return the names of a place or organisation, the most usual in news first.

    >>> names_of("united states", "vi")
    ('Mỹ', 'Hoa Kỳ', 'Hợp chúng quốc Hoa Kỳ')
    """
    return _names(lang).get(place, ())


def usage_of(name: str, lang: Lang) -> int:
    """Return the rank of a name among those of its place or office: 0 is the most usual one.

    >>> usage_of("Mỹ", "vi"), usage_of("Bộ trưởng Ngoại giao", "vi"), usage_of("đàm phán", "vi")
    (0, 1, 0)
    """
    return _usage(lang).get(term_key(name, lang), 0)


@lru_cache(maxsize=100_000)
def where_right(vi: str, en: str) -> frozenset[str]:
    """Return the countries for which an English name of an office is right for a Vietnamese one.

    If both name a country, it must be the same.

    >>> sorted(where_right("Ngoại trưởng Mỹ", "US Secretary of State"))
    ['united states']
    >>> where_right("Ngoại trưởng", "Foreign Minister") == {ANYWHERE}
    True
    """
    (vi, ours), (en, theirs) = split_country(vi, "vi"), split_country(en, "en")
    if ours and theirs and ours != theirs:
        return frozenset()
    return frozenset(place for office in offices_of(vi, "vi") for place in office.fits(vi, en))


@lru_cache(maxsize=100_000)
def split_country(term: str, lang: Lang) -> tuple[str, str]:
    """Split off the country at the end of a Vietnamese term, or the beginning of an English one.

    >>> split_country("Ngoại trưởng Mỹ", "vi"), split_country("Russian President", "en")
    (('Ngoại trưởng', 'united states'), ('President', 'russia'))
    """
    words = term.split()
    for size in range(min(LONGEST_COUNTRY, len(words) - 1), 0, -1):
        name, rest = (
            (words[-size:], words[:-size]) if lang == "vi" else (words[:size], words[size:])
        )
        if place := place_of(" ".join(name), lang):
            return " ".join(rest), place
    return term, ANYWHERE


def countries_beside(sentence: str, end: int) -> frozenset[str]:
    """Return the countries that follow a Vietnamese office that ends at `end`.

    >>> sorted(countries_beside("Ngoại trưởng Nga và Mỹ hội đàm", len("Ngoại trưởng")))
    ['russia', 'united states']
    """
    found = set()
    for place in outermost(place_finder("vi").find(sentence)):
        if place.start >= end:
            if not _JOINT.fullmatch(sentence, end, place.start):
                break
            found.add(place_of(place.surface, "vi"))
            end = place.end
    return frozenset(found)


@cache
def _offices() -> tuple[Office, ...]:
    return tuple(_office(entry) for entry in read_toml("terms", "offices.toml")["offices"])


def _office(entry: Mapping[str, Any]) -> Office:
    by = entry.get("by", {})
    names: dict[Lang, dict[str, tuple[str, ...]]] = {
        lang: {
            ANYWHERE: tuple(entry[lang]),
            **{country: tuple(own[lang]) for country, own in by.items() if lang in own},
        }
        for lang in LANGS
    }
    matches: defaultdict[tuple[Key, Key], set[str]] = defaultdict(set)
    for country in (ANYWHERE, *by):
        ours, theirs = (names[lang].get(country, names[lang][ANYWHERE]) for lang in LANGS)
        for vi in ours:
            for en in theirs:
                matches[term_key(vi, "vi"), term_key(en, "en")].add(country)
    return Office(names, {pair: frozenset(where) for pair, where in matches.items()})


@cache
def _by_name(lang: Lang) -> dict[Key, tuple[Office, ...]]:
    found: defaultdict[Key, list[Office]] = defaultdict(list)
    for office in _offices():
        for names in office.names[lang].values():
            for key in {term_key(name, lang) for name in names}:
                if office not in found[key]:
                    found[key].append(office)
    return {key: tuple(offices) for key, offices in found.items()}


@cache
def _concepts(lang: Lang) -> dict[Key, str]:
    return {term_key(name, lang): place for name, place in _places(lang).items()}


@cache
def _names(lang: Lang) -> dict[str, tuple[str, ...]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name, place in _places(lang).items():
        names[place].append(name)
    return {place: tuple(known) for place, known in names.items()}


@cache
def _usage(lang: Lang) -> dict[Key, int]:
    tables = [*_names(lang).values(), *(o.names[lang][ANYWHERE] for o in _offices())]
    ranks: dict[Key, int] = {}
    for table in tables:
        for rank, name in enumerate(table):
            ranks.setdefault(term_key(name, lang), rank)
    return ranks


@cache
def _places(lang: Lang) -> dict[str, str]:
    """Return every known name with the place or organisation that it means."""
    alike = read_toml("terms", "offices.toml")["alike"]
    exonyms = read_toml("text", "exonyms.toml")["names"]
    forms = {name: (name, *adjectives) if lang == "en" else (name,) for name, *adjectives in alike}
    return {
        **{form: fold(name) for name, own in forms.items() for form in own},
        **{name: fold(entry["en"][0]) for entry in exonyms for name in entry[lang]},
    }
