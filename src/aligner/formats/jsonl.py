"""JSON lines: one object a line, UTF-8 without escapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from aligner.formats.atomic import atomic_path
from aligner.formats.writable import encodable


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write one object a line."""
    for record in records:
        stream.write(encodable(json.dumps(record, ensure_ascii=False)) + "\n")


@contextmanager
def opened_output(output: Path | None, stream: TextIO) -> Iterator[TextIO]:
    """Yield the text file that is asked for, written whole or not at all, else the stream."""
    if output is None:
        yield stream
    else:
        with atomic_path(output) as path, path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
