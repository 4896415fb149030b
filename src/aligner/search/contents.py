"""Adds articles and memories to an index and removes them; its caller has begun a transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from aligner.model import LANGS, Bitext, Document, Lang, content_id
from aligner.search.folding import folded
from aligner.search.nearest import Ids
from aligner.search.records import SourceKind
from aligner.search.store import AMONG, Store
from aligner.search.words import plain_words
from aligner.terms.links.renderings import VERSION, link_words
from aligner.vectors import TokenEmbedder


class _Stored(NamedTuple):
    """The id of a document in the index, and the digest of its text."""

    id: int
    digest: str


class Contents:
    """The part of a store that an update replaces: all articles, or the memory with one name."""

    def __init__(self, store: Store, kind: SourceKind, name: str | None) -> None:
        self._base = store.base
        self._kind = kind
        self._name = name

    def _known(self) -> dict[tuple[str, Lang], _Stored]:
        rows = self._base.execute(
            "SELECT name, lang, id, digest FROM document WHERE kind = ? AND name = ifnull(?, name)",
            (self._kind, self._name),
        )
        return {(name, lang): _Stored(number, digest) for name, lang, number, digest in rows}

    def new(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents that are not in the index, or with another text."""
        known = {place: stored.digest for place, stored in self._known().items()}
        return [d for d in documents if known.get((d.name, d.lang)) != _digest(d)]

    def remove(self, documents: Sequence[Document]) -> dict[Lang, Ids]:
        """Remove everything that is not among the documents; return the removed sentences' ids."""
        wanted = {(d.name, d.lang): _digest(d) for d in documents}
        known = self._known().items()
        stale = [stored.id for place, stored in known if wanted.get(place) != stored.digest]
        listed = json.dumps(stale)
        gone = {lang: self._remove_words(lang, listed) for lang in LANGS}
        self._disconnect(f"vi {AMONG} OR en {AMONG}", listed, listed)
        self._base.execute(f"DELETE FROM sentence WHERE document {AMONG}", (listed,))
        self._base.execute(f"DELETE FROM document WHERE id {AMONG}", (listed,))
        self._base.execute("DELETE FROM frequency WHERE sentences = 0")
        return gone

    def _remove_words(self, lang: Lang, documents: str) -> Ids:
        """Remove the words of documents, a JSON list of ids; return the ids of their sentences."""
        rows = self._base.execute(
            "SELECT sentence.id, text FROM sentence JOIN document ON document.id = document"
            f" WHERE lang = ? AND document {AMONG}",
            (lang, documents),
        ).fetchall()
        plain = [(number, folded(text)) for number, text in rows]
        self._base.executemany(
            f"INSERT INTO words (words, rowid, {lang}) VALUES ('delete', ?, ?)", plain
        )
        self._count(lang, plain, -1)
        return np.array([number for number, _ in rows], dtype=np.int64)

    def _count(self, lang: Lang, plain: Sequence[tuple[int, str]], step: int) -> None:
        """Count each word once for every text it occurs in: add (step 1) or subtract (step -1)."""
        counts: Counter[str] = Counter()
        for _, text in plain:
            counts.update(plain_words(text))
        self._base.executemany(
            "INSERT INTO frequency VALUES (?, ?, ?) ON CONFLICT (word, lang)"
            " DO UPDATE SET sentences = sentences + excluded.sentences",
            ((word, lang, step * count) for word, count in counts.items()),
        )

    def _disconnect(self, condition: str, *values: str) -> None:
        """Remove the bitexts that meet an SQL condition, and their beads."""
        bitexts = f"SELECT id FROM bitext WHERE {condition}"
        beads = f"SELECT id FROM bead WHERE bitext IN ({bitexts})"
        self._base.execute(f"DELETE FROM member WHERE bead IN ({beads})", values)
        self._base.execute(f"DELETE FROM bead WHERE bitext IN ({bitexts})", values)
        self._base.execute(f"DELETE FROM bitext WHERE {condition}", values)

    def add(self, documents: Sequence[Document]) -> dict[Lang, Ids]:
        """Add the documents that are new; return the ids of their sentences."""
        added: dict[Lang, list[int]] = {lang: [] for lang in LANGS}
        for document in self.new(documents):
            added[document.lang] += self._add_document(document)
        return {lang: np.array(ids, dtype=np.int64) for lang, ids in added.items()}

    def _add_document(self, document: Document) -> list[int]:
        """Add a document with its sentences and words; return the ids of the sentences."""
        lang, texts = document.lang, document.texts
        number = self._base.execute(
            "INSERT INTO document (name, lang, kind, digest, size) VALUES (?, ?, ?, ?, ?)",
            (document.name, lang, self._kind, _digest(document), len(texts)),
        ).lastrowid
        self._base.executemany(
            "INSERT INTO sentence (document, position, text) VALUES (?, ?, ?)",
            ((number, position, text) for position, text in enumerate(texts)),
        )
        ids = self._sentence_ids(number)
        plain = [(sentence, folded(text)) for sentence, text in zip(ids, texts, strict=True)]
        self._base.executemany(f"INSERT INTO words (rowid, {lang}) VALUES (?, ?)", plain)
        self._count(lang, plain, 1)
        return ids

    def _bitexts(self) -> dict[tuple[str, str], str]:
        rows = self._base.execute(
            "SELECT ours.name, theirs.name, bitext.digest FROM bitext"
            " JOIN document AS ours ON ours.id = vi JOIN document AS theirs ON theirs.id = en"
            " WHERE ours.kind = ? AND ours.name = ifnull(?, ours.name)",
            (self._kind, self._name),
        )
        return {(vi, en): digest for vi, en, digest in rows}

    def links(self, bitexts: Sequence[Bitext], embedder: TokenEmbedder) -> dict[str, list[bytes]]:
        """Return the word links of the bitexts that are not in the index yet, by digest."""
        known = set(self._bitexts().values())
        return {
            digest: word_links(bitext, embedder)
            for digest, bitext in ((_bitext_digest(bitext), bitext) for bitext in bitexts)
            if digest not in known
        }

    def connect(
        self,
        bitexts: Sequence[Bitext],
        links: Mapping[str, list[bytes]],
        embedder: TokenEmbedder,
    ) -> None:
        """Make the beads of this part exactly those of the bitexts."""
        wanted = {(b.vi.name, b.en.name): (_bitext_digest(b), b) for b in bitexts}
        documents = {place: stored.id for place, stored in self._known().items()}
        known = self._bitexts()
        for (vi, en), digest in known.items():
            if (vi, en) not in wanted or wanted[vi, en][0] != digest:
                places = str(documents[vi, "vi"]), str(documents[en, "en"])
                self._disconnect("vi = ? AND en = ?", *places)
        for (vi, en), (digest, bitext) in wanted.items():
            if known.get((vi, en)) != digest:
                packed = links.get(digest) or word_links(bitext, embedder)
                sides = documents[vi, "vi"], documents[en, "en"]
                self._add_beads(bitext, sides, digest, packed)

    def _add_beads(
        self, bitext: Bitext, sides: tuple[int, int], digest: str, packed: Sequence[bytes]
    ) -> None:
        number = self._base.execute(
            "INSERT INTO bitext (vi, en, digest) VALUES (?, ?, ?)", (*sides, digest)
        ).lastrowid
        vi, en = (self._sentence_ids(document) for document in sides)
        (last,) = self._base.execute("SELECT ifnull(max(id), 0) FROM bead").fetchone()
        numbered = list(zip(range(last + 1, last + 1 + len(packed)), bitext.links, strict=True))
        self._base.executemany(
            "INSERT INTO bead (id, bitext, confidence, links) VALUES (?, ?, ?, ?)",
            (
                (bead, number, link.confidence, words)
                for (bead, link), words in zip(numbered, packed, strict=True)
            ),
        )
        self._base.executemany(
            "INSERT INTO member (sentence, bead) VALUES (?, ?)",
            (
                (ids[position], bead)
                for bead, link in numbered
                for ids, side in ((vi, link.src), (en, link.tgt))
                for position in side
            ),
        )

    def _sentence_ids(self, document: int | None) -> list[int]:
        """Return the ids of a document's sentences, in order."""
        rows = self._base.execute(
            "SELECT id FROM sentence WHERE document = ? ORDER BY position", (document,)
        )
        return [row[0] for row in rows]


def _digest(document: Document) -> str:
    return content_id(document.lang, *document.texts)


def _bitext_digest(bitext: Bitext) -> str:
    beads = (f"{bead.src}{bead.tgt}{bead.confidence:.4f}" for bead in bitext.links)
    return content_id(f"{VERSION}", _digest(bitext.vi), _digest(bitext.en), *beads)


def word_links(bitext: Bitext, embedder: TokenEmbedder) -> list[bytes]:
    """Return the packed word links of each bead that has text on both sides, in order."""
    units = [(unit.vi, unit.en) for unit in bitext.units() if not unit.bead.is_null]
    return list(link_words(units, embedder))
