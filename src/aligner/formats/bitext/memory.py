"""Reads a translator's own translation memory: .tmx, .xlsx, .tsv, .csv or .txt."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner.errors import FormatError
from aligner.formats.bitext.tmx_read import read_tmx
from aligner.formats.open import reading, text_of
from aligner.formats.path import StrPath
from aligner.formats.tabular.delimited import read_delimited
from aligner.formats.tabular.headers import (
    Columns,
    bilingual_sheets,
    check_not_swapped,
    columns_by_letters,
    named_columns,
)
from aligner.formats.tabular.rows import TableRow, delimited_rows, workbook_rows

_Units = Iterator[tuple[str, str]]
_Cells = list[tuple[int, list[str]]]  # the number of each line, and its cells
#: Characters of a title; a row of longer texts that name both languages is a unit, not a header.
_MAX_TITLE = 40
_WORDFAST_CODE = re.compile("&'[0-9A-F]{1,2};")  # stands for formatting
_LINE_END = re.compile("\r\n|\r|\n")


def read_memory(path: StrPath) -> list[tuple[str, str]]:
    """Return the units (Vietnamese, English) of a translation memory, in the order of the file.

    The columns of a table are recognised by their headers (vi, Vietnamese, Tiếng Việt, en, English,
    ...) or else by their letters. Texts are in NFC with single blanks, without formatting. Units
    that lack a side are skipped, and repeated units are returned once.

    Raises FormatError if the file is missing, damaged, protected or of another kind, or if it has
    no unit in both languages or has them in each other's place.
    """
    reader = _READERS.get(Path(path).suffix.casefold())
    if Path(path).is_dir():
        raise FormatError(f"{path}: it is a folder; name the file of the memory in it")
    if reader is None:
        raise FormatError(
            f"{path}: a translation memory is read from {', '.join(_READERS)}; save or export it "
            "as one of these"
        )
    with reading(path):
        if not os.path.getsize(path):
            raise FormatError(f"{path}: it is empty; export the translation memory again")
    units = list(dict.fromkeys(reader(path)))
    if not units:
        raise FormatError(
            f"{path}: in none of its units do Vietnamese and English stand side by side; export "
            "the memory with both languages"
        )
    check_not_swapped(path, units)
    return units


def _read_text(path: StrPath) -> _Units:
    tabbed = _tab_rows(_WORDFAST_CODE.sub("", text_of(path)))
    alike = len({len(cells) for _, cells in tabbed}) == 1
    cells = _without_quotes(tabbed) if alike else _quoted_rows(path, tabbed)
    rows = delimited_rows(cells)
    columns = _columns(path, rows)
    if not tabbed:
        _refuse_stray_separators(path, rows, columns)
    yield from _pairs(rows, columns)


def _tab_rows(text: str) -> _Cells:
    """Return the cells of the lines that are not blank; none at all unless each has a tab."""
    lines = enumerate(_LINE_END.split(text), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip()]
    return rows if all(len(cells) > 1 for _, cells in rows) else []


def _without_quotes(rows: _Cells) -> _Cells:
    """Remove the quotation marks that programs put around cells, if there are no others."""
    marked = (cell for _, cells in rows for cell in cells if '"' in cell)
    if not all(map(_is_quoted, marked)):
        return rows  # some belong to the sentences
    return [
        (number, [cell[1:-1].replace('""', '"') if '"' in cell else cell for cell in cells])
        for number, cells in rows
    ]


def _is_quoted(cell: str) -> bool:
    ends = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return ends and '"' not in cell[1:-1].replace('""', "")


def _quoted_rows(path: StrPath, tabbed: _Cells) -> _Cells:
    try:
        return read_delimited(path)
    except FormatError:
        if not tabbed:
            raise
        return tabbed  # sentences that begin with quotation marks, on lines of unequal length


def _refuse_stray_separators(path: StrPath, rows: Sequence[TableRow], columns: Columns) -> None:
    """Raise FormatError if a row has more columns than are named: a comma has cut a sentence."""
    width, known = 2, "two columns, and no first row names them"
    if columns.first:
        width = len(rows[columns.first - 1].cells)
        known = f"the {width} columns of the first row"
    for row in rows:
        if any(row.cells[width:]):
            raise FormatError(
                f"{path}, {row.place}: it has more than {known}; put cells that hold a separator "
                "in quotation marks, or save the table as .xlsx"
            )


def _columns(path: StrPath, rows: Sequence[TableRow]) -> Columns:
    columns = named_columns(rows)
    if columns:
        header = rows[columns.first - 1]
        if max(len(columns.text(header, name)) for name in ("vi", "en")) <= _MAX_TITLE:
            return columns
    return columns_by_letters(path, rows)


def _pairs(rows: Sequence[TableRow], columns: Columns) -> _Units:
    for row in rows[columns.first :]:
        vi, en = columns.text(row, "vi"), columns.text(row, "en")
        if vi and en:
            yield vi, en


def _read_workbook(path: StrPath) -> _Units:
    for rows in bilingual_sheets(workbook_rows(path)).values():
        yield from _pairs(rows, _columns(path, rows))


_READERS: dict[str, Callable[[StrPath], _Units]] = {
    ".tmx": read_tmx,
    ".xlsx": _read_workbook,
    ".tsv": _read_text,
    ".csv": _read_text,
    ".txt": _read_text,
}
