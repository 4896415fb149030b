"""The words of a text, as searches compare them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.model import Lang
from aligner.search.folding import folded
from aligner.text.words import vietnamese_key

WORD = re.compile(r"[^\W_]+")  # as FTS5's unicode61 cuts
_ENDINGS = (("ies", "i"), ("sses", "ss"), ("ches", "ch"), ("ing", ""), ("ed", ""), ("s", ""))
_STEM = 4  # letters that must stay of an English word without its ending


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, without accents, and the key its forms have in common.

    `written` is the word in small letters, `name` is the same where it begins with a capital or
    a digit, else "": that much can be the same in another language.
    """

    start: int
    end: int
    plain: str
    key: str
    name: str
    written: str


def tokens(text: str, lang: Lang) -> list[Token]:
    """Return the words (English) or syllables (Vietnamese) of a text in NFC."""
    found = []
    for match in WORD.finditer(folded(text)):
        start, end = match.span()
        word, plain = text[start:end], match.group()
        key = vietnamese_key(word) if lang == "vi" else stem(plain)
        small = word.lower()
        found.append(Token(start, end, plain, key, "" if word[0].islower() else small, small))
    return found


def plain_words(plain: str) -> set[str]:
    """Return the words of a folded text, each once."""
    return set(WORD.findall(plain))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a folded English word without the ending of its form.

    >>> stem("sanctions"), stem("countries"), stem(folded("country")), stem("lifted")
    ('sanction', 'countri', 'countri', 'lift')
    """
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _STEM:
            return word.removesuffix(ending) + rest if not word.endswith("ss") else word
    return word


def keys_of(text: str, lang: Lang) -> list[str]:
    """Return the keys of the words of a text."""
    if lang == "vi":
        return [vietnamese_key(word) for word in WORD.findall(text)]
    return [stem(word) for word in WORD.findall(folded(text))]
