"""The rows of a user's table as texts, whether from a workbook or from delimited text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from aligner.formats.excel.cells import stored_text
from aligner.formats.excel.open import merged_cells, opened_workbook, sheet_rows
from aligner.formats.path import StrPath
from aligner.formats.tabular.delimited import unguarded
from aligner.text.normalise import tidy

_MAX_COLUMN = 64  # more than any list has; a damaged file may claim thousands


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its place for error messages, its texts, and unreadable cells.

    `problems` says, by column, why a cell could not be read; its text is then "".
    """

    place: str
    cells: list[str]
    problems: dict[int, str] = field(default_factory=dict)


def delimited_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> list[TableRow]:
    """Return the rows of delimited text, given as pairs of line number and cells."""
    return [
        TableRow(f"line {number}", [tidy(unguarded(c)) for c in cells]) for number, cells in rows
    ]


def workbook_rows(path: StrPath) -> dict[str, list[TableRow]]:
    """Return the rows of each visible sheet, by its title; blank rows and sheets are left out."""
    with opened_workbook(path, worked_out=True) as workbook:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        found = {sheet.title: list(_rows(sheet)) for sheet in visible}
    return {title: rows for title, rows in found.items() if rows}


def _rows(sheet: Any) -> Iterator[TableRow]:
    for number, row in enumerate(_filled_rows(sheet), start=1):
        if row.count(None) == len(row):
            continue
        width = next(n for n in range(len(row), 0, -1) if row[n - 1] is not None)
        problems = {n: said for n, value in enumerate(row[:width]) if (said := _problem(value))}
        cells = ["" if n in problems else _text(value) for n, value in enumerate(row[:width])]
        if any(cells):
            yield TableRow(f"sheet {sheet.title!r}, row {number}", cells, problems)


def _filled_rows(sheet: Any) -> Iterator[list[Any]]:
    """Yield the values of each row; where cells of a column are merged, each has their value."""
    areas = [area for area in merged_cells(sheet) if area.min_col == area.max_col]
    tops = {(area.min_row, area.min_col - 1): area.max_row for area in areas}
    merged: dict[int, tuple[int, Any]] = {}  # by column: the last row, and the value
    rows = sheet_rows(sheet, max_col=_MAX_COLUMN, values_only=True)
    for number, row in enumerate(rows, start=1):
        values = list(row)
        for column, value in enumerate(values):
            if last := tops.get((number, column)):
                merged[column] = last, value
            elif value is None and column in merged and number <= merged[column][0]:
                values[column] = merged[column][1]
        yield values


def _problem(value: object) -> str:
    """Return why a cell does not hold what its author typed, "" if it does."""
    from openpyxl.cell.cell import ERROR_CODES

    if isinstance(value, date | time):
        return "Excel made a date of it; type it with an apostrophe before it"
    if isinstance(value, bool):
        return "Excel made a truth value of it; type it with an apostrophe before it"
    if isinstance(value, str) and value in ERROR_CODES:
        return f"it holds the error {value}; type the text itself"
    return ""


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else tidy(stored_text(str(value)))
