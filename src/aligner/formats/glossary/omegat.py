"""OmegaT's glossary format: source, target and comment, separated by tabs, in UTF-8."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from aligner.errors import FormatError
from aligner.formats.atomic import atomic_text
from aligner.formats.open import text_of
from aligner.formats.path import StrPath
from aligner.formats.writable import one_line
from aligner.glossary import Glossary
from aligner.model import Lang, other_language
from aligner.term_pair import Status, TermPair, term_id

#: How the comment of a pair that is not approved begins; `term_list` reads these marks back.
MARKS: dict[Status, str] = {
    "forbidden": "FORBIDDEN, do not use",
    "candidate": "CANDIDATE, not reviewed",
}
PREFERRED = "preferred"
VARIANT = "variant of "  # marks another spelling of a term, which `term_list` skips
_ORDER: tuple[Status, ...] = ("approved", "candidate", "forbidden")


def write_omegat(glossary: Glossary, path: StrPath, source: Lang = "vi") -> Path:
    """Write a glossary for translating from the language `source`, and return the path.

    Approved pairs come first, preferred ones before others; forbidden pairs come last, marked as
    such. OmegaT proposes whatever the file holds, so candidates are left out, unless no pair is
    approved yet: then they are written with a mark. Every other spelling of a source term has a
    line of its own, so that OmegaT finds it in a text.

    OmegaT reads .txt and .utf8 files in the project's folder "glossary". Raises OutputError if the
    file cannot be written.
    """
    pairs = [pair for pair in glossary if pair.status in ("approved", "forbidden")]
    if not any(pair.status == "approved" for pair in pairs):
        pairs += [pair for pair in glossary if pair.status == "candidate"]
    pairs.sort(key=lambda pair: _place(pair, source))
    known = {pair.id for pair in glossary}
    with atomic_text(path) as file:
        for pair in pairs:
            file.write(_line(pair, source))
            others = _spellings(pair, source, known)
            file.writelines(_line(variant, source, pair.term(source)) for variant in others)
    return Path(path)


def is_about(path: StrPath, glossary: Glossary, source: Lang = "vi") -> bool:
    """Return whether every line of a file is about a pair of a glossary, or a variant."""
    known = {pair.id for pair in glossary}
    lines = _lines(path)
    return lines is not None and all(_is_line_of(known, line, source) for line in lines)


def is_written_from(path: StrPath, glossary: Glossary, source: Lang = "vi") -> bool:
    """Return whether every line of a file is one that `write_omegat` may write for a glossary.

    Statuses may have changed since, and notes come in. Any other line has somebody's own words.
    """
    lines = _lines(path)
    known = {line for pair in glossary for line in _possible_lines(pair, source)}
    return lines is not None and all(f"{line}\n" in known for line in lines)


def _lines(path: StrPath) -> list[str] | None:
    """Return the lines of a file that are not empty, None if it is no text."""
    try:
        return [line for line in text_of(path).splitlines() if line]
    except FormatError:
        return None


def _possible_lines(pair: TermPair, source: Lang) -> Iterator[str]:
    for status, preferred, note in product(_ORDER, (False, True), {"", pair.note}):
        said = replace(pair, status=status, preferred=preferred, note=note)
        yield _line(said, source)
        for spelling in pair.spellings(source)[1:]:
            yield _line(_spelled(said, spelling, source), source, pair.term(source))


def _is_line_of(known: Collection[str], line: str, source: Lang) -> bool:
    here, tab, rest = line.partition("\t")
    there, _, comment = rest.partition("\t")
    vi, en = (here, there) if source == "vi" else (there, here)
    return bool(tab) and (term_id(vi, en) in known or VARIANT in comment)


def _place(pair: TermPair, source: Lang) -> tuple[int, bool, str, str, str]:
    here, there = pair.term(source), pair.term(other_language(source))
    order = _ORDER.index(pair.status)
    return order, not pair.preferred, here.casefold(), there.casefold(), pair.id


def _spellings(pair: TermPair, source: Lang, known: set[str]) -> Iterator[TermPair]:
    """Yield the pair with each other spelling of its source term that is not a pair itself."""
    for spelling in pair.spellings(source)[1:]:
        variant = _spelled(pair, spelling, source)
        if variant.id not in known:
            known.add(variant.id)
            yield variant


def _spelled(pair: TermPair, spelling: str, source: Lang) -> TermPair:
    return replace(pair, vi=spelling) if source == "vi" else replace(pair, en=spelling)


def _line(pair: TermPair, source: Lang, variant_of: str = "") -> str:
    here, there = _cell(pair.term(source)), _cell(pair.term(other_language(source)))
    if not here or not there:
        return ""
    # OmegaT takes a line that begins with # for a comment; a blank before it prevents that.
    start = " " if here.startswith("#") else ""
    remarks = (
        MARKS.get(pair.status, PREFERRED if pair.preferred else ""),
        f"{VARIANT}{variant_of}" if variant_of else "",
        pair.note,
    )
    comment = _cell("; ".join(filter(None, remarks)))
    return start + "\t".join([here, there, *([comment] if comment else [])]) + "\n"


def _cell(text: str) -> str:
    return " ".join(one_line(text).split())
