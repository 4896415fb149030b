"""A row of the sheet "Glossary" as it was read: the titles of its columns, and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aligner.characters import nfc
from aligner.errors import FormatError
from aligner.formats.excel.cells import stored_text
from aligner.term_pair import plain_text

SHEET = "Glossary"
STATUS, PREFERRED, VIETNAMESE, ENGLISH = "Status", "Preferred", "Vietnamese", "English"
NOTE, ID, WRITTEN = "Note", "Id", "Written"
NEEDED = (STATUS, VIETNAMESE, ENGLISH, NOTE, ID)
#: Copies may lack these. Without Preferred, no pair changes in that respect; without Written, every
#: cell that says anything counts as edited.
OPTIONAL = (PREFERRED, WRITTEN)
ID_LENGTH = 12  # the digits of `content_id`
_TRUTHS = {"=TRUE()": "TRUE", "=FALSE()": "FALSE"}  # as LibreOffice saves them


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `columns` maps titles to columns, counted from 0.

    `written` maps digests of the words of a row to the whole sheet's cells of the column Written.
    """

    path: str
    number: int
    cells: tuple[Any, ...]
    columns: Mapping[str, int]
    written: Mapping[str, str] = field(default_factory=dict)

    def text(self, title: str) -> str:
        """Return the stripped NFC text of a cell, "" if it is empty or there is no such column.

        Raises FormatError for a formula, an error value or a date, whose meaning is unknown.
        """
        column = self.columns.get(title, len(self.cells))
        cell = self.cells[column] if column < len(self.cells) else None
        if cell is None or cell.value is None:
            return ""
        if isinstance(cell.value, str) and cell.value in _TRUTHS:
            return _TRUTHS[cell.value]
        if cell.data_type in ("f", "e"):
            kind = "a formula" if cell.data_type == "f" else "an error"
            problem = f"it holds {kind}; type the text, with an apostrophe before a leading ="
            raise self.error(title, problem)
        if cell.data_type == "d":
            problem = "Excel made a date of it; type it again with an apostrophe before it"
            raise self.error(title, problem)
        if cell.data_type == "b":
            return str(cell.value).upper()
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return tidy_cell(str(cell.value))

    def error(self, title: str, problem: str) -> FormatError:
        """Return an error that names the cell of this row in a column."""
        from openpyxl.utils import get_column_letter

        cell = f"{get_column_letter(self.columns[title] + 1)}{self.number}"
        return FormatError(f"{self.path}: sheet {SHEET!r}, cell {cell}: {problem}")


def tidy_cell(text: str) -> str:
    """Return a cell's text in NFC, without Excel's escapes and outer blanks."""
    kept = nfc(stored_text(text)).strip()
    return kept if plain_text(kept) else ""  # invisible characters alone are no text
