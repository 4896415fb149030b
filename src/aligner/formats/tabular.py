"""Bitexts as JSON lines and tab-separated values, for scripts.

Both are UTF-8 without escapes. TSV has no quoting (text/tab-separated-values): read it with
`pandas.read_csv(path, sep="\\t", quoting=csv.QUOTE_NONE)`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from aligner.formats.xmltext import encodable
from aligner.model import Bitext

COLUMNS = ("id", "relation", "shape", "confidence", "src", "tgt", "vi", "en", "evidence")

# A tab or anything that some reader takes for the end of a line (str.splitlines knows them all).
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def bitext_records(bitext: Bitext) -> Iterator[dict[str, Any]]:
    """Yield one dictionary a bead, null beads among them; its keys are `COLUMNS`.

    `src` and `tgt` are lists of 0-based sentence indices, `evidence` is a list of phrases.
    """
    for unit in bitext.units():
        yield {
            "id": unit.id,
            "relation": bitext.relation,
            "shape": unit.shape,
            "confidence": round(float(unit.confidence), 4),
            "src": list(unit.bead.src),
            "tgt": list(unit.bead.tgt),
            "vi": unit.vi,
            "en": unit.en,
            "evidence": list(unit.evidence),
        }


def write_jsonl(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write one JSON object a line."""
    for bitext in bitexts:
        for record in bitext_records(bitext):
            stream.write(encodable(json.dumps(record, ensure_ascii=False)) + "\n")


def write_tsv(bitexts: Sequence[Bitext], stream: TextIO) -> None:
    """Write a header line, then one line a bead; tabs and line ends in text become blanks.

    Indices are joined by blanks (a comma would be a decimal point in Vietnam), evidence by "; ".
    """
    stream.write("\t".join(COLUMNS) + "\n")
    for bitext in bitexts:
        for record in bitext_records(bitext):
            fields = (_BREAKS.sub(" ", _field(record[name])) for name in COLUMNS)
            stream.write(encodable("\t".join(fields)) + "\n")


def _field(value: object) -> str:
    if isinstance(value, list):
        return ("; " if any(isinstance(item, str) for item in value) else " ").join(map(str, value))
    return str(value)
