"""Tells whether this program wrote a file that it is about to replace."""

from __future__ import annotations

from pathlib import Path

from aligner.formats.bitext.html import GENERATOR
from aligner.formats.excel.file import is_as_written
from aligner.formats.glossary.csv import COLUMNS
from aligner.formats.seal import is_sealed
from aligner.model import BEAD_COLUMNS

_BEGINNING = 1_000  # bytes within which a page names the program that wrote it
#: The first lines of tables, CSV and TSV, in which no digest has a place.
_TITLES = (",".join(COLUMNS), "\t".join(BEAD_COLUMNS))


def is_own_file(path: Path) -> bool:
    """Return whether this program wrote a file, and no other has saved it since.

    Whether a person has edited a table cannot be told; see `is_unchanged`.
    """
    if is_unchanged(path):
        return True
    with open(path, "rb") as file:
        first = file.readline().decode("utf-8-sig", "replace")
    return first.rstrip("\r\n") in _TITLES


def is_unchanged(path: Path) -> bool:
    """Return whether a file is certainly as this program wrote it.

    An empty file counts too, and so do JSON lines and web pages, which nobody edits by hand; a
    program that saves such a page puts its own name there.
    """
    if is_as_written(path):
        return True
    data = path.read_bytes()
    is_page = GENERATOR.encode() in data[:_BEGINNING]
    return data[:1] in (b"", b"{") or is_page or is_sealed(data)
