"""The decision in a row of the sheet "Glossary"."""

from __future__ import annotations

from dataclasses import replace

from aligner.formats.status_words import preferred_said, status_said
from aligner.formats.workbook.row import (
    ENGLISH,
    ID,
    ID_LENGTH,
    NOTE,
    PREFERRED,
    STATUS,
    VIETNAMESE,
    WRITTEN,
    Row,
)
from aligner.formats.workbook.written import untouched_parts
from aligner.term_pair import PARTS, STATUSES, Decision, Part, Status, plain_text, term_id

_HEX = frozenset("0123456789abcdef")


def read_row(row: Row) -> Decision | None:
    """Return the decision in a row, None if it is blank or only its Id is left.

    Raises FormatError, which names the cell, if one cannot be understood.
    """
    vi, en, status, note, identity = (
        row.text(title) for title in (VIETNAMESE, ENGLISH, STATUS, NOTE, ID)
    )
    if not vi and not en and not (identity and (status or note)):
        return None
    if not identity:
        return _without_its_id(row) or _typed(row, vi, en, status, note)
    decision = _said(row, _identity(row, identity))
    untouched = untouched_parts(row, decision)
    if untouched.issuperset(PARTS):
        return replace(decision, edited=False)
    _need_terms(row, vi, en)
    return replace(decision, untouched=untouched)


def _said(row: Row, identity: str) -> Decision:
    """Return what the cells of a row say about the pair with an id."""
    status, preferred = _status(row, row.text(STATUS), "candidate"), _preferred(row)
    terms = row.text(VIETNAMESE), row.text(ENGLISH)
    return Decision(identity, *terms, status, row.text(NOTE), preferred)


def _without_its_id(row: Row) -> Decision | None:
    """Return the decision of a row that lost only its Id, None if its words were edited."""
    identity = term_id(row.text(VIETNAMESE), row.text(ENGLISH))
    said = replace(_said(row, identity), typed=True)
    untouched = untouched_parts(row, said) if row.text(WRITTEN) else frozenset()
    if "words" not in untouched:
        return None
    edited = not untouched.issuperset(PARTS)
    return replace(said, untouched=untouched, edited=edited)


def _typed(row: Row, vi: str, en: str, status: str, note: str) -> Decision:
    """Return the decision of a row that was typed by hand, whose pair is therefore wanted."""
    _need_terms(row, vi, en)
    chosen = _status(row, status, "approved")
    if chosen == "candidate" and row.text(WRITTEN):  # a copied row
        chosen, status = "approved", ""
    preferred = _preferred(row)
    said: dict[Part, object] = {"status": status, "note": note, "preferred": preferred}
    unsaid = frozenset(part for part in said if not said[part])
    return Decision(term_id(vi, en), vi, en, chosen, note, preferred, untouched=unsaid, typed=True)


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
    # The marks are those that the column shows; a question mark after the word is a doubt.
    word = plain_text(text).strip("✓✔✗✘‼!.,;: ").removeprefix("?")
    status = status_said(text) or status_said(word)
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
        identity = identity.zfill(ID_LENGTH)  # a program dropped them from a number
    if len(identity) != ID_LENGTH or not _HEX.issuperset(identity):
        problem = f"{text!r} is not an Id; put the old one back, or empty the cell for a new pair"
        raise row.error(ID, problem)
    return identity
