"""Writes one bitext in any format, to a file or a stream."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from aligner.formats.atomic import opened_output
from aligner.formats.bitext.html import write_bitext_html
from aligner.formats.bitext.records import write_jsonl, write_tsv
from aligner.formats.bitext.tmx import write_tmx
from aligner.formats.bitext.xlsx import write_bitext_xlsx
from aligner.model import Bitext

#: The writer of each of `BITEXT_FORMATS`: some write lines to a stream, others a file.
_LINES: dict[str, Callable[[Sequence[Bitext], TextIO], None]] = {
    "jsonl": write_jsonl,
    "tsv": write_tsv,
}
_FILES: dict[str, Callable[[Sequence[Bitext], Path], None]] = {
    "tmx": write_tmx,
    "xlsx": write_bitext_xlsx,
    "html": write_bitext_html,
}


def write_bitext(bitext: Bitext, form: str, output: Path | None, stream: TextIO) -> None:
    """Write a bitext to `output`, or to `stream` if there is none; "xlsx" needs a file."""
    if form in _LINES:
        with opened_output(output, stream) as file:
            _LINES[form]([bitext], file)
    elif output is not None:
        _FILES[form]([bitext], output)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bitext")
            _FILES[form]([bitext], path)
            stream.write(path.read_text(encoding="utf-8"))
