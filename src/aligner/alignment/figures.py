"""Figures that contradict each other: 50,000 engineers in one sentence, 6,000 in the other.

What a number counts is told by the words after it, by way of the list of `text/lexicon.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.side import Side
from aligner.model import Lang
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.marks import located_marks
from aligner.text.words import split_parts

NEAR = 0.1  # share by which two figures of one thing may differ: newsrooms round them
_REACH = 60  # characters after a number in which the words for what it counts stand
_WORDS: Mapping[Lang, int] = {"vi": 5, "en": 3}  # syllables or words that are looked at there
_CLAUSE_END = re.compile(r"[,.;:()]")
_SIGNS: Mapping[Lang, Mapping[str, str]] = {
    "vi": {"%": "phần trăm", "USD": "đô la", "$": "đô la", "€": "euro"},
    "en": {"%": "percent", "$": "dollar", "€": "euro"},
}


class Figure(NamedTuple):
    """A number and the words for what it counts: one of the list in Vietnamese, keys in English."""

    value: float
    unit: frozenset[str]


def contrary_figures(src: Side, tgt: Side) -> NDArray[np.float64]:
    """Return 1 where two sentences count one thing, but never alike, and else 0: [n_src, n_tgt].

    `src` is Vietnamese, `tgt` English.
    """
    ours, theirs = _figures(src, "vi"), _figures(tgt, "en")
    table = np.zeros((len(ours), len(theirs)))
    for i, some in enumerate(ours):
        for j, others in enumerate(theirs):
            table[i, j] = _contradict(some, others)
    return table


def _contradict(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    of_one_kind = [
        abs(our.value - their.value) <= NEAR * max(our.value, their.value)
        for our in ours
        for their in theirs
        if any(rendered(word, their.unit) for word in our.unit)
    ]
    return bool(of_one_kind) and not any(of_one_kind)


def _figures(side: Side, lang: Lang) -> list[tuple[Figure, ...]]:
    numbered = (any(kind == "number" for kind, _ in marks) for marks in side.marks)
    return [
        figures(text, lang) if has_number else ()
        for text, has_number in zip(side.texts, numbered, strict=True)
    ]


@lru_cache(maxsize=20_000)
def figures(text: str, lang: Lang) -> tuple[Figure, ...]:
    """Return the numbers of a sentence that count something.

    >>> [(figure.value, *figure.unit) for figure in figures("6,000 engineers, $3m", "en")]
    [(6000.0, 'engineer'), (3000000.0, 'dollar')]
    """
    found = []
    for (kind, value), start, end in located_marks(text, lang):
        if kind == "number" and (unit := _unit(text, start, end, lang)):
            found.append(Figure(float(value), unit))
    return tuple(found)


def _unit(text: str, start: int, end: int, lang: Lang) -> frozenset[str]:
    after = _CLAUSE_END.split(text[end : end + _REACH])[0]
    for sign, word in _SIGNS[lang].items():
        if after.lstrip().startswith(sign) or text[:start].endswith(sign):
            after = word
    keys = [part.key for part in split_parts(after, lang)][: _WORDS[lang]]
    return frozenset(keys if lang == "en" else load_lexicon().words(keys)[:1])
