"""Adds sheets to a workbook: columns, a fixed header, filters and page setup, all alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.formats.excel.cells import CellStyle, Marked, Value, cell_xml
from aligner.formats.excel.file import Book, style_of
from aligner.formats.excel.styles import CENTRED

_A4 = 9  # the number of A4 in OOXML
_LINE_HEIGHT = 15.0  # points, for Calibri 11
_MAX_HEIGHT = 409.0  # Excel's limit
#: Characters of running text per unit of column width (the width of a digit in the default font).
_SMALL_PER_WIDTH, _TEXT_PER_WIDTH = 1.25, 1.05
_ARROW = 3  # width of a header that the filter's arrow covers
_HEADER_MARGIN = 0.5  # empty lines around a header


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its title, its width in digits, and the name of its style.

    `folds` puts it into a group that a click folds away; `hidden` columns are for programs.
    """

    title: str
    width: float
    style: str = "aligner text"
    folds: bool = False
    hidden: bool = False

    @property
    def characters(self) -> float:
        """The number of characters of running text that fit on a line."""
        small = self.style == "aligner small"
        return self.width * (_SMALL_PER_WIDTH if small else _TEXT_PER_WIDTH)


def add_table(
    book: Book,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    first_free: str = "A2",
) -> Any:
    """Add a sheet with a header, rows, and a filter over all of them.

    The rows above and the columns to the left of the cell `first_free` do not scroll.
    """
    sheet, last = add_page(book, title, columns, rows)
    sheet.freeze_panes = first_free
    sheet.auto_filter.ref = f"A1:{column_letters(len(columns))[-1]}{last}"
    return sheet


def add_page(
    book: Book, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> tuple[Any, int]:
    """Add a sheet with a fixed header and rows; return it and the number of its last row."""
    sheet, file = book.add_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _set_page(sheet)
    _set_columns(sheet, columns)
    letters = column_letters(len(columns))
    header = [style_of(sheet, _header_style(column)) for column in columns]
    lines = max(_lines(c.title, c.width - _ARROW) for c in columns) + _HEADER_MARGIN
    file.write(_row(1, [c.title for c in columns], letters, header, lines))
    styles = {name: style_of(sheet, name) for name in dict.fromkeys(c.style for c in columns)}
    looks = [styles[column.style] for column in columns]
    wrapped = [(n, c.characters) for n, c in enumerate(columns) if c.style not in CENTRED]
    last = 1
    for last, row in enumerate(rows, start=2):
        file.write(_row(last, row, letters, looks, _height(row, wrapped)))
    # openpyxl writes what this returns; without a size, readers would go through all rows.
    sheet.calculate_dimension = lambda: f"A1:{letters[-1]}{last}"
    return sheet, last


def column_letters(count: int) -> list[str]:
    """Return the letters of the first columns: A, B, C."""
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]


def _set_columns(sheet: Any, columns: Sequence[Column]) -> None:
    for letter, column in zip(column_letters(len(columns)), columns, strict=True):
        dimension = sheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.hidden = column.hidden
        if column.folds:
            dimension.outlineLevel = 1
            sheet.column_dimensions.max_outline = 1  # openpyxl would ask for it too early
        if column.style == "aligner term":
            dimension.number_format = "@"  # pairs typed below the last row stay text, too


def _row(
    number: int,
    values: Sequence[Value],
    letters: Sequence[str],
    styles: Sequence[CellStyle],
    lines: float,
) -> bytes:
    """Return the XML of a row.

    Its height is an estimate for LibreOffice, which does not measure text when it opens a file. It
    is not marked as customHeight, because Excel would then keep it when the text is edited.
    """
    height = min(lines * _LINE_HEIGHT, _MAX_HEIGHT)
    cells = [
        cell_xml(f"{letter}{number}", value, style)
        for letter, value, style in zip(letters, values, styles, strict=True)
    ]
    return f'<row r="{number}" ht="{height:g}">{"".join(cells)}</row>'.encode()


def _height(values: Sequence[Value], wrapped: Sequence[tuple[int, float]]) -> int:
    """Return the number of lines of a row, given the index and width of its wrapped columns."""
    longest = 1
    for column, width in wrapped:
        value = values[column]
        if isinstance(value, Marked):
            value = value.text
        # Most texts are short, so that nothing has to be counted.
        if isinstance(value, str) and (len(value) > width * longest or "\n" in value):
            longest = max(longest, _lines(value, width))
    return longest


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))


def _header_style(column: Column) -> str:
    return "aligner header centred" if column.style in CENTRED else "aligner header"


def _set_page(sheet: Any) -> None:
    """Set the page up: A4 landscape, fitted to its width, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages long as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
    sheet.HeaderFooter.oddFooter.left.text = "&A"
    sheet.HeaderFooter.oddFooter.right.text = "&P / &N"
