"""One bitext to a file or to standard output, in whichever format was asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from aligner.errors import OutputError
from aligner.formats.atomic import atomic_path
from aligner.formats.bitext_html import write_bitext_html
from aligner.formats.bitext_xlsx import write_bitext_xlsx
from aligner.formats.tabular import write_jsonl, write_tsv
from aligner.formats.tmx import write_tmx
from aligner.model import Bitext

_LINES: dict[str, Callable[[Sequence[Bitext], TextIO], None]] = {
    "jsonl": write_jsonl,
    "tsv": write_tsv,
}
_FILES: dict[str, Callable[[Sequence[Bitext], Path], None]] = {
    "tmx": write_tmx,
    "xlsx": write_bitext_xlsx,
    "html": write_bitext_html,
}


def format_of(chosen: str | None, output: Path | None) -> str:
    """Return the format chosen, else the one that the file's name tells, else "table"."""
    if chosen is None and output is not None:
        chosen = output.suffix.removeprefix(".").lower()
        if chosen not in (*_LINES, *_FILES):
            known = ", ".join(f".{name}" for name in (*_LINES, *_FILES))
            raise OutputError(
                f"{output}: the name does not tell the format; end it in one of {known}"
            )
    if chosen == "table" and output is not None:
        raise OutputError("a table is for the screen; choose another --format for a file")
    if chosen == "xlsx" and output is None:
        raise OutputError("a workbook cannot be printed; name a file with -o FILE.xlsx")
    return chosen or "table"


def write_bitext(bitext: Bitext, form: str, output: Path | None, stream: TextIO) -> None:
    """Write to `output`, or to `stream` where none is given; a workbook needs a file."""
    if output is not None:
        if form in _LINES:
            with (
                atomic_path(output) as path,
                path.open("w", encoding="utf-8", newline="\n") as file,
            ):
                _LINES[form]([bitext], file)
        else:
            _FILES[form]([bitext], output)
    elif form in _LINES:
        _LINES[form]([bitext], stream)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bitext")
            _FILES[form]([bitext], path)
            stream.write(path.read_text(encoding="utf-8"))
