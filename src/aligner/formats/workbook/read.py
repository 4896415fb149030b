"""Reads the decisions, and the reviewer's own columns, from a glossary workbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aligner.errors import FormatError
from aligner.formats.excel.open import merged_cells, opened_workbook, sheet_rows
from aligner.formats.path import StrPath
from aligner.formats.status_words import bare
from aligner.formats.tabular.headers import HEADER_WITHIN
from aligner.formats.workbook.columns import title_of
from aligner.formats.workbook.own_columns import OwnColumns, read_own_columns
from aligner.formats.workbook.row import (
    ENGLISH,
    NEEDED,
    OPTIONAL,
    SHEET,
    VIETNAMESE,
    WRITTEN,
    Row,
)
from aligner.formats.workbook.row_decision import read_row
from aligner.formats.workbook.written import edition_of, words_written
from aligner.term_pair import Decision, Status

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import CellRange

FAULTS = 20  # faulty rows that are named at once
_ADVICE = "keep one of the two rows, or empty the Id of the one that is a new pair"


@dataclass(frozen=True, slots=True)
class ReviewedSheet:
    """The sheet "Glossary" as it was read: a decision for each pair, and the reviewer's columns."""

    decisions: list[Decision] = field(default_factory=list)
    own: OwnColumns = field(default_factory=OwnColumns)


@dataclass(frozen=True, slots=True)
class _RowDecision:
    """A decision and the number of its row in Excel."""

    row: int
    decision: Decision


def read_workbook(path: StrPath) -> list[Decision]:
    """Return the decisions of a workbook; see `read_review`."""
    return read_review(path).decisions


def read_review(path: StrPath) -> ReviewedSheet:
    """Read the sheet "Glossary" of a workbook.

    There is one decision for each pair, in the order of the rows. Columns are found by their titles
    and rows by their Id, so sorting, filtering and moving columns do no harm. A row without an Id
    but with both terms is a new pair, approved unless it says otherwise. A row that still says what
    was written there has `edited` False. If there is no column Preferred, `preferred` is None. Own
    columns without a title are ignored.

    Raises FormatError, which names the cell or both rows, if something is ambiguous.
    """
    shown = os.fspath(path)
    by_id: dict[str, _RowDecision] = {}
    rows, merged = _load_rows(shown)
    header, columns = _find_header(shown, rows)
    _check_merged(shown, merged, header, columns.values())
    found = list(_row_decisions(shown, rows, header, columns))
    for said in sorted(found, key=lambda said: said.decision.typed):
        earlier = by_id.setdefault(said.decision.id, said)
        if earlier is not said:
            by_id[said.decision.id] = _one_of(shown, earlier, said)
    settled = sorted(by_id.values(), key=lambda said: said.row)
    _check_targets(shown, [said for said in settled if said.decision.edited])
    edition = next((said.decision.edition for said in found if said.decision.edition), "")
    decisions = [replace(s.decision, edition=s.decision.edition or edition) for s in settled]
    beside = ((said.decision.target, rows[said.row - 1]) for said in found)
    return ReviewedSheet(decisions, read_own_columns(rows[header - 1], beside))


def _one_of(path: str, first: _RowDecision, other: _RowDecision) -> _RowDecision:
    """Return the decision that two rows about one pair make together."""
    if replace(first.decision, edited=True) == replace(other.decision, edited=True):
        return first if not (first.decision.edited or other.decision.typed) else other
    if other.decision.typed and not first.decision.edited:
        # The reviewer overlooked that the pair has a row already, and that row is unedited.
        known, typed = first.decision, other.decision
        kept = replace(
            typed, note=typed.note or known.note, preferred=typed.preferred or known.preferred
        )
        return replace(first, decision=kept)
    raise _contradiction(path, first, other, _ADVICE)


def _contradiction(path: str, first: _RowDecision, other: _RowDecision, advice: str) -> FormatError:
    return FormatError(
        f"{path}: sheet {SHEET!r}, rows {first.row} and {other.row} say different things about "
        f"one pair: {_in_words(first.decision)} and {_in_words(other.decision)}; {advice}"
    )


def _in_words(decision: Decision) -> str:
    note = f", note {decision.note!r}" if decision.note else ""
    preferred = ", preferred" if decision.preferred else ""
    return f"{decision.vi!r} = {decision.en!r} {decision.status}{preferred}{note}"


def _check_targets(path: str, edited: Sequence[_RowDecision]) -> None:
    """Raise FormatError if corrections contradict each other, or terms only swapped rows."""
    targets: dict[str, _RowDecision] = {}
    sources = {said.decision.id: said for said in edited}
    for said in edited:
        decision = said.decision
        target = decision.target
        earlier = targets.setdefault(target, said)
        if not _agree(earlier.decision, decision):
            raise _contradiction(path, earlier, said, "give both rows one status")
        if _says_status(decision):
            targets[target] = said
        if target != decision.id and _comes_back(said, sources):
            raise FormatError(
                f"{path}: sheet {SHEET!r}, row {said.row}: {decision.vi!r} = {decision.en!r} "
                "stands beside the Id of another pair, as if some columns were sorted without the "
                "others; undo that, or fetch an older copy of the file"
            )


def _agree(one: Decision, other: Decision) -> bool:
    """Return whether two rows agree on a pair; a status that nobody touched does not count."""
    return len({_verdict(d) for d in (one, other) if _says_status(d)}) < 2


def _says_status(decision: Decision) -> bool:
    return _is_corrected(decision) or "status" not in decision.untouched


def _is_corrected(decision: Decision) -> bool:
    return decision.target != decision.id


def _verdict(decision: Decision) -> Status:
    """Return the intended status: correcting the words of a candidate approves it."""
    return (
        "approved"
        if _is_corrected(decision) and decision.status == "candidate"
        else decision.status
    )


def _comes_back(start: _RowDecision, sources: dict[str, _RowDecision]) -> bool:
    """Return whether corrections form a ring: A became B, B became C, C became A."""
    seen = {start.decision.id}
    said: _RowDecision | None = start
    while said is not None:
        target = said.decision.target
        if target == said.decision.id:
            return False
        if target in seen:
            return True
        seen.add(target)
        said = sources.get(target)
    return False


def _load_rows(path: str) -> tuple[list[tuple[Any, ...]], list[CellRange]]:
    """Return the cells of each row (row 1 as item 0), and the ranges of merged cells."""
    with opened_workbook(path) as workbook:
        names = {name.strip().casefold(): name for name in workbook.sheetnames}
        if SHEET.casefold() not in names:
            found = ", ".join(map(repr, workbook.sheetnames))
            raise FormatError(
                f"{path}: there is no sheet {SHEET!r}, only {found}; give the sheet of the terms "
                "this name again"
            )
        sheet = workbook[names[SHEET.casefold()]]
        return _rows_of(sheet), merged_cells(sheet)


def _rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    """Return the cells of each row.

    openpyxl makes the error #VALUE! of a number in a cell for dates that is none, such as 20250312,
    whereas Excel shows ##### and keeps it. Such a cell is read as a number.
    """
    rows = list(sheet_rows(sheet))
    if not any(cell.data_type == "e" for row in rows for cell in row):
        return rows
    sheet.parent._date_formats = frozenset()
    return [
        tuple(plain if cell.data_type == "e" else cell for cell, plain in zip(*both, strict=True))
        for both in zip(rows, sheet_rows(sheet), strict=True)
    ]


def _check_merged(
    path: str, merged: Iterable[CellRange], header: int, columns: Iterable[int]
) -> None:
    """Raise FormatError if cells of decisions are merged: all but the first would be empty."""
    needed = set(columns)
    for area in merged:
        several = area.max_row > max(area.min_row, header)  # and not a heading across columns
        if several and not needed.isdisjoint(range(area.min_col - 1, area.max_col)):
            raise FormatError(
                f"{path}: sheet {SHEET!r}, cells {area.coord} are merged, so that all but the "
                "first are empty; unmerge them and fill in each"
            )


def _row_decisions(
    path: str, rows: Sequence[tuple[Any, ...]], header: int, columns: dict[str, int]
) -> Iterator[_RowDecision]:
    written = _written(rows, header, columns)
    faults: list[str] = []
    for number, cells in enumerate(rows[header:], start=header + 1):
        row = Row(path, number, cells, columns, written)
        try:
            decision = read_row(row)
        except FormatError as fault:
            faults.append(str(fault))
            continue
        if decision is not None:
            yield _RowDecision(number, replace(decision, edition=edition_of(row)))
    if faults:
        more = len(faults) - FAULTS
        raise FormatError("\n".join([*faults[:FAULTS], *[f"and {more} more"] * (more > 0)]))


def _written(
    rows: Sequence[tuple[Any, ...]], header: int, columns: dict[str, int]
) -> dict[str, str]:
    """Return what stands in the column Written, by what it says of the words of a row."""
    place = columns.get(WRITTEN)
    cells = (row[place] for row in rows[header:] if place is not None and place < len(row))
    texts = (cell.value for cell in cells if isinstance(cell.value, str))
    return {words: text for text in texts if (words := words_written(text))}


def _find_header(path: str, rows: Sequence[tuple[Any, ...]]) -> tuple[int, dict[str, int]]:
    """Return the number of the header row (from 1) and the column of each title (from 0)."""
    wanted = {bare(title): title for title in (*NEEDED, *OPTIONAL)}
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        titles = [wanted.get(title_of(cell)) for cell in row]
        if VIETNAMESE not in titles or ENGLISH not in titles:
            continue
        for title in wanted.values():
            count = titles.count(title)
            if count > 1 or (not count and title in NEEDED):
                problem = "is there twice" if count else "is missing"
                raise FormatError(
                    f"{path}: sheet {SHEET!r}, row {number}: the column {title!r} {problem}; "
                    f"the header needs each of {', '.join(NEEDED)} once"
                )
        return number, {title: titles.index(title) for title in titles if title}
    raise FormatError(f"{path}: sheet {SHEET!r} has no header row; it needs {', '.join(NEEDED)}")
