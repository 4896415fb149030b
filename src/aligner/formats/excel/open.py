"""Opening somebody's workbook: what can be wrong with the file is said in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from zipfile import ZipFile, is_zipfile

from aligner.errors import AlignerError, FormatError
from aligner.formats.open import reading

#: An office document of before 2007, and the wrapping of a newer one that has a password.
_OLE = b"\xd0\xcf\x11\xe0"
#: Excel's own number of rows; a damaged file may tell of more.
_MAX_ROW = 1_048_576
MOST = 400_000_000  # bytes of a part once unpacked; 20,000 term pairs take some 40 million


@contextmanager
def opened_workbook(path: str | os.PathLike[str], *, worked_out: bool = False) -> Iterator[Any]:
    """Yield openpyxl's read-only workbook, whose rows have to be read in the body.

    `worked_out` takes of a formula the value that Excel worked out. Raises FormatError where the
    file is missing, locked, protected, damaged or of another kind.
    """
    from openpyxl import load_workbook

    with reading(path), open(path, "rb") as stream:
        protected = stream.read(len(_OLE)) == _OLE
        stream.seek(0)
        try:
            _check_size(path, stream)
            yield load_workbook(stream, read_only=True, data_only=worked_out)
        except (AlignerError, OSError):
            raise
        except Exception as error:  # openpyxl raises nearly anything on what is no workbook
            problem = (
                "it has a password or is a workbook of an old Excel; save it in Excel as .xlsx "
                "without a password"
                if protected
                else "it is not an Excel workbook (.xlsx), or it is damaged; save it in Excel as "
                ".xlsx"
            )
            raise FormatError(f"{path}: {problem}") from error


def sheet_rows(sheet: Any, **limits: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet; `limits` are further ones of openpyxl's `iter_rows`."""
    sheet.reset_dimensions()  # some programs write a wrong size, and rows or columns would be lost
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=_MAX_ROW, **limits)
    return rows


def _check_size(path: str | os.PathLike[str], stream: BinaryIO) -> None:
    """Refuse a file that would fill the memory once unpacked, damaged or made to do so."""
    if is_zipfile(stream):
        with ZipFile(stream) as packed:
            most = max((part.file_size for part in packed.infolist()), default=0)
        if most > MOST:
            raise FormatError(
                f"{path}: a sheet of it would take {most / 1e6:,.0f} MB unpacked; copy the rows "
                "that matter into a new workbook"
            )
    stream.seek(0)
