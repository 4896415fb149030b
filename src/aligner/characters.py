"""Character classes of blanks and invisible characters, and guards against harmful ones."""

import re
import unicodedata

BLANKS = r"\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Controls, soft hyphen, joiners, zero-width characters, bidi marks, BOM, variation selectors.
INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
)
#: On one letter, as in Unicode's stream-safe text (UAX 15); no language has more than a few.
MOST_MARKS = 30
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # except tab and line feed
_PILE = re.compile(rf"[^\w\s\0-\u02ff]{{{MOST_MARKS + 1},}}")  # marks, if not dashes or emoji


def nfc(text: str) -> str:
    """Return a text in NFC without surplus marks, whose sorting would take quadratic time.

    >>> len(nfc("a" + "\\u0301\\u0323" * 1000))
    30
    """
    return unicodedata.normalize("NFC", without_surplus_marks(text))


def without_surplus_marks(text: str) -> str:
    """Return a text in which no letter has more than `MOST_MARKS` marks."""
    surplus = surplus_marks(text)
    return "".join(c for at, c in enumerate(text) if at not in surplus) if surplus else text


def surplus_marks(text: str) -> set[int]:
    """Return the places of the marks that follow `MOST_MARKS` others on the same letter."""
    surplus = set()
    for pile in _PILE.finditer(text):
        count = 0
        for place in range(*pile.span()):
            count = count + 1 if unicodedata.combining(text[place]) else 0
            if count > MOST_MARKS:
                surplus.add(place)
    return surplus


def in_utf8(text: str) -> str:
    """Replace each lone surrogate, which UTF-8 cannot encode, by a question mark.

    >>> in_utf8("b\\ud83do")
    'b?o'
    """
    return text.encode("utf-8", "replace").decode()


def harmless(text: str) -> str:
    """Remove the control characters, which a terminal would obey instead of showing them.

    >>> harmless("bão\\x1b[31m.txt")
    'bão[31m.txt'
    """
    return _CONTROLS.sub("", text)
