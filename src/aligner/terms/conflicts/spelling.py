"""Tells one name in two spellings from one word in two forms, within one language.

Both questions are asked of terms that have the same counterpart in the other language; without it
Gambia and Zambia would be one name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aligner.model import Lang
from aligner.terms.offices import place_of
from aligner.text.marks import fold
from aligner.text.words import split_parts, term_key

MIN_NAME, MIN_WORD = 5, 6  # letters from which one other letter is chance no more
LONG_NAME = 8  # letters of a name in which two may be wrong
MIN_CONSONANTS = 3  # that two transliterations must share: Mohammed, Muhammad
MIN_FAMILY = 4, 0.55  # letters, and share of the longer word, that words of one stem begin with
# How transliterations and British and American spellings differ, in this order.
_RESPELLINGS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        *(("ph", "f"), ("kh", "h"), ("ck", "k"), ("x", "ks"), ("q", "k")),
        *(("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("w", "v"), ("[yj]", "i"), ("z", "s")),
        *(("ou", "o"), ("[ao]e", "e"), ("mme$", "m"), ("re$", "er"), (r"(.)\1+", r"\1")),
    )
]
_SYLLABLE = re.compile(  # of Vietnamese, without its accents
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
_VOWELS = re.compile("[aeiou]")
_ABBREVIATED = re.compile(r"[A-ZĐ]\.?[A-ZĐ]")
_OF_A_PLACE = re.compile(r"(?:an|ese|ish|ch|ss|k|i)s?$")  # American, Dutch, Swiss, Greek, Thai
_ENDING = re.compile(r"[aeiou]?(?:a?n|i|ese|ish|ic)?s?")  # of Iranian, Israeli, Sudanese
_PERSON = re.compile(r"(?:wo)?m[ae]n$|persons?$")  # spokesman, spokeswoman, spokesperson
_SMALL = frozenset(["of", "the", "for", "and", "a", "an", "on", "in"])


def is_respelling(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are one name, or one word, in two spellings.

    >>> is_respelling("Sergei", "Sergey", "en"), is_respelling("Iran", "Iranian", "en")
    (True, False)
    """
    if term_key(one, lang) == term_key(other, lang):
        return False
    if _is_place_respelt(one, other, lang):
        return True
    ours, theirs = _tokens(one, lang), _tokens(other, lang)
    if fold("".join(ours)) == fold("".join(theirs)):
        return True
    return len(ours) == len(theirs) and all(
        a.casefold() == b.casefold() or _is_token_respelt(a, b, lang)
        for a, b in zip(ours, theirs, strict=True)
    )


def is_same_word(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms differ by grammar or length only: both can be right in one text.

    >>> is_same_word("United Nations", "UN", "en"), is_same_word("talks", "negotiations", "en")
    (True, False)
    """
    ours, theirs = term_key(one, lang), term_key(other, lang)
    if ours == theirs or _holds(ours, theirs) or _holds(theirs, ours):
        return True
    if _initials(one, lang) == _capitals(other) or _initials(other, lang) == _capitals(one):
        return True
    place = place_of(one, lang)
    if place and place == place_of(other, lang):
        return any(_ABBREVIATED.search(name) or _is_adjective(name, lang) for name in (one, other))
    if lang == "vi":
        return False
    content, others = set(ours) - _SMALL, set(theirs) - _SMALL
    if content <= others or others <= content:
        return True
    return len(ours) == len(theirs) and all(
        map(_is_family, _tokens(one, lang), _tokens(other, lang))
    )


def is_misspelling(one: str, other: str, lang: Lang) -> bool:
    """Return whether one term is probably the other with a typing error, or two in a long name.

    >>> is_misspelling("Washignton", "Washington", "en"), is_misspelling("trade", "trader", "en")
    (True, False)
    """
    if is_same_word(one, other, lang) or plain_letters(one) == plain_letters(other):
        return False
    name = one[:1].isupper() and (lang == "en" or all(map(is_foreign, one.split())))
    long = name and min(len(one), len(other)) >= LONG_NAME
    return is_slip(one, other, 2 if long else 1)


def is_slip(one: str, other: str, letters: int = 1) -> bool:
    """Return whether a slip of the fingers, or as many as told, makes one term of the other.

    >>> is_slip("Ushakov", "Usahkov"), is_slip("Ushakov", "Ushenko"), is_slip("Iran", "Iraq")
    (True, False, False)
    """
    ours, theirs = fold(one), fold(other)
    if ours == theirs or min(len(ours), len(theirs)) < MIN_NAME:
        return False
    return abs(len(ours) - len(theirs)) <= letters and _distance(ours, theirs) <= letters


def is_transposed(one: str, other: str) -> bool:
    """Return whether the terms hold the same letters in another order, which no speller means."""
    return fold(one) != fold(other) and sorted(fold(one)) == sorted(fold(other))


@lru_cache(maxsize=100_000)
def plain_letters(name: str) -> str:
    """Return the letters of a name, equal for usual transliterations of it.

    >>> plain_letters("Sergey"), plain_letters("Zelenskyy") == plain_letters("Zelensky")
    ('sergei', True)
    """
    tokens = fold(name).split()
    for pattern, plain in _RESPELLINGS:
        tokens = [pattern.sub(plain, token) for token in tokens]
    return "".join(c for c in "".join(tokens) if c.isalnum())


def is_foreign(token: str) -> bool:
    """Return whether a word cannot be a Vietnamese syllable."""
    return not _SYLLABLE.fullmatch(fold(token))


def _is_place_respelt(one: str, other: str, lang: Lang) -> bool:
    place = place_of(one, lang)
    return (
        bool(place)
        and place == place_of(other, lang)
        and fold(one)[0] == fold(other)[0]
        and not is_same_word(one, other, lang)
    )


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


def _is_family(one: str, other: str) -> bool:
    """Return whether two English words are of one stem: merger, merging; Cuba, Cuban."""
    plain = (plain_letters(_PERSON.sub("", word)) for word in (one, other))
    ours, theirs = sorted(plain, key=len)
    if ours == theirs:
        return True
    if one[:1].isupper() and other[:1].isupper():
        stem = ours.rstrip("aeiou")
        return (
            len(stem) > 2
            and theirs.startswith(stem)
            and bool(_ENDING.fullmatch(theirs[len(stem) :]))
        )
    common = next(
        (k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), len(ours)
    )
    letters, share = MIN_FAMILY
    return common >= letters and common >= share * len(theirs)


def _is_adjective(name: str, lang: Lang) -> bool:
    """Return whether a known place's English form names its people or what is theirs."""
    return (
        lang == "en" and fold(name) != place_of(name, lang) and bool(_OF_A_PLACE.search(fold(name)))
    )


def _holds(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    size = len(short)
    return any(long[k : k + size] == short for k in range(len(long) - size + 1))


def _initials(term: str, lang: Lang) -> str:
    words = _tokens(term, lang)
    return "".join(w[0] for w in words if w not in _SMALL).upper() if len(words) > 1 else term


def _capitals(term: str) -> str:
    return term.replace(".", "") if _ABBREVIATED.match(term) else ""


def _tokens(term: str, lang: Lang) -> list[str]:
    """Return the words of a term; English words that are no names in their dictionary form."""
    words = split_parts(term, lang)
    return [w.key if lang == "en" and w.text.islower() else w.text for w in words]


def _distance(one: str, other: str) -> int:
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
