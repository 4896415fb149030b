"""The words of Vietnamese and their parts of speech, as underthesea cuts and tags them.

When its package is imported it looks for its own translator, and so loads torch and transformers:
four seconds for what nobody asks for here. It does without where there is none, so it is told so.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any

TRANSLATOR = "underthesea.pipeline.translate"


def vietnamese_words(text: str) -> list[str]:
    """Return the words of a text in their order."""
    return list(_underthesea().word_tokenize(text))


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in their order, each with its part of speech."""
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
