"""Words of a sentence with a key under which all forms of one word meet.

English words meet in their dictionary form (agreements, agreement), Vietnamese syllables whatever
the place of their tone mark (hòa, hoà). Case never counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aligner.model import Lang

_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_ACRONYM = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Of the classes that a form can belong to, the one whose dictionary form is taken first.
_CLASSES = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: `text[start:end]`, without a possessive ending, and its key."""

    text: str
    start: int
    end: int
    key: str


def split_words(sentence: str, lang: Lang) -> list[Word]:
    """Return the words (English) or syllables (Vietnamese) of a sentence in NFC, in order.

    >>> [word.key for word in split_words("The U.S. President’s agreements", "en")]
    ['the', 'US', 'president', 'agreement']
    """
    found = []
    for match in _WORD.finditer(sentence):
        text = _POSSESSIVE.sub("", match.group()) if lang == "en" else match.group()
        key = english_key(text) if lang == "en" else vietnamese_key(text)
        found.append(Word(text, match.start(), match.start() + len(text), key))
    return found


@lru_cache(maxsize=100_000)
def vietnamese_key(syllable: str) -> str:
    """Return a syllable in small letters with its tone mark at the end, wherever it stood.

    >>> vietnamese_key("Hòa") == vietnamese_key("hoà")
    True
    """
    parts = unicodedata.normalize("NFD", syllable.casefold())
    letters = "".join(c for c in parts if c not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(c for c in parts if c in _TONES)


@lru_cache(maxsize=100_000)
def english_key(word: str) -> str:
    """Return the dictionary form of a word in small letters; acronyms lose only their dots.

    >>> english_key("crises"), english_key("U.S"), english_key("US"), english_key("us")
    ('crisis', 'US', 'US', 'us')
    """
    if _ACRONYM.fullmatch(word):
        return word.replace(".", "")
    if word.isupper() and 1 < len(word) <= 4:
        return word
    small = word.casefold().replace("’", "'")
    forms = english_forms(small)
    return next((forms[name] for name in _CLASSES if name in forms), small)


@lru_cache(maxsize=100_000)
def english_forms(word: str) -> dict[str, str]:
    """Return the classes that a word in small letters can belong to, with its dictionary form.

    The classes are those of Universal Dependencies (NOUN, VERB, ADJ, ...); a word that the lexicon
    (lemminflect, from the NIH's SPECIALIST) does not know has none.
    """
    from lemminflect import getAllLemmas

    return {name: min(lemmas, key=len) for name, lemmas in getAllLemmas(word).items() if lemmas}
