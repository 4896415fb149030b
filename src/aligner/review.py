"""What people decide outside of a run: a reviewed workbook and term lists go into the table."""

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

    `rows` counts the edited rows, `changes` what was new in them: a status given to a pair
    ("approved", "rejected", "forbidden", "candidate"), words "corrected", pairs "typed" by hand,
    and "preferred" and "notes". `left` are the titles of columns of a copy that no new workbook
    takes over.
    """

    workbook: Path
    table: Path
    rows: int
    changes: Counter[str]
    is_written: bool
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a term list brought: pairs that are new, that were candidates, that are left alone.

    `rows` counts the edited rows of the workbook, which were read first.
    """

    table: Path
    new: int
    known: int
    left: int
    rows: int
    is_written: bool


def review(workbook: Path, folder: Path | None = None) -> Review:
    """Read the decisions of a workbook, or of that in a folder, into the table of a folder.

    The folder is by default that of the workbook. The workbook stays as it is. Raises GlossaryError
    where there is none, FormatError where a cell cannot be understood, OutputError where the
    table cannot be written; then nothing is.
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
        where = "that folder is none of results" if is_named else "name the folder of the results"
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
    """Count what the edited rows say that the table did not."""
    pairs = {pair.id: pair for pair in kept.table or ()}
    changes: Counter[str] = Counter()
    for decision in in_order(kept.unread):
        identity = decision.target
        before = pairs.get(decision.id), pairs.get(identity)
        decide(pairs, decision)
        if before != (pairs.get(decision.id), pairs[identity]):
            changes.update(_change(decision, before[1], pairs[identity]))
    return changes


def _change(decision: Decision, before: TermPair | None, now: TermPair) -> list[str]:
    """Return in words of `Review` what became of the pair that a decision is about."""
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
    """Bring a term list into the table of a folder as approved pairs, and return what it brought.

    What was decided before stays as it is. Edits in the folder's workbook are read first.

    Raises FormatError where a file cannot be understood, OutputError where the table cannot be
    written; then nothing is.
    """
    decisions = read_term_list(path)
    with locked(folder):
        return _import(decisions, folder)


def _import(decisions: Sequence[Decision], folder: Path) -> Imported:
    kept = read_kept(folder)
    check_writable(folder / READ)
    pairs = {pair.id: pair for pair in kept.glossary}
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
