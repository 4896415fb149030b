"""Words that no term begins or ends with, and words that institutions begin with."""

from __future__ import annotations

from functools import cache

from aligner.package_data import read_toml


@cache
def function_words(table: str) -> frozenset[str]:
    """Return a table of `data/function_words.toml`.

    "vi" and "en" hold words that neither begin nor end a term, "vi_inside" those that stand in
    none, "vi_institutions" those that institutions begin with.
    """
    return frozenset(read_toml("terms", "function_words.toml")[table].split())
