"""Sheets of a workbook: columns, a header that stays, a page to print, one look for all."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from aligner.errors import OutputError
from aligner.formats.atomic import atomic_path
from aligner.formats.cells import FONT, FONT_SIZE, Emphasis, Value, make_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

_A4 = 9  # the number of A4 in OOXML
_LINE_HEIGHT = 15.0  # points, for Calibri 11
_MAX_HEIGHT = 409.0  # Excel's limit
#: Characters of running text to a unit of column width, which is one digit of the default font.
_SMALL_PER_WIDTH, _TEXT_PER_WIDTH = 1.25, 1.05
_ARROW = 3  # width that the filter's arrow takes from a header
_CENTRED = {"aligner number", "aligner percent", "aligner mark", "aligner confidence"}
#: Fill, text: dark enough on light enough to be read, and apart in grey as well.
GRADE_COLOURS = {
    "high": ("E2F0E4", "1E5B2E"),
    "middle": ("FFF3D6", "6B4A00"),
    "low": ("FBE0DC", "86261A"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its header, its width in characters, the name of its style."""

    title: str
    width: float
    style: str = "aligner text"


@contextmanager
def saved_workbook(path: str | os.PathLike[str]) -> Iterator[Workbook]:
    """Yield an empty workbook with the styles of `Column.style`; it is saved, whole, at the end."""
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)  # rows go to disk: 100,000 of them fit a laptop
    for style in _styles():
        workbook.add_named_style(style)
    with atomic_path(path) as temporary:
        try:
            yield workbook
            packed = BytesIO()  # a zip on a full disk would complain once more when it is deleted
            workbook.save(packed)
        except SerialisationError as error:  # the rows lie in the system's temporary folder
            problem = f"the folder for temporary files is full or closed ({error}); make room there"
            raise OutputError(f"cannot write {path}: {problem} and try again") from error
        temporary.write_bytes(packed.getbuffer())


def add_table(
    workbook: Workbook,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    first_free: str = "A2",
) -> Any:
    """Add a sheet with the rows, a filter, a landscape print setup, and a header that stays.

    What stands above and left of the cell `first_free` does not scroll.
    """
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = first_free
    for number, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.style == "aligner term":
            dimension.number_format = "@"  # what is typed below the last row stays text, too
    setup_page(sheet)
    last = 1
    _set_height(sheet, last, max(_lines(c.title, c.width - _ARROW) for c in columns) + 0.3)
    sheet.append([make_cell(sheet, c.title, _header_style(c)) for c in columns])
    for row in rows:
        last += 1
        add_row(sheet, last, columns, row)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    return sheet


def add_row(sheet: Any, number: int, columns: Sequence[Column], row: Sequence[Value]) -> None:
    """Append a row whose height fits its longest text."""
    pairs = list(zip(columns, row, strict=True))
    lines = (
        _lines(value, column.width, small=column.style == "aligner small")
        for column, value in pairs
        if isinstance(value, str | Emphasis)
    )
    _set_height(sheet, number, max(lines, default=1))
    sheet.append([make_cell(sheet, value, column.style) for column, value in pairs])
    del sheet.row_dimensions[number]  # written now; 100,000 of them need not stay in memory


def _lines(value: str | Emphasis, width: float, *, small: bool = False) -> int:
    """Guess how many lines a text takes: LibreOffice does not measure it when it opens a file."""
    text = value.text if isinstance(value, Emphasis) else value
    line = width * (_SMALL_PER_WIDTH if small else _TEXT_PER_WIDTH)
    return sum(max(1, math.ceil(len(part) / line)) for part in text.split("\n"))


def _set_height(sheet: Any, number: int, lines: float) -> None:
    height = min(lines * _LINE_HEIGHT, _MAX_HEIGHT)
    # Attributes, not a RowDimension: that one would add customHeight, and Excel would then keep
    # our guess when the text is edited.
    sheet.row_dimensions[number] = {"ht": f"{height:g}"}


def _header_style(column: Column) -> str:
    return "aligner header centred" if column.style in _CENTRED else "aligner header"


def setup_page(sheet: Any) -> None:
    """Print on A4 landscape, as wide as the page, with page numbers."""
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


def _styles() -> list[NamedStyle]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Border(bottom=Side(style="hair", color="B8BEC6"))
    # Indented: two columns of running text would touch otherwise.
    wrapped = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
    centred = Alignment(vertical="top", horizontal="center")
    font, grey = Font(name=FONT, size=FONT_SIZE), Font(name=FONT, size=9, color="5A6470")

    def style(name: str, number_format: str = "General", **look: Any) -> NamedStyle:
        look = {"font": font, "alignment": wrapped, "border": line} | look
        return NamedStyle(name=f"aligner {name}", number_format=number_format, **look)

    grades = [
        style(
            name,
            "0 %",
            font=Font(name=FONT, size=FONT_SIZE, color=ink),
            fill=PatternFill("solid", fgColor=paper),
            alignment=centred,
        )
        for name, (paper, ink) in GRADE_COLOURS.items()
    ]
    header: dict[str, Any] = {
        "font": Font(name=FONT, size=FONT_SIZE, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor="2F4358"),
    }
    return [
        style("text"),
        style("term", "@"),
        style("small", "@", font=grey),
        style("number", "0", alignment=centred),
        style("percent", "0 %", alignment=centred),
        style("mark", "@", alignment=centred),
        style("header", alignment=Alignment("left", "center", wrap_text=True, indent=1), **header),
        style("header centred", alignment=Alignment("center", "center", wrap_text=True), **header),
        *grades,
    ]
