"""Text as a file can hold it: in XML, in UTF-8, on one line."""

from __future__ import annotations

import re

# XML 1.0, production [2] Char: control characters other than tab, line feed and carriage return,
# lone surrogates and the two non-characters of the basic plane cannot be written, escaped or not.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A form feed and a vertical tab are forbidden as well, but words that they part stay parted.
_PARTING = re.compile(r"(?<=\S)[\v\f]+(?=\S)")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A tab or anything that some reader takes for the end of a line (str.splitlines knows them all).
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def legal_xml(text: str) -> str:
    """Drop the characters that XML forbids and make every line end a line feed.

    Words that a form feed or a vertical tab parts are parted by a blank.

    >>> legal_xml("B\\x07ão số\\r\\n5 🌀")
    'Bão số\\n5 🌀'
    """
    # An XML reader turns a carriage return into a line feed anyway: do it where it can be seen.
    legal = _PARTING.sub(" ", _ILLEGAL.sub("", text)).replace("\v", "").replace("\f", "")
    return legal.replace("\r\n", "\n").replace("\r", "\n")


def encodable(text: str) -> str:
    """Drop lone surrogates, the only characters that UTF-8 cannot write."""
    return _SURROGATE.sub("", text)


def one_line(text: str) -> str:
    """Return a text that can be a field of a line: blanks for tabs and line ends, no surrogates."""
    return _BREAKS.sub(" ", encodable(text))
