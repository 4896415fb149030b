"""Reading a reviewed glossary workbook back: decisions, and nothing else."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.errors import WorkbookError
from aligner.formats.cells import stored_text
from aligner.glossary import STATUSES, Decision, Status
from aligner.model import content_id

SHEET = "Glossary"
STATUS, VIETNAMESE, ENGLISH, NOTE, ID = "Status", "Vietnamese", "English", "Note", "Id"
_NEEDED = (STATUS, VIETNAMESE, ENGLISH, NOTE, ID)
#: What a reviewer may write in place of a status, in lower case.
SYNONYMS: dict[str, Status] = {
    "đề xuất": "candidate",
    "chờ duyệt": "candidate",
    "duyệt": "approved",
    "đã duyệt": "approved",
    "loại": "rejected",
    "từ chối": "rejected",
    "cấm": "forbidden",
}
#: Rows that people put above the header; further down it is a table of something else.
_HEADER_WITHIN = 20
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell is, for the sentence of an error."""

    path: str
    column: int
    row: int

    def error(self, problem: str) -> WorkbookError:
        from openpyxl.utils import get_column_letter

        cell = f"{get_column_letter(self.column)}{self.row}"
        return WorkbookError(f"{self.path}: sheet {SHEET!r}, cell {cell}: {problem}")


def read_workbook(path: str | os.PathLike[str]) -> list[Decision]:
    """Return the decisions of the sheet "Glossary", one a row, in the order of the rows.

    Columns are found by their names, rows by their Id, so sorting, filtering and further columns do
    no harm. A row without an Id but with both terms is a new pair, approved unless it says
    otherwise. Anything that could mean two things is a `WorkbookError` that names the cell.
    """
    shown = os.fspath(path)
    rows: dict[str, tuple[int, Decision]] = {}
    for number, decision in _decisions(shown, _load_rows(shown)):
        if decision.id not in rows:
            rows[decision.id] = (number, decision)
        elif rows[decision.id][1] != decision:
            first, other = rows[decision.id]
            raise WorkbookError(
                f"{shown}: sheet {SHEET!r}, rows {first} and {number} say different things about "
                f"one pair: {_in_words(other)} and {_in_words(decision)}; keep one of the two rows"
            )
    return [decision for _, decision in rows.values()]


def _in_words(decision: Decision) -> str:
    note = f", note {decision.note!r}" if decision.note else ""
    return f"{decision.vi!r} = {decision.en!r} {decision.status}{note}"


def _load_rows(path: str) -> list[tuple[Any, ...]]:
    """Return the cells of the sheet; row 1 of the sheet is item 0."""
    from openpyxl import load_workbook

    try:
        with open(path, "rb") as stream:
            workbook = load_workbook(stream, read_only=True)
            names = {name.strip().casefold(): name for name in workbook.sheetnames}
            if SHEET.casefold() not in names:
                found = ", ".join(map(repr, workbook.sheetnames))
                raise WorkbookError(f"{path}: there is no sheet {SHEET!r}, only {found}")
            sheet = workbook[names[SHEET.casefold()]]
            sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
            return list(sheet.iter_rows())
    except WorkbookError:
        raise
    except FileNotFoundError:
        raise WorkbookError(f"{path}: there is no such file") from None
    except PermissionError as error:
        problem = "it cannot be opened; close it in Excel and try again"
        raise WorkbookError(f"{path}: {problem}") from error
    except OSError as error:
        raise WorkbookError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError) as error:
        # SyntaxError: the base of both XML parsers' errors; openpyxl raises the others on odd zips.
        problem = "it is not an Excel workbook (.xlsx), or it is damaged or has a password"
        raise WorkbookError(f"{path}: {problem}; save it in Excel as .xlsx") from error


def _decisions(path: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Decision]]:
    """Yield row numbers as Excel shows them, with what the rows say."""
    header, columns = _find_header(path, rows)
    for number, row in enumerate(rows[header:], start=header + 1):
        places = {title: _Place(path, column + 1, number) for title, column in columns.items()}
        texts = {
            title: _text(row[column], places[title]) if column < len(row) else ""
            for title, column in columns.items()
        }
        if (decision := _decision(texts, places)) is not None:
            yield number, decision


def _find_header(path: str, rows: Sequence[tuple[Any, ...]]) -> tuple[int, dict[str, int]]:
    """Return the number of the header row and the column of each title, counted from 0."""
    titles_wanted = {title.casefold(): title for title in _NEEDED}
    for number, row in enumerate(rows[:_HEADER_WITHIN], start=1):
        titles = [titles_wanted.get(_fold(cell.value)) for cell in row]
        if VIETNAMESE not in titles or ENGLISH not in titles:
            continue
        for title in _NEEDED:
            if titles.count(title) != 1:
                problem = "is missing" if title not in titles else "is there twice"
                raise WorkbookError(
                    f"{path}: sheet {SHEET!r}, row {number}: the column {title!r} {problem}; "
                    f"the header needs each of {', '.join(_NEEDED)} once"
                )
        return number, {title: titles.index(title) for title in _NEEDED}
    raise WorkbookError(f"{path}: sheet {SHEET!r} has no header row; it needs {', '.join(_NEEDED)}")


def _decision(texts: dict[str, str], places: dict[str, _Place]) -> Decision | None:
    vi, en = texts[VIETNAMESE], texts[ENGLISH]
    if not vi and not en and (not texts[ID] or not (texts[STATUS] or texts[NOTE])):
        return None  # a blank row, or one that was emptied but for its Id
    for title, text in ((VIETNAMESE, vi), (ENGLISH, en)):
        if not text:
            raise places[title].error(
                "the term is empty; to drop a pair, set its status to rejected"
            )
    if texts[ID]:
        identity, default = _identity(texts[ID], places[ID]), STATUSES[0]
    else:  # typed by hand: who takes that trouble wants it
        identity, default = content_id(vi.casefold(), en.casefold()), "approved"
    status = _status(texts[STATUS], places[STATUS], default)
    return Decision(identity, vi, en, status, texts[NOTE])


def _status(text: str, place: _Place, default: Status) -> Status:
    word = _fold(text)
    if not word:
        return default
    for status in STATUSES:
        if word == status:
            return status
    if word in SYNONYMS:
        return SYNONYMS[word]
    raise place.error(f"the status is {text!r}; use one of {', '.join(STATUSES)}")


def _identity(text: str, place: _Place) -> str:
    identity = text.lower()
    if identity.isdecimal():
        identity = identity.zfill(12)  # a program took it for a number and dropped its zeros
    if not _ID.fullmatch(identity):
        raise place.error(
            f"{text!r} is not an Id; put the old one back, or empty the cell for a new pair"
        )
    return identity


def _text(cell: Any, place: _Place) -> str:
    """Return what a cell holds as NFC text without blanks at its ends."""
    if cell.value is None:
        return ""
    if cell.data_type in ("f", "e"):
        kind = "a formula" if cell.data_type == "f" else "an error"
        raise place.error(f"it holds {kind}; type the text, with an apostrophe before a leading =")
    if cell.data_type == "d":
        raise place.error("Excel made a date of it; type it again with an apostrophe before it")
    if cell.data_type == "b":
        return str(cell.value).upper()
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return unicodedata.normalize("NFC", stored_text(str(cell.value))).strip()


def _fold(value: object) -> str:
    """Return a text to compare: NFC, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", str(value or "")).casefold().split())
