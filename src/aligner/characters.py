"""Character classes of blanks and invisible characters, and guards against them."""

import re

BLANKS = r"\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Controls, soft hyphen, joiners, zero-width characters, bidi marks, BOM, variation selectors.
INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
)


def in_utf8(text: str) -> str:
    """Replace each lone surrogate, which UTF-8 cannot encode, by a question mark.

    >>> in_utf8("b\\ud83do")
    'b?o'
    """
    return text.encode("utf-8", "replace").decode()


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # without tab and line feed


def harmless(text: str) -> str:
    """Remove the control characters, which a terminal would obey instead of showing them.

    >>> harmless("bão\x1b[31m.txt")
    'bão[31m.txt'
    """
    return _CONTROLS.sub("", text)
