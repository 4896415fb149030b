"""Opens a user's workbook, and says in one sentence what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZipFile, is_zipfile

from aligner.errors import AlignerError, FormatError
from aligner.formats.open import reading
from aligner.formats.path import StrPath

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import CellRange

#: The first bytes of an Office document from before 2007, or of a newer one with a password.
_OLE = b"\xd0\xcf\x11\xe0"
#: Excel's limit; a damaged file may claim more rows.
_MAX_ROW = 1_048_576
#: The part that lists the sheets, and its namespace in Excel's "Strict Open XML".
_BOOK, _STRICT = "xl/workbook.xml", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
MOST = 400_000_000  # unpacked bytes of a part; 20,000 term pairs take some 40 million


@contextmanager
def opened_workbook(path: StrPath, *, worked_out: bool = False) -> Iterator[Any]:
    """Yield openpyxl's read-only workbook, whose rows must be read within the body.

    With `worked_out`, a formula has the value that Excel last computed for it. Raises FormatError
    if the file is missing, locked, protected, damaged or not a workbook.
    """
    from openpyxl import load_workbook

    with reading(path), open(path, "rb") as stream:
        protected = stream.read(len(_OLE)) == _OLE
        stream.seek(0)
        try:
            _check_file(path, stream)
            yield load_workbook(stream, read_only=True, data_only=worked_out)
        except (AlignerError, OSError):
            raise
        except Exception as error:  # openpyxl raises nearly anything for a damaged file
            problem = (
                "it has a password or was saved by an old version of Excel; save it in Excel "
                "as .xlsx without a password"
                if protected
                else "it is not an Excel workbook (.xlsx), or it is damaged; save it in Excel as "
                ".xlsx"
            )
            raise FormatError(f"{path}: {problem}") from error


def sheet_rows(sheet: Any, **limits: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet; `limits` are further arguments of openpyxl's `iter_rows`."""
    sheet.reset_dimensions()  # some programs write wrong ones, and cells would be lost
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MAX_ROW, **limits)
    return rows


def merged_cells(sheet: Any) -> list[CellRange]:
    """Return the ranges of merged cells of a sheet, which openpyxl's read-only mode hides."""
    from openpyxl.worksheet.cell_range import CellRange

    with sheet._get_source() as source:
        return [CellRange(found.decode()) for found in _MERGED.findall(source.read())]


def _check_file(path: StrPath, stream: BinaryIO) -> None:
    """Raise FormatError for a zip bomb, and for a workbook that openpyxl takes for an empty one."""
    if is_zipfile(stream):
        with ZipFile(stream) as packed:
            most = max((part.file_size for part in packed.infolist()), default=0)
            is_book = _BOOK in packed.namelist() and packed.getinfo(_BOOK).file_size <= MOST
            is_strict = is_book and _STRICT in packed.read(_BOOK)
        if most > MOST:
            raise FormatError(
                f"{path}: one of its sheets would take {most / 1e6:,.0f} MB unpacked; copy the "
                "rows that matter into a new workbook"
            )
        if is_strict:
            raise FormatError(
                f"{path}: it is a Strict Open XML workbook; save it in Excel as an ordinary "
                "Excel workbook (.xlsx)"
            )
    stream.seek(0)
