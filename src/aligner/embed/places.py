"""Where aligner keeps what it can make again: unpacked models and vectors."""

from __future__ import annotations

import os
from pathlib import Path


def cache_directory() -> Path:
    """Return the user's cache folder for aligner; the environment's ALIGNER_CACHE overrides it."""
    chosen = os.environ.get("ALIGNER_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("aligner", appauthor=False))


def models_directory() -> Path:
    """Return the folder for unpacked models."""
    return cache_directory() / "models"
