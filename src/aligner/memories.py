"""Translation memories in the index of a results folder: importing and forgetting them."""

from __future__ import annotations

from pathlib import Path

from aligner.formats.articles.read import name_of
from aligner.formats.bitext.memory import read_memory
from aligner.search.index import FOLDER as INDEX
from aligner.search.update import Changes, check_index, index_memory
from aligner.vectors import TokenEmbedder


def import_memory(file: Path, results: Path, embedder: TokenEmbedder) -> Changes:
    """Add a translation memory to the index of a results folder.

    It is named after the file, and replaces a memory with the same name. Raises FormatError if the
    file cannot be read, SearchError if the index cannot be used or was made by another model.
    """
    check_index(results / INDEX)
    return index_memory(results / INDEX, name_of(Path(file.name)), read_memory(file), embedder)


def forget_memory(file: Path, results: Path, embedder: TokenEmbedder) -> Changes:
    """Remove a translation memory from the index; the file itself need not exist any more.

    Raises SearchError if the memory is not in the index.
    """
    return index_memory(results / INDEX, name_of(Path(file.name)), [], embedder)
