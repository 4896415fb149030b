"""A row of the sheet "Glossary": its texts, the decision in it, and what of that was edited.

The hidden column Written holds digests of the cells as they were written, by which edited cells are
recognised: "w", six digits for each part of the row, then the edition of the workbook.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any

from aligner.characters import nfc
from aligner.errors import FormatError
from aligner.formats.excel.cells import cell_text, stored_text
from aligner.formats.status_words import preferred_said, status_said
from aligner.model import content_id
from aligner.term_pair import (
    PARTS,
    STATUSES,
    Decision,
    Part,
    Status,
    TermPair,
    plain_text,
    term_id,
)

SHEET = "Glossary"
STATUS, PREFERRED, VIETNAMESE, ENGLISH = "Status", "Preferred", "Vietnamese", "English"
NOTE, ID, WRITTEN = "Note", "Id", "Written"
NEEDED = (STATUS, VIETNAMESE, ENGLISH, NOTE, ID)
#: Copies may lack these. Without Preferred, no pair changes in that respect; without Written, every
#: cell that says anything counts as edited.
OPTIONAL = (PREFERRED, WRITTEN)
_TRUTHS = {"=TRUE()": "TRUE", "=FALSE()": "FALSE"}  # as LibreOffice saves them
_HEX = frozenset("0123456789abcdef")
_ID_LENGTH = 12
_DIGITS = 6  # of the digest of each part, and of the edition, in the column Written
_PARTED = 1 + _DIGITS * len(PARTS)  # characters of the column Written before the edition


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `columns` maps titles to columns, counted from 0.

    `written` maps digests of the words of a row to the whole sheet's cells of the column Written.
    """

    path: str
    number: int
    cells: tuple[Any, ...]
    columns: Mapping[str, int]
    written: Mapping[str, str] = field(default_factory=dict)

    def text(self, title: str) -> str:
        """Return the stripped NFC text of a cell, "" if it is empty or there is no such column.

        Raises FormatError for a formula, an error value or a date, whose meaning is unknown.
        """
        column = self.columns.get(title, len(self.cells))
        cell = self.cells[column] if column < len(self.cells) else None
        if cell is None or cell.value is None:
            return ""
        if isinstance(cell.value, str) and cell.value in _TRUTHS:
            return _TRUTHS[cell.value]
        if cell.data_type in ("f", "e"):
            kind = "a formula" if cell.data_type == "f" else "an error"
            problem = f"it holds {kind}; type the text, with an apostrophe before a leading ="
            raise self.error(title, problem)
        if cell.data_type == "d":
            problem = "Excel made a date of it; type it again with an apostrophe before it"
            raise self.error(title, problem)
        if cell.data_type == "b":
            return str(cell.value).upper()
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return _tidy(str(cell.value))

    def error(self, title: str, problem: str) -> FormatError:
        """Return an error that names the cell of this row in a column."""
        from openpyxl.utils import get_column_letter

        cell = f"{get_column_letter(self.columns[title] + 1)}{self.number}"
        return FormatError(f"{self.path}: sheet {SHEET!r}, cell {cell}: {problem}")


def digest(pair: TermPair) -> str:
    """Return the column Written for a pair, except for the edition: digests of its cells.

    It moves with its row when rows are sorted, and later tells which cells a person has changed.
    """
    vi, en, note = (_tidy(cell_text(text)) for text in (pair.vi, pair.en, pair.note))
    said = digests(Decision(pair.id, vi, en, pair.status, note, pair.preferred))
    return "w" + "".join(said.values())  # "w": digits alone would be taken for a number


def new_edition(written: Sequence[str], known: Collection[str]) -> str:
    """Return an edition for a workbook with these digests that differs from all known ones.

    It depends on nothing else. So writing the same glossary again gives the same edition, until
    decisions have been read from it.
    """
    editions = (content_id(str(number), *written)[:_DIGITS] for number in count())
    return next(edition for edition in editions if edition not in known)


def edition_of(row: Row) -> str:
    """Return the edition of the workbook in which a row was written, "" for a typed row."""
    return row.text(WRITTEN)[_PARTED:]


def digests(decision: Decision) -> dict[Part, str]:
    """Return the digest of each part of a row."""
    said = _parts(decision)
    return {part: content_id(decision.id, *said[part])[:_DIGITS] for part in said}


def _parts(decision: Decision) -> dict[Part, tuple[str, ...]]:
    """Return the texts of each part of a decision, whatever typography programs gave them."""
    return {
        "words": (plain_text(decision.vi), plain_text(decision.en)),
        "status": (decision.status,),
        "note": (" ".join(decision.note.split()),),
        "preferred": ("yes" if decision.preferred else "",),
    }


def read_row(row: Row) -> Decision | None:
    """Return the decision in a row, None if it is blank or only its Id is left.

    Raises FormatError, which names the cell, if one cannot be understood.
    """
    vi, en, status, note, identity = (
        row.text(title) for title in (VIETNAMESE, ENGLISH, STATUS, NOTE, ID)
    )
    if not vi and not en and not (identity and (status or note)):
        return None
    if not identity and (as_written := _without_its_id(row, vi, en, status, note)):
        return as_written
    if not identity:  # typed by hand, and so wanted
        _need_terms(row, vi, en)
        chosen = _status(row, status, "approved")
        if chosen == "candidate" and row.text(WRITTEN):  # a copied row
            chosen, status = "approved", ""
        preferred = _preferred(row)
        said: dict[Part, object] = {"status": status, "note": note, "preferred": preferred}
        unsaid = frozenset(part for part in said if not said[part])
        return Decision(
            term_id(vi, en), vi, en, chosen, note, preferred, untouched=unsaid, typed=True
        )
    decision = Decision(
        _identity(row, identity),
        vi,
        en,
        _status(row, status, "candidate"),
        note,
        _preferred(row),
    )
    untouched = _untouched(row, decision)
    if untouched.issuperset(PARTS):
        return replace(decision, edited=False)
    _need_terms(row, vi, en)
    return replace(decision, untouched=untouched)


def _without_its_id(row: Row, vi: str, en: str, status: str, note: str) -> Decision | None:
    """Return the decision of a row that lost only its Id, None if its words were edited."""
    said = Decision(
        term_id(vi, en),
        vi,
        en,
        _status(row, status, "candidate"),
        note,
        _preferred(row),
        typed=True,
    )
    untouched = _untouched(row, said) if row.text(WRITTEN) else frozenset()
    if "words" not in untouched:
        return None
    edited = not untouched.issuperset(PARTS)
    return replace(said, untouched=untouched, edited=edited)


def _untouched(row: Row, decision: Decision) -> frozenset[Part]:
    """Return the parts of a row that are as they were written.

    The column Written tells them. It is hidden, so rows may have been sorted without it: then the
    cell that fits the words is taken. If there is none (in a copy of the visible columns), these
    are the parts that say nothing: words that match the Id, the status candidate, an empty note, no
    preference.
    """
    written, said = row.text(WRITTEN), digests(decision)
    if len(written) == 1 + _ID_LENGTH:
        whole = _is_as_written_whole(written, decision)
        return frozenset(PARTS if whole else _not_asked(decision))
    same = _same(written, said)
    if not same and not decision.typed:
        # It is gone, or that of another row.
        same = _same(row.written.get(said["words"], ""), said) or _says_nothing(decision)
    return same | _not_asked(decision)


def _same(written: str, said: Mapping[Part, str]) -> frozenset[Part]:
    """Return the parts of a row that are as its column Written tells."""
    known = (written[start : start + _DIGITS] for start in range(1, len(written), _DIGITS))
    return frozenset(part for part, old in zip(said, known, strict=False) if said[part] == old)


def _says_nothing(decision: Decision) -> frozenset[Part]:
    """Return the parts of a row that say nothing by themselves."""
    empty: dict[Part, bool] = {
        "words": decision.target == decision.id,
        "status": decision.status == "candidate",
        "note": not decision.note,
        "preferred": not decision.preferred,
    }
    return frozenset(part for part in empty if empty[part])


def _not_asked(decision: Decision) -> frozenset[Part]:
    """Return "preferred" for a row of a workbook without such a column."""
    return frozenset(["preferred"] if decision.preferred is None else [])


def words_written(text: str) -> str:
    """Return what a cell of the column Written says of the words, "" where it says nothing."""
    return text[1 : 1 + _DIGITS] if len(text) >= _PARTED else ""


def _is_as_written_whole(written: str, decision: Decision) -> bool:
    """Return whether a row agrees with the single digest that older versions wrote."""
    flags = (True, False) if decision.preferred is None else (decision.preferred,)
    said = (_parts(replace(decision, preferred=flag)).values() for flag in flags)
    return written[1:] in {content_id(decision.id, *chain(*parts)) for parts in said}


def _need_terms(row: Row, vi: str, en: str) -> None:
    for title, text in ((VIETNAMESE, vi), (ENGLISH, en)):
        if not text:
            problem = (
                "the term is empty; put the words back (to drop a pair, the status rejected is all "
                "it takes)"
            )
            raise row.error(title, problem)


def _status(row: Row, text: str, default: Status) -> Status:
    if not text:
        return default
    status = status_said(text) or status_said(plain_text(text).strip("?✓✔✗✘‼!.,;: "))
    if status is None:
        problem = f"the status is {text!r}; use one of {', '.join(STATUSES)}"
        raise row.error(STATUS, problem)
    return status


def _preferred(row: Row) -> bool | None:
    if PREFERRED not in row.columns:
        return None
    text = row.text(PREFERRED)
    preferred = preferred_said(text)
    if preferred is None:
        problem = (
            f"{text!r} does not say whether the pair is preferred; write yes, or empty the cell"
        )
        raise row.error(PREFERRED, problem)
    return preferred


def _identity(row: Row, text: str) -> str:
    identity = text.lower()
    if identity.isdecimal():
        identity = identity.zfill(_ID_LENGTH)  # a program dropped them from a number
    if len(identity) != _ID_LENGTH or not _HEX.issuperset(identity):
        problem = f"{text!r} is not an Id; put the old one back, or empty the cell for a new pair"
        raise row.error(ID, problem)
    return identity


def _tidy(text: str) -> str:
    kept = nfc(stored_text(text)).strip()
    return kept if plain_text(kept) else ""  # invisible characters alone are no text
