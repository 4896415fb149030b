"""A glossary to the file, or the standard output, and in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from aligner.errors import OutputError
from aligner.formats.atomic import opened_output
from aligner.formats.choice import EXPORT_FORMATS, format_of
from aligner.formats.glossary.csv import write_glossary
from aligner.formats.glossary.jsonl import term_records
from aligner.formats.glossary.omegat import write_omegat
from aligner.formats.glossary.tbx import write_tbx
from aligner.formats.jsonl import write_records
from aligner.formats.workbook.write import write_workbook
from aligner.glossary import Glossary
from aligner.model import Bitext
from aligner.terms.standing import as_read

#: The names of the exports that may lie beside the glossary: table and workbook are its own files.
EXPORT_NAMES = {"tbx": "glossary.tbx", "omegat": "glossary.txt"}


def write_terms(
    glossary: Glossary, bitexts: Sequence[Bitext], output: Path | None, form: str, stream: TextIO
) -> None:
    """Write a glossary as "jsonl" or "xlsx" to `output`, or to `stream` where none is given."""
    if output is not None and form == "xlsx":
        write_workbook(glossary, output, bitexts)
    else:
        with opened_output(output, stream) as file:
            write_records(term_records(glossary), file)


def export_path(form: str, output: Path | None, folder: Path) -> Path:
    """Return where an export goes: to `output`, else beside the glossary in its folder.

    Raises OutputError where only the glossary's own file could be meant.
    """
    if output is not None:
        format_of(form, output, EXPORT_FORMATS)
        return output
    if form not in EXPORT_NAMES:
        raise OutputError(
            f"{folder / f'glossary.{form}'} is the glossary itself; "
            f"name the file for a copy with -o FILE.{form}"
        )
    return folder / EXPORT_NAMES[form]


def _write_ranked(glossary: Glossary, path: Path) -> Path:
    """Write a workbook in the order of reading, as a run does; a table is by words."""
    return write_workbook(as_read(glossary), path)


#: How each of `EXPORT_FORMATS` is written.
EXPORTS: Mapping[str, Callable[[Glossary, Path], Path]] = {
    "tbx": write_tbx,
    "csv": write_glossary,
    "xlsx": _write_ranked,
    "omegat": write_omegat,
}
