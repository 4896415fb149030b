"""Keeps vectors on disk by model and content, so that nothing is embedded twice."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import numpy as np

from aligner.characters import in_utf8
from aligner.embed.recent import RecentTokens
from aligner.errors import CacheError
from aligner.progress import progress
from aligner.vectors import FactRows, Matrix, Model, TokenRows

T = TypeVar("T")
#: Characters of texts between two commits: some two seconds' work, which Ctrl-C can lose.
#: With fewer, one core often waits for the other.
CHUNK = 60_000
LOOKUP = 500  # keys in one SQL query; SQLite allows 999 parameters everywhere
WAIT = 60.0  # seconds to wait for another process that is writing
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class VectorCache:
    """A table of vectors in one SQLite file: key (model and text) -> float32 bytes.

    A damaged file is renamed and replaced by an empty one, since all of it can be computed again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        self._tried(lambda: self._base)

    @property
    def _base(self) -> sqlite3.Connection:
        """The open file, which is created if it does not exist."""
        if self._open is None:
            base = sqlite3.connect(self._path, timeout=WAIT)
            table = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, row BLOB NOT NULL)"
            try:
                for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", table):
                    base.execute(line)
            except sqlite3.Error:
                base.close()  # Windows would not let a damaged file be set aside
                raise
            self._open = base
        return self._open

    def _tried(self, action: Callable[[], T]) -> T:
        """Do something with the file; if it is damaged, replace it by an empty one first."""
        try:
            return action()
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self._set_aside(error)
            return action()

    def _unusable(self, error: Exception) -> CacheError:
        return CacheError(
            f"{self._path}: the cache cannot be used ({error}); wait until another aligner has "
            "finished, make room, or let ALIGNER_CACHE name another folder"
        )

    def _set_aside(self, error: Exception) -> None:
        """Rename a damaged file, and delete what SQLite keeps beside it.

        Raises the error again if it does not mean damage.
        """
        # SQLite's message about a damaged file may not be valid text.
        code = getattr(error, "sqlite_errorcode", 0)
        if not isinstance(error, UnicodeDecodeError) and code & 0xFF not in _DAMAGE:
            raise error
        if self._open is not None:
            self._open.close()
            self._open = None
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._path.replace(self._path.with_suffix(".damaged"))

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the rows with these keys that are in the file."""
        wanted = list(keys)
        return self._tried(lambda: self._get(wanted))

    def put(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Store rows; all of them or none."""
        kept = list(rows)
        self._tried(lambda: self._put(kept))

    def _get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), LOOKUP):
            part = keys[start : start + LOOKUP]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, row FROM vectors WHERE key IN ({marks})"
            found.update(self._base.execute(query, part))
        return found

    def _put(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


class CachedEmbedder:
    """An Embedder that asks the model only for what is not in the cache.

    `load` is called when the first vector is missing, so no model is loaded if all are cached.
    `view` distinguishes the vectors of a model that were computed in different arithmetic.
    """

    def __init__(
        self,
        name: str,
        dim: int | None,
        load: Callable[[], Model],
        cache: VectorCache,
        view: Callable[[], str] = lambda: "",
    ) -> None:
        self.name = name
        self._dim = dim
        self._load = load
        self._cache = cache
        self.view = view
        self._tokens = RecentTokens(lambda texts: self.inner.encode_tokens(texts))

    @cached_property
    def inner(self) -> Model:
        """The model itself, loaded at first use."""
        return self._load()

    @property
    def dim(self) -> int:
        """The number of columns."""
        if self._dim is None:
            self._dim = self.inner.dim
        return self._dim

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim], each row of length 1; texts are converted to NFC."""
        clean = list(map(_clean, texts))
        keys = [self._key(text) for text in clean]
        found = self._cache.get(dict.fromkeys(keys))
        missing = {key: text for key, text in zip(keys, clean, strict=True) if key not in found}
        found.update(self._compute(missing))
        if not keys:
            return np.empty((0, self.dim), dtype=np.float32)
        size = len(found[keys[0]]) // np.dtype(np.float32).itemsize
        rows = np.empty((len(keys), size), dtype=np.float32)
        for i, key in enumerate(keys):
            rows[i] = np.frombuffer(found[key], dtype=np.float32)
        return rows

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text, from the cache or in the fastest way of the model."""
        clean = _clean(text)
        key = self._key(clean)
        row = self._cache.get([key]).get(key)
        return self.inner.encode_query(clean) if row is None else np.frombuffer(row, np.float32)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the token vectors of each text; only those of the latest texts are kept."""
        return self._tokens(texts)

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Read each text for the facts in it; the result is too large to keep."""
        return self.inner.encode_facts(texts)

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return the log odds [len(pairs)] that two texts, read together, share a fact."""
        return self.inner.judge_pairs(pairs)

    def known(self, texts: Sequence[str]) -> dict[str, Matrix]:
        """Return the vectors [dim] of the texts that are in the cache, by text."""
        keys = {self._key(_clean(text)): text for text in texts}
        found = self._cache.get(keys).items()
        return {keys[key]: np.frombuffer(row, np.float32) for key, row in found}

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key for this model, after making it if there is nothing."""
        place = self._key(f"\1{key}")  # no sentence begins like this
        found = self._cache.get([place]).get(place)
        if found is None:
            found = make()
            self._cache.put([(place, found)])
        return found

    @cached_property
    def _kept_as(self) -> str:
        return self.name + self.view()

    def _key(self, text: str) -> bytes:
        return blake2b(f"{self._kept_as}\0{text}".encode(), digest_size=16).digest()

    def _compute(self, missing: dict[bytes, str]) -> dict[bytes, bytes]:
        computed: dict[bytes, bytes] = {}
        # Sentences of similar length share a batch, so that there is less padding.
        keys = sorted(missing, key=lambda key: len(missing[key]))
        for part in progress(_parts(keys, missing), "embedding", unit="part"):
            rows = self.inner.encode([missing[key] for key in part])
            fresh = {key: row.tobytes() for key, row in zip(part, rows, strict=True)}
            self._cache.put(fresh.items())
            computed.update(fresh)
        return computed


def _parts(keys: Sequence[bytes], texts: Mapping[bytes, str]) -> list[list[bytes]]:
    """Cut the keys of texts into parts of up to CHUNK characters, or of one longer text."""
    parts: list[list[bytes]] = []
    size = 0
    for key in keys:
        size += len(texts[key])
        if not parts or size > CHUNK:
            parts.append([])
            size = len(texts[key])
        parts[-1].append(key)
    return parts


def _clean(text: str) -> str:
    """Return a text in NFC (NFD costs five points of P@1) that can be encoded as UTF-8."""
    return in_utf8(unicodedata.normalize("NFC", text))
