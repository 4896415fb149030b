"""What a term pair names: a person or place, an office, a body, or a thing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from aligner.glossary import Kind
from aligner.terms.offices import split_country
from aligner.terms.phrases import is_name
from aligner.text.marks import fold
from aligner.text.words import term_key

_OF = re.compile(r"\s+(?:of|for|in|on|to)\s+")


def kind_of(vi: str, en: str) -> Kind:
    """Return the kind of a pair by the heads of both terms.

    >>> kind_of("Trợ lý Tổng thống", "presidential aide"), kind_of("Bộ Tài chính", "Treasury")
    ('title', 'organisation')
    """
    first = _first(split_country(vi, "vi")[0])
    last = term_key(_OF.split(split_country(en, "en")[0])[0], "en")[-1:]
    if first & _words("titles_vi", "vi") and last in _words("titles_en", "en"):
        return "title"
    if not is_name(en) or not is_name(vi):
        return "term"
    if first & _words("bodies_vi", "vi") or last in _words("bodies_en", "en"):
        return "organisation"
    return "name"


def is_title_and_name(vi: str, en: str) -> bool:
    """Return whether a pair is an office and its holder, who is written alike in both languages.

    >>> is_title_and_name("Ngoại trưởng John Kerry", "Secretary of State John Kerry")
    True
    """
    ours, theirs = vi.split(), en.split()
    sizes = range(min(len(ours), len(theirs)) - 1, 0, -1)
    size = next((n for n in sizes if fold(" ".join(ours[-n:])) == fold(" ".join(theirs[-n:]))), 0)
    return size > 0 and kind_of(" ".join(ours[:-size]), " ".join(theirs[:-size])) == "title"


def _first(term: str) -> frozenset[tuple[str, ...]]:
    """Return the beginnings of a term, up to four syllables."""
    key = term_key(term, "vi")
    return frozenset(key[:size] for size in range(1, min(4, len(key)) + 1))


@cache
def _words(table: str, lang: str) -> frozenset[tuple[str, ...]]:
    text = files("aligner.terms").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)[table].replace("\n", " ").split(",")
    return frozenset(term_key(entry.strip(), "vi" if lang == "vi" else "en") for entry in entries)
