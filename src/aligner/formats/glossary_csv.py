"""glossary.csv: the glossary as a sorted table that a version control system can compare."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence

from aligner.errors import WorkbookError
from aligner.formats.atomic import atomic_path
from aligner.formats.xmltext import encodable
from aligner.glossary import STATUSES, Decision, Status, TermPair, term_id

COLUMNS = ("vi", "en", "kind", "status", "note", "confidence", "count", "articles", "id")


def write_glossary_csv(glossary: Sequence[TermPair], path: str | os.PathLike[str]) -> None:
    """Write one row a term pair, sorted by its words; UTF-8 with the mark that Excel looks for."""
    rows = sorted(glossary, key=lambda pair: (pair.vi.casefold(), pair.en.casefold(), pair.id))
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for pair in rows:
            values = (getattr(pair, name) for name in COLUMNS)
            writer.writerow(
                [f"{v:.2f}" if isinstance(v, float) else encodable(str(v)) for v in values]
            )


def read_glossary_csv(path: str | os.PathLike[str]) -> list[Decision]:
    """Return status, note and words of every row; raise WorkbookError naming the line at fault."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WorkbookError(f"{path}: cannot be read as a table in UTF-8 ({error})") from error
    return [_decision(path, number, row) for number, row in enumerate(rows, start=2)]


def _decision(path: str | os.PathLike[str], line: int, row: dict[str, str | None]) -> Decision:
    vi, en, status = ((row.get(name) or "").strip() for name in ("vi", "en", "status"))
    if not vi or not en:
        raise WorkbookError(f"{path}, line {line}: columns vi and en must both have a term")
    known: dict[str, Status] = {name: name for name in STATUSES}
    if status not in known:
        raise WorkbookError(
            f"{path}, line {line}: status is {status!r}; use one of {', '.join(STATUSES)}"
        )
    return Decision(row.get("id") or term_id(vi, en), vi, en, known[status], row.get("note") or "")
