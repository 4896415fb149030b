"""Writes bitexts as a workbook to read, sort and filter; nothing is read back from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.formats.excel.cells import Value, sentence_numbers
from aligner.formats.excel.file import saved_workbook
from aligner.formats.excel.sheets import Column, add_table
from aligner.formats.grade import MARKS, grade
from aligner.formats.path import StrPath
from aligner.model import LANGS, LANGUAGES, Bitext, other_language

_BITEXT_COLUMNS = (
    Column("Articles", 32, "aligner small"),
    Column("# vi", 8, "aligner number"),
    Column("Vietnamese", 52),
    Column("English", 52),
    Column("# en", 8, "aligner number"),
    Column("Confidence", 14, "aligner confidence"),
    Column("Level", 9, "aligner mark"),
    Column("Shape", 9, "aligner mark"),
    Column("Relation", 13, "aligner small"),
    Column("Evidence", 26, "aligner small"),
    Column("Id", 14, "aligner small"),
)
_NULL_COLUMNS = (
    Column("Language", 13, "aligner mark"),
    Column("Article", 32, "aligner small"),
    Column("Compared with", 32, "aligner small"),
    Column("#", 6, "aligner number"),
    Column("Sentence", 90),
    Column("Confidence", 14, "aligner percent"),
    Column("Id", 14, "aligner small"),
)


def write_bitext_xlsx(bitexts: Sequence[Bitext], path: StrPath) -> None:
    """Write the sheets "Bitext", with the aligned sentences, and "No counterpart".

    The columns # number the sentences of an article from 1, as everything that people read does.
    """
    with saved_workbook(path) as book:
        add_table(book, "Bitext", _BITEXT_COLUMNS, _bitext_rows(bitexts))
        add_table(book, "No counterpart", _NULL_COLUMNS, _null_rows(bitexts))


def _bitext_rows(bitexts: Sequence[Bitext]) -> Iterator[list[Value]]:
    for bitext in bitexts:
        articles = f"{bitext.vi.name} / {bitext.en.name}"
        for unit in bitext.units():
            if unit.bead.is_null:
                continue
            yield [
                articles,
                sentence_numbers(unit.bead.src),
                unit.vi,
                unit.en,
                sentence_numbers(unit.bead.tgt),
                float(unit.confidence),
                MARKS[grade(unit.confidence)],
                unit.shape,
                bitext.relation,
                "; ".join(unit.evidence),
                unit.id,
            ]


def _null_rows(bitexts: Sequence[Bitext]) -> Iterator[list[Value]]:
    for lang in LANGS:
        for bitext in bitexts:
            own, other = bitext.document(lang).name, bitext.document(other_language(lang)).name
            for unit in bitext.units():
                text, at = (unit.vi, unit.bead.src) if lang == "vi" else (unit.en, unit.bead.tgt)
                if unit.bead.is_null and text:
                    place, sure = sentence_numbers(at), float(unit.confidence)
                    yield [LANGUAGES[lang], own, other, place, text, sure, unit.id]
