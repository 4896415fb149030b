"""OmegaT's glossary: source, target and comment between tabs, UTF-8, one pair a line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aligner.formats.atomic import atomic_text
from aligner.formats.writable import one_line
from aligner.glossary import Glossary
from aligner.model import Lang, other_language
from aligner.term_pair import Status, TermPair

#: With what the comment of a pair begins that is not simply approved; `term_list` reads them back.
MARKS: dict[Status, str] = {
    "forbidden": "FORBIDDEN, do not use",
    "candidate": "CANDIDATE, not reviewed",
}
PREFERRED = "preferred"
VARIANT = "variant of "  # another spelling of a term, which the reader passes over
_ORDER: tuple[Status, ...] = ("approved", "candidate", "forbidden")


def write_omegat(glossary: Glossary, path: str | os.PathLike[str], source: Lang = "vi") -> Path:
    """Write a glossary for translating out of the language `source`, and return the path.

    Approved pairs come first, the preferred ones before others; forbidden pairs come last and say
    so. OmegaT proposes whatever the file holds, so candidates are left out; but where nothing is
    approved yet they are all that can help, and are written with a mark. Each other spelling of the
    source term has a line of its own, so that it is found in a text, too.

    OmegaT reads files named .txt or .utf8 in the project's folder "glossary". Raises OutputError
    where the file cannot be written.
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


def _place(pair: TermPair, source: Lang) -> tuple[int, bool, str, str, str]:
    here, there = pair.term(source), pair.term(other_language(source))
    order = _ORDER.index(pair.status)
    return order, not pair.preferred, here.casefold(), there.casefold(), pair.id


def _spellings(pair: TermPair, source: Lang, known: set[str]) -> Iterator[TermPair]:
    """Yield the pair with each spelling of its source term, unless that is a pair of its own."""
    for spelling in pair.spellings(source)[1:]:
        variant = replace(pair, vi=spelling) if source == "vi" else replace(pair, en=spelling)
        if variant.id not in known:
            known.add(variant.id)
            yield variant


def _line(pair: TermPair, source: Lang, variant_of: str = "") -> str:
    here, there = _cell(pair.term(source)), _cell(pair.term(other_language(source)))
    if not here or not there:
        return ""
    # OmegaT passes over a line that begins with #; it does not mind a blank before it.
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
