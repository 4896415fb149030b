"""Aligns Vietnamese and English articles, builds a glossary from them, and searches both.

The names below are stable. Importing the package loads no model and no torch: each name is
fetched from its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.embed import load_embedder as load_embedder

__version__ = "0.1.0"

_HOMES = {
    "load_embedder": "aligner.embed",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'aligner' has no attribute {name!r}")
