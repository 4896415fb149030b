"""Cells of a workbook: text that stays the text it was, and one look for every sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.formats.grade import grade
from aligner.formats.xmltext import legal_xml

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle

#: Excel's limit for one cell, in UTF-16 units (an emoji is two).
MAX_UNITS = 32_767
CUT_MARK = " […]"
FONT = "Calibri"
FONT_SIZE = 11
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

# OOXML reads _x0041_ in a text as the letter A; the underscore itself is _x005F_.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
# Typed again by hand, these would turn into a formula, a number, a date or a truth value.
_TEMPTING = re.compile(r"[=+\-@']|[\d\s.,:/%()eE-]*\d[\d\s.,:/%()eE-]*$|(?i:true|false)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its header, its width in characters, the name of its style."""

    title: str
    width: float
    style: str = "aligner text"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A text in which `term` is set in bold wherever it stands as a word."""

    text: str
    term: str


Value = str | int | float | Emphasis | None


def cell_text(text: str) -> str:
    """Return `text` as it is stored: legal in XML, escaped for OOXML, cut with a mark if too long.

    >>> cell_text("Bão\\x07 số _x0041_")
    'Bão số _x005F_x0041_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", legal_xml(text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    kept = units[: 2 * (MAX_UNITS - len(CUT_MARK))]
    return kept.decode("utf-16-le", "ignore") + CUT_MARK  # "ignore": half an emoji at the cut


def stored_text(text: str) -> str:
    """Undo the escapes of `cell_text`."""
    return _ESCAPED.sub("_", text)


def new_workbook() -> Workbook:
    """Return an empty workbook for streaming, with the styles of `Column.style` in it."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)  # rows go to disk: 100,000 of them fit a laptop
    for style in _styles():
        workbook.add_named_style(style)
    return workbook


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


def make_cell(sheet: Any, value: Value, style: str) -> Cell:
    """Return a styled cell; a string is never taken for a formula, an error or a number."""
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet)
    if style == "aligner confidence" and isinstance(value, int | float):
        style = f"aligner {grade(value)}"
    cell.style = style
    if isinstance(value, Emphasis):
        _set_text(cell, value.text, _bold_runs(value))
    elif isinstance(value, str):
        _set_text(cell, value)
    elif value is not None:
        cell.value = value
    return cell


def _set_text(cell: Cell, text: str, runs: Any = None) -> None:
    if not text:
        return
    cell.value = cell_text(text) if runs is None else runs
    cell.data_type = "s"  # openpyxl guessed a formula from "=", an error from "#N/A"
    if _TEMPTING.match(text):
        cell.quotePrefix = True


def _bold_runs(emphasis: Emphasis) -> Any:
    """Return rich text with the term in bold, or None where it does not stand in the text."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    text, term = cell_text(emphasis.text), cell_text(emphasis.term)
    # \w knows Vietnamese letters: "ban" is not found inside "bang".
    pieces = re.split(rf"(?<!\w)({re.escape(term)})(?!\w)", text, flags=re.IGNORECASE)
    if not term or len(pieces) == 1:
        return None
    # A run without a font of its own falls back to Excel's default, not to the cell's.
    bold = InlineFont(rFont=FONT, sz=FONT_SIZE, b=True)
    return CellRichText(
        *(TextBlock(bold, piece) if n % 2 else piece for n, piece in enumerate(pieces) if piece)
    )


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
