"""The glossary in a results folder: its table, with the decisions of its workbook on top.

`glossary.csv` is the truth. People write in the workbook beside it. What they edited there is
applied on top of the table, and counts once (see `formats/workbook/last_read.py`).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from aligner.errors import FormatError, GlossaryError
from aligner.formats.atomic import atomic_path, stamp
from aligner.formats.glossary.csv import read_glossary
from aligner.formats.own_files import is_unchanged
from aligner.formats.workbook.additions import has_additions
from aligner.formats.workbook.last_read import OWN, LastRead
from aligner.formats.workbook.own_columns import OwnColumns
from aligner.formats.workbook.read import ReviewedSheet, read_review, read_workbook
from aligner.glossary import Glossary
from aligner.model import LANGS, LANGUAGES
from aligner.term_pair import Decision, Part, TermPair, same_text, term_id

WORKBOOK = "glossary.xlsx"
TABLE = "glossary.csv"
PREVIOUS = "glossary.previous.xlsx"
MOVED = 4  # terms in each other's rows or columns from which on it is taken for an accident

Stamp = tuple[int, int] | None


class FolderState(NamedTuple):
    """The times of modification and sizes of a folder's files, None for a missing one."""

    table: Stamp
    workbook: Stamp


@dataclass(frozen=True, slots=True)
class Kept:
    """The glossary of a results folder, and what it was read from.

    `table` is glossary.csv as it stands, None if there is none; `glossary` is the table with the
    decisions of the workbook applied. `rows` are all rows of the workbook, and `unread` are its
    edited rows, reduced to what is not in the table yet. `own` are the columns that a reviewer
    added. `state` identifies the versions of the files that were read.
    """

    glossary: Glossary
    table: Glossary | None
    rows: list[Decision]
    unread: list[Decision]
    own: OwnColumns
    state: FolderState

    @property
    def edited(self) -> list[Decision]:
        """The rows of the workbook that a reviewer has edited."""
        return [row for row in self.rows if row.edited]


def read_kept(folder: Path, workbook: Path | None = None) -> Kept:
    """Read the glossary of a folder, which is empty if there is none.

    The edited rows of the workbook (by default the folder's own) are applied to the table. If there
    is a workbook but no table, all of its rows count, edited or not.

    Raises FormatError if either file cannot be understood.
    """
    workbook, before = workbook or folder / WORKBOOK, state(folder)
    table = read_glossary(folder / TABLE) if (folder / TABLE).exists() else None
    sheet = read_review(workbook) if workbook.exists() else ReviewedSheet()
    rows, own = sheet.decisions, sheet.own
    edited = [row for row in rows if row.edited]
    if table is None:
        return Kept(Glossary(()).apply(map(_as_said, rows)), None, rows, edited, own, before)
    pairs = table.by_id()
    last, book = LastRead.load(folder), book_of(workbook, folder)
    unread = [
        _with_known_id(news, pairs.keys())
        for row in edited
        if (news := last.news(book, row, pairs)) is not None
    ]
    if not unread:
        return Kept(table, table, rows, unread, own, before)
    _check_not_sorted(workbook, unread, pairs)
    _check_not_swapped(workbook, unread, pairs)
    # The reviewer has seen the pairs that this workbook showed as new, and no others.
    seen = {row.id for row in rows}
    return Kept(table.apply(unread).reviewed(seen), table, rows, unread, own, before)


def book_of(workbook: Path, folder: Path) -> str:
    """Return the name by which a folder remembers a workbook: `OWN`, or the path of another."""
    place, here = workbook.resolve(), folder.resolve()
    if place == (folder / WORKBOOK).resolve():
        return OWN
    return (place.relative_to(here) if place.is_relative_to(here) else place).as_posix()


def remember(kept: Kept, folder: Path, workbook: Path | None = None) -> None:
    """Remember what the rows of a workbook say, once that has been written into the table."""
    is_first = kept.table is None  # what was read into a table that is gone must count again
    last = LastRead() if is_first else LastRead.load(folder)
    if last.remember(book_of(workbook or folder / WORKBOOK, folder), kept.rows) or is_first:
        last.save(folder)


def _check_not_sorted(
    workbook: Path, edited: Sequence[Decision], pairs: Mapping[str, TermPair]
) -> None:
    """Raise FormatError if many terms only changed rows: a column was sorted without the others."""
    for lang in LANGS:
        both = [
            (same_text(pairs[d.id].term(lang)), same_text(d.vi if lang == "vi" else d.en))
            for d in edited
            if d.id in pairs
        ]
        changed = [(old, new) for old, new in both if old != new]
        there = Counter(old for old, _ in changed) & Counter(new for _, new in changed)
        moved = there.total()
        if len(there) >= MOVED and 2 * moved > len(changed):
            raise FormatError(
                f"{workbook}: {moved} terms of the column {LANGUAGES[lang]} stand in each other's "
                "rows, as if it was sorted without the others; undo that, or fetch an older copy"
            )


def _check_not_swapped(
    workbook: Path, edited: Sequence[Decision], pairs: Mapping[str, TermPair]
) -> None:
    """Raise FormatError if the two terms of many rows have changed columns."""
    known = [(pairs[d.id], d) for d in edited if d.id in pairs and d.target != d.id]
    swapped = sum(d.target == term_id(pair.en, pair.vi) for pair, d in known)
    if swapped >= MOVED and 2 * swapped > len(known):
        raise FormatError(
            f"{workbook}: in {swapped} rows the English term stands in the column Vietnamese and "
            "the Vietnamese one in the column English, as if the two columns or their titles had "
            "changed places; undo that, or fetch an older copy"
        )


def state(folder: Path) -> FolderState:
    """Return the state of a folder, which changes when its table or workbook is saved."""
    return FolderState(stamp(folder / TABLE), stamp(folder / WORKBOOK))


def _with_known_id(row: Decision, known: Set[str]) -> Decision:
    """Return a row with the Id of its words if no pair has its own Id but one has theirs.

    The reviewer has damaged such an Id, and the row is not a correction.
    """
    if row.id in known or row.target not in known:
        return row
    untouched: frozenset[Part] = frozenset(["status"] if row.status == "candidate" else [])
    return replace(row, id=row.target, untouched=row.untouched | untouched)


def _as_said(row: Decision) -> Decision:
    """Return a row as an edited one, which counts although there is no table.

    The words of a row that nobody edited are not a correction, so its Id is computed from them.
    """
    if row.edited:
        return row
    return replace(row, edited=True, id=row.target)


def find_glossary(place: Path) -> Glossary:
    """Return the glossary of a results folder, or of a single table or workbook.

    Raises GlossaryError if there is none, FormatError if it cannot be understood.
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


def keep_previous(
    workbook: Path, edited: Sequence[Decision], *, for_good: bool = False
) -> Path | None:
    """Copy a workbook that is about to be replaced, provided that a person has worked in it.

    The copy is named `PREVIOUS` and replaces an older one. It gets a numbered name instead if the
    older copy has additions that no new workbook takes over, or if this copy is to be kept for
    good. Returns the path of the copy, None if none was needed. Raises OutputError if it cannot be
    written.
    """
    if not workbook.exists() or not (edited or has_additions(workbook)):
        return None
    previous = next(
        copy
        for copy in _copies(workbook, first=2 if for_good else 1)
        if not copy.exists() or not (for_good or has_additions(copy, lost=True))
    )
    return _copied(workbook, previous)


def keep_saved(path: Path) -> Path | None:
    """Keep a copy, for good, of a file that is about to be replaced and never read back.

    Returns the path of the copy, None if nobody has changed the file since it was written. Raises
    OutputError if it cannot be written.
    """
    if not path.is_file() or is_unchanged(path):
        return None
    return _copied(path, next(copy for copy in _copies(path) if not copy.exists()))


def _copied(path: Path, copy: Path) -> Path:
    with atomic_path(copy) as temporary:
        shutil.copyfile(path, temporary)
    return copy


def _copies(path: Path, first: int = 1) -> Iterator[Path]:
    """Yield the paths of copies: glossary.previous.xlsx, glossary.previous-2.xlsx and so on."""
    for number in count(first):
        ending = ".previous" if number == 1 else f".previous-{number}"
        yield path.with_stem(path.stem + ending)
