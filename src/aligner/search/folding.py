"""Keys by which texts are compared, with one character for each character of the text.

An offset in the key is therefore the same offset in the text. Keys ignore letter case, and treat
all dashes, all quotation marks and all blanks alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_QUOTES = "\"'`´′″‴‚„〝〞〟ʹʺʻʼʽʾʿ"  # those in no Unicode category of quotation marks
_DASHES = "−⁃﹣"
_FULL_WIDTH = re.compile("[！-～]")  # ASCII as wide as a Chinese character, often pasted
_TWINS = {"ð": "đ", "ɖ": "đ"}  # their capitals look like Đ, and replace it in old texts
_PLAIN_LETTERS = {"đ": "d", "ı": "i", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t"}
# Letters that SQLite's older Unicode tables still take for accents (New Tai Lue, Vedic).
_FORMER_ACCENTS = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")


class _Table(dict[int, str]):
    """A table for `str.translate` that computes the entry of a character on first use."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = found = self._rule(chr(code))
        return found


def folded(text: str) -> str:
    """Return the key under which a text is indexed, with one character for each of the text's.

    Letters are small and lose their accents; đ becomes d, and y becomes i because quỹ is also
    written quĩ. Letters without a plain form of one character stay as they are (ß, ﬁ). Other
    characters become blanks, except printable ASCII and accents that stand alone, because Unicode
    tables disagree on whether they belong to a word.

    >>> folded("Quỹ Đầu tư – 50%")
    'qui dau tu - 50%'
    """
    return text.translate(_FOLDED)


def _accented(char: str) -> str:
    """Return the key of a character when accents count."""
    if _FULL_WIDTH.match(char):
        char = unicodedata.normalize("NFKC", char)
    if char == "_":
        return "‿"  # the module `re` takes _ for a letter
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
    """Return the key of a character when accents do not count."""
    small = _accented(char)
    if small.isalnum():
        parts = unicodedata.normalize("NFKD", small)
        base = [part for part in parts if not unicodedata.combining(part)]
        if len(base) == 1 and base[0].isalnum():
            small = _accented(base[0])
    return _PLAIN_LETTERS.get(small, small)


def _indexed(char: str) -> str:
    """Return the key of a character in the index."""
    plain = _plain(char)
    if plain == "y":
        return "i"
    if "\u0300" <= plain <= "\u036f":
        return "\u0301"  # SQLite takes this one for part of the word before it
    if _FORMER_ACCENTS.match(plain):
        return " "
    is_kept = plain.isalnum() or (plain.isascii() and plain.isprintable())
    return plain if is_kept else " "


#: Tables for `str.translate`: with accents, and without.
ACCENTED = _Table(_accented)
PLAIN = _Table(_plain)
_FOLDED = _Table(_indexed)
