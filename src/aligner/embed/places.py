"""The folder in which aligner keeps what it can make again: model files and vectors."""

from __future__ import annotations

import os
from pathlib import Path

from aligner.errors import CacheError


def cache_directory() -> Path:
    """Return the user's cache folder for aligner; the variable ALIGNER_CACHE overrides it.

    Raises CacheError if there is no home folder.
    """
    from platformdirs import user_cache_dir

    chosen = os.environ.get("ALIGNER_CACHE")
    try:
        return Path(chosen or user_cache_dir("aligner", appauthor=False)).expanduser()
    except RuntimeError as error:
        problem = "there is no home folder to keep vectors in; let ALIGNER_CACHE name a folder"
        raise CacheError(problem) from error
