"""Finds the numbers of a sentence with what they count: 50,000 engineers, 3%, $4m.

What a number counts is found in the words after it, with the help of the word list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from aligner.model import LANGS, Lang
from aligner.package_data import read_toml
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.marks import Mark, located_marks
from aligner.text.words import split_parts, term_key

_REACH = 60  # characters after a number in which the words for what it counts are looked for
_WORDS: Mapping[Lang, int] = {"vi": 5, "en": 3}  # syllables or words that are looked at there
_CLAUSE_END = re.compile(r"[,.;:()]")


class Figure(NamedTuple):
    """A number, its span, and the words for what it counts, if any.

    In Vietnamese, that is one word of the list, and in English the keys of the words after it.
    """

    value: float
    start: int
    end: int
    unit: frozenset[str]

    @property
    def mark(self) -> Mark:
        """The number as a mark of its sentence."""
        return "number", f"{self.value:.12g}"


@lru_cache(maxsize=20_000)
def figures(text: str, lang: Lang) -> tuple[Figure, ...]:
    """Return the numbers of a sentence, except those in dates.

    >>> [(figure.value, *figure.unit) for figure in figures("6,000 engineers, $3m", "en")]
    [(6000.0, 'engineer'), (3000000.0, 'dollar')]
    """
    return tuple(
        Figure(float(value), start, end, _unit(text, start, end, lang))
        for (kind, value), start, end in located_marks(text, lang)
        if kind == "number"
    )


def count_one_thing(vi: Figure, en: Figure) -> bool:
    """Return whether a Vietnamese and an English number count the same kind of thing."""
    listed = vi.unit & load_lexicon().entries.keys()
    return any(rendered(word, en.unit) for word in listed)


def count_other_things(vi: Figure, en: Figure) -> bool:
    """Return whether two numbers have units that cannot mean the same, such as days and months."""
    ours, theirs = (
        {n for n, row in enumerate(_units()) if figure.unit & row[lang]}
        for lang, figure in (("vi", vi), ("en", en))
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


@cache
def _units() -> list[dict[str, frozenset[str]]]:
    """Return the units of measure, each with the keys of its words by language."""
    return [
        {lang: frozenset(" ".join(term_key(word, lang)) for word in row[lang]) for lang in LANGS}
        for row in read_toml("text", "numbers.toml")["units"]
    ]


@cache
def _signs(lang: Lang) -> dict[str, str]:
    """Return the word that each sign or code before or after a number stands for."""
    signs = read_toml("text", "numbers.toml")[lang]["signs"]
    return {sign: word for word, own in signs.items() for sign in own}


def _unit(text: str, start: int, end: int, lang: Lang) -> frozenset[str]:
    after = _CLAUSE_END.split(text[end : end + _REACH])[0]
    for sign, word in _signs(lang).items():
        if after.lstrip().startswith(sign) or text[:start].rstrip().endswith(sign):
            after = word
    keys = [part.key for part in split_parts(after, lang)][: _WORDS[lang]]
    if lang == "en":
        return frozenset(keys)
    begun = (" ".join(keys[:size]) for size in range(len(keys), 0, -1))
    unit = next((words for words in begun if words in _vietnamese_units()), None)
    return frozenset([unit] if unit else load_lexicon().words(keys)[:1])


@cache
def _vietnamese_units() -> frozenset[str]:
    return frozenset().union(*(row["vi"] for row in _units()))
