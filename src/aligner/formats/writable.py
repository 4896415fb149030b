"""Makes text fit to be written: as XML, as UTF-8, on one line."""

from __future__ import annotations

import re

# XML 1.0, production [2] Char: control characters (but tab, line feed and carriage return), lone
# surrogates and the two non-characters of the basic plane are illegal, even when escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Form feeds and vertical tabs are illegal too, but words that they separate must stay separate.
_PARTING = re.compile(r"(?<=\S)[\v\f]+(?=\S)")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Tabs, and everything that some reader takes for the end of a line (see str.splitlines).
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def legal_xml(text: str) -> str:
    """Remove the characters that XML forbids and turn every line end into a line feed.

    A form feed or vertical tab between two words becomes a blank.

    >>> legal_xml("B\\x07ão số\\r\\n5 🌀")
    'Bão số\\n5 🌀'
    """
    # An XML reader would turn a carriage return into a line feed anyway.
    legal = _PARTING.sub(" ", _ILLEGAL.sub("", text)).replace("\v", "").replace("\f", "")
    return legal.replace("\r\n", "\n").replace("\r", "\n")


def encodable(text: str) -> str:
    """Remove lone surrogates, the only characters that UTF-8 cannot encode."""
    return _SURROGATE.sub("", text)


def one_line(text: str) -> str:
    """Return a text that fits in a field of a line: tabs and line ends become blanks."""
    return _BREAKS.sub(" ", encodable(text))
