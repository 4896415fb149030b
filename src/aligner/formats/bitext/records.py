"""Writes bitexts for scripts: one bead on each line, as JSON or as tab-separated values.

Both are UTF-8 without escapes. The TSV is not quoted (text/tab-separated-values); read it with
`pandas.read_csv(path, sep="\\t", quoting=csv.QUOTE_NONE)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from aligner.formats.jsonl import rounded, write_records
from aligner.formats.writable import one_line
from aligner.model import BEAD_COLUMNS, Bitext


def bitext_records(bitext: Bitext) -> Iterator[dict[str, Any]]:
    """Yield the records of `Bitext.records`, with their confidences rounded."""
    for record in bitext.records():
        yield record | {"confidence": rounded(record["confidence"])}


def write_jsonl(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write one JSON object for each bead, on a line of its own."""
    for bitext in bitexts:
        write_records(bitext_records(bitext), stream)


def write_tsv(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write a header, then one line for each bead; tabs and line ends in texts become blanks.

    Indices are joined by blanks (in Vietnam, a comma is the decimal point), evidence by "; ".
    """
    stream.write("\t".join(BEAD_COLUMNS) + "\n")
    for bitext in bitexts:
        for record in bitext_records(bitext):
            stream.write("\t".join(one_line(_field(value)) for value in record.values()) + "\n")


def _field(value: object) -> str:
    if isinstance(value, list):
        return ("; " if any(isinstance(item, str) for item in value) else " ").join(map(str, value))
    return str(value)
