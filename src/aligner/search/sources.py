"""Which articles and memories a person means by a name, a file or a folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal
from unicodedata import normalize


def names_meant(asked: Path, articles: Collection[str], memories: Collection[str]) -> set[str]:
    """Return the names of the articles and memories that a file, a folder or a name stands for.

    Articles are named by their path below the folder that was read, which may lie anywhere. So
    texts/sub/a.txt means the article whose name is the longest possible end of that path, and a
    folder means every article below such an end. A memory goes by the name of its file alone.
    """
    known = {*articles, *memories}
    parts = normalize("NFC", asked.as_posix()).split("/")
    ends = ["/".join(parts[first:]) for first in range(len(parts))]
    for end in ends:
        if end in memories or (end in articles and _may_be(asked, end, articles)):
            return {end}
    for end in ends:
        if below := {name for name in known if name.startswith(f"{end}/")}:
            return below
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")  # macOS uses both
    return {
        name for name in known if any((asked / normalize(form, name)).is_file() for form in forms)
    }


def _may_be(asked: Path, name: str, known: Collection[str]) -> bool:
    """Return whether a file can be the indexed article with a name.

    It can if another indexed article lies below the same root. If the file is gone, or its article
    is the only one in the index, nothing speaks against it.
    """
    others = [other for other in known if other != name]
    if not others or not asked.exists():
        return True
    root = asked.resolve().parents[name.count("/")]
    return any((root / other).exists() for other in others)
