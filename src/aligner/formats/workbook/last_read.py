"""Remembers what the rows of workbooks said when they were last read, so that it counts once.

Reading a workbook does not change it, so its edited cells are there again at the next run. A file
beside the table remembers what they said. A cell that still says the same decides nothing, and so
does not undo a later decision that came from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aligner.errors import FormatError
from aligner.formats.atomic import atomic_text
from aligner.formats.workbook.written import digests
from aligner.term_pair import PARTS, Decision, Part, TermPair

FILE = ".aligner.read.json"
OWN = ""  # names the folder's own workbook; other workbooks are named by their path
MOST = 20  # workbooks that are remembered: those that were read last


@dataclass(slots=True)
class RowHistory:
    """Everything that a row has said: the digests of each of its parts, the newest last.

    `target` is the id that its words made when it was last read.
    """

    target: str
    parts: dict[Part, list[str]]


@dataclass(slots=True)
class LastRead:
    """The history of every row that was read, by workbook and by its Id there.

    The key of a workbook is "edition:path".
    """

    books: dict[str, dict[str, RowHistory]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> LastRead:
        """Return what a folder remembers, which is nothing if the file is missing or damaged.

        Raises FormatError if the file exists but cannot be opened.
        """
        try:
            text = (folder / FILE).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return cls()
        except OSError as error:
            problem = f"it cannot be read ({error.strerror or error}); try again"
            raise FormatError(f"{folder / FILE}: {problem}") from error
        with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
            kept = json.loads(text)
            return cls({book: _rows(said) for book, said in kept.items()})
        return cls()

    def save(self, folder: Path) -> None:
        """Write the histories into a folder. Raises OutputError if that is impossible."""
        kept = {
            book: {identity: {"target": s.target, **s.parts} for identity, s in rows.items()}
            for book, rows in list(self.books.items())[-MOST:]
            if rows
        }
        with atomic_text(folder / FILE) as file:
            file.write(json.dumps(kept, indent=0) + "\n")

    def news(self, book: str, row: Decision, pairs: Mapping[str, TermPair]) -> Decision | None:
        """Return an edited row with only its new cells counting as touched; None if none is new.

        A cell is not new if it says what it said when the workbook was last read. In a copy of the
        folder's own workbook, it is not new if that has ever said the same.

        Words that are not new but differ from the Id were corrected before, and the row is now
        about the pair that they made. If they are corrected once more, it is that pair which they
        correct, provided that a person typed it.
        """
        now = digests(row)
        last = self._history(row.edition, book, row)
        own = self._history(row.edition, OWN, row) if book != OWN else None
        last_said = {part for part in PARTS if last and [now[part]] == last.parts[part][-1:]}
        own_said = {part for part in PARTS if own and now[part] in own.parts[part]}
        untouched = row.untouched | last_said | own_said
        if untouched.issuperset(PARTS):
            return None
        identity = row.id
        if "words" in untouched and "words" not in row.untouched:
            identity = row.target
        elif "words" not in untouched and last and _is_typed(pairs.get(last.target)):
            identity = last.target
        return replace(row, id=identity, untouched=untouched)

    def remember(self, book: str, rows: Iterable[Decision]) -> bool:
        """Add what the rows say to their histories; return whether any of it is new.

        The history of a row begins when it is read for the first time with an edit.
        """
        is_new, rows = False, list(rows)
        for name in sorted({f"{row.edition}:{book}" for row in rows}):
            self.books[name] = self.books.pop(name, {})  # now at the end: read last, dropped last
        for row in rows:
            known = self.books[f"{row.edition}:{book}"]
            if not row.edited and row.id not in known:
                continue
            now = digests(row)
            said = known.setdefault(row.id, RowHistory(row.target, {part: [] for part in PARTS}))
            said.target = row.target
            for part in PARTS:
                if part == "preferred" and row.preferred is None:
                    continue
                if now[part] not in said.parts[part][-1:]:
                    said.parts[part].append(now[part])
                    is_new = True
        return is_new

    def editions(self) -> set[str]:
        """Return the editions from which decisions were read."""
        return {book.partition(":")[0] for book, rows in self.books.items() if rows}

    def _history(self, edition: str, book: str, row: Decision) -> RowHistory | None:
        return self.books.get(f"{edition}:{book}", {}).get(row.id)


def _rows(kept: Mapping[str, Any]) -> dict[str, RowHistory]:
    return {
        identity: RowHistory(str(said["target"]), {part: list(said[part]) for part in PARTS})
        for identity, said in kept.items()
    }


def _is_typed(pair: TermPair | None) -> bool:
    return pair is not None and pair.state == "typed"
