"""Recognises short forms of names: acronyms, initials of some words, and adjectives of places."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import cache, lru_cache

from aligner.model import Lang
from aligner.terms.names.offices import names_of, place_of
from aligner.text.normalise import fold
from aligner.text.words import term_key, term_words

_SMALL: Mapping[Lang, str] = {
    "en": "of the for and a an on in to this that his her its our their",
    "vi": "cuộc việc sự các những vị ông bà lệnh bản điện của và",
}
_CAPITALS = re.compile(r"[A-ZĐ]{2,}")
_INITIALS = re.compile(r"[A-ZĐ]\.?[A-ZĐ]")
# Endings of American, Sudanese, Irish, Dutch, Swiss, Greek, Thai, Filipino, Argentine, Icelandic.
_OF_A_PLACE = re.compile(r"(?:[ai]n|ese|ish|ch|ss|k|i|o|ne|ic)s?$")


@cache
def small_words(lang: Lang) -> frozenset[str]:
    """Return words that lengthen a term but do not change it: cuộc hội đàm, điện Kremlin; the."""
    return frozenset(term_key(_SMALL[lang], lang))


@lru_cache(maxsize=100_000)
def name_key(name: str, lang: Lang) -> Hashable:
    """Return a key that all forms of a name of a known place share, None for other names.

    >>> name_key("American", "en") == name_key("U.S.", "en") == name_key("United States", "en")
    True
    >>> name_key("Nga", "vi") == name_key("LB Nga", "vi")
    False
    """
    place = place_of(name, lang)
    if not place:
        return None
    names = names_of(place, lang)
    if is_adjective(name, place, lang) or name.isupper():
        return place, names[0]  # EU, DPRK: acronyms, but not of these words
    key = term_key(name, lang)
    return place, next(
        known
        for known in names
        if term_key(known, lang) == key or is_abbreviation(known, name, lang)
    )


def is_abbreviation(one: str, other: str, lang: Lang) -> bool:
    """Return whether one term is the other with some words as initials: LB Nga, TP.HCM."""
    return _abbreviates(one, other, lang) or _abbreviates(other, one, lang)


def _abbreviates(short: str, long: str, lang: Lang) -> bool:
    if not _INITIALS.search(short):
        return False
    rest = [
        w for w in term_words(long, lang) if w.key not in small_words(lang) or w.text[0].isupper()
    ]
    has_initials = False
    for word in term_words(short, lang):
        capitals = word.text.replace(".", "")
        size = len(capitals) if _CAPITALS.fullmatch(capitals) else 1
        taken, rest = rest[:size], rest[size:]
        if size > 1 and fold(capitals) == fold("".join(w.text[0] for w in taken)):
            has_initials = True
        elif word.key != " ".join(w.key for w in taken):
            return False
    return has_initials and not rest


def is_adjective(name: str, place: str, lang: Lang) -> bool:
    """Return whether a name of a known place is its adjective, or the name of its people."""
    form = fold(name)
    if lang == "vi" or form == place:
        return False
    return place.startswith(form) or bool(_OF_A_PLACE.search(form))  # Lao, Soviet, Saudi
