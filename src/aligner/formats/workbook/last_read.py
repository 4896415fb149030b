"""What the rows of workbooks said when they were last read, so that none of it counts twice.

A workbook stays as it is when its decisions go into the table, and is read again at every run. What
a row said then is kept in a file beside the table: a cell that still says it decides nothing, so
that a later decision from elsewhere is not undone.
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
from aligner.formats.workbook.row import digests
from aligner.term_pair import PARTS, Decision, Part, TermPair

FILE = ".aligner.read.json"
OWN = ""  # the workbook of the folder itself; others go by their place
MOST = 20  # workbooks that are remembered, those read last


@dataclass(slots=True)
class RowHistory:
    """All that a row was seen to say: for each of its parts the digests, the newest last.

    `target` is the id of the pair that its words made when it was last read.
    """

    target: str
    parts: dict[Part, list[str]]


@dataclass(slots=True)
class LastRead:
    """The rows that were read, by workbook and by the Id that they had there.

    A workbook is known by its edition and its place.
    """

    books: dict[str, dict[str, RowHistory]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> LastRead:
        """Return what is kept in a folder; nothing where that is damaged.

        Raises FormatError where it cannot be opened just now.
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
        """Keep it in a folder. Raises OutputError where that takes no file."""
        kept = {
            book: {identity: {"target": s.target, **s.parts} for identity, s in rows.items()}
            for book, rows in list(self.books.items())[-MOST:]
            if rows
        }
        with atomic_text(folder / FILE) as file:
            file.write(json.dumps(kept, indent=0) + "\n")

    def news(self, book: str, row: Decision, pairs: Mapping[str, TermPair]) -> Decision | None:
        """Return an edited row with the cells that are no news as untouched; None if none is news.

        A cell is no news if it says what it said when the workbook was last read, or what the
        folder's own workbook has said at some time: then `book` is a copy of that.

        Where the words are no news but differ from the Id, they were corrected before, and the row
        is now about the pair that they made. Where they are corrected once more, that pair is what
        they correct, if a person typed it.
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
        """Add what the rows say to their histories; return whether that is new.

        A row has a history from when it was edited for the first time.
        """
        is_new, rows = False, list(rows)
        for name in sorted({f"{row.edition}:{book}" for row in rows}):
            self.books[name] = self.books.pop(name, {})  # read last, and so dropped last
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
        """Return the editions of which something was read."""
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
