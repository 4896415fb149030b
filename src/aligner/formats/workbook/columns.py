"""The columns that the program writes into the sheet "Glossary"."""

from __future__ import annotations

from typing import Any

from aligner.formats.excel.sheets import Column
from aligner.formats.status_words import bare
from aligner.formats.workbook.row import (
    ENGLISH,
    ID,
    NOTE,
    PREFERRED,
    STATUS,
    VIETNAMESE,
    WRITTEN,
)

FOUND = "Found"
# First what a reviewer needs for a decision, then the reasons for the pair, then its figures.
COLUMNS = (
    Column(STATUS, 14, "aligner term"),
    Column(PREFERRED, 12, "aligner mark"),
    Column(VIETNAMESE, 23, "aligner term"),
    Column(ENGLISH, 23, "aligner term"),
    Column("Example vi", 42),
    Column("Example en", 42),
    Column(NOTE, 25, "aligner term"),
    Column(FOUND, 15, "aligner small"),
    Column("Confidence %", 14, "aligner confidence"),
    Column("Reason", 30, "aligner small"),
    Column("Kind", 13, "aligner small", folds=True),
    Column("Consistency vi→en %", 15, "aligner percent", folds=True),
    Column("Consistency en→vi %", 15, "aligner percent", folds=True),
    Column("Count", 10, "aligner number", folds=True),
    Column("Articles", 11, "aligner number", folds=True),
    Column("Example from", 24, "aligner small", folds=True),
    Column("Variants vi", 20, "aligner small", folds=True),
    Column("Variants en", 20, "aligner small", folds=True),
    Column(ID, 15, "aligner small"),
    Column(WRITTEN, 15, "aligner small", hidden=True),
)


def title_of(cell: Any) -> str:
    """Return the title in a header cell, in the form in which titles are compared."""
    return bare(str(cell.value or ""))
