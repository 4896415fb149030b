"""JSON lines: one object a line, UTF-8 without escapes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from aligner.formats.writable import encodable


def rounded(share: float) -> float:
    """Return a share as records have it: far finer than it is known.

    >>> rounded(2 / 3)
    0.6667
    """
    return round(float(share), 4)


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write one object a line."""
    for record in records:
        stream.write(encodable(json.dumps(record, ensure_ascii=False)) + "\n")
