"""Cells of a workbook: text that stays the text it was, whatever Excel would make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.formats.grade import grade
from aligner.formats.xmltext import legal_xml

if TYPE_CHECKING:
    from openpyxl.cell import Cell

#: Excel's limit for one cell, in UTF-16 units (an emoji is two).
MAX_UNITS = 32_767
CUT_MARK = " […]"
FONT = "Calibri"
FONT_SIZE = 11

# OOXML reads _x0041_ in a text as the letter A; the underscore itself is _x005F_.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
# Typed again by hand, these would turn into a formula, a number, a date or a truth value.
_TEMPTING = re.compile(r"[=+\-@']|(?=\D*\d)[\d\s.,:/%()eE-]+$|(?i:true|false)$")


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A text in which `term` is set in bold wherever it stands as a word."""

    text: str
    term: str


Value = str | int | float | Emphasis | None


def cell_text(text: str) -> str:
    """Return `text` as it is stored: legal in XML, escaped for OOXML, cut with a mark if too long.

    >>> cell_text("Bão\\x07 số _x0041_")
    'Bão số _x005F_x0041_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", legal_xml(text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    kept = units[: 2 * (MAX_UNITS - len(CUT_MARK))]
    return kept.decode("utf-16-le", "ignore") + CUT_MARK  # "ignore": half an emoji at the cut


def stored_text(text: str) -> str:
    """Undo the escapes of `cell_text`."""
    return _ESCAPED.sub("_", text)


def make_cell(sheet: Any, value: Value, style: str) -> Cell:
    """Return a styled cell; a string is never taken for a formula, an error or a number."""
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet)
    if style == "aligner confidence" and isinstance(value, int | float):
        style = f"aligner {grade(value)}"
    cell.style = style
    if isinstance(value, Emphasis):
        _set_text(cell, value.text, _bold_runs(value))
    elif isinstance(value, str):
        _set_text(cell, value)
    elif value is not None:
        cell.value = value
    return cell


def _set_text(cell: Cell, text: str, runs: Any = None) -> None:
    stored = cell_text(text)
    if not stored:
        return  # an empty cell, not a cell with an empty string: Excel frowns on those
    cell.value = stored if runs is None else runs
    cell.data_type = "s"  # openpyxl guessed a formula from "=", an error from "#N/A"
    if _TEMPTING.match(text):
        cell.quotePrefix = True


def _bold_runs(emphasis: Emphasis) -> Any:
    """Return rich text with the term in bold, or None where it does not stand in the text."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    text, term = cell_text(emphasis.text), cell_text(emphasis.term)
    # \w knows Vietnamese letters: "ban" is not found inside "bang".
    pieces = re.split(rf"(?<!\w)({re.escape(term)})(?!\w)", text, flags=re.IGNORECASE)
    if not term or len(pieces) == 1:
        return None
    # A run without a font of its own falls back to Excel's default, not to the cell's.
    bold = InlineFont(rFont=FONT, sz=FONT_SIZE, b=True)
    return CellRichText(
        *(TextBlock(bold, piece) if n % 2 else piece for n, piece in enumerate(pieces) if piece)
    )
