"""Tells by its beginning whether this program wrote a file that it is about to replace."""

from __future__ import annotations

from pathlib import Path

from aligner.formats.bitext.html import GENERATOR
from aligner.formats.bitext.tmx import CREATOR
from aligner.formats.excel.file import is_as_written
from aligner.formats.glossary.csv import COLUMNS
from aligner.formats.glossary.tbx import ORIGIN
from aligner.model import BEAD_COLUMNS

_BEGINNING = 1_000  # bytes within which a file names the program that wrote it
#: TMX, TBX, HTML, CSV and TSV. Other programs that save such a file put their own name there.
_SIGNS = (
    f'creationtool="{CREATOR}"',
    ORIGIN,
    GENERATOR,
    ",".join(COLUMNS),
    "\t".join(BEAD_COLUMNS),
)


def is_own_file(path: Path) -> bool:
    """Return whether this program wrote a file, and no other one has saved it since.

    An empty file counts too, and so do JSON lines, which nobody writes by hand.
    """
    if is_as_written(path):
        return True
    with open(path, "rb") as file:
        beginning = file.read(_BEGINNING)
    return beginning[:1] in (b"", b"{") or any(sign.encode() in beginning for sign in _SIGNS)
