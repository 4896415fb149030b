"""Writes hits and concordances as JSON lines or a workbook, to a file or a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from aligner.formats.atomic import opened_output
from aligner.formats.excel.cells import Marked, Value
from aligner.formats.excel.file import Book, saved_workbook
from aligner.formats.excel.sheets import Column, add_table
from aligner.formats.jsonl import rounded, write_records
from aligner.model import LANGUAGES
from aligner.search.records import Counterpart, Hit, Line
from aligner.search.rendering_counts import NOT_RENDERED, count_renderings

_PLACE = (
    Column("Language", 13, "aligner mark"),
    Column("Article", 30, "aligner small"),
    Column("#", 6, "aligner number"),
)
_COUNTERPART = (
    Column("Counterpart", 60),
    *_PLACE,
    Column("Article of the counterpart", 30, "aligner small"),
    Column("Sure of it", 12, "aligner confidence"),
)
_HIT_COLUMNS = (
    Column("Confidence", 14, "aligner confidence"),
    Column("Sentence", 60),
    *_COUNTERPART,
)
_LINE_COLUMNS = (
    Column("Words found", 24),
    Column("Rendering", 24),
    Column("Sentence", 60),
    *_COUNTERPART,
)
_COUNT_COLUMNS = (
    Column("Language found in", 13, "aligner mark"),
    Column("Rendering", 50),
    Column("Times", 9, "aligner number"),
)


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a hit as a dictionary: confidence, text, lang, source, position, spans, counterpart.

    Spans are offsets of characters; the position counts the sentences of the source from 1.
    """
    return {
        "confidence": rounded(hit.confidence),
        "text": hit.sentence.text,
        "lang": hit.sentence.lang,
        "source": hit.sentence.source,
        "position": hit.sentence.position,
        "spans": hit.spans,
        "counterpart": _counterpart_record(hit.counterpart),
    }


def line_record(line: Line) -> dict[str, Any]:
    """Return a line of a concordance as a dictionary.

    Its keys are left, match, right, lang, source, position, rendering and counterpart.
    """
    return {
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "lang": line.sentence.lang,
        "source": line.sentence.source,
        "position": line.sentence.position,
        "rendering": line.rendering,
        "counterpart": _counterpart_record(line.counterpart),
    }


def _counterpart_record(counterpart: Counterpart | None) -> dict[str, Any] | None:
    if counterpart is None:
        return None
    return {**asdict(counterpart), "confidence": rounded(counterpart.confidence)}


def write_hits(hits: Sequence[Hit], form: str, output: Path | None, stream: TextIO) -> None:
    """Write hits as "jsonl" or "xlsx" to `output`, or to `stream` if there is none."""

    def sheets(book: Book) -> None:
        add_table(book, "Search", _HIT_COLUMNS, map(_hit_row, hits))

    _write(map(hit_record, hits), sheets, form, output, stream)


def write_lines(lines: Sequence[Line], form: str, output: Path | None, stream: TextIO) -> None:
    """Write a concordance as "jsonl" or "xlsx", which also counts the renderings."""

    def sheets(book: Book) -> None:
        add_table(book, "Concordance", _LINE_COLUMNS, map(_line_row, lines))
        add_table(book, "Renderings", _COUNT_COLUMNS, _count_rows(lines))

    _write(map(line_record, lines), sheets, form, output, stream)


def _write(
    records: Iterator[dict[str, Any]],
    sheets: Callable[[Book], None],
    form: str,
    output: Path | None,
    stream: TextIO,
) -> None:
    if form == "xlsx":
        assert output is not None  # `format_of` has made sure of it
        with saved_workbook(output) as book:
            sheets(book)
    else:
        with opened_output(output, stream) as file:
            write_records(records, file)


def _hit_row(hit: Hit) -> list[Value]:
    return [hit.confidence, Marked(hit.sentence.text, hit.spans), *_places(hit)]


def _line_row(line: Line) -> list[Value]:
    text = Marked(line.sentence.text, [(line.start, line.end)])
    return [line.match, line.rendering, text, *_places(line)]


def _places(found: Hit | Line) -> list[Value]:
    sentence, other = found.sentence, found.counterpart
    place: list[Value] = [LANGUAGES[sentence.lang], sentence.source, sentence.position]
    if other is None:
        return [None, *place, None, None]
    return [Marked(other.text, other.spans), *place, other.source, other.confidence]


def _count_rows(lines: Sequence[Line]) -> Iterator[list[Value]]:
    for lang, counts in count_renderings(lines).items():
        for text, count in counts:
            yield [LANGUAGES[lang], text or NOT_RENDERED, count]
