"""Reads translation memories in TMX 1.1 to 1.4b, as OmegaT, Trados and memoQ write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aligner.formats.path import StrPath
from aligner.formats.xml import ElementError, lang_of, read_elements, text_in
from aligner.text.normalise import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements of a segment that hold formatting codes of the translator's program, not text.
_CODES = ("{*}bpt", "{*}ept", "{*}it", "{*}ph", "{*}ut")
#: The type, or the content, of a placeholder that stands for a line break.
_BREAK = re.compile(r"\s*(?:x-)?(?:lb|br)\s*", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<(?:lb|br)\b", re.IGNORECASE)
# A unit says one thing in a few ways; thousands of texts on both sides would be millions of pairs.
_MAX_PAIRS = 10_000


def read_tmx(path: StrPath) -> Iterator[tuple[str, str]]:
    """Yield (Vietnamese, English) for each Vietnamese text with each English text of a unit.

    Texts are tidied and lose their formatting codes; units that lack a side are skipped. Raises
    FormatError if the file cannot be read as TMX; if it was cut short, that is after the units
    before the cut have been yielded.
    """
    return read_elements(path, ("{*}tu",), "TMX", "translation units", _pairs)


def _pairs(unit: _Element) -> Iterator[tuple[str, str]]:
    texts: dict[str, dict[str, None]] = {"vi": {}, "en": {}}  # dictionaries are ordered sets here
    for variant in unit.iterchildren("{*}tuv"):
        lang = lang_of(variant)
        segment = variant.find("{*}seg") if lang else None
        if lang and segment is not None:
            texts[lang][_text(segment)] = None
    vi, en = ([text for text in texts[lang] if text] for lang in ("vi", "en"))
    if len(vi) * len(en) > _MAX_PAIRS:
        raise ElementError(
            unit,
            f"a unit holds {len(vi)} Vietnamese and {len(en)} English texts, and it is "
            "not clear which belong together; make a unit of each pair",
        )
    for source in vi:
        for target in en:
            yield source, target


def _text(segment: _Element) -> str:
    """Return the text of a segment, from which this removes the formatting codes."""
    from lxml import etree

    if not len(segment):
        return tidy(segment.text or "")
    for code in segment.iter("{*}ph"):
        if _is_break(code):
            code.tail = f" {code.tail or ''}"
    etree.strip_elements(segment, *_CODES, with_tail=False)
    return text_in(segment)


def _is_break(code: _Element) -> bool:
    content = "".join(map(str, code.itertext()))
    said = (code.get("type", ""), content)
    return any(map(_BREAK.fullmatch, said)) or bool(_BREAK_TAG.search(content))
