"""Which articles and memories of an index are meant by the names, files and folders of a person."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal
from unicodedata import normalize


def names_meant(asked: Path, articles: Collection[str], memories: Collection[str]) -> set[str]:
    """Return the names that a file, a folder or a name stands for.

    Names are places below the folder that was read, wherever that lies: of texts/sub/a.txt the
    longest end that is a name is meant, of a folder what lies below such an end. A memory is known
    by the name of its file alone.
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
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")  # macOS writes names in either
    return {
        name for name in known if any((asked / normalize(form, name)).is_file() for form in forms)
    }


def _may_be(asked: Path, name: str, known: Collection[str]) -> bool:
    """Return whether a file can be the indexed article of a name.

    It is where another indexed article lies below the same root; of a file that is gone, or of one
    that is indexed alone, nothing speaks against it.
    """
    others = [other for other in known if other != name]
    if not others or not asked.exists():
        return True
    root = asked.resolve().parents[name.count("/")]
    return any((root / other).exists() for other in others)
