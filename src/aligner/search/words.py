"""The words of a text in the forms by which a search compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.model import Lang
from aligner.search.folding import folded
from aligner.text.words import vietnamese_key

WORD = re.compile(r"[^\W_]+")  # splits as FTS5's unicode61 does
_ENDINGS = (("ies", "i"), ("sses", "ss"), ("ches", "ch"), ("ing", ""), ("ed", ""), ("s", ""))
_STEM = 4  # letters that an English word must keep without its ending


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, at `text[start:end]`.

    `plain` is the word without accents, `key` is what all of its forms have in common, and
    `written` is the word in small letters. `name` equals `written` if the word begins with a
    capital or a digit, as words that both languages may share do; otherwise it is "".
    """

    start: int
    end: int
    plain: str
    key: str
    name: str
    written: str


def tokens(text: str, lang: Lang) -> list[Token]:
    """Return the words of an English text, or the syllables of a Vietnamese one, in NFC."""
    found = []
    for match in WORD.finditer(folded(text)):
        start, end = match.span()
        word, plain = text[start:end], match.group()
        key = vietnamese_key(word) if lang == "vi" else stem(plain)
        small = word.lower()
        found.append(Token(start, end, plain, key, "" if word[0].islower() else small, small))
    return found


def plain_words(plain: str) -> set[str]:
    """Return the distinct words of a folded text."""
    return set(WORD.findall(plain))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a folded English word without its inflectional ending.

    >>> stem("sanctions"), stem("countries"), stem(folded("country")), stem("lifted")
    ('sanction', 'countri', 'countri', 'lift')
    """
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _STEM:
            return word.removesuffix(ending) + rest if not word.endswith("ss") else word
    return word


def keys_of(text: str, lang: Lang) -> list[str]:
    """Return the keys of the words of a text, in order."""
    if lang == "vi":
        return [vietnamese_key(word) for word in WORD.findall(text)]
    return [stem(word) for word in WORD.findall(folded(text))]
