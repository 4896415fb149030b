"""The glossary kept in a results folder: its table, and what a reviewer did in the workbook.

`glossary.csv` is the truth. The workbook beside it is where people write: what they edited there
counts on top of the table, once (`workbook/last_read.py`).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.decide import decide, in_order
from aligner.errors import FormatError, GlossaryError
from aligner.formats.atomic import atomic_path, stamp
from aligner.formats.glossary.csv import read_glossary, write_glossary
from aligner.formats.glossary.term_list import read_term_list
from aligner.formats.lock import locked
from aligner.formats.workbook.columns import OwnColumns
from aligner.formats.workbook.last_read import OWN, LastRead
from aligner.formats.workbook.own import has_own_parts
from aligner.formats.workbook.read import read_review, read_workbook
from aligner.glossary import Glossary
from aligner.model import LANGS, LANGUAGES
from aligner.term_pair import Decision, Part, TermPair, same_text

WORKBOOK = "glossary.xlsx"
TABLE = "glossary.csv"
PREVIOUS = "glossary.previous.xlsx"
FolderState = tuple[tuple[int, int] | None, ...]
MOVED = 4  # different terms in each other's rows; two or three a person may have exchanged


@dataclass(frozen=True, slots=True)
class Kept:
    """The glossary of a folder with all decisions; `table` is what glossary.csv says without.

    `table` is None where there is no such file, `rows` are those of the workbook, `unread` what the
    table did not know of them, `own` the columns that the reviewer added. `state` is that of the
    folder before it was read.
    """

    glossary: Glossary
    table: Glossary | None
    rows: list[Decision]
    unread: list[Decision]
    own: OwnColumns
    state: FolderState

    @property
    def edited(self) -> list[Decision]:
        """The rows that differ from what was written."""
        return [row for row in self.rows if row.edited]


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


def read_kept(folder: Path, workbook: Path | None = None) -> Kept:
    """Return the glossary kept in a folder, an empty one where there is none.

    The edited rows of the workbook (by default the folder's own) are applied to the table. Where
    there is a workbook but no table, all of its rows count: they are all there is.

    Raises FormatError where either file cannot be understood.
    """
    workbook, before = workbook or folder / WORKBOOK, state(folder)
    table = read_glossary(folder / TABLE) if (folder / TABLE).exists() else None
    rows, own = read_review(workbook) if workbook.exists() else ([], OwnColumns())
    edited = [row for row in rows if row.edited]
    if table is None:
        return Kept(Glossary(()).apply(map(_as_said, rows)), None, rows, edited, own, before)
    pairs = {pair.id: pair for pair in table}
    last = LastRead.load(folder)
    unread = [
        _with_known_id(news, pairs.keys())
        for row in edited
        if (news := last.news(_book(workbook, folder), row, pairs)) is not None
    ]
    if not unread:
        return Kept(table, table, rows, unread, own, before)
    _check_not_sorted(workbook, unread, table)
    # A review has come back: its reader has seen what that workbook showed as new, and no more.
    seen = {row.id for row in rows}
    return Kept(table.apply(unread).reviewed(seen), table, rows, unread, own, before)


def _book(workbook: Path, folder: Path) -> str:
    """Return by what a workbook is known: the folder's own, or the place of another."""
    is_own = workbook.resolve() == (folder / WORKBOOK).resolve()
    return OWN if is_own else str(workbook.resolve())


def remember(kept: Kept, folder: Path, workbook: Path | None = None) -> None:
    """Note that the rows of a workbook have gone into the table of a folder."""
    last = LastRead.load(folder)
    if last.remember(_book(workbook or folder / WORKBOOK, folder), kept.rows):
        last.save(folder)


def _check_not_sorted(workbook: Path, edited: Sequence[Decision], table: Glossary) -> None:
    """Raise FormatError where many terms only changed places: one column was sorted alone."""
    known = {pair.id: pair for pair in table}
    for lang in LANGS:
        both = [
            (same_text(known[d.id].term(lang)), same_text(d.vi if lang == "vi" else d.en))
            for d in edited
            if d.id in known
        ]
        changed = [(old, new) for old, new in both if old != new]
        there = Counter(old for old, _ in changed) & Counter(new for _, new in changed)
        moved = there.total()
        if len(there) >= MOVED and 2 * moved > len(changed):
            raise FormatError(
                f"{workbook}: {moved} terms of the column {LANGUAGES[lang]} stand in each other's "
                "rows, as if it was sorted without the others; undo that, or fetch an older copy"
            )


def state(folder: Path) -> FolderState:
    """Return what changes whenever somebody saves the table or the workbook of a folder."""
    return stamp(folder / TABLE), stamp(folder / WORKBOOK)


def _with_known_id(row: Decision, known: Set[str]) -> Decision:
    """Return a row with the Id of its words where no pair has its own, which is then a slip."""
    if row.id in known or row.target not in known:
        return row
    untouched: frozenset[Part] = frozenset(["status"] if row.status == "candidate" else [])
    return replace(row, id=row.target, untouched=row.untouched | untouched)


def _as_said(row: Decision) -> Decision:
    """Return a row as a decision; one that nobody edited corrects nothing, whatever its Id."""
    if row.edited:
        return row
    return replace(row, edited=True, id=row.target)


def find_glossary(place: Path) -> Glossary:
    """Return the glossary of a results folder, or of one file: its table or its workbook.

    Raises GlossaryError where there is none, FormatError where it cannot be understood.
    """
    if place.is_dir():
        if not any((place / name).exists() for name in (TABLE, WORKBOOK)):
            raise GlossaryError(_no_glossary(place))
        return read_kept(place).glossary
    if not place.exists():
        raise GlossaryError(_no_glossary(place))
    match place.suffix.lower():
        case ".csv":
            return read_glossary(place)
        case ".xlsx":
            return Glossary(()).apply(map(_as_said, read_workbook(place)))
    raise GlossaryError(
        f"{place}: a glossary is a folder, a .csv or an .xlsx file; "
        "bring other lists in with `aligner import FILE`"
    )


def _no_glossary(place: Path) -> str:
    return (
        f"{place}: there is no glossary; make one with `aligner run TEXTS`, "
        "or name its folder with --glossary"
    )


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
        is_new = kept.glossary != kept.table
        if is_new:
            write_glossary(kept.glossary, table)
        remember(kept, folder, workbook)
    left = () if _book(workbook, folder) == OWN else kept.own.titles
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


def keep_previous(workbook: Path, edited: Sequence[Decision]) -> Path | None:
    """Copy a workbook that is about to be replaced if a person has worked in it.

    An older copy gives way, unless something of a person's stands in it that no new workbook takes
    over: then the copy is numbered. Returns the copy, None where none was needed. Raises
    OutputError where it cannot be written.
    """
    if not workbook.exists() or not (edited or has_own_parts(workbook)):
        return None
    previous, number = workbook.with_name(PREVIOUS), 1
    while previous.exists() and has_own_parts(previous, lost=True):
        number += 1
        previous = workbook.with_name(PREVIOUS.replace(".xlsx", f"-{number}.xlsx"))
    with atomic_path(previous) as temporary:
        shutil.copyfile(workbook, temporary)
    return previous
