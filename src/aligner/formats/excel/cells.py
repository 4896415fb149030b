"""Cells of a workbook: text that stays the text it was, whatever Excel would make of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.formats.grade import Grade, grade
from aligner.formats.writable import legal_xml

#: Excel's limit for one cell, in UTF-16 units (an emoji is two).
MAX_UNITS = 32_767
CUT_MARK = " […]"
FONT = "Calibri"
FONT_SIZE = 11

# OOXML reads _x0041_ in a text as the letter A; the underscore itself is _x005F_.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Such an underscore, or how Excel stores what XML cannot hold: controls and halves of characters.
_ESCAPED = re.compile(
    "_x005f_(?=x[0-9a-f]{4}_)|_x(00[01][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])_", re.IGNORECASE
)
# Typed again by hand, these would turn into a formula, a number, a date or a truth value.
_TEMPTING = re.compile(r"[=+\-@']|(?=\D*\d)[\d\s.,:/%()eE-]+$|(?i:true|false)$")
# A run without a font of its own falls back to Excel's default, not to the cell's.
_BOLD = f'<rPr><b/><sz val="{FONT_SIZE}"/><rFont val="{FONT}"/></rPr>'


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in which spans of characters are set in bold; they are in order and apart."""

    text: str
    spans: Sequence[tuple[int, int]]


Value = str | int | float | Marked | None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The numbers that a workbook knows a style by: for most cells, for text that would tempt
    Excel to make something else of it, and for numbers by their grade (none: all alike)."""

    usual: int
    quoted: int
    graded: Mapping[Grade, int]


def cell_text(text: str) -> str:
    """Return `text` as it is stored: legal in XML, escaped for OOXML, cut with a mark if too long.

    >>> cell_text("Bão\\x07 số _x0041_")
    'Bão số _x005F_x0041_'
    """
    if not text.isprintable():  # all that XML forbids is not printable, and nearly all text is
        text = legal_xml(text)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if 2 * len(text) <= MAX_UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    kept = units[: 2 * (MAX_UNITS - len(CUT_MARK))]
    return kept.decode("utf-16-le", "ignore") + CUT_MARK  # "ignore": half an emoji at the cut


def stored_text(text: str) -> str:
    """Undo the escapes of `cell_text` and of Excel; halves of characters that stand alone go."""
    if "_x" not in text:
        return text
    whole = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", text)
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def cell_xml(place: str, value: Value, style: CellStyle) -> str:
    """Return the element of a cell; a string is never a formula, an error or a number in it."""
    if isinstance(value, str):
        text = cell_text(value)
        inside = _text_xml(text)
    elif isinstance(value, Marked):
        text = cell_text(value.text)
        inside = _rich(text, value.spans if text == value.text else ())
    elif value is not None and math.isfinite(value):
        number = style.graded[grade(value)] if style.graded else style.usual
        return f'<c r="{place}" s="{number}"><v>{value}</v></c>'
    else:
        text = ""
    if not text:  # an empty cell, not a cell with an empty string: Excel frowns on those
        return f'<c r="{place}" s="{style.usual}"/>'
    number = style.quoted if _TEMPTING.match(text) else style.usual
    return f'<c r="{place}" s="{number}" t="inlineStr"><is>{inside}</is></c>'


def _text_xml(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "  " in text or "\n" in text or text != text.strip():
        return f'<t xml:space="preserve">{escaped}</t>'
    return f"<t>{escaped}</t>"


def _rich(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text in runs, with the spans in bold, or as it is where there are none."""
    if not spans:
        return _text_xml(text)
    runs, done = [], 0
    for start, end in spans:
        if start > done:
            runs.append(f"<r>{_text_xml(text[done:start])}</r>")
        runs.append(f"<r>{_BOLD}{_text_xml(text[start:end])}</r>")
        done = end
    if done < len(text):
        runs.append(f"<r>{_text_xml(text[done:])}</r>")
    return "".join(runs)


def emphasised(text: str, term: str) -> Marked:
    """Return a text with a term in bold wherever it stands as a word."""
    return Marked(text, word_spans(text, term))


def word_spans(text: str, term: str) -> list[tuple[int, int]]:
    """Return where `term` stands in `text` as whole words, whatever its case.

    >>> word_spans("Bàn về bàn cờ, bàng hoàng", "bàn")
    [(0, 3), (7, 10)]
    """
    spans: list[tuple[int, int]] = []
    low, wanted = text.lower(), term.lower()
    if len(low) != len(text):  # a letter that is two in lower case would shift all the places
        low, wanted = text, term
    start = low.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not (_joins(low, start - 1, start) or _joins(low, end - 1, end)):
            spans.append((start, end))
            start = low.find(wanted, end)
        else:
            start = low.find(wanted, start + 1)
    return spans


def _joins(text: str, left: int, right: int) -> bool:
    """Return whether two neighbouring characters are letters or digits of one word."""
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()
