"""The formats in which a result can be written, and the choice of one of them.

The command line offers these names, so nothing that writes a format is imported here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.errors import OutputError

BITEXT_FORMATS = ("jsonl", "tsv", "tmx", "xlsx", "html")
TERM_FORMATS = ("jsonl", "xlsx")
SEARCH_FORMATS = ("jsonl", "xlsx")
EXPORT_FORMATS = ("tbx", "csv", "xlsx", "omegat")
_ENDINGS = {"omegat": "txt"}  # of the formats that are not named after theirs


def format_of(chosen: str | None, output: Path | None, known: Sequence[str]) -> str:
    """Return the chosen format, or else the one that the file's name ends in, or else "table".

    Raises OutputError if the choice and the name contradict each other, or neither is known.
    """
    named = output.suffix.removeprefix(".").lower() if output is not None else ""
    if chosen is None and output is not None:
        if named not in known:
            endings = ", ".join(f".{name}" for name in known)
            raise OutputError(
                f"{output}: the name does not tell the format; end it in one of {endings}"
            )
        chosen = named
    if chosen is not None and named in known and named != chosen:
        raise OutputError(
            f"{output}: the name says {named}, but {chosen} was chosen; end it in "
            f".{_ENDINGS.get(chosen, chosen)}"
        )
    if chosen == "table" and output is not None:
        raise OutputError("a table is for the screen; choose another --format for a file")
    if chosen == "xlsx" and output is None:
        raise OutputError("a workbook cannot be printed; name a file with -o FILE.xlsx")
    return chosen or "table"
