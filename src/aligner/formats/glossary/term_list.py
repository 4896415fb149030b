"""Reads a user's term list (.xlsx, .csv, .tsv, .txt, .tbx) as decisions, approved by default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from aligner.errors import FormatError
from aligner.formats.glossary.omegat import MARKS, PREFERRED, VARIANT
from aligner.formats.glossary.tbx_read import read_tbx
from aligner.formats.open import text_of
from aligner.formats.path import StrPath
from aligner.formats.status_words import bare, preferred_said, status_said
from aligner.formats.tabular.delimited import read_delimited
from aligner.formats.tabular.headers import (
    Columns,
    bilingual_sheets,
    check_not_swapped,
    columns_by_letters,
    named_columns,
)
from aligner.formats.tabular.rows import TableRow, delimited_rows, workbook_rows
from aligner.formats.workbook.row import ID, SHEET
from aligner.term_pair import STATUSES, Decision, Status, term_id

#: The place of a decision in its file, and the decision.
_Found = tuple[str, Decision]
_OF_BITEXTS = {"shape", "relation"}  # columns that every table of beads has


def read_term_list(path: StrPath) -> list[Decision]:
    """Return the pairs of a term list as decisions, approved unless the list says otherwise.

    Columns are recognised by their headers (vi, Vietnamese, Tiếng Việt, en, English, Tiếng Anh,
    note, ghi chú, status, ...), or the languages by their letters if there is no header. Rows with
    only one term, such as headings, are skipped, and so are other languages. Texts are in NFC with
    single blanks.

    Raises FormatError, which names the place, if something is ambiguous, no pair is found, or the
    languages stand in each other's place.
    """
    reader = _READERS.get(Path(path).suffix.casefold())
    if reader is None:
        raise FormatError(
            f"{path}: a term list is read from {', '.join(_READERS)}; save it as one of these"
        )
    found: dict[str, _Found] = {}
    for place, decision in reader(path):
        first, known = found.get(decision.id, (place, None))
        if known is None:
            found[decision.id] = place, decision
            continue
        if known.status != decision.status:
            raise FormatError(
                f"{path}: {first} and {place} say different things about {decision.vi!r} = "
                f"{decision.en!r}: {known.status} and {decision.status}; keep one of the two"
            )
        found[decision.id] = first, _together(known, decision)
    if not found:
        raise FormatError(f"{path}: it holds no Vietnamese term with an English one beside it")
    decisions = [decision for _, decision in found.values()]
    check_not_swapped(path, [(decision.vi, decision.en) for decision in decisions])
    return decisions


def _together(known: Decision, other: Decision) -> Decision:
    """Return the decision that two rows about one pair make together; no note is lost."""
    note = known.note
    if other.note and other.note not in note.split("; "):
        note = f"{note}; {other.note}" if note else other.note
    preferred = known.preferred if other.preferred is None else other.preferred or known.preferred
    return replace(known, note=note, preferred=preferred)


def _read_text(path: StrPath) -> Iterator[_Found]:
    lines = read_delimited(path)
    rows = delimited_rows(lines)
    columns = named_columns(rows)
    if columns:
        _refuse_sentences(path, rows[columns.first - 1])
        _check_widths(path, rows, columns)
    else:
        columns = columns_by_letters(path, rows)
        if "\t" not in text_of(path):
            _check_cuts(path, lines, columns)
    yield from _pairs(path, rows, columns)


def _refuse_sentences(path: StrPath, header: TableRow) -> None:
    """Raise FormatError for an alignment that this program wrote, whose rows are sentences."""
    if {bare(cell) for cell in header.cells} >= _OF_BITEXTS:
        raise FormatError(
            f"{path}: it holds aligned sentences, not terms; make them searchable with: "
            f'aligner tmx "{path}"'
        )


def _check_widths(path: StrPath, rows: Sequence[TableRow], columns: Columns) -> None:
    """Raise FormatError if a row is longer than the header: a comma has cut a term in two."""
    width = len(rows[columns.first - 1].cells)
    for row in rows[columns.first :]:
        if any(row.cells[width:]):
            raise FormatError(
                f"{path}: {row.place}: it has more cells than the header; put quotation marks "
                "around a cell that holds the separator"
            )


def _check_cuts(path: StrPath, lines: Sequence[tuple[int, list[str]]], columns: Columns) -> None:
    """Raise FormatError if a comma has cut a term in two: only its rest begins with a blank."""
    terms = {columns.places["vi"], columns.places["en"]}
    for number, cells in lines:
        rests = {place for place, cell in enumerate(cells) if place and re.match(r" +\S", cell)}
        if rests and terms.isdisjoint(rests):
            raise FormatError(
                f"{path}: line {number}: a comma seems to cut a term in two; put quotation marks "
                "around a cell that holds one, or name the columns in a first row"
            )


def _read_workbook(path: StrPath) -> Iterator[_Found]:
    sheets = bilingual_sheets(workbook_rows(path))
    for title, rows in sheets.items():
        if columns := named_columns(rows):
            header = rows[columns.first - 1]
            if title.strip() == SHEET and ID.casefold() in map(bare, header.cells):
                raise FormatError(
                    f"{path}: it is a workbook that this program wrote; read what was decided in "
                    f'it with: aligner review "{path}" --glossary DIR'
                )
            _refuse_sentences(path, header)
    for rows in sheets.values():
        yield from _pairs(path, rows, named_columns(rows) or columns_by_letters(path, rows))


def _pairs(path: StrPath, rows: Sequence[TableRow], columns: Columns) -> Iterator[_Found]:
    for row in rows[columns.first :]:
        for column in columns.places.values():
            if column in row.problems:
                raise _error(path, row, column, row.problems[column])
        vi, en, note = (columns.text(row, name) for name in ("vi", "en", "note"))
        if not vi or not en:
            continue
        status, note = _status(path, row, columns, note)
        preferred = _preferred(path, row, columns)
        if preferred is None and re.match(rf"{PREFERRED}(; |$)", note):  # as in OmegaT's format
            preferred, note = True, note.removeprefix(PREFERRED).lstrip("; ")
        if note.startswith(VARIANT):
            continue
        for number, (one, other) in enumerate(product(_several(vi), _several(en))):
            first = preferred and number == 0
            yield row.place, Decision(term_id(one, other), one, other, status, note, first)


def _several(cell: str) -> list[str]:
    """Return the terms of a cell, in which lists put synonyms behind semicolons.

    >>> _several("tear gas; CS gas")
    ['tear gas', 'CS gas']
    """
    return [term for part in cell.split(";") if (term := part.strip())] or [cell]


def _status(path: StrPath, row: TableRow, columns: Columns, note: str) -> tuple[Status, str]:
    """Return status and note; without a status, the note may begin with a mark of OmegaT's."""
    said = columns.text(row, "status")
    if not said:
        for status, mark in MARKS.items():
            if note.startswith(mark):
                return status, note.removeprefix(mark).lstrip("; ")
        return "approved", note
    found = status_said(said)
    if found is None:
        problem = f"the status is {said!r}; use one of {', '.join(STATUSES)}"
        raise _error(path, row, columns.places["status"], problem)
    return found, note


def _preferred(path: StrPath, row: TableRow, columns: Columns) -> bool | None:
    if "preferred" not in columns.places:
        return None
    said = columns.text(row, "preferred")
    preferred = preferred_said(said)
    if preferred is None:
        problem = f"{said!r} does not say whether the pair is preferred; write yes or nothing"
        raise _error(path, row, columns.places["preferred"], problem)
    return preferred


def _error(path: StrPath, row: TableRow, column: int, problem: str) -> FormatError:
    return FormatError(f"{path}: {row.place}, column {column + 1}: {problem}")


_READERS: dict[str, Callable[[StrPath], Iterator[_Found]]] = {
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".csv": _read_text,
    ".tsv": _read_text,
    ".txt": _read_text,
    ".tbx": read_tbx,
}
