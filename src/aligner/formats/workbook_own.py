"""What a reviewer added to a workbook and no other file holds: sheets, columns, comments."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aligner.formats.workbook import write_workbook
from aligner.formats.workbook_row import SHEET
from aligner.glossary import Glossary

# Parts of the file in which Excel and LibreOffice keep comments, drawings and pictures.
_ADDED_PARTS = ("xl/comments", "xl/threadedComments", "xl/drawings", "xl/media")

_Titles = dict[str, set[object]]


def has_own_parts(path: str | os.PathLike[str], *, lost: bool = False) -> bool:
    """Return whether a glossary workbook holds more than the program puts there.

    `lost` leaves out what a new workbook takes over: the columns of the sheet "Glossary" that have
    a title, without their formulas. A file that is no workbook has no parts; one that is damaged
    may have some.
    """
    if not zipfile.is_zipfile(path):
        return False
    try:
        return _has_own_parts(path, lost)
    except Exception:  # openpyxl raises nearly anything where a further sheet is damaged
        return True


def _has_own_parts(path: str | os.PathLike[str], lost: bool) -> bool:
    from openpyxl import load_workbook

    with open(path, "rb") as stream:
        with zipfile.ZipFile(stream) as packed:
            if any(name.startswith(_ADDED_PARTS) for name in packed.namelist()):
                return True
        ours = _titles_as_written()
        sheets = load_workbook(stream, read_only=True).worksheets
        return any(
            sheet.title not in ours
            or _has_own_cells(_rows(sheet), ours[sheet.title], lost and sheet.title == SHEET)
            for sheet in sheets
        )


def _titles_as_written() -> _Titles:
    """Return the titles of the columns of each sheet, as an empty glossary has them."""
    from openpyxl import load_workbook

    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Glossary(()), Path(folder, "empty.xlsx"))
        with open(path, "rb") as stream:
            sheets = load_workbook(stream, read_only=True).worksheets
            return {sheet.title: set(next(iter(_rows(sheet)))) for sheet in sheets}


def _rows(sheet: Any) -> Iterable[tuple[object, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong size, and columns would be lost
    rows: Iterable[tuple[object, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _has_own_cells(rows: Iterable[tuple[object, ...]], titles: set[object], carried: bool) -> bool:
    """Return whether a cell stands in a column that is not ours, its title among them.

    Where titled columns are carried over, only a formula or a cell without a title is one.
    """
    header: tuple[object, ...] | None = None
    for row in rows:
        if header is None:
            header = row
        for column, value in enumerate(row):
            title = header[column] if column < len(header) else None
            if value in (None, "") or title in titles:
                continue
            if not carried or title in (None, "") or str(value).startswith("="):
                return True
    return False
