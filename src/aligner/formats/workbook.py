"""The glossary as a workbook for reviewers: written whole, read back by `read_workbook`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.formats.bitext_xlsx import add_null_sheet
from aligner.formats.cells import Emphasis, Value
from aligner.formats.sheets import Column, add_row, add_table, saved_workbook, setup_page
from aligner.formats.workbook_read import (
    ENGLISH,
    ID,
    NOTE,
    SHEET,
    STATUS,
    VIETNAMESE,
    read_workbook,
)
from aligner.formats.workbook_words import HOW_TO_REVIEW, STATUS_LOOKS, STATUS_PROMPT
from aligner.glossary import STATUSES, TermPair
from aligner.model import Bitext

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["read_workbook", "write_workbook"]

_GLOSSARY_COLUMNS = (
    Column(STATUS, 16, "aligner term"),
    Column(VIETNAMESE, 26, "aligner term"),
    Column(ENGLISH, 26, "aligner term"),
    Column("Kind", 11, "aligner small"),
    Column("Confidence %", 13, "aligner confidence"),
    Column("Consistency %", 13, "aligner percent"),
    Column("Count", 9, "aligner number"),
    Column("Articles", 11, "aligner number"),
    Column("Example vi", 46),
    Column("Example en", 46),
    Column(NOTE, 30, "aligner term"),
    Column(ID, 14, "aligner small"),
)
_EVIDENCE_COLUMNS = (
    Column(VIETNAMESE, 24, "aligner term"),
    Column(ENGLISH, 24, "aligner term"),
    Column("Sentence vi", 56),
    Column("Sentence en", 56),
    Column("Article vi", 22, "aligner small"),
    Column("Article en", 22, "aligner small"),
    Column(ID, 14, "aligner small"),
)
#: Rows below the last one that still have the drop-down and the colours, for pairs typed by hand.
_SPARE_ROWS = 500


def write_workbook(
    glossary: Sequence[TermPair], path: str | os.PathLike[str], bitexts: Sequence[Bitext] = ()
) -> None:
    """Write the term pairs, in the order given, with their evidence and a page of instructions.

    `read_workbook` of an unedited workbook returns one decision a pair with the same id, words,
    status and note.
    """
    with saved_workbook(path) as workbook:
        rows = map(_glossary_row, glossary)
        sheet = add_table(workbook, SHEET, _GLOSSARY_COLUMNS, rows, first_free="D2")
        _add_status_help(sheet, len(glossary) + 1 + _SPARE_ROWS)
        add_table(workbook, "Evidence", _EVIDENCE_COLUMNS, _evidence_rows(glossary))
        add_null_sheet(workbook, bitexts)
        _add_instructions(workbook)


def _glossary_row(pair: TermPair) -> list[Value]:
    example = pair.evidence[0] if pair.evidence else None
    return [
        pair.status,
        pair.vi,
        pair.en,
        pair.kind,
        float(pair.confidence),
        float(pair.consistency),
        int(pair.count),
        int(pair.articles),
        Emphasis(example.vi, pair.vi) if example else None,
        Emphasis(example.en, pair.en) if example else None,
        pair.note,
        pair.id,
    ]


def _evidence_rows(glossary: Sequence[TermPair]) -> Iterator[list[Value]]:
    for pair in glossary:
        for seen in pair.evidence:
            yield [
                pair.vi,
                pair.en,
                Emphasis(seen.vi, pair.vi),
                Emphasis(seen.en, pair.en),
                seen.vi_name,
                seen.en_name,
                pair.id,
            ]


def _add_status_help(sheet: Any, last: int) -> None:
    """Give the status column a drop-down, and each status a colour and a mark of its own.

    The mark is a number format: it is shown before the word but is no part of it.
    """
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat
    from openpyxl.worksheet.datavalidation import DataValidation

    cells = f"A2:A{last}"
    choice = DataValidation(
        type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True, **STATUS_PROMPT
    )
    choice.add(cells)
    sheet.data_validations.append(choice)
    for number, (status, look) in enumerate(STATUS_LOOKS.items()):
        style = DifferentialStyle(
            font=Font(color=look.ink, strike=look.struck, bold=status == "approved"),
            fill=PatternFill("solid", bgColor=look.paper),
            numFmt=NumberFormat(numFmtId=200 + number, formatCode=f'"{look.mark} "@'),
        )
        rule = Rule(type="expression", formula=[f'TRIM($A2)="{status}"'], dxf=style)
        sheet.conditional_formatting.add(cells, rule)


def _add_instructions(workbook: Workbook) -> None:
    sheet = workbook.create_sheet("How to review")
    setup_page(sheet)
    header = (Column("Tiếng Việt", 72, "aligner header"), Column("English", 72, "aligner header"))
    text = (Column("Tiếng Việt", 72), Column("English", 72))
    for letter, column in zip("AB", text, strict=True):
        sheet.column_dimensions[letter].width = column.width
    for number, pair in enumerate(HOW_TO_REVIEW, start=1):
        add_row(sheet, number, header if number == 1 else text, pair)
