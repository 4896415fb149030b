"""Words that no term begins or ends with, and words that institutions begin with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def function_words(table: str) -> frozenset[str]:
    """Return a table of `data/function_words.toml`: words that neither begin nor end a term ("vi",
    "en"), that stand in none ("vi_inside"), or that institutions begin with."""
    text = files("aligner.terms").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[table].split())
