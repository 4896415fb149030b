"""Lists of words: where a term can begin and end, and the surnames of people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from aligner.model import Lang
from aligner.package_data import read_toml


def function_words(lang: Lang) -> frozenset[str]:
    """Return the words of a language that neither begin nor end a term."""
    return word_list(lang)


def begins_institution(words: Sequence[str]) -> bool:
    """Return whether Vietnamese syllables begin with the head of an institution.

    >>> begins_institution(["Ủy", "ban", "nhân", "dân"]), begins_institution(["Biển", "Đông"])
    (True, False)
    """
    heads = words[0].casefold(), "_".join(words[:2]).casefold()
    return not word_list("vi_institutions").isdisjoint(heads)


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of `data/function_words.toml`.

    For instance, "vi_inside" holds the words that are in no term, "vi_institutions" and
    "en_institutions" those with which the names of institutions begin and end, and "surnames" the
    Vietnamese ones without accents.
    """
    return frozenset(read_toml("terms", "function_words.toml")[name].split())
