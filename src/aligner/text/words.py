"""Splits sentences into words, each with a key that all forms of the word share.

The key of an English word is its dictionary form (agreements, agreement). That of a Vietnamese
syllable ignores the place of the tone mark (hòa, hoà) and whether it ends in y or i (quỹ, quĩ).
Letter case matters only for acronyms (US, us).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from aligner.model import Lang

LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"  # a pattern: letters with the accents of NFD
_WORD = re.compile(rf"{LETTERS}(?:[-'’.&/]{LETTERS})*")
_PART = re.compile(rf"{LETTERS}(?:['’.&]{LETTERS})*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_CAPITALS = re.compile(r"[A-Z]{2,4}s?")
TONES = "\u0300\u0301\u0303\u0309\u0323"  # the five tone marks of Vietnamese in NFD
_PLURAL = re.compile(r".{2,}[^suia]s")  # of a word that is in no lexicon
_ENDINGS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("uses", "us"))
_LAST_Y = re.compile(r"(?<=^[hklmst])y$|(?<=^qu)y$")  # written y or i, with the same sound
# The order in which the classes of a form are tried for its dictionary form.
_CLASSES = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV")
# Words that are not in the lexicon.
_FUNCTION_WORDS = frozenset(
    ["an", "the", "of", "and", "for", "with", "from", "at", "than", "but", "into", "against"]
)
_HEADLINE = 3  # words from which a text in capitals is a headline, not an acronym


class Word(NamedTuple):
    """A word of a sentence: `text[start:end]`, without a possessive ending, and its key."""

    text: str
    start: int
    end: int
    key: str


def split_words(sentence: str, lang: Lang) -> list[Word]:
    """Return the words (English) or syllables (Vietnamese) of a sentence, in order.

    >>> [word.key for word in split_words("The U.S. President’s agreements", "en")]
    ['the', 'US', 'president', 'agreement']
    """
    return _split(_WORD, sentence, lang)


def split_parts(sentence: str, lang: Lang) -> list[Word]:
    """Return the words of a sentence, with compounds split at hyphens and slashes.

    >>> [word.text for word in split_parts("quan hệ Nga-Mỹ", "vi")]
    ['quan', 'hệ', 'Nga', 'Mỹ']
    """
    return _split(_PART, sentence, lang)


@lru_cache(maxsize=100_000)
def term_key(term: str, lang: Lang) -> tuple[str, ...]:
    """Return a key that the forms of a term share, whatever their case, number and hyphens.

    >>> term_key("Working-Groups", "en") == term_key("working group", "en")
    True
    """
    if term.isupper():  # it may be a headline, whose words are read together
        return tuple(word.key for word in term_words(term, lang))
    return tuple(key for token in term.split() for key in _token_key(token, lang))


@lru_cache(maxsize=100_000)
def _token_key(token: str, lang: Lang) -> tuple[str, ...]:
    """Return the keys of the text between two blanks, which are cached for many terms."""
    texts = _PART.findall(token)
    if lang == "vi":
        return tuple(map(vietnamese_key, texts))
    return tuple(english_key(_POSSESSIVE.sub("", text)) for text in texts)


@lru_cache(maxsize=100_000)
def term_words(term: str, lang: Lang) -> tuple[Word, ...]:
    """Return the parts of a term, as `split_parts` does, from a cache."""
    return tuple(split_parts(term, lang))


def _split(pattern: re.Pattern[str], sentence: str, lang: Lang) -> list[Word]:
    matches = pattern.finditer(sentence)
    if lang == "vi":
        return [Word(text := m.group(), m.start(), m.end(), vietnamese_key(text)) for m in matches]
    texts = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in matches]
    headline = len(texts) >= _HEADLINE and sentence.isupper()
    found = []
    for start, text in texts:
        is_shouted = headline and text != "US" and _is_english(text.casefold())
        key = english_key(text.casefold() if is_shouted else text)  # TALKS FAIL, but not WTO
        found.append(Word(text, start, start + len(text), key))
    return found


def _is_english(word: str) -> bool:
    """Return whether a word in small letters is in the lexicon, or a function word."""
    return word in _FUNCTION_WORDS or bool(english_forms(word))


@lru_cache(maxsize=100_000)
def vietnamese_key(syllable: str) -> str:
    """Return a syllable in small letters, with its tone mark moved to the end.

    >>> vietnamese_key("Hòa") == vietnamese_key("hoà"), vietnamese_key("Mỹ") == vietnamese_key("Mĩ")
    (True, True)
    """
    parts = unicodedata.normalize("NFD", syllable.casefold())
    letters = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
    return _LAST_Y.sub("i", letters) + "".join(c for c in parts if c in TONES)


@lru_cache(maxsize=100_000)
def english_key(word: str) -> str:
    """Return the dictionary form of a word in small letters; acronyms lose only dots and plural.

    >>> english_key("crises"), english_key("U.S"), english_key("US"), english_key("us")
    ('crisis', 'US', 'US', 'us')
    >>> english_key("NGOs"), english_key("NATO") == english_key("Nato")
    ('NGO', True)
    >>> english_key("aftershocks"), english_key("cryptocurrencies")
    ('aftershock', 'cryptocurrency')
    """
    word = unicodedata.normalize("NFC", word)
    if _ACRONYM.fullmatch(word):
        return word.replace(".", "")
    small = word.casefold().replace("’", "'")
    if _CAPITALS.fullmatch(word) and (len(word) < 4 or word[-1] == "s" or english_forms(small)):
        return word.removesuffix("s")  # longer ones only if they look like a word: AIDS, aids
    forms = english_forms(small)
    guess = _singular(small) if word.islower() and not forms else small
    return next((forms[name] for name in _CLASSES if name in forms), guess)


def _singular(word: str) -> str:
    """Return a word that is in no lexicon without the ending of a plural: aftershocks."""
    for ending, singular in _ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending) + singular
    return word[:-1] if _PLURAL.fullmatch(word) else word


@lru_cache(maxsize=100_000)
def english_forms(word: str) -> dict[str, str]:
    """Return the classes that a word in small letters can belong to, with its dictionary form.

    The classes are those of Universal Dependencies (NOUN, VERB, ADJ, ...); a word that the lexicon
    (lemminflect, from the NIH's SPECIALIST) does not know has none.
    """
    from lemminflect import getAllLemmas

    return {name: min(lemmas, key=len) for name, lemmas in getAllLemmas(word).items() if lemmas}
