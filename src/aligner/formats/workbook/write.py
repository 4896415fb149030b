"""Writes the workbook that a translator reviews; `read_review` reads it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from aligner.formats.excel.cells import Value, emphasised
from aligner.formats.excel.file import saved_workbook
from aligner.formats.excel.sheets import add_table
from aligner.formats.path import StrPath
from aligner.formats.workbook.columns import COLUMNS, FOUND
from aligner.formats.workbook.own_columns import OwnColumns
from aligner.formats.workbook.row import (
    ENGLISH,
    PREFERRED,
    SHEET,
    STATUS,
    VIETNAMESE,
)
from aligner.formats.workbook.sheets import (
    add_conflicts,
    add_doubts,
    add_evidence,
    add_instructions,
)
from aligner.formats.workbook.words import (
    STATE_LOOKS,
    STATE_WORDS,
    STATUS_ERROR,
    STATUS_LOOKS,
    Look,
)
from aligner.formats.workbook.written import digest, new_edition
from aligner.glossary import Glossary
from aligner.model import Bitext
from aligner.term_pair import STATUSES, Conflict, TermPair

_LETTERS = dict(zip((column.title for column in COLUMNS), ascii_uppercase, strict=False))
_LAST_PRINTED = "Confidence %"  # with all columns on one page, the print would be too small
#: Rows below the last one that get drop-downs and colours too, for pairs typed by hand.
_SPARE_ROWS = 500
#: Custom number formats begin at 164; each look has a number of its own.
_FIRST_FORMAT = 164
_YES = "yes"


def write_review(
    glossary: Glossary,
    conflicts: Iterable[Conflict],
    path: StrPath,
    bitexts: Sequence[Bitext] = (),
    *,
    own: OwnColumns | None = None,
    read: Collection[str] = (),
) -> Path:
    """Write the term pairs, in the given order, with conflicts, evidence and instructions.

    `own` are the reviewer's own columns, which follow the others; `read` are the editions from
    which decisions were read before. Returns the path. Reading back a workbook that nobody edited
    decides nothing.

    Raises OutputError if the file cannot be written, for instance while it is open in Excel.
    """
    own = own or OwnColumns()
    written = [digest(pair) for pair in glossary]
    edition = new_edition(written, read)
    with saved_workbook(path) as book:
        rows = (
            [*_row(pair), said + edition, *own.of(pair.id)]
            for pair, said in zip(glossary, written, strict=True)
        )
        sheet = add_table(book, SHEET, [*COLUMNS, *own.columns], rows, first_free="E2")
        _add_help(sheet, len(glossary) + 1)
        add_conflicts(book, conflicts)
        add_evidence(book, glossary)
        add_doubts(book, bitexts)
        add_instructions(book)
    return Path(path)


def _row(pair: TermPair) -> list[Value]:
    example = pair.evidence[0] if pair.evidence else None
    is_proposed = pair.state != "typed"  # found by extraction, which gave it a confidence
    is_measured = is_proposed or pair.count > 0
    return [
        pair.status,
        _YES if pair.preferred else None,
        pair.vi,
        pair.en,
        emphasised(example.vi, example.vi_term or pair.vi) if example else None,
        emphasised(example.en, example.en_term or pair.en) if example else None,
        pair.note,
        STATE_WORDS[pair.state],
        float(pair.confidence) if is_proposed else None,
        pair.reason,
        pair.kind,
        float(pair.consistency) if is_measured else None,
        float(pair.consistency_en) if is_measured else None,
        int(pair.count) if is_measured else None,
        int(pair.articles) if is_measured else None,
        example.vi_name if example else None,
        ", ".join(pair.variants.vi),
        ", ".join(pair.variants.en),
        pair.id,
    ]


def _add_help(sheet: Any, last: int) -> None:
    """Add the drop-downs, the looks of status and state, and the print area."""
    from openpyxl.worksheet.datavalidation import DataValidation

    below = last + _SPARE_ROWS
    status = DataValidation(
        type="list",
        formula1=f'"{",".join(STATUSES)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=STATUS,
        error=STATUS_ERROR,
    )
    # This one has no error message, because any usual word for yes is understood.
    preferred = DataValidation(type="list", formula1=f'"{_YES}"', allow_blank=True)
    for choice, title in ((status, STATUS), (preferred, PREFERRED)):
        choice.add(f"{_LETTERS[title]}2:{_LETTERS[title]}{below}")
        sheet.data_validations.append(choice)
    _add_looks(sheet, STATUS, STATUS_LOOKS, below)
    found = {STATE_WORDS[state]: look for state, look in STATE_LOOKS.items()}
    _add_looks(sheet, FOUND, found, below)
    sheet.print_area = f"A1:{_LETTERS[_LAST_PRINTED]}{last}"


def _add_looks(sheet: Any, title: str, looks: Mapping[Any, Look], last: int) -> None:
    """Give each word of a column its colour and mark; some words strike out the terms as well.

    The mark is part of a number format: it is shown before the word without being part of the text.
    """
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    letter = _LETTERS[title]
    cells = f"{letter}2:{letter}{last}"
    first = _FIRST_FORMAT + 10 * ord(letter)
    for number, (word, look) in enumerate(looks.items()):
        style = DifferentialStyle(
            font=Font(color=look.ink, strike=look.struck, bold=look.bold),
            fill=PatternFill("solid", bgColor=look.paper),
            numFmt=NumberFormat(numFmtId=first + number, formatCode=f'"{look.mark} "@'),
        )
        is_word = f'TRIM(${letter}2)="{word}"'
        rule = Rule(type="expression", formula=[is_word], dxf=style)
        sheet.conditional_formatting.add(cells, rule)
        if look.struck:
            style = DifferentialStyle(font=Font(color=look.ink, strike=True))
            rule = Rule(type="expression", formula=[is_word], dxf=style)
            words = f"{_LETTERS[VIETNAMESE]}2:{_LETTERS[ENGLISH]}{last}"
            sheet.conditional_formatting.add(words, rule)
