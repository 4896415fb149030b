"""Writes lists and memories as people make them: workbooks, and delimited text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def write_excel(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write the rows of each sheet, by its title; return the path."""
    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def write_text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """Write a text to the byte, whatever its line ends; return the path."""
    path.write_bytes(content.encode(encoding))
    return path
