"""Reads term bases in TBX 2 (MARTIF) and 3, in DCA and DCT style and any namespace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.formats.glossary.tbx import CANDIDATE_NOTE
from aligner.formats.path import StrPath
from aligner.formats.xml import ElementError, lang_of, read_elements, text_in
from aligner.term_pair import Decision, Status, term_id

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = ("{*}conceptEntry", "{*}termEntry")  # TBX 3, TBX 2
_TERMS = ("{*}termSec", "{*}tig", "{*}ntig")
#: In DCA style, the attribute `type` of these elements names the data category.
_TYPED = ("termNote", "descrip", "admin")
_STATUS_CATEGORIES = ("administrativestatus", "normativeauthorization", "status")
#: Parts of the statuses that forbid a term, in lower case without blanks.
_FORBIDDING = ("deprecated", "superseded", "forbidden", "obsolete", "notrecommended")
#: If a term has several statuses, the first one here counts.
_GRAVITY: tuple[Status, ...] = ("forbidden", "candidate", "approved")
_MOST = 1000  # pairs that the terms of one concept may make


@dataclass(frozen=True, slots=True)
class _Term:
    """A term with what its section says about it; None if it does not say."""

    text: str
    status: Status | None
    preferred: bool | None
    is_variant: bool
    notes: tuple[str, ...]


def read_tbx(path: StrPath) -> Iterator[tuple[str, Decision]]:
    """Yield a place and a decision for each Vietnamese term with each English term of an entry.

    A pair is approved unless one of its terms is deprecated, or proposed only, or the entry says
    that it is a candidate. Spelling variants make no pairs of their own. Raises FormatError if the
    file cannot be read as TBX.
    """
    return read_elements(path, _ENTRIES, "TBX", "TBX entries", _decisions)


def _decisions(entry: _Element) -> Iterator[tuple[str, Decision]]:
    terms: dict[str, list[_Term]] = {"vi": [], "en": []}
    notes = _notes(entry)
    for section in entry.iterchildren("{*}langSec", "{*}langSet"):
        lang = lang_of(section)
        if lang:
            terms[lang] += filter(None, map(_term, section.iter(*_TERMS)))
            notes += _notes(section)
    vi_terms, en_terms = _without_variants(terms["vi"]), _without_variants(terms["en"])
    if len(vi_terms) * len(en_terms) > _MOST:
        count = f"{len(vi_terms)} Vietnamese and {len(en_terms)} English terms"
        raise ElementError(entry, f"one entry has {count}; give each concept an entry of its own")
    for vi in vi_terms:
        for en in en_terms:
            yield f"line {entry.sourceline}", _decision(vi, en, notes)


def _without_variants(terms: list[_Term]) -> list[_Term]:
    return [term for term in terms if not term.is_variant] or terms


def _decision(vi: _Term, en: _Term, notes: list[str]) -> Decision:
    said: list[Status] = [status for status in (vi.status, en.status) if status]
    said += ["candidate"] if CANDIDATE_NOTE in notes else []
    status: Status = min(said, key=_GRAVITY.index, default="approved")
    preferred: bool | None = None
    if status == "approved" and {vi.preferred, en.preferred} != {None}:
        preferred = False not in (vi.preferred, en.preferred)
    own = [note for note in (*notes, *vi.notes, *en.notes) if note != CANDIDATE_NOTE]
    note = "; ".join(dict.fromkeys(own))
    return Decision(term_id(vi.text, en.text), vi.text, en.text, status, note, preferred)


def _term(section: _Element) -> _Term | None:
    """Return the term of a section, None if it is empty."""
    term = section.find(".//{*}term")
    text = "" if term is None else text_in(term)
    if not text:
        return None
    said = [(_category(element), element) for element in section.iter("{*}*")]
    statuses = [_status(text_in(element)) for name, element in said if name in _STATUS_CATEGORIES]
    preferences = {preferred for _, preferred in statuses}
    return _Term(
        text,
        status=min((status for status, _ in statuses), key=_GRAVITY.index, default=None),
        preferred=next((flag for flag in (True, False) if flag in preferences), None),
        is_variant=any(name == "termtype" and text_in(e) == "variant" for name, e in said),
        notes=tuple(_notes(section)),
    )


def _category(element: _Element) -> str:
    """Return the data category of an element; in DCT style, that is the element's name."""
    name = element.tag.rpartition("}")[2]
    return (element.get("type", "") if name in _TYPED else name).casefold()


def _status(text: str) -> tuple[Status, bool | None]:
    word = "".join(text.casefold().split())
    if any(forbidding in word for forbidding in _FORBIDDING):
        return "forbidden", None
    if "proposed" in word:
        return "candidate", None
    if "preferred" in word:
        return "approved", True
    return "approved", False if "admitted" in word else None


def _notes(element: _Element) -> list[str]:
    """Return the notes directly in an element, not those in its parts."""
    return [note for note in map(text_in, element.iterchildren("{*}note")) if note]
