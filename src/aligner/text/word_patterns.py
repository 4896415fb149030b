"""Makes patterns of the word lists of the data files: whole words, a star for the rest of one."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, for the inside of a larger one; of none for no word.

    >>> re.findall(any_of(["ban", "reduc*"]), "A ban may reduce urban noise.")
    ['ban', 'reduce', 'ban']
    """
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return r"(?!)"
    choices = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in longest_first)
    return f"(?:{choices})"


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of some words that is not part of a longer word.

    >>> whole_words(["ban", "reduc*"]).findall("A ban may reduce urban noise.")
    ['ban', 'reduce']
    """
    return re.compile(rf"(?<!\w){any_of(words)}(?!\w)", re.IGNORECASE)
