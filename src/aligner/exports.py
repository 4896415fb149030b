"""The glossary as files: its conflicts are found here, and the modules in `formats` write them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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
from aligner.formats.path import StrPath
from aligner.formats.workbook.own_columns import OwnColumns
from aligner.formats.workbook.write import write_review
from aligner.glossary import Glossary
from aligner.model import Bitext
from aligner.term_pair import TermPair
from aligner.terms.conflicts import find_conflicts
from aligner.terms.ranking import in_reading_order

#: Exports that may lie beside the glossary; the table and the workbook there are its own files.
EXPORT_NAMES = {"tbx": "glossary.tbx", "omegat": "glossary.txt"}


def write_workbook(
    glossary: Glossary | Sequence[TermPair],
    path: StrPath,
    bitexts: Sequence[Bitext] = (),
    own: OwnColumns | None = None,
    read: Collection[str] = (),
) -> Path:
    """Write the workbook that a translator reviews, and return its path.

    The term pairs stand in the given order; further sheets show their conflicts and evidence, and
    the sentences of `bitexts` that are unaligned or in doubt. `own` are the columns that a reviewer
    added to the workbook before, and `read` the editions from which decisions were read.

    Raises OutputError if the file cannot be written, for instance while it is open in Excel.
    """
    whole = glossary if isinstance(glossary, Glossary) else Glossary(tuple(glossary))
    return write_review(whole, find_conflicts(whole), path, bitexts, own=own, read=read)


def write_terms(
    glossary: Glossary, bitexts: Sequence[Bitext], output: Path | None, form: str, stream: TextIO
) -> None:
    """Write a glossary as "jsonl" or "xlsx" to `output`, or to `stream` if there is none."""
    if output is not None and form == "xlsx":
        write_workbook(glossary, output, bitexts)
    else:
        with opened_output(output, stream) as file:
            write_records(term_records(glossary, find_conflicts(glossary)), file)


def export_path(form: str, output: Path | None, folder: Path) -> Path:
    """Return the file of an export: `output`, or else a file beside the glossary in its folder.

    Raises OutputError if that would be the glossary's own file.
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
    """Write a workbook in the order of a run; a glossary that was read from a table is sorted."""
    return write_workbook(in_reading_order(glossary), path)


#: The writer of each of `EXPORT_FORMATS`.
EXPORTS: Mapping[str, Callable[[Glossary, Path], Path]] = {
    "tbx": write_tbx,
    "csv": write_glossary,
    "xlsx": _write_ranked,
    "omegat": write_omegat,
}
