"""Brings decisions into the table outside of a run: from a reviewed workbook or a term list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.decide import decide, in_order
from aligner.errors import GlossaryError
from aligner.formats.atomic import check_writable
from aligner.formats.glossary.csv import write_glossary
from aligner.formats.glossary.term_list import read_term_list
from aligner.formats.lock import locked
from aligner.formats.workbook.last_read import FILE as READ
from aligner.formats.workbook.last_read import OWN
from aligner.results_folder import TABLE, WORKBOOK, Kept, book_of, read_kept, remember
from aligner.term_pair import Decision, TermPair


@dataclass(frozen=True, slots=True)
class Review:
    """What reading a workbook changed in the table of a folder.

    `rows` counts the edited rows, and `changes` what was new in them: pairs that were given a
    status ("approved", "rejected", "forbidden", "candidate"), "corrected", "typed" by hand or made
    "preferred", and "notes". `left` are the titles of a copy's own columns, which the next workbook
    will not have.
    """

    workbook: Path
    table: Path
    rows: int
    changes: Counter[str]
    is_written: bool
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a term list changed.

    `new` counts the pairs that were added, `known` the candidates that were decided, and `left` the
    pairs that were left alone because they had been decided before. `rows` counts the edited rows
    of the workbook, which were read first.
    """

    table: Path
    new: int
    known: int
    left: int
    rows: int
    is_written: bool


def review(workbook: Path, folder: Path | None = None) -> Review:
    """Read the decisions of a workbook into the table of a results folder.

    `workbook` may be a folder that holds one, and `folder` is by default where the workbook is. The
    workbook itself is not changed.

    Raises GlossaryError if there is no workbook or no table, FormatError if a cell cannot be
    understood, OutputError if the table cannot be written; nothing is changed then.
    """
    if workbook.is_dir():
        workbook = workbook / WORKBOOK
    if not workbook.exists():
        raise GlossaryError(
            f"{workbook}: there is no such workbook; `aligner run TEXTS` writes one"
        )
    is_named, folder = folder is not None, folder or workbook.parent
    table = folder / TABLE
    if not table.exists() and (folder / WORKBOOK).absolute() != workbook.absolute():
        where = "that folder holds no results" if is_named else "name the folder of the results"
        raise GlossaryError(
            f"{folder}: there is no {TABLE} that the decisions could go into; {where}: "
            f'aligner review "{workbook}" --glossary DIR'
        )
    with locked(folder):
        kept = read_kept(folder, workbook)
        if kept.unread:
            check_writable(folder / READ)
        is_new = kept.glossary != kept.table
        if is_new:
            write_glossary(kept.glossary, table)
        remember(kept, folder, workbook)
    left = () if book_of(workbook, folder) == OWN else kept.own.titles
    return Review(workbook, table, len(kept.edited), _changes(kept), is_new, left)


def _changes(kept: Kept) -> Counter[str]:
    """Count what the edited rows say that the table did not say."""
    pairs = kept.table.by_id() if kept.table else {}
    changes: Counter[str] = Counter()
    for decision in in_order(kept.unread):
        identity = decision.target
        before = pairs.get(decision.id), pairs.get(identity)
        decide(pairs, decision)
        if before != (pairs.get(decision.id), pairs[identity]):
            changes.update(_change(decision, before[1], pairs[identity]))
    return changes


def _change(decision: Decision, before: TermPair | None, now: TermPair) -> list[str]:
    """Return what a decision did to its pair, in the words of `Review.changes`."""
    found = []
    if decision.id != now.id or (before and (before.vi, before.en) != (now.vi, now.en)):
        found.append("corrected")
    elif before is None:
        found.append("typed")
    elif before.status != now.status:
        found.append(now.status)
    if now.preferred and not (before and before.preferred):
        found.append("preferred")
    if now.note and now.note != (before.note if before else ""):
        found.append("notes")
    return found


def import_terms(path: Path, folder: Path) -> Imported:
    """Import a term list into the table of a results folder, and return what that changed.

    Earlier decisions, including those in the folder's workbook, stay as they are.

    Raises FormatError if a file cannot be understood, OutputError if the table cannot be written;
    nothing is changed then.
    """
    decisions = read_term_list(path)
    with locked(folder):
        return _import(decisions, folder)


def _import(decisions: Sequence[Decision], folder: Path) -> Imported:
    kept = read_kept(folder)
    check_writable(folder / READ)
    pairs = kept.glossary.by_id()
    new = [decision for decision in decisions if decision.id not in pairs]
    known = [decision for decision in decisions if decision.id in pairs]
    undecided = [decision for decision in known if not pairs[decision.id].is_decided]
    open_ = [d for d in undecided if d.status != "candidate" or d.note or d.preferred]
    glossary = kept.glossary.apply([*new, *open_])
    is_new = glossary != kept.table
    if is_new:
        write_glossary(glossary, folder / TABLE)
    remember(kept, folder)
    left = len(known) - len(undecided)
    return Imported(folder / TABLE, len(new), len(open_), left, len(kept.edited), is_new)
