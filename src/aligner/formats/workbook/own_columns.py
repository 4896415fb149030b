"""The columns that a reviewer added to the sheet "Glossary", which the next workbook takes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aligner.formats.excel.cells import Value, stored_text
from aligner.formats.excel.sheets import Column
from aligner.formats.status_words import bare
from aligner.formats.workbook.columns import COLUMNS, title_of

_WIDTH = 20.0


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


def read_own_columns(
    header: Sequence[Any], rows: Iterable[tuple[str, Sequence[Any]]]
) -> OwnColumns:
    """Read the columns that are not the program's, given the header cells and the rows.

    Each row is the id of a pair and its cells. Columns without a title are ignored.
    """
    ours = {bare(column.title) for column in COLUMNS}
    titles = {}
    for number, cell in enumerate(header):
        title = title_of(cell)
        if title in ours:
            ours.remove(title)  # a second column with that title is the reviewer's
        elif title:
            titles[number] = stored_text(str(cell.value)).strip()
    cells: dict[str, tuple[Value, ...]] = {}
    for identity, row in rows:
        values = tuple(_own_value(row[n]) if n < len(row) else None for n in titles)
        if any(value is not None for value in values):
            earlier = cells.get(identity, (None,) * len(values))
            cells[identity] = tuple(map(_both_values, earlier, values))
    return OwnColumns(tuple(titles.values()), cells)


def _both_values(one: Value, other: Value) -> Value:
    """Join the cells of two rows that have become one pair."""
    if one in (None, other) or other is None:
        return other if one is None else one
    return f"{one}; {other}"


def _own_value(cell: Any) -> Value:
    """Return the value of a cell; dates become texts, and so do formulas, which would break."""
    value = getattr(cell.value, "text", cell.value)  # an array formula has its text there
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = value.isoformat(" ") if isinstance(value, datetime) else str(value)
    return stored_text(text.removesuffix(" 00:00:00")) or None
