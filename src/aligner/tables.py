"""What the terminal shows: tables for people, one JSON object a line for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aligner.model import Bitext, Document

if TYPE_CHECKING:
    from aligner.job import FolderPairs, JobReport

NARROWEST = 100  # columns, where the output is no terminal and no width is known


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal and console.width < NARROWEST:
        return Console(highlight=False, markup=False, width=NARROWEST)
    return console


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        is_number = column.startswith("#") or column == "sure"
        table.add_column(column, justify="right" if is_number else "left", no_wrap=is_number)
    return table


def print_bitext(bitext: Bitext) -> None:
    """Print the beads in the order of the Vietnamese text, with what has no counterpart."""
    table = _table("sure", "shape", "Vietnamese", "English")
    for unit in bitext.units():
        style = "dim" if unit.bead.is_null else ""
        cells = (f"{unit.confidence:.0%}", unit.shape, unit.vi or "—", unit.en or "—")
        table.add_row(*(Text(cell) for cell in cells), style=style, end_section=False)
    console = _console()
    console.print(table)
    nulls = len(bitext.beads) - len(bitext.links)
    console.print(
        f"{len(bitext.links)} beads, {nulls} sentences without counterpart "
        f"({bitext.relation}; {bitext.reason})"
    )


def print_pairs(folder: FolderPairs) -> None:
    """Print the pairs, the weak ones, and the articles that stand alone."""
    table = _table("sure", "Vietnamese", "English", "why")
    for pair in folder.pairs:
        table.add_row(f"{pair.score:.0%}", Text(pair.vi.name), Text(pair.en.name), pair.reason)
    for pair in folder.weak:
        names = Text(pair.vi.name), Text(pair.en.name)
        table.add_row(f"{pair.score:.0%}", *names, "weak, not aligned", style="dim")
    console = _console()
    console.print(table)
    for document in folder.alone:
        console.print(Text(f"no counterpart: {document.name} ({document.lang})"))
    _print_problems(folder)


def print_pairs_jsonl(folder: FolderPairs) -> None:
    """Print one object a pair: vi, en, score, status ("pair" or "weak"), reason."""
    for status, pairs in (("pair", folder.pairs), ("weak", folder.weak)):
        for pair in pairs:
            record = {
                "vi": pair.vi.name,
                "en": pair.en.name,
                "score": round(pair.score, 4),
                "status": status,
                "reason": pair.reason,
            }
            print(json.dumps(record, ensure_ascii=False))
    _print_problems(folder)


def print_document(document: Document) -> None:
    """Print the sentences with their offsets, and the lines left out with the reason."""
    console = _console()
    language = {"vi": "Vietnamese", "en": "English"}[document.lang]
    console.print(Text(f"{document.name}: {language}, {len(document.sentences)} sentences"))
    table = _table("#", "# offset", "sentence")
    for number, sentence in enumerate(document.sentences):
        table.add_row(str(number), str(sentence.start), Text(sentence.text))
    console.print(table)
    if document.dropped:
        console.print(Text(f"\n{len(document.dropped)} lines left out"))
        dropped = _table("reason", "line")
        for line in document.dropped:
            dropped.add_row(line.reason, Text(line.text))
        console.print(dropped)


def print_report(report: JobReport) -> None:
    """Print what a run read, found and wrote."""
    folder = report.folder
    print_pairs(folder)
    sentences = sum(len(document.sentences) for document in folder.documents)
    beads = sum(len(bitext.links) for bitext in report.bitexts)
    nulls = sum(len(bitext.beads) for bitext in report.bitexts) - beads
    table = _table("", "#")
    for name, value in (
        ("articles read", len(folder.documents)),
        ("pairs found", len(folder.pairs)),
        ("sentences", sentences),
        ("beads", beads),
        ("without counterpart", nulls),
        ("term pairs", len(report.glossary)),
        ("seconds", f"{report.seconds:.1f}"),
    ):
        table.add_row(name, str(value))
    console = _console()
    console.print()
    console.print(table)
    console.print()
    for path in report.files:
        console.print(Text(f"wrote {path}"), soft_wrap=True)


def _print_problems(folder: FolderPairs) -> None:
    error = Console(stderr=True, highlight=False, markup=False)
    for problem in folder.problems:
        error.print(Text(f"aligner: left out {problem}"), soft_wrap=True)
