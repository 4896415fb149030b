"""Delimited text, which programs call CSV: its rows, and cells that are no formula in Excel."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice

from aligner.errors import FormatError
from aligner.formats.open import text_of

#: What may stand between two columns; where several fit, the one that terms hold least.
_SEPARATORS = "\t;|,"
# What is looked at to tell the separator: characters, and the rows in them.
_SAMPLE, _SAMPLE_ROWS = 65_536, 20
# A cell that begins so is run by a spreadsheet as a formula. The apostrophe keeps it a text; what
# begins so behind apostrophes of its own gets one more, so that taking one away is exact.
_FORMULA = re.compile("'*[=+\\-@\t\r]")
_GUARDED = re.compile("'+[=+\\-@\t\r]")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` gives the text back.

    >>> guarded("+84 24"), unguarded("'+84 24")
    ("'+84 24", '+84 24')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell as `guarded` wrote it, or as a person typed it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_delimited(
    path: str | os.PathLike[str], columns: Collection[str] = ()
) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the number of the line on which it begins.

    The encoding is told from the bytes. The separator (tab, semicolon, bar or comma) is the one by
    which the first row names all of `columns`; without columns it is told from the first rows.
    Raises FormatError where the file cannot be read, or not as such a table.
    """
    text = text_of(path)
    with _fields_of_any_size(text):
        sample = text[:_SAMPLE]
        separator = _naming(sample, columns) if columns else _splitting(sample)
        if separator is None:
            needed = f"name the columns {' and '.join(columns)}" if columns else "have two columns"
            raise FormatError(
                f"{path}: its first line must {needed}, separated by commas, semicolons or tabs"
            )
        return _rows(path, text, separator)


def _rows(path: str | os.PathLike[str], text: str, separator: str) -> list[tuple[int, list[str]]]:
    # Strict: a quotation mark that is never closed would swallow the rest of the file in silence.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for fields in reader:
            if any(field and not field.isspace() for field in fields):
                rows.append((line, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            f"{path}, line {line}: a quotation mark is not closed ({error}); put the whole cell in "
            "quotation marks and double those inside it"
        ) from error
    return rows


def _naming(text: str, columns: Collection[str]) -> str | None:
    """Return the separator by which the first row names all of the columns."""
    for separator in _SEPARATORS:
        header = next(filter(any, csv.reader(StringIO(text, newline=""), delimiter=separator)), [])
        if {name.strip().casefold() for name in header}.issuperset(columns):
            return separator
    return None


def _splitting(text: str) -> str | None:
    """Return the separator that splits most of the first rows, and most of them alike."""

    def rows_split(separator: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        sample = islice(filter(any, reader), _SAMPLE_ROWS)
        widths = [len(row) for row in sample if len(row) > 1]
        return len(widths), max(map(widths.count, widths), default=0)

    best = max(_SEPARATORS, key=rows_split)
    return best if any(rows_split(best)) else None


@contextmanager
def _fields_of_any_size(text: str) -> Iterator[None]:
    """Lift the csv module's limit of 131,072 characters a field, which holds for all threads."""
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, len(text) + 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)
