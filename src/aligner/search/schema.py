"""The SQL tables of an index: documents with their sentences, bitexts with their beads, words.

A row of `member` says that a sentence belongs to a bead; a row of `frequency` counts the sentences
in which a word occurs.
"""

from __future__ import annotations

VERSION = "2"  # increase it whenever the tables change

TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE document (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
    " lang TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,"
    " UNIQUE (kind, name, lang))",
    "CREATE TABLE sentence (id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL,"
    " position INTEGER NOT NULL, text TEXT NOT NULL)",
    "CREATE UNIQUE INDEX sentence_place ON sentence (document, position)",
    "CREATE TABLE bitext (id INTEGER PRIMARY KEY, vi INTEGER NOT NULL, en INTEGER NOT NULL,"
    " digest TEXT NOT NULL)",
    "CREATE TABLE bead (id INTEGER PRIMARY KEY, bitext INTEGER NOT NULL, confidence REAL NOT NULL,"
    " links BLOB NOT NULL)",
    "CREATE INDEX bead_bitext ON bead (bitext)",
    "CREATE TABLE member (sentence INTEGER NOT NULL, bead INTEGER NOT NULL,"
    " PRIMARY KEY (sentence, bead)) WITHOUT ROWID",
    "CREATE INDEX member_bead ON member (bead)",
    # An index of the folded words by language, which does not store the sentences again.
    "CREATE VIRTUAL TABLE words USING fts5 (vi, en, content='',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TABLE frequency (word TEXT, lang TEXT, sentences INTEGER NOT NULL,"
    " PRIMARY KEY (word, lang)) WITHOUT ROWID",
)
