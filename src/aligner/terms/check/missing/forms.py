"""Recognises terms in a sentence that are inflected, abbreviated or shortened.

Translations turn the price of oil into oil prices, the United Nations into the UN and Russia into
Russian, and omit the country of the Russian President. None of that is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from aligner.model import Lang
from aligner.terms.names.offices import names_of, place_finder, place_of, split_country
from aligner.terms.names.spelling import is_same_word
from aligner.text.words import Word, english_forms, split_parts, term_key

_SMALL = frozenset(["of", "the", "for", "and", "a", "an", "on", "in", "to", "và", "của"])
_MAX_SMALL = 3  # such words that may be within a term
_STEM = 5  # letters that words of one family begin with: meningitis, meningococcal
_SHARE = 0.6  # of the shorter of two such words
_BETWEEN = 4  # other words that may stand among those of a term
_BACK_TO: dict[Lang, frozenset[str]] = {
    "en": frozenset({
        "he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "both",
        "this", "these", "those", "who", "which",
    }),
    "vi": frozenset({"ông", "bà", "họ", "nó", "mình", "đó", "này", "đây", "ấy", "y", "vị"}),
}  # fmt: skip


def says(sentence: str, term: str, lang: Lang) -> bool:
    """Return whether a sentence has a term in any form: inflected, inverted or abbreviated.

    >>> says("They met UN officials.", "United Nations", "en")
    True
    """
    rest, country = split_country(term, lang)
    if country and _holds_form(sentence, rest, lang):
        return True
    place = place_of(term, lang)
    if place and any(
        _is_form_of(found.surface, place, lang) for found in place_finder(lang).find(sentence)
    ):
        return True
    return _holds_form(sentence, term, lang)


def says_apart(sentence: str, term: str) -> bool:
    """Return whether an English sentence has the words of a term apart, or others derived of them.

    Instead of the only word of a term, no other noun will do: no investment for an investor.

    >>> says_apart("The authority that recovers land pays.", "land recovery")
    True
    >>> says_apart("The compensation, support and resettlement plan is void.", "compensation plan")
    True
    """
    parts = [word for word in split_parts(term, "en") if word.key not in _SMALL]
    words = split_parts(sentence, "en")
    if len(parts) == 1:
        words = [word for word in words if "NOUN" not in english_forms(word.text.casefold())]
    size = len(parts) + _BETWEEN
    return bool(parts) and any(
        all(
            any(_is_of_family(part, word) for word in words[start : start + size]) for part in parts
        )
        for start in range(len(words))
    )


def _is_of_family(one: Word, other: Word) -> bool:
    """Return whether two words are one or begin alike: recovers, recovery."""
    shorter = min(len(one.key), len(other.key))
    size = max(_STEM, ceil(_SHARE * shorter))
    return one.key == other.key or (size <= shorter and one.key[:size] == other.key[:size])


def refers_back(sentence: str, lang: Lang) -> bool:
    """Return whether a sentence has a pronoun, which may refer to a term before it."""
    return any(word.text.casefold() in _BACK_TO[lang] for word in split_parts(sentence, lang))


def says_head(sentence: str, term: str, lang: Lang) -> bool:
    """Return whether a sentence has the head of a longer term: the agreements, the council."""
    words = split_parts(term, lang)
    if len(words) < 2:
        return False
    if lang == "vi":
        head = term_key(" ".join(word.text for word in words[:2]), "vi")
    else:
        joint = next((k for k, word in enumerate(words) if word.key in _SMALL and k), len(words))
        head = (words[joint - 1].key,)
    keys = [word.key for word in split_parts(sentence, lang)]
    size = len(head)
    return any(tuple(keys[k : k + size]) == head for k in range(len(keys) - size + 1))


def _holds_form(sentence: str, term: str, lang: Lang) -> bool:
    words = split_parts(term, lang)
    wanted = _initials(words)
    return any(
        is_same_word(term, " ".join(word.text for word in run), lang)
        for run in _runs(split_parts(sentence, lang), len(wanted) + _MAX_SMALL)
        if _initials(run) == wanted
    )


def _runs(words: Sequence[Word], size: int) -> Iterator[Sequence[Word]]:
    for start, word in enumerate(words):
        if word.key not in _SMALL:
            for stop in range(start + 1, min(start + size, len(words)) + 1):
                if words[stop - 1].key not in _SMALL:
                    yield words[start:stop]


def _initials(words: Sequence[Word]) -> list[str]:
    """Return the sorted initials of words, and all letters of acronyms, which all forms share."""
    letters = (
        word.text if word.text.isupper() else word.text[:1]
        for word in words
        if word.key not in _SMALL
    )
    return sorted(c for c in "".join(letters).casefold() if c.isalnum())


def _is_form_of(name: str, place: str, lang: Lang) -> bool:
    """Return whether a name is the acronym or adjective of a place: UK and British, not Britain.

    These match every full name of the place, while full names do not match each other.
    """
    if place_of(name, lang) != place:
        return False
    usual = names_of(place, lang)[0]
    return term_key(name, lang) != term_key(usual, lang) and is_same_word(usual, name, lang)
