"""Keys of texts: one character for one, so that a place in the key is the place in the text.

Letter case never counts, nor which of the dashes, quotation marks and blanks stands there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_QUOTES = "\"'`´′″‴‚„〝〞〟＂＇ʹʺʻʼʽʾʿ"  # those that Unicode does not call so, or only opening ones
_DASHES = "−⁃﹣－"
_TWINS = {"ð": "đ", "ɖ": "đ"}  # their capitals look like Đ and stand for it in old texts
_PLAIN_LETTERS = {"đ": "d", "ı": "i", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t"}
# Letters that were accents when SQLite's table of words was made (New Tai Lue, Vedic).
_FORMER_ACCENTS = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")


class _Table(dict[int, str]):
    """A table for `str.translate` that works out a character when it is first met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = found = self._rule(chr(code))
        return found


def folded(text: str) -> str:
    """Return the text as it goes into an index: one character for each, letters without accents.

    All letters are small, đ becomes d and y becomes i, for quỹ is also written quĩ. Letters without
    an accentless form of one character stay (ß, ﬁ). Of what is neither letter nor digit only ASCII
    and an accent that stands alone are kept, since tables differ in what else is part of a word.

    >>> folded("Quỹ Đầu tư – 50%")
    'qui dau tu - 50%'
    """
    return text.translate(_FOLDED)


def _accented(char: str) -> str:
    """Return a character as it is compared where accents count."""
    if char == "_":
        return "‿"  # a letter to the module re, but not to people
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Pd" or char in _DASHES:
        return "-"
    if category in ("Pi", "Pf") or char in _QUOTES:
        return "'"
    small = char.casefold()
    if len(small) > 1:  # "ss" for ß
        small = char.lower()[0]
    return _TWINS.get(small, small)


def _plain(char: str) -> str:
    """Return a character as it is compared where accents do not count."""
    small = _accented(char)
    if small.isalnum():
        parts = unicodedata.normalize("NFKD", small)
        base = [part for part in parts if not unicodedata.combining(part)]
        if len(base) == 1 and base[0].isalnum():
            small = _accented(base[0])
    return _PLAIN_LETTERS.get(small, small)


def _indexed(char: str) -> str:
    """Return a character as it goes into the index."""
    plain = _plain(char)
    if plain == "y":
        return "i"
    if "\u0300" <= plain <= "\u036f":
        return "\u0301"  # one that SQLite takes for part of the word before it
    if _FORMER_ACCENTS.match(plain):
        return " "
    is_kept = plain.isalnum() or (plain.isascii() and plain.isprintable())
    return plain if is_kept else " "


#: Where accents count, and where they do not.
ACCENTED = _Table(_accented)
PLAIN = _Table(_plain)
_FOLDED = _Table(_indexed)
