"""Delimited text (CSV, TSV): reads its rows, and keeps spreadsheets from running its cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice

from aligner.errors import FormatError
from aligner.formats.open import text_of
from aligner.formats.path import StrPath

#: Possible separators of columns; if several fit, the one that is rarest within terms comes first.
_SEPARATORS = "\t;|,"
# How much of a file is read to find its separator: characters, and rows among them.
_SAMPLE, _SAMPLE_ROWS = 65_536, 20
# A spreadsheet runs a cell that begins like this as a formula unless an apostrophe precedes it. A
# text that already has apostrophes there gets one more, so that removing one restores it exactly.
_FORMULA = re.compile("'*[=+\\-@\t\r]")
_GUARDED = re.compile("'+[=+\\-@\t\r]")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` restores the text.

    >>> guarded("+84 24"), unguarded("'+84 24")
    ("'+84 24", '+84 24')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote or a person typed."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_delimited(path: StrPath, columns: Collection[str] = ()) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with the number of its first line.

    The encoding is detected. The separator (tab, semicolon, bar or comma) is the one that makes the
    first row name all of `columns`; if no columns are given, it is inferred from the first rows.
    Raises FormatError if the file cannot be read as such a table.
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


def _rows(path: StrPath, text: str, separator: str) -> list[tuple[int, list[str]]]:
    # Strict, because a quotation mark that is never closed would silently swallow the rest.
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
    """Return the separator that makes the first row name all of the columns, None if none does."""
    for separator in _SEPARATORS:
        header = next(filter(any, csv.reader(StringIO(text, newline=""), delimiter=separator)), [])
        if {name.strip().casefold() for name in header}.issuperset(columns):
            return separator
    return None


def _splitting(text: str) -> str | None:
    """Return the separator that splits most of the first rows, preferably into as many columns."""

    def rows_split(separator: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        sample = islice(filter(any, reader), _SAMPLE_ROWS)
        widths = [len(row) for row in sample if len(row) > 1]
        return len(widths), max(map(widths.count, widths), default=0)

    best = max(_SEPARATORS, key=rows_split)
    return best if any(rows_split(best)) else None


@contextmanager
def _fields_of_any_size(text: str) -> Iterator[None]:
    """Lift the csv module's limit of 131,072 characters a field, which is global."""
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, len(text) + 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)
