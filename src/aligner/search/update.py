"""Brings an index up to date, embedding and writing only what is new or has changed.

Vector files are written under new names. The transaction that changes the sentences also records
which files belong to them, so a process that is killed on the way leaves the old state behind, and
some files that the next update deletes.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aligner.embed.space import Space, load_space
from aligner.errors import SearchError
from aligner.formats.atomic import check_writable
from aligner.model import LANGS, Article, Bead, Bitext, Document, Lang, Sentence
from aligner.search.contents import Contents
from aligner.search.nearest import (
    Ids,
    changed,
    is_whole,
    make_nearest,
    read_nearest,
    write_nearest,
)
from aligner.search.records import SourceKind
from aligner.search.store import FILE, Store, damaged
from aligner.vectors import Embedder, Matrix, TokenEmbedder


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did: how many sentences it added and removed, and how many there are now."""

    added: int
    removed: int
    sentences: int


def index_articles(
    folder: Path, documents: Sequence[Document], bitexts: Sequence[Bitext], embedder: TokenEmbedder
) -> Changes:
    """Make the articles of an index exactly these documents; memories stay.

    If another model made the index, everything in it is embedded again. Raises SearchError if the
    index cannot be used, ModelError if the model is missing.
    """
    return _update(folder, ("article", None), documents, bitexts, embedder)


def index_memory(
    folder: Path, name: str, units: Sequence[tuple[str, str]], embedder: TokenEmbedder
) -> Changes:
    """Add a translation memory to an index, replacing the one with its name if there is one.

    `units` are pairs (Vietnamese, English); if there are none, the memory is removed. Raises
    SearchError if the index cannot be used, was made by another model, or does not hold the memory
    that is to be removed.
    """
    if not units:
        with closing(Store(folder / FILE)) as store, store.translating_errors():
            if (name, "memory") not in {(known.name, known.kind) for known in store.sources()}:
                raise SearchError(f"{folder}: there is no translation memory {name} in the index")
        return _update(folder, ("memory", name), [], [], embedder)
    vi, en = (
        _document(name, lang, texts)
        for lang, texts in zip(LANGS, zip(*units, strict=True), strict=True)
    )
    beads = tuple(Bead((number,), (number,), 1.0) for number in range(len(units)))
    bitext = Bitext(vi, en, beads, "parallel", "translation memory")
    return _update(folder, ("memory", name), [vi, en], [bitext], embedder)


def _document(name: str, lang: Lang, texts: Sequence[str]) -> Document:
    return Document(Article(name, lang, ""), tuple(Sentence(text, 0, 0) for text in texts))


def check_index(folder: Path) -> None:
    """Raise now, without writing anything, the error that an update would raise in the end."""
    check_writable(folder / FILE)
    if (folder / FILE).is_file() and (folder / FILE).stat().st_size:
        Store(folder / FILE).close()


def _update(
    folder: Path,
    scope: tuple[SourceKind, str | None],
    documents: Sequence[Document],
    bitexts: Sequence[Bitext],
    embedder: TokenEmbedder,
) -> Changes:
    """Make the sources in scope (of a kind, or of a kind and name) exactly these documents."""
    names = Counter((document.name, document.lang) for document in documents)
    if twice := [name for (name, _), count in names.items() if count > 1]:
        raise SearchError(f"two articles are named {twice[0]}; give one of them another name")
    with closing(Store(folder / FILE, make=True)) as store, store.translating_errors():
        space = load_space(embedder)
        contents = Contents(store, *scope)
        if scope[0] == "memory" and store.meta("space") not in (None, space.name):
            raise store.other_model(embedder.name)
        # The slow part is done, and cached, before the lock is taken: others wait only seconds.
        for document in contents.new(documents):
            embedder.encode(document.texts)
        links = contents.links(bitexts, embedder)
        with store.change():
            before = dict(json.loads(store.meta("vectors") or "{}"))
            _remove(path for path in folder.glob("*.faiss") if path.name not in before.values())
            vectors = _Vectors(store, space, embedder, before, scope[0] == "article")
            gone = contents.remove(documents)
            added = contents.add(documents)
            contents.connect(bitexts, links, embedder)
            after = vectors.update(gone, added)
            store.set_meta("vectors", json.dumps(after))
            store.set_meta("space", space.name)
            store.set_meta("model", embedder.name)
        _remove(folder / name for name in before.values() if name not in after.values())
        come, left = (sum(map(len, part.values())) for part in (added, gone))
        return Changes(come, left, store.count())


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):  # Windows does not delete a file that another process has mapped
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The vector files of an index: `files` are their names before the update, by language.

    If `mends`, a missing file is rebuilt by embedding all of its sentences, which takes long for a
    large memory; otherwise it is an error.
    """

    store: Store
    space: Space
    embedder: Embedder
    files: Mapping[Lang, str]
    mends: bool

    def update(self, gone: Mapping[Lang, Ids], added: Mapping[Lang, Ids]) -> dict[Lang, str]:
        """Write new files for the languages that have changed; return all names by language.

        `gone` and `added` are the ids of the sentences that were removed and added.
        """
        other = self.store.meta("space") != self.space.name
        fresh: dict[Lang, str] = {}
        for lang in LANGS:
            path = self.store.folder / self.files.get(lang, "")
            there = not other and is_whole(path)
            if there and not len(gone[lang]) and not len(added[lang]):
                fresh[lang] = self.files[lang]
                continue
            if not there:
                if lang in self.files and not other and not self.mends:
                    raise SearchError(damaged(self.store.folder))
                index = make_nearest(*self._rows(lang))
            else:
                old = read_nearest(path, changing=True)
                fresh_rows = self._rows(lang, added[lang])
                live = self.store.count(lang)
                index = changed(old, gone[lang], *fresh_rows, live)
            fresh[lang] = f"{lang}-{secrets.token_hex(6)}.faiss"
            write_nearest(index, self.store.folder / fresh[lang])
        return fresh

    def _rows(self, lang: Lang, ids: Ids | None = None) -> tuple[Ids, Matrix]:
        """Return the ids [n] and vectors [n, dim] of some sentences, or all, of a language."""
        texts = self.store.texts(lang, None if ids is None else ids.tolist())
        rows = self.space.rows(self.embedder.encode(list(texts.values())), lang)
        return np.array(list(texts), dtype=np.int64), rows
