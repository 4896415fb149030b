"""Bitexts for scripts: one bead a line, as JSON or as tab-separated values.

Both are UTF-8 without escapes. TSV has no quoting (text/tab-separated-values):
`pandas.read_csv(path, sep="\\t", quoting=csv.QUOTE_NONE)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from aligner.formats.jsonl import rounded, write_records
from aligner.formats.writable import one_line
from aligner.model import BEAD_COLUMNS, Bitext


def bitext_records(bitext: Bitext) -> Iterator[dict[str, Any]]:
    """Yield what `Bitext.records` says of each bead, with a rounded confidence."""
    for record in bitext.records():
        yield record | {"confidence": rounded(record["confidence"])}


def write_jsonl(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write one JSON object a line."""
    for bitext in bitexts:
        write_records(bitext_records(bitext), stream)


def write_tsv(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write a header line, then one line a bead; tabs and line ends in text become blanks.

    Indices are joined by blanks (a comma would be a decimal point in Vietnam), evidence by "; ".
    """
    stream.write("\t".join(BEAD_COLUMNS) + "\n")
    for bitext in bitexts:
        for record in bitext_records(bitext):
            stream.write("\t".join(one_line(_field(value)) for value in record.values()) + "\n")


def _field(value: object) -> str:
    if isinstance(value, list):
        return ("; " if any(isinstance(item, str) for item in value) else " ").join(map(str, value))
    return str(value)
