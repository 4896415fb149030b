"""Finds the negations in a sentence, and writes it without them: không, chưa; not, never.

The words are data (`data/negation.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from aligner.model import LANGS, Lang, other_language
from aligner.package_data import read_toml
from aligner.text.word_patterns import any_of, whole_words

# What remains of a negation that is taken out. Of other words in n't, that is the word without it
# (isn't, is), and of all others nothing.
_LEFT: Mapping[str, str] = {
    "cannot": "can",
    "can't": "can",
    "won't": "will",
    "shan't": "shall",
    "without": "with",
    **dict.fromkeys(("do not", "does not", "did not", "don't", "doesn't", "didn't"), ""),
}


class Negation(NamedTuple):
    """A negation: its span, and the sentence without it."""

    start: int
    end: int
    without: str


class _Words(NamedTuple):
    """The patterns of one language.

    `negators` are negations, `elsewhere` are phrases in which such a word means something else, and
    `implies` are words that may render a negation.
    """

    negators: re.Pattern[str]
    elsewhere: re.Pattern[str]
    implies: re.Pattern[str]


def negations(text: str, lang: Lang) -> list[Negation]:
    """Return the negations of a sentence, without those words that mean something else there.

    >>> [negation.without for negation in negations("They can't swim without help.", "en")]
    ['They can swim without help.', "They can't swim with help."]
    >>> negations("Hàng không Việt Nam có bay không?", "vi")
    []
    """
    words = _words(lang)
    masked = words.elsewhere.sub(lambda match: "." * len(match.group()), text)
    return [
        Negation(match.start(), match.end(), _without(text, match.start(), match.end()))
        for match in words.negators.finditer(masked)
    ]


def may_negate(text: str, lang: Lang, other: str = "") -> bool:
    """Return whether a sentence has any word that could render a "not" of the `other` text.

    It may do so in many ways: unclear, fails, từ chối. A word that renders one of the other text
    renders no "not" of it.

    >>> may_negate("The cause is unclear.", "en"), may_negate("The cause is known.", "en")
    (True, False)
    >>> may_negate("Tôi loại trừ điều đó.", "vi", "I do not rule that out.")
    True
    >>> may_negate("Tôi loại trừ điều đó.", "vi", "I do not rule out that.")
    False
    """
    for both in _in_both():
        if both[other_language(lang)].search(other):
            text = both[lang].sub("", text)
    words = _words(lang)
    return bool(words.negators.search(text) or words.implies.search(text))


def _without(text: str, start: int, end: int) -> str:
    word = text[start:end].casefold().replace("’", "'")
    left = _LEFT.get(word, word.removesuffix("n't") if word.endswith("n't") else "")
    before, behind = text[:start], text[end:]
    return f"{before}{left}{behind}" if left else before + behind.lstrip()


@cache
def _in_both() -> tuple[Mapping[Lang, re.Pattern[str]], ...]:
    """Return the patterns of words that negate and render each other."""
    rows = read_toml("text", "negation.toml")["both"]
    return tuple({lang: whole_words(row[lang]) for lang in LANGS} for row in rows)


@cache
def _words(lang: Lang) -> _Words:
    table = read_toml("text", "negation.toml")[lang]
    negators, elsewhere = any_of(table["denies"]), any_of(table["elsewhere"])
    implies = any_of(table["implies"])
    if lang == "vi":
        # At the end of a clause, such a word makes a question of it.
        elsewhere += r"|(?:không|chưa)(?=\s*(?:[^\w\s]|$))"
    else:
        negators = rf"(?:(?:do|does|did) not|\w+n[’']t|{negators})"
        implies += rf"|(?:{'|'.join(table['prefixes'])})\w*|\w+{any_of(table['suffixes'])}"
    return _Words(
        *(
            re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
            for words in (negators, elsewhere, implies)
        )
    )
