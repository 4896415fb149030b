"""The hidden column Written, by which edited cells are recognised.

It holds digests of the cells of its row as they were written: "w", six digits for each part of the
row, then the edition of the workbook.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from aligner.formats.excel.cells import cell_text
from aligner.formats.workbook.row import ID_LENGTH, WRITTEN, Row, tidy_cell
from aligner.model import content_id
from aligner.term_pair import PARTS, Decision, Part, TermPair, plain_text

_DIGITS = 6  # of the digest of each part, and of the edition
_PARTED = 1 + _DIGITS * len(PARTS)  # characters before the edition


def digest(pair: TermPair) -> str:
    """Return the column Written for a pair, except for the edition: digests of its cells.

    It moves with its row when rows are sorted, and later tells which cells a person has changed.
    """
    vi, en, note = (tidy_cell(cell_text(text)) for text in (pair.vi, pair.en, pair.note))
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


def untouched_parts(row: Row, decision: Decision) -> frozenset[Part]:
    """Return the parts of a row that are as they were written.

    The column Written tells them. It is hidden, so rows may have been sorted without it: then the
    cell that fits the words is taken. If there is none (in a copy of the visible columns), these
    are the parts that say nothing: words that match the Id, the status candidate, an empty note, no
    preference.
    """
    written, said = row.text(WRITTEN), digests(decision)
    if len(written) == 1 + ID_LENGTH:
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
