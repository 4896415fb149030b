"""The columns of the sheet "Glossary": the program's, and those that a reviewer added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aligner.formats.excel.cells import Value
from aligner.formats.excel.sheets import Column
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
    Column("Variants vi", 20, "aligner small", folds=True),
    Column("Variants en", 20, "aligner small", folds=True),
    Column(ID, 15, "aligner small"),
    Column(WRITTEN, 15, "aligner small", hidden=True),
)


@dataclass(frozen=True, slots=True)
class OwnColumns:
    """The columns that a reviewer added: their titles, and their cells by the Id of the pair."""

    titles: tuple[str, ...] = ()
    cells: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        """The columns as the workbook writes them."""
        return [Column(title, _WIDTH, "aligner term") for title in self.titles]

    def of(self, identity: str) -> tuple[Value, ...]:
        """Return the cells in the row of a pair, None for each empty one."""
        return self.cells.get(identity) or (None,) * len(self.titles)


_WIDTH = 20.0
