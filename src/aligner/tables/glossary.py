"""Prints term pairs, conflicts, findings, and what a review or an import changed."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from aligner.formats.jsonl import write_records
from aligner.glossary import Glossary
from aligner.model import LANGUAGES, Bitext
from aligner.prose import counted
from aligner.tables.console import make_console, make_counts, make_table
from aligner.term_pair import Conflict, Finding, TermPair

if TYPE_CHECKING:
    from aligner.review import Imported, Review

#: The keys of `Review.changes`, in the order in which they are shown, and how they are called.
_CHANGES = {
    "approved": "approved",
    "rejected": "rejected",
    "forbidden": "forbidden",
    "candidate": "set back to candidate",
    "corrected": "corrected",
    "typed": "typed by hand",
    "preferred": "preferred",
    "notes": "notes",
}


def print_terms(glossary: Glossary, conflicts: Sequence[Conflict]) -> None:
    """Print a row for each term pair, and below the table a paragraph for each conflict."""
    flags: defaultdict[str, list[str]] = defaultdict(list)
    for conflict in conflicts:
        for pair in conflict.pairs:
            if conflict.kind not in flags[pair.id]:
                flags[pair.id].append(conflict.kind)
    table = make_table(
        "sure", "Vietnamese", "English", "kind", "seen", "share", "status", "conflict"
    )
    for pair in glossary:
        status = f"{pair.status}, preferred" if pair.preferred else pair.status
        cells = (
            f"{pair.confidence:.0%}",
            pair.vi,
            pair.en,
            pair.kind,
            str(pair.count),
            f"{pair.consistency:.0%}",
            status,
            ", ".join(flags[pair.id]),
        )
        style = "dim" if pair.status == "rejected" else ""
        table.add_row(*map(Text, cells), style=style)
    console = make_console()
    console.print(table)
    for conflict in conflicts:
        console.print()
        console.print(Text(_paragraph(conflict)))
    console.print()
    console.print(f"{counted(len(glossary), 'term pair')}, {counted(len(conflicts), 'conflict')}")


def _paragraph(conflict: Conflict) -> str:
    renderings = "; ".join(map(_rendering, conflict.pairs))
    return (
        f"{conflict.kind}: {conflict.term} ({LANGUAGES[conflict.lang]}): {renderings}. "
        f"{conflict.reason} Proposed: {conflict.preferred}."
    )


def _rendering(pair: TermPair) -> str:
    return f"{pair.vi} = {pair.en} ({pair.status}, {pair.count}×)"


def print_findings(findings: Sequence[Finding], bitext: Bitext) -> None:
    """Print for each finding its place (sentence:character), what is wrong, and the sentence."""
    console = make_console()
    for found in findings:
        place = f"{LANGUAGES[found.lang]} {found.at}:{found.start + 1}"
        sentence = Text(found.sentence, "dim")
        sentence.stylize("not dim bold yellow", found.start, found.end)
        console.print(Text(f"{place}  {found.kind}", "bold"))
        for text in (Text(found.message), sentence):
            console.print(Padding(text, (0, 0, 0, 2), expand=False))
        console.print()
    count = counted(len(findings), "finding")
    console.print(Text(f"{count} in {bitext.vi.name} and {bitext.en.name}"), soft_wrap=True)


def print_findings_jsonl(findings: Sequence[Finding]) -> None:
    """Print a JSON object for each finding; its keys are the fields of `Finding`.

    `at` counts sentences from 1; `start` and `end` count the characters of the sentence from 0.
    """
    write_records(map(asdict, findings), sys.stdout)


def print_review(review: Review) -> None:
    """Print what reading a workbook changed, and the file that was written."""
    console = make_console()
    if not review.rows:
        console.print(Text(f"nothing was edited in {review.workbook}"), soft_wrap=True)
    elif not review.changes:
        is_one = review.rows == 1
        known = "is edited; it was read" if is_one else "are edited; all of them were read"
        edited = f"{counted(review.rows, 'row')} of {review.workbook} {known} before"
        console.print(Text(edited), soft_wrap=True)
    else:
        changes = ((shown, review.changes[name]) for name, shown in _CHANGES.items())
        console.print(make_counts(("edited rows read", review.rows), *changes))
        console.print()
    if review.left:
        titles = ", ".join(review.left)
        console.print(
            Text(f"only that copy has these columns of its own: {titles}"), soft_wrap=True
        )
    if review.is_written:
        console.print(Text(f"wrote {review.table}"), soft_wrap=True)


def print_import(imported: Imported) -> None:
    """Print what importing a term list changed, and how to see it in the workbook."""
    console = make_console()
    console.print(
        make_counts(
            ("new pairs", imported.new),
            ("candidates decided", imported.known),
            ("decided before, left as they are", imported.left),
            ("edited rows of the workbook read", imported.rows),
        )
    )
    console.print()
    if imported.is_written:
        console.print(Text(f"wrote {imported.table}"), soft_wrap=True)
        console.print("run `aligner run` to see them in the workbook")
