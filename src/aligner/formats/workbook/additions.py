"""Finds what a reviewer added to a workbook that no other file holds: sheets, comments, colours."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aligner.formats.excel.open import sheet_rows
from aligner.formats.path import StrPath
from aligner.formats.workbook.row import ENGLISH, ID, SHEET, VIETNAMESE, WRITTEN
from aligner.formats.workbook.write import write_review
from aligner.glossary import Glossary

# Parts of the zip file in which Excel and LibreOffice store comments and pictures.
_ADDED_PARTS = ("xl/comments", "xl/threadedComments", "xl/media")
_DRAWINGS = "xl/drawings/drawing"

_FILLS = re.compile(rb"<(?:\w+:)?fills\b.*?</(?:\w+:)?fills>", re.DOTALL)
_COLOUR = re.compile(rb"fgColor (?:rgb=\"(?:[0-9A-F]{2})?([0-9A-F]{6})\"|(theme=\"\d+\"))")

_Titles = dict[str, set[object]]
_PAIR = {VIETNAMESE, ENGLISH, ID}  # a row with any of these columns filled is about a pair


def has_additions(path: StrPath, *, lost: bool = False) -> bool:
    """Return whether a glossary workbook holds anything that the program did not write.

    With `lost`, only what the next workbook would lose counts: that is, neither colours nor titled
    columns of the sheet "Glossary", except for formulas in them. A file that is not a workbook has
    no additions; a damaged workbook is assumed to have some.
    """
    if not zipfile.is_zipfile(path):
        return False
    try:
        return _is_added_to(path, lost)
    except Exception:  # openpyxl raises nearly anything if a sheet is damaged
        return True


def _is_added_to(path: StrPath, lost: bool) -> bool:
    from openpyxl import load_workbook

    with open(path, "rb") as stream:
        with zipfile.ZipFile(stream) as packed:
            if any(_is_added(name, packed) for name in packed.namelist()):
                return True
            colours = _colours(packed)
        ours, our_colours = _as_written()
        if not lost and colours - our_colours:
            return True
        sheets = load_workbook(stream, read_only=True).worksheets
        return any(
            sheet.title not in ours
            or _has_own_cells(sheet_rows(sheet), ours[sheet.title], lost and sheet.title == SHEET)
            for sheet in sheets
        )


def _is_added(name: str, packed: zipfile.ZipFile) -> bool:
    """Return whether a person added a part of the file; LibreOffice writes empty drawings."""
    if name.startswith(_DRAWINGS):
        return b"Anchor" in packed.read(name)
    return name.startswith(_ADDED_PARTS)


def _colours(packed: zipfile.ZipFile) -> set[bytes]:
    """Return the fill colours of a workbook."""
    found = _FILLS.search(packed.read("xl/styles.xml"))
    return {rgb or theme for rgb, theme in _COLOUR.findall(found[0] if found else b"")}


def _as_written() -> tuple[_Titles, set[bytes]]:
    """Return the titles in each sheet and the fill colours of a workbook as it is written."""
    from openpyxl import load_workbook

    with tempfile.TemporaryDirectory() as folder:
        path = write_review(Glossary(()), (), Path(folder, "empty.xlsx"))
        with open(path, "rb") as stream, zipfile.ZipFile(stream) as packed:
            sheets = load_workbook(stream, read_only=True).worksheets
            titles: _Titles = {
                sheet.title: {cell.value for cell in next(sheet_rows(sheet))} for sheet in sheets
            }
            return titles, _colours(packed)


def _has_own_cells(rows: Iterable[tuple[Any, ...]], titles: set[object], carried: bool) -> bool:
    """Return whether a person added cells to a sheet with the given titles.

    Cells in a column with another title, or without one, were added. If titled columns are
    `carried` over into the next workbook, only the formulas in them count. In the sheet "Glossary",
    a row that is not about a pair (a remark below the table) was added too.
    """
    header: tuple[object, ...] | None = None
    for row in rows:
        if header is None:
            header = tuple(cell.value for cell in row)
        filled = set()
        for column, cell in enumerate(row):
            title = header[column] if column < len(header) else None
            if cell.value in (None, ""):
                continue
            filled.add(title)
            if title in titles:
                continue
            if not carried or title in (None, "") or cell.data_type == "f":
                return True
        if titles >= _PAIR and filled - {WRITTEN} and filled.isdisjoint(_PAIR):
            return True
    return False
