"""The read-only sheets: conflicts, evidence, sentences in doubt, and how to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aligner.formats.excel.cells import Value, emphasised, sentence_numbers
from aligner.formats.excel.file import Book
from aligner.formats.excel.sheets import Column, add_page, add_table
from aligner.formats.grade import grade
from aligner.formats.workbook.words import (
    CONFLICT_WORDS,
    HOW_TITLE,
    HOW_TO_REVIEW,
    NO_CONFLICT,
    NO_COUNTERPART,
    WEAK_LINK,
)
from aligner.model import LANGUAGES, Bitext, TranslationUnit
from aligner.term_pair import Conflict, TermPair, same_text

_CONFLICT_COLUMNS = (
    Column("Kind", 28),
    Column("Language", 13, "aligner mark"),
    Column("Term", 28, "aligner term"),
    Column("Renderings", 48),
    Column("Proposed", 28, "aligner term"),
    Column("Reason", 64),
)
_EVIDENCE_COLUMNS = (
    Column("Vietnamese", 24, "aligner term"),
    Column("English", 24, "aligner term"),
    Column("Sentence vi", 56),
    Column("Sentence en", 56),
    Column("Article vi", 22, "aligner small"),
    Column("# vi", 8, "aligner number"),
    Column("Article en", 22, "aligner small"),
    Column("# en", 8, "aligner number"),
    Column("Id", 15, "aligner small"),
)
_DOUBT_COLUMNS = (
    Column("What", 24),
    Column("Article vi", 22, "aligner small"),
    Column("# vi", 8, "aligner number"),
    Column("Sentence vi", 56),
    Column("Sentence en", 56),
    Column("# en", 8, "aligner number"),
    Column("Article en", 22, "aligner small"),
    Column("Confidence", 14, "aligner confidence"),
    Column("Id", 15, "aligner small"),
)
_HOW_WIDTH = 78


def add_conflicts(book: Book, conflicts: Iterable[Conflict]) -> None:
    """Add the sheet "Conflicts" with a row for each, or one that says that there are none."""
    rows: list[list[Value]] = [
        [
            CONFLICT_WORDS[conflict.kind],
            LANGUAGES[conflict.lang],
            conflict.term,
            "\n".join(_rendering(pair, conflict) for pair in conflict.pairs),
            conflict.preferred,
            conflict.reason,
        ]
        for conflict in conflicts
    ]
    nothing: list[Value] = [NO_CONFLICT, *[None] * (len(_CONFLICT_COLUMNS) - 1)]
    add_table(book, "Conflicts", _CONFLICT_COLUMNS, rows or [nothing], first_free="D2")


def _rendering(pair: TermPair, conflict: Conflict) -> str:
    term, other = (pair.vi, pair.en) if conflict.lang == "vi" else (pair.en, pair.vi)
    # A conflict may include pairs of another term that means the same.
    words = other if same_text(term) == same_text(conflict.term) else f"{term} = {other}"
    return f"{words} ({pair.status}, {pair.count}×)"


def add_evidence(book: Book, glossary: Iterable[TermPair]) -> None:
    """Add the sheet "Evidence": the sentence pairs of every term pair, with the terms in bold."""
    add_table(book, "Evidence", _EVIDENCE_COLUMNS, _evidence_rows(glossary), first_free="C2")


def _evidence_rows(glossary: Iterable[TermPair]) -> Iterator[list[Value]]:
    for pair in glossary:
        identity = pair.id if pair.evidence else ""
        for seen in pair.evidence:
            yield [
                pair.vi,
                pair.en,
                emphasised(seen.vi, seen.vi_term or pair.vi),
                emphasised(seen.en, seen.en_term or pair.en),
                seen.vi_name,
                seen.vi_at or None,
                seen.en_name,
                seen.en_at or None,
                identity,
            ]


def add_doubts(book: Book, bitexts: Sequence[Bitext]) -> None:
    """Add the sheet "Unaligned or weak": null beads, Vietnamese first, then doubtful links."""
    add_table(book, "Unaligned or weak", _DOUBT_COLUMNS, _doubt_rows(bitexts))


def _doubt_rows(bitexts: Sequence[Bitext]) -> Iterator[list[Value]]:
    units = [(bitext, unit) for bitext in bitexts for unit in bitext.units()]
    nulls = [(bitext, unit) for bitext, unit in units if unit.bead.is_null]
    for bitext, unit in sorted(nulls, key=lambda item: not item[1].bead.src):
        yield _doubt_row(NO_COUNTERPART, bitext, unit)
    for bitext, unit in units:
        if not unit.bead.is_null and grade(unit.confidence) == "low":
            yield _doubt_row(WEAK_LINK, bitext, unit)


def _doubt_row(what: str, bitext: Bitext, unit: TranslationUnit) -> list[Value]:
    return [
        what,
        bitext.vi.name,
        sentence_numbers(unit.bead.src),
        unit.vi,
        unit.en,
        sentence_numbers(unit.bead.tgt),
        bitext.en.name,
        float(unit.confidence),
        unit.id,
    ]


def add_instructions(book: Book) -> None:
    """Add the sheet "How to review", in Vietnamese and in English."""
    columns = [Column(title, _HOW_WIDTH) for title in HOW_TITLE]
    rows = [[emphasised(text, _lead(text)) for text in texts] for texts in HOW_TO_REVIEW]
    add_page(book, "How to review", columns, rows)


def _lead(text: str) -> str:
    """Return the beginning of a paragraph, up to its first dash or colon."""
    return text.replace(":", " –").split(" –")[0]
