"""Distinguishes two spellings of a name, two forms of a word, and two different words.

These functions are for terms that have the same counterpart in the other language. Otherwise Gambia
and Zambia would be one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from aligner.model import Lang
from aligner.terms.names.offices import place_of
from aligner.terms.names.short_forms import is_abbreviation, name_key, small_words
from aligner.text.normalise import fold
from aligner.text.words import Word, term_key, term_words

MIN_NAME, MIN_WORD = 5, 6  # letters from which a difference of one letter is no coincidence
LONG_NAME = 8  # letters of a name from which two of them may be wrong
MIN_CONSONANTS = 3  # that two transliterations must share: Mohammed, Muhammad
MIN_FAMILY = 4, 0.55  # letters, and share of the longer word, that words of one stem have in common
MIN_LIKENESS = 0.5  # similarity of two spellings of the name of one place: Kiev, Kyiv
# How transliterations and British and American spellings differ, in this order.
_RESPELLINGS = [(re.compile(pattern), plain) for pattern, plain in (
    ("ph", "f"), ("kh", "h"), ("ck", "k"), ("x", "ks"), ("q", "k"),
    ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("w", "v"), ("[yj]", "i"), ("z", "s"),
    ("ou", "o"), ("[ao]e", "e"), ("mme$", "m"), ("re$", "er"), (r"(.)\1+", r"\1"),
)]  # fmt: skip
_SYLLABLE = re.compile(  # of Vietnamese, without its accents
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
_VOWELS = re.compile("[aeiou]")
_ENDING = re.compile(r"[aeiou]?(?:a?n|i|ese|ish|ic|s)s?")  # of Iranian, Israeli, Sudanese
_PERSON = re.compile(r"(?:wo)?m[ae]n$|persons?$")  # spokesman, spokeswoman, spokesperson


def is_one_name(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are spellings of one name, one of which may be wrong.

    >>> is_one_name("Kiev", "Kyiv", "en"), is_one_name("Slovakia", "Slovenia", "en")
    (True, False)
    """
    return is_respelling(one, other, lang) or is_misspelling(one, other, lang)


def is_respelling(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are correct spellings of one name or word.

    >>> is_respelling("Sergei", "Sergey", "en"), is_respelling("Iran", "Iranian", "en")
    (True, False)
    """
    if term_key(one, lang) == term_key(other, lang):
        return False
    places = place_of(one, lang), place_of(other, lang)
    if all(places):
        return places[0] == places[1] and _is_place_respelt(one, other, lang)
    if lang == "vi" and (_is_syllable(one) or _is_syllable(other)):
        return False
    ours, theirs = _tokens(one, lang), _tokens(other, lang)
    if fold("".join(ours)) == fold("".join(theirs)):
        return True
    return len(ours) == len(theirs) and all(
        a.casefold() == b.casefold() or _is_token_respelt(a, b, lang)
        for a, b in zip(ours, theirs, strict=True)
    )


def is_same_word(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms differ only in grammar or length, so that one text may use both.

    Of two names of one place, one must be an acronym or the adjective of the other.

    >>> is_same_word("United Nations", "UN", "en"), is_same_word("talks", "negotiations", "en")
    (True, False)
    """
    words, others = _content(one, lang), _content(other, lang)
    ours, theirs = [word.key for word in words], [word.key for word in others]
    if ours == theirs:
        return True
    if name_key(one, lang) and place_of(one, lang) == place_of(other, lang):
        return name_key(one, lang) == name_key(other, lang)
    if is_abbreviation(one, other, lang):
        return True
    short, long = sorted((ours, theirs), key=len)
    if lang == "vi":
        return bool(short) and _is_in_order(short, long)
    if short and set(short) <= set(long):
        return True
    return len(ours) == len(theirs) and all(map(_is_family, words, others))


def is_misspelling(one: str, other: str, lang: Lang) -> bool:
    """Return whether one term is probably the other with a typing error, or two if it is long.

    >>> is_misspelling("Washignton", "Washington", "en"), is_misspelling("trade", "trader", "en")
    (True, False)
    """
    name = one[:1].isupper() and (lang == "en" or all(map(is_foreign, one.split())))
    long = name and min(len(one), len(other)) >= LONG_NAME
    return (
        is_slip(one, other, 2 if long else 1)
        and not (place_of(one, lang) and place_of(other, lang))  # Slovakia, Slovenia
        and not (lang == "vi" and (_is_syllable(one) or _is_syllable(other)))
        and plain_letters(one) != plain_letters(other)
        and not is_same_word(one, other, lang)
    )


def is_slip(one: str, other: str, letters: int = 1) -> bool:
    """Return whether one term becomes the other by one typing error, or by as many as `letters`.

    >>> is_slip("Ushakov", "Usahkov"), is_slip("Ushakov", "Ushenko"), is_slip("Iran", "Iraq")
    (True, False, False)
    """
    ours, theirs = fold(one), fold(other)
    if ours == theirs or min(len(ours), len(theirs)) < MIN_NAME:
        return False
    return (
        abs(len(ours) - len(theirs)) <= letters
        and len(set(ours) ^ set(theirs)) <= 2 * letters  # rules most pairs out at once
        and letters_apart(ours, theirs) <= letters
    )


def letters_apart(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many, or changed places (Damerau 1964)."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def is_transposed(one: str, other: str) -> bool:
    """Return whether the terms have the same letters in another order, which is always an error."""
    return fold(one) != fold(other) and sorted(fold(one)) == sorted(fold(other))


@lru_cache(maxsize=100_000)
def plain_letters(name: str) -> str:
    """Return a form of a name that is the same for its usual transliterations.

    >>> plain_letters("Sergey"), plain_letters("Zelenskyy") == plain_letters("Zelensky")
    ('sergei', True)
    """
    return "".join(map(_plain_token, fold(name).split()))


@lru_cache(maxsize=100_000)
def is_foreign(token: str) -> bool:
    """Return whether a word cannot be a Vietnamese syllable.

    >>> is_foreign("Kerry"), is_foreign("Hà")
    (True, False)
    """
    return not _SYLLABLE.fullmatch(fold(token))


@lru_cache(maxsize=100_000)
def _plain_token(token: str) -> str:
    for pattern, plain in _RESPELLINGS:
        token = pattern.sub(plain, token)
    return "".join(filter(str.isalnum, token))


def _is_syllable(term: str) -> bool:
    """Return whether a term is one Vietnamese syllable: with another letter, it is another word."""
    return " " not in term and not is_foreign(term)


def _is_place_respelt(one: str, other: str, lang: Lang) -> bool:
    """Return whether two names of a place are spellings: Moskva, Matxcơva, but not Nga, LB Nga."""
    if is_same_word(one, other, lang):
        return False
    ours, theirs = sorted(map(plain_letters, (one, other)), key=len)
    if ours == theirs:
        return True
    if ours[:1] != theirs[:1] or theirs.startswith(ours):
        return False  # America, American; Nhật, Nhật Bản
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= MIN_LIKENESS


def _is_token_respelt(one: str, other: str, lang: Lang) -> bool:
    if fold(one) == fold(other):
        return True
    if lang == "vi" and not (is_foreign(one) and is_foreign(other)):
        return False
    ours, theirs = plain_letters(one), plain_letters(other)
    if ours == theirs:
        return True
    if ours.startswith(theirs) or theirs.startswith(ours):
        return False  # Israel, Israeli
    if one[:1].isupper() and other[:1].isupper():
        bones, others = _VOWELS.sub("", ours), _VOWELS.sub("", theirs)
        return is_slip(ours, theirs) or (len(bones) >= MIN_CONSONANTS and bones == others)
    if min(len(ours), len(theirs)) < MIN_WORD or (ours[0], ours[-1]) != (theirs[0], theirs[-1]):
        return False  # worker and worked, but adviser and advisor
    return is_slip(ours, theirs)


def _is_in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    words = iter(long)
    return all(word in words for word in short)


def _content(term: str, lang: Lang) -> list[Word]:
    """Return the words of a term without small ones, unless there are no others."""
    words = list(term_words(term, lang))
    return [word for word in words if word.key not in small_words(lang)] or words


def _is_family(one: Word, other: Word) -> bool:
    """Return whether two English words have one stem: merger, merging; Cuba, Cuban."""
    if one.key == other.key:
        return True
    plain = (_PERSON.sub("", fold(word.text)) for word in (one, other))
    ours, theirs = sorted(plain, key=len)
    if one.text[:1].isupper() and other.text[:1].isupper():
        stem = ours.rstrip("aeiou")
        is_longer = len(stem) > 2 and theirs.startswith(stem)
        return is_longer and bool(_ENDING.fullmatch(theirs[len(stem) :]))
    pairs = enumerate(zip(ours, theirs, strict=False))
    common = next((k for k, (a, b) in pairs if a != b), len(ours))
    letters, share = MIN_FAMILY
    return common >= letters and common >= share * len(theirs)


def _tokens(term: str, lang: Lang) -> list[str]:
    """Return the words of a term; English words in small letters in their dictionary form."""
    words = term_words(term, lang)
    return [w.key if lang == "en" and w.text.islower() else w.text for w in words]
