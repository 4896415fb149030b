"""The sentences of an index, their beads and their words, in one SQLite file.

A sentence keeps its id for life and no id is given twice, because the vector files use it too. Each
change is one transaction, which also names the vector files that belong to the new state; so a
reader sees either the state before the change or the state after it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import SearchError
from aligner.model import Lang
from aligner.search.records import Found, Source, StoredBead
from aligner.search.schema import TABLES, VERSION

FILE = "sentences.sqlite"
WAIT = 120.0  # seconds to wait for another process that is writing

AMONG = "IN (SELECT value FROM json_each(?))"  # its parameter is a list in JSON
_FOUND = (
    "SELECT sentence.id, text, lang, name, position FROM sentence"
    " JOIN document ON document.id = document"
)


class Store:
    """An open index file. Whatever is wrong with the file or the disk is raised as SearchError."""

    def __init__(self, path: Path, *, make: bool = False) -> None:
        self.path = path
        if not make and not path.is_file():
            raise SearchError(f"{path}: there is no such index; run `aligner run` to make one")
        with self.translating_errors():
            if make:
                path.parent.mkdir(parents=True, exist_ok=True)
            self.base = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
            self._rarities: dict[Lang, dict[str, float]] = {}
            if make:
                self._make()
            elif not self._has_tables():
                raise SearchError(damaged(self.folder))
            if self.meta("version") != VERSION:
                raise SearchError(
                    f"{self.folder}: another version of aligner made this index; delete this "
                    "folder, then run `aligner run` and import translation memories again"
                )

    @property
    def folder(self) -> Path:
        """The folder of the index, which holds the vector files too."""
        return self.path.parent

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def _make(self) -> None:
        """Create the tables if the file is new."""
        with self.change():
            if not self._has_tables():
                for table in TABLES:
                    self.base.execute(table)
                self.set_meta("version", VERSION)

    def _has_tables(self) -> bool:
        return bool(self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make all changes of the body or none, after waiting for other processes that write."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read one state of the index throughout the body, whatever other processes write."""
        with self.translating_errors():
            self.base.execute("BEGIN")
            try:
                yield
            finally:
                self.base.execute("COMMIT")

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turn the errors of SQLite, the disk and a damaged file into a SearchError."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise SearchError(
                f"{self.path}: the index cannot be used ({error}); wait until another aligner has "
                "finished, make room on the disk, or allow writing into the folder"
            ) from error
        except sqlite3.ProgrammingError as error:  # closed, or in use by another thread
            raise SearchError(
                f"{self.folder}: the index is not open here ({error}); open it again, once in "
                "each thread"
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError, json.JSONDecodeError) as error:
            # SQLite's message about a damaged file may not be valid text itself.
            raise SearchError(damaged(self.folder)) from error
        except OSError as error:
            if error.filename and self.folder not in Path(os.fsdecode(error.filename)).parents:
                raise  # the fault of the model's files or of the cache
            reason = error.strerror or str(error)
            raise SearchError(f"{self.path}: the index cannot be used ({reason})") from error

    def meta(self, name: str) -> str | None:
        """Return the value kept under a name: the version, the model or the vector files."""
        row = self.base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row and str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def other_model(self, name: str) -> SearchError:
        """Return the error to raise for another model, whose vectors cannot be compared."""
        return SearchError(
            f"{self.folder}: the index was made with the model {self.meta('model')}, not with "
            f"{name}; use that one, or run `aligner run --model {name}` to make the index anew"
        )

    def rarities(self, words: Collection[str], lang: Lang) -> dict[str, float]:
        """Return how rare each plain word is: the sentences of a language for each one that has it.

        Its logarithm is the inverse document frequency (`units.py`). A word keeps the rarity that
        it had when it was first asked for: an index that was opened before an update goes on with
        its old vectors, and so with the rarities that match them.
        """
        known = self._rarities.setdefault(lang, {})
        new = set(words) - known.keys()
        if new:
            size = 1 + self.count(lang)
            counts = self.frequencies(new, lang)
            known.update((word, size / (1 + count)) for word, count in counts.items())
        return {word: known[word] for word in words}

    def count(self, lang: Lang | None = None) -> int:
        """Return the number of sentences, in one language or in both."""
        row = self.base.execute(
            "SELECT ifnull(sum(size), 0) FROM document WHERE lang = ifnull(?, lang)", (lang,)
        ).fetchone()
        return int(row[0])

    def sources(self) -> list[Source]:
        """Return the articles and memories, ordered by kind and name."""
        rows = self.base.execute(
            "SELECT name, lang, kind, size FROM document ORDER BY kind, name, lang DESC"
        )
        return [Source(*row) for row in rows]

    def sentence_ids(self, sources: Collection[str], lang: Lang) -> list[int]:
        """Return the ids of the sentences of a language in the sources with these names."""
        rows = self.base.execute(
            "SELECT sentence.id FROM sentence JOIN document ON document.id = document"
            f" WHERE lang = ? AND name {AMONG}",
            (lang, json.dumps(list(sources))),
        )
        return [row[0] for row in rows]

    def sentences(self, ids: Iterable[int]) -> dict[int, Found]:
        """Return the sentences with these ids, by id; ids that are not there are left out."""
        rows = self.base.execute(f"{_FOUND} WHERE sentence.id {AMONG}", (json.dumps(list(ids)),))
        return {row[0]: _found(row) for row in rows}

    def texts(self, lang: Lang, ids: Sequence[int] | None = None) -> dict[int, str]:
        """Return the texts of the sentences of a language by id, or only those of some ids."""
        among = f" AND sentence.id {AMONG}" if ids is not None else ""
        rows = self.base.execute(
            "SELECT sentence.id, text FROM sentence JOIN document ON document.id = document"
            f" WHERE lang = ?{among} ORDER BY sentence.id",
            (lang,) if ids is None else (lang, json.dumps(ids)),
        )
        return dict(rows.fetchall())

    def all_sentences(self, lang: Lang) -> Iterator[Found]:
        """Yield every sentence of a language in the order of its articles."""
        order = " WHERE lang = ? ORDER BY kind, name, position"
        yield from map(_found, self.base.execute(_FOUND + order, (lang,)))

    def beads(self, ids: Iterable[int]) -> dict[int, list[StoredBead]]:
        """Return the beads of each sentence, the surest first."""
        asked = json.dumps(list(ids))
        numbers = self.base.execute(
            f"SELECT sentence, bead FROM member WHERE sentence {AMONG}", (asked,)
        ).fetchall()
        stored = self._stored_beads(sorted({bead for _, bead in numbers}))
        found: defaultdict[int, list[StoredBead]] = defaultdict(list)
        for sentence, bead in numbers:
            found[sentence].append(stored[bead])
        return {
            sentence: sorted(beads, key=lambda bead: -bead.confidence)
            for sentence, beads in found.items()
        }

    def _stored_beads(self, beads: Sequence[int]) -> dict[int, StoredBead]:
        asked = json.dumps(beads)
        members: defaultdict[int, list[Found]] = defaultdict(list)
        for bead, *row in self.base.execute(
            "SELECT member.bead, sentence.id, text, lang, name, position FROM member"
            " JOIN sentence ON sentence.id = sentence JOIN document ON document.id = document"
            f" WHERE bead {AMONG} ORDER BY position",
            (asked,),
        ):
            members[bead].append(_found(row))
        rows = self.base.execute(
            f"SELECT id, confidence, links FROM bead WHERE id {AMONG}", (asked,)
        )
        return {
            number: StoredBead(
                tuple(found for found in members[number] if found.lang == "vi"),
                tuple(found for found in members[number] if found.lang == "en"),
                confidence,
                links,
            )
            for number, confidence, links in rows
        }

    def with_words(self, expression: str, limit: int = -1, *, best: bool = False) -> list[int]:
        """Return the ids of the sentences that match an FTS5 expression, in ascending order.

        With `best`, those with the rarest words come first, which makes SQLite weigh all of them. A
        limit of -1 means no limit.
        """
        order = "rank" if best else "rowid"
        rows = self.base.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {order} LIMIT ?",
            (expression, limit),
        )
        return [row[0] for row in rows]

    def frequencies(self, words: Collection[str], lang: Lang) -> dict[str, int]:
        """Return the number of sentences of a language in which each folded word occurs."""
        rows = self.base.execute(
            f"SELECT word, sentences FROM frequency WHERE lang = ? AND word {AMONG}",
            (lang, json.dumps(list(words))),
        )
        return dict.fromkeys(words, 0) | dict(rows.fetchall())


def damaged(folder: Path) -> str:
    """Return the message for an index whose files cannot be what was written."""
    return (
        f"{folder}: the index is damaged; delete this folder, then run `aligner run` and import "
        "translation memories again"
    )


def _found(row: Sequence[object]) -> Found:
    number, text, lang, name, position = row
    return Found(number, text, lang, name, position + 1)  # type: ignore[arg-type, operator]
