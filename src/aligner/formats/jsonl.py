"""JSON lines: one object a line, UTF-8 without escapes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from aligner.formats.writable import encodable


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write one object a line."""
    for record in records:
        stream.write(encodable(json.dumps(record, ensure_ascii=False)) + "\n")
