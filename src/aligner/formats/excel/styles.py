"""The styles of a workbook: one font and few colours, whose meaning words or marks tell as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from aligner.formats.excel.cells import FONT, FONT_SIZE
from aligner.formats.grade import Grade

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

GRADES: tuple[Grade, ...] = get_args(Grade)
SMALL_SIZE = 9
#: Centred styles; their headers are centred as well.
CENTRED = {"aligner number", "aligner percent", "aligner mark", "aligner confidence"}
#: Fill and text: their contrast is easy to read, and they differ when printed in grey as well.
GRADE_COLOURS: dict[Grade, tuple[str, str]] = {
    "high": ("E2F0E4", "1E5B2E"),
    "middle": ("FFF3D6", "6B4A00"),
    "low": ("FBE0DC", "86261A"),
}


def add_styles(workbook: Workbook) -> None:
    """Add the named styles that a `Column` may have."""
    for style in _styles():
        workbook.add_named_style(style)


def _styles() -> list[NamedStyle]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Border(bottom=Side(style="hair", color="B8BEC6"))
    # Indented, because two columns of running text would touch otherwise.
    wrapped = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
    centred = Alignment(vertical="top", horizontal="center")
    font, small = Font(name=FONT, size=FONT_SIZE), Font(name=FONT, size=SMALL_SIZE, color="5A6470")

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
        style("small", "@", font=small),
        style("number", "0", alignment=centred),
        style("percent", "0 %", alignment=centred),
        style("mark", "@", alignment=centred),
        style("header", alignment=Alignment("left", "center", wrap_text=True, indent=1), **header),
        style("header centred", alignment=Alignment("center", "center", wrap_text=True), **header),
        *grades,
    ]
