"""Writes the cells of a workbook so that Excel leaves every text as it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.formats.grade import Grade, grade
from aligner.formats.writable import legal_xml
from aligner.model import Span

#: Excel's limit for one cell, in UTF-16 units (an emoji is two).
MAX_UNITS = 32_767
CUT_MARK = " […]"
FONT = "Calibri"
FONT_SIZE = 11

# OOXML reads _x0041_ in a text as the letter A; an underscore itself is written _x005F_.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Such an underscore, or an escape of Excel's for what XML cannot hold: controls and surrogates.
_ESCAPED = re.compile(
    "_x005f_(?=x[0-9a-f]{4}_)|_x(00[01][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])_", re.IGNORECASE
)
# Texts that would become a formula, a number, a date or a truth value if they were typed again.
_TEMPTING = re.compile(r"[=+\-@']|(?=\D*\d)[\d\s.,:/%()eE-]+$|(?i:true|false)$")
# A run without a font takes Excel's default font, not that of its cell.
_BOLD = f'<rPr><b/><sz val="{FONT_SIZE}"/><rFont val="{FONT}"/></rPr>'


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with spans of characters in bold, which are in order and do not overlap."""

    text: str
    spans: Sequence[Span]


Value = str | int | float | Marked | None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The ids of a style in a workbook.

    `usual` is for most cells, and `quoted` for texts that Excel would take for something else.
    `graded` has an id for each grade of a number; it is empty if all numbers look alike.
    """

    usual: int
    quoted: int
    graded: Mapping[Grade, int]


def sentence_numbers(sentences: Sequence[int]) -> Value:
    """Return the numbers of sentences, counted from 1: a single number, or a list as text.

    >>> sentence_numbers((4,)), sentence_numbers((4, 5))
    (5, '5, 6')
    """
    if len(sentences) == 1:
        return sentences[0] + 1
    return ", ".join(str(i + 1) for i in sentences)


def cell_text(text: str) -> str:
    """Return a text as a cell stores it: legal in XML, escaped for OOXML, cut if it is too long.

    >>> cell_text("Bão\\x07 số _x0041_")
    'Bão số _x005F_x0041_'
    """
    if not text.isprintable():  # nearly all text is, and what XML forbids is not
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
    """Undo the escapes of `cell_text` and of Excel; lone surrogates are removed."""
    if "_x" not in text:
        return text
    whole = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", text)
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def cell_xml(place: str, value: Value, style: CellStyle) -> str:
    """Return the XML of a cell, in which a string is never a formula, an error or a number."""
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
    if not text:  # a cell with an empty string would not count as empty in Excel
        return f'<c r="{place}" s="{style.usual}"/>'
    number = style.quoted if _TEMPTING.match(text) else style.usual
    return f'<c r="{place}" s="{number}" t="inlineStr"><is>{inside}</is></c>'


def _text_xml(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "  " in text or "\n" in text or text != text.strip():
        return f'<t xml:space="preserve">{escaped}</t>'
    return f"<t>{escaped}</t>"


def _rich(text: str, spans: Sequence[Span]) -> str:
    """Return the XML of a text with the spans in bold."""
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
    """Return a text with a term in bold wherever it occurs as a whole word."""
    return Marked(text, word_spans(text, term))


def word_spans(text: str, term: str) -> list[Span]:
    """Return the spans at which a term occurs in a text as whole words, in any letter case.

    >>> word_spans("Bàn về bàn cờ, bàng hoàng", "bàn")
    [(0, 3), (7, 10)]
    """
    spans: list[Span] = []
    low, wanted = text.lower(), term.lower()
    if len(low) != len(text):  # a letter that is two in lower case shifts the offsets
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
    """Return whether two neighbouring characters belong to one word."""
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()
