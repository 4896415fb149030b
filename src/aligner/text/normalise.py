"""One way to write the same text: composed letters, no ligatures, single blanks, nothing invisible.

The spelling stays as the author had it: quotation marks, dashes and tone placement are not touched.
Only `fold`, by which words are compared, gives up letter case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

from aligner.characters import BLANKS, INVISIBLE, nfc, surplus_marks, without_surplus_marks
from aligner.model import Span

_BLANK = re.compile(f"[{BLANKS}]")
# Everything except a single ordinary blank, which needs no change. Ligatures (ﬁ) come from PDFs.
_UNTIDY = re.compile(rf"[{BLANKS}{INVISIBLE}]{{2,}}|(?! )[{BLANKS}{INVISIBLE}]|[\ufb00-\ufb06]")
_VISIBLE = re.compile(rf"[^{BLANKS}{INVISIBLE}]")


def tidy(text: str) -> str:
    """Return the text in NFC, every run of blanks one blank, no outer ones, nothing invisible.

    Ligatures become the letters that they join. Of the marks on one letter, at most `MOST_MARKS`
    stay.
    """
    start, end = visible_span(text)
    squeezed = _UNTIDY.sub(lambda run: _replacement(run.group()), text[start:end])
    return nfc(squeezed)


def tidy_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return `tidy(text)` and, for every boundary of its characters, the offset into `text`.

    There is one offset more than there are characters; the last one is where the visible text ends.
    """
    start, end = visible_span(text)
    parts: list[str] = []
    offsets: array[int] = array("L")
    done = start
    for run in _UNTIDY.finditer(text, start, end):
        parts.append(text[done : run.start()])
        offsets.extend(range(done, run.start()))
        replacement = _replacement(run.group())
        parts.append(replacement)
        offsets.extend([run.start()] * len(replacement))
        done = run.end()
    parts.append(text[done:end])
    offsets.extend(range(done, end + 1))
    joined = "".join(parts)
    if surplus := surplus_marks(joined):
        joined = without_surplus_marks(joined)
        offsets = array("L", (at for place, at in enumerate(offsets) if place not in surplus))
    composed, inner = nfc_with_offsets(joined)
    if isinstance(inner, range):
        return composed, offsets
    return composed, array("L", (offsets[place] for place in inner))


def nfc_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in NFC and, for every boundary of its characters, the offset into `text`.

    If several characters become several others (in rare scripts), the inner boundaries point to the
    start of the group, so that a slice between two boundaries never splits a letter.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    parts: list[str] = []
    offsets: array[int] = array("L")
    done = 0
    for cluster in _clusters().finditer(text):
        parts.append(text[done : cluster.start()])
        offsets.extend(range(done, cluster.start()))
        composed = unicodedata.normalize("NFC", cluster.group())
        parts.append(composed)
        offsets.extend([cluster.start()] * len(composed))
        done = cluster.end()
    parts.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(parts), offsets


def visible_span(text: str) -> Span:
    """Return the span of the visible text, (0, 0) if there is none."""
    first = _VISIBLE.search(text)
    if first is None:
        return 0, 0
    end = len(text)
    while not _VISIBLE.match(text, end - 1):
        end -= 1
    return first.start(), end


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return the text in small letters without accents; đ becomes d."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(c for c in plain if not unicodedata.combining(c))


def _replacement(run: str) -> str:
    if _VISIBLE.match(run):
        return unicodedata.normalize("NFKC", run)
    return " " if _BLANK.search(run) else ""


@lru_cache(maxsize=1)
def _clusters() -> re.Pattern[str]:
    """Return a pattern of what composition may change: a character with the marks after it.

    It is built on first use, since almost all texts are in NFC already and do not need it.
    """
    changing = [code for code in range(0x300, 0x30000) if _composes(chr(code))]
    marks = "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in _ranges(changing))
    return re.compile(f"[^{marks}]?[{marks}]+", re.DOTALL)


def _composes(char: str) -> bool:
    """Return whether NFC may change this character, or the one before it."""
    return (
        unicodedata.category(char).startswith("M")
        or "\u1160" <= char <= "\u11ff"  # Hangul vowels and finals join the letter before them
        or not unicodedata.is_normalized("NFC", char)
    )


def _ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges
