"""Recognises Vietnamese that was typed for the fonts of the time before Unicode.

Their letters are others than the file holds: "ngµy" is "ngày" in TCVN3, and "ngaøy" is in VNI.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"(?:[^\W\d_]|[®«¬])\S*")  # đ, ô and ơ are no letters in TCVN3
#: What no other language has within so many words: signs and capitals after small letters, and
#: tones and hats as letters of their own.
_FONTS = {
    "TCVN3 (.VnTime)": re.compile(r"[®«¬][a-z]|[a-zA-Z][¨©ª«¬®µ¶·¸¹»¼½¾]|[a-z][Æ-ÖØ-Þß×]"),
    "VNI": re.compile(r"[aeouyôö][ùøûõï]|[aeo]â|\bñ", re.IGNORECASE),
}
_SHARE = 0.25  # of the words; running text has 0.5 and more, other languages 0.1 at most
_FEWEST = 5  # words of that kind that are no accident
_SAMPLE = 20_000  # characters


def old_font(text: str) -> str:
    """Return the kind of fonts that a text was typed for, "" if it is as it looks.

    >>> old_font("S¸u ngµy kªnh ®µo tª liÖt"), old_font("Sáu ngày kênh đào tê liệt")
    ('TCVN3 (.VnTime)', '')
    """
    words = _WORD.findall(text[:_SAMPLE])
    for font, pattern in _FONTS.items():
        if sum(map(bool, map(pattern.search, words))) > max(_FEWEST - 1, _SHARE * len(words)):
            return font
    return ""
