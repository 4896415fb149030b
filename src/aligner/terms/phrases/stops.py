"""Words that no term begins or ends with, and words that institutions begin with."""

from __future__ import annotations

from functools import cache

from aligner.package_data import read_toml


@cache
def function_words(table: str) -> frozenset[str]:
    """Return a table of `data/function_words.toml`: words that neither begin nor end a term ("vi",
    "en"), that stand in none ("vi_inside"), or that institutions begin with."""
    return frozenset(read_toml("terms", "function_words.toml")[table].split())
