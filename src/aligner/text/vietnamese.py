"""Splits Vietnamese text into words and tags their parts of speech, by means of underthesea.

When underthesea is imported, it also imports its own translator with torch and transformers, which
takes four seconds and is not needed here. So that import is made to fail, which it tolerates.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any

TRANSLATOR = "underthesea.pipeline.translate"


def vietnamese_words(text: str) -> list[str]:
    """Return the words of a text in order."""
    return list(_underthesea().word_tokenize(text))


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in order, each with its part of speech."""
    return list(_underthesea().pos_tag(text))


@cache
def _underthesea() -> Any:
    modules: dict[str, Any] = sys.modules
    if "underthesea" in modules:
        return modules["underthesea"]
    modules[TRANSLATOR] = None  # an import of it fails
    try:
        return import_module("underthesea")
    finally:
        del modules[TRANSLATOR]
