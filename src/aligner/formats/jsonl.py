"""Writes JSON lines: one object on each line, in UTF-8 without escapes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from aligner.formats.writable import encodable


def rounded(share: float) -> float:
    """Round a share to four decimals, which is far finer than it is known.

    >>> rounded(2 / 3)
    0.6667
    """
    return round(float(share), 4)


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write each record as a JSON object on a line of its own."""
    for record in records:
        stream.write(encodable(json.dumps(record, ensure_ascii=False)) + "\n")
