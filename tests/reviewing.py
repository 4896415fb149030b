"""What a reviewer does to a results folder, for the tests of what becomes of it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from aligner.exports import write_workbook
from aligner.formats.glossary.csv import write_glossary
from aligner.glossary import Glossary
from aligner.term_pair import Evidence, TermPair

SEEN = (Evidence("Lệnh ngừng bắn có hiệu lực.", "The truce took effect.", "vi/a", "en/a"),)
TRUCE = TermPair("lệnh ngừng bắn", "truce", "term", 0.9, 0.75, 3, 2, SEEN)
OIL = TermPair("giá dầu", "oil price", "term", 0.8, 1.0, 2, 1)
GAS = TermPair("khí đốt", "gas", "term", 0.7, 1.0, 2, 1)
GLOSSARY = Glossary((TRUCE, OIL, GAS))


def results(folder: Path, glossary: Glossary = GLOSSARY) -> Path:
    """Write a glossary as a run leaves it, in a folder with blanks and Vietnamese letters."""
    place = folder / "kết quả mới"
    write_glossary(glossary, place / "glossary.csv")
    write_workbook(glossary, place / "glossary.xlsx")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that a person sees, the index left out."""
    files = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in files}


def table(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of the table by their two terms."""
    with open(folder / "glossary.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["vi"], row["en"]): row for row in csv.DictReader(file)}


def edit(workbook: Path, row: int, **values: str) -> tuple[str, str]:
    """Type into a row of the workbook as a reviewer would; return the terms that stood there."""
    book = load_workbook(workbook)
    sheet: Any = book["Glossary"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    terms = tuple(sheet.cell(row, columns[name]).value for name in ("Vietnamese", "English"))
    for name, value in values.items():
        sheet.cell(row, columns[name]).value = value
    book.save(workbook)
    return terms[0], terms[1]
