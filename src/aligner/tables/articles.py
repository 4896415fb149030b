"""Prints sentences, beads, article pairs and the report of a run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.text import Text

from aligner.formats.jsonl import rounded, write_records
from aligner.model import LANGUAGES, Bitext, Document
from aligner.prose import counted
from aligner.tables.console import make_console, make_counts, make_table

if TYPE_CHECKING:
    from aligner.article_folder import FolderPairs
    from aligner.job import JobReport


def print_bitext(bitext: Bitext) -> None:
    """Print the beads of a bitext, null beads included, and count them."""
    table = make_table("sure", "shape", "Vietnamese", "English")
    for unit in bitext.units():
        style = "dim" if unit.bead.is_null else ""
        cells = (f"{unit.confidence:.0%}", unit.shape, unit.vi or "—", unit.en or "—")
        table.add_row(*(Text(cell) for cell in cells), style=style, end_section=False)
    console = make_console()
    console.print(table)
    nulls = len(bitext.beads) - len(bitext.links)
    console.print(
        f"{counted(len(bitext.links), 'link')}, {counted(nulls, 'sentence')} without counterpart "
        f"({bitext.relation}; {bitext.reason})"
    )


def print_pairs(folder: FolderPairs) -> None:
    """Print the pairs, the weak pairs, and the articles that are in no pair."""
    table = make_table("sure", "Vietnamese", "English", "why")
    for pair in folder.pairs:
        table.add_row(f"{pair.score:.0%}", Text(pair.vi.name), Text(pair.en.name), pair.reason)
    for pair in folder.weak:
        names = Text(pair.vi.name), Text(pair.en.name)
        table.add_row(f"{pair.score:.0%}", *names, "weak, not aligned", style="dim")
    console = make_console()
    console.print(table)
    for document in folder.alone:
        console.print(Text(f"no counterpart: {document.name} ({document.lang})"))
    print_problems(folder)


def print_pairs_jsonl(folder: FolderPairs) -> None:
    """Print a JSON object for each pair: vi, en, score, status ("pair" or "weak"), reason."""
    records = (
        {
            "vi": pair.vi.name,
            "en": pair.en.name,
            "score": rounded(pair.score),
            "status": status,
            "reason": pair.reason,
        }
        for status, pairs in (("pair", folder.pairs), ("weak", folder.weak))
        for pair in pairs
    )
    write_records(records, sys.stdout)
    print_problems(folder)


def print_document(document: Document) -> None:
    """Print the sentences with their offsets, and the lines left out with their reasons."""
    console = make_console()
    language = LANGUAGES[document.lang]
    console.print(
        Text(f"{document.name}: {language}, {counted(len(document.sentences), 'sentence')}")
    )
    table = make_table("#", "character", "sentence")
    for number, sentence in enumerate(document.sentences, 1):
        table.add_row(str(number), str(sentence.start), Text(sentence.text))
    console.print(table)
    if document.dropped:
        console.print(Text(f"\n{counted(len(document.dropped), 'line')} left out"))
        dropped = make_table("reason", "line")
        for line in document.dropped:
            dropped.add_row(line.reason, Text(line.text))
        console.print(dropped)


def print_report(report: JobReport) -> None:
    """Print what a run read, found and wrote."""
    folder = report.folder
    print_pairs(folder)
    sentences = sum(len(document.sentences) for document in folder.documents)
    links = sum(len(bitext.links) for bitext in report.bitexts)
    nulls = sum(len(bitext.beads) for bitext in report.bitexts) - links
    table = make_counts(
        ("articles read", len(folder.documents)),
        ("pairs found", len(folder.pairs)),
        ("sentences", sentences),
        ("links", links),
        ("without counterpart", nulls),
        ("term pairs", len(report.glossary)),
        ("edited rows read", report.decisions),
        ("sentences to search", report.sentences),
        ("seconds", f"{report.seconds:.1f}"),
    )
    console = make_console()
    console.print()
    console.print(table)
    console.print()
    for path in report.files:
        console.print(Text(f"wrote {path}"), soft_wrap=True)
    for copy in report.previous:
        kind = "workbook" if copy.suffix == ".xlsx" else "file"
        console.print(Text(f"kept the {kind} in which you worked as {copy}"), soft_wrap=True)


def print_problems(folder: FolderPairs) -> None:
    """Print the files that were left out, with the reasons, to standard error."""
    error = make_console(stderr=True)
    for problem in folder.problems:
        error.print(Text(f"aligner: left out {problem}"), soft_wrap=True)
