"""Saves a workbook: openpyxl writes everything but the rows, which are put in as XML.

At openpyxl's 25 µs a cell, a glossary of 20,000 pairs would take half a minute.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from aligner.errors import OutputError
from aligner.formats.atomic import atomic_path
from aligner.formats.excel.cells import CellStyle
from aligner.formats.excel.styles import GRADES, add_styles
from aligner.formats.path import StrPath

if TYPE_CHECKING:
    from openpyxl import Workbook

#: zlib's level: a fifth of the time of the usual 6, for a file that is a third larger.
_COMPRESSION = 1
_NO_ROWS = b"<sheetData></sheetData>"
_PROPERTIES = "docProps/core.xml"
_TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Book:
    """openpyxl's workbook, and a temporary file with the rows of each sheet as XML."""

    workbook: Workbook
    rows: dict[Any, IO[bytes]] = field(default_factory=dict)
    files: ExitStack = field(default_factory=ExitStack)

    def add_sheet(self, title: str) -> tuple[Any, IO[bytes]]:
        """Add a sheet; return it and the file to which its rows are written."""
        sheet = self.workbook.create_sheet(title)
        self.rows[sheet] = self.files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        return sheet, self.rows[sheet]


def style_of(sheet: Any, name: str) -> CellStyle:
    """Return the ids of a named style in the workbook of a sheet."""

    def number(style: str, *, quoted: bool = False) -> int:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet)
        cell.style = style
        if quoted:
            cell.quotePrefix = True
        return int(cell.style_id)

    graded = name == "aligner confidence"
    usual = "aligner percent" if graded else name  # a cell without a number has no grade
    grades = {step: number(f"aligner {step}") for step in GRADES} if graded else {}
    return CellStyle(number(usual), number(usual, quoted=True), grades)


def is_as_written(path: StrPath) -> bool:
    """Return whether a workbook is as this program wrote it, and nobody has saved it since.

    It holds no time then, which Excel and other programs add. A file that is no workbook is not.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return _TIMES.search(packed.read(_PROPERTIES)) is None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, RuntimeError):
        return False


@contextmanager
def saved_workbook(path: StrPath) -> Iterator[Book]:
    """Yield an empty workbook with all styles, which is saved completely or not at all.

    Raises OutputError if it cannot be written.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)  # else openpyxl would write that the sheets are empty
    add_styles(workbook)
    with atomic_path(path) as temporary, ExitStack() as files:
        book = Book(workbook, files=files)
        try:
            yield book
            packed = _packed(book)
        except SerialisationError as error:  # openpyxl writes sheets into the temporary folder
            raise OutputError(
                f"cannot write {path}: the folder for temporary files is full or not writable "
                f"({error}); make room there and try again"
            ) from error
        temporary.write_bytes(packed.getbuffer())


def _packed(book: Book) -> BytesIO:
    """Return the zip file in memory: on a full disk, closing it would raise a second error.

    It holds no time, so that the same workbook is the same to the byte.
    """
    frame, packed = BytesIO(), BytesIO()
    book.workbook.save(frame)
    rows = {sheet.path.lstrip("/"): file for sheet, file in book.rows.items()}
    with (
        zipfile.ZipFile(frame) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w") as part:  # of 1980
                before, found, after = source.read(name), b"", b""
                if name == _PROPERTIES:
                    before = _TIMES.sub(b"", before)
                if name in rows:
                    before, found, after = before.partition(_NO_ROWS)
                part.write(before)
                if found:
                    part.write(b"<sheetData>")
                    rows[name].seek(0)
                    shutil.copyfileobj(rows[name], part)
                    part.write(b"</sheetData>" + after)
    return packed
