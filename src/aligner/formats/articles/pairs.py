"""Reads pairs.toml, in which the user says which articles belong together.

[[pair]]
vi = "bai-1.txt"
en = ["report-a.txt", "report-b.txt"]
relation = "comparable"  # two newsrooms' reports; "parallel" is a translation

[[pair]]            # an article that has no counterpart
vi = "bai-2.txt"
en = []
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any
from unicodedata import normalize

from aligner.errors import PairsError
from aligner.model import (
    LANGS,
    LANGUAGES,
    RELATIONS,
    Lang,
    RelationChoice,
    other_language,
)

FILE = "pairs.toml"


@dataclass(frozen=True, slots=True)
class ChosenPairs:
    """The chosen pairs of names (Vietnamese, English), and the relation of each.

    The articles in `decided` are in no other pairs than these.
    """

    pairs: Mapping[tuple[str, str], RelationChoice] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()


def read_pairs(folder: Path, vi_names: Iterable[str], en_names: Iterable[str]) -> ChosenPairs:
    """Read the pairs.toml of a folder; without such a file, nothing is chosen.

    The names are those of the folder's articles. Raises PairsError if the file cannot be read,
    names an article that is not there, or contradicts itself.
    """
    path = folder / FILE
    known: dict[Lang, set[str]] = {"vi": set(vi_names), "en": set(en_names)}
    pairs: dict[tuple[str, str], RelationChoice] = {}
    decided: set[str] = set()
    alone: set[str] = set()
    for entry in _entries(path):
        _check_keys(path, entry)
        vi_side, en_side = (_names(path, entry, lang, known) for lang in LANGS)
        relation = _relation(path, entry)
        for couple in product(vi_side, en_side):
            if pairs.setdefault(couple, relation) != relation:
                problem = "two [[pair]]s give {!r} and {!r} different relations".format(*couple)
                raise PairsError(f"{path}: {problem}; keep one of them")
        decided.update(vi_side, en_side)
        if not (vi_side and en_side):
            alone.update(vi_side, en_side)
    if both := sorted(alone & {name for pair in pairs for name in pair}):
        raise PairsError(f"{path}: {both[0]!r} has a counterpart in one [[pair]], none in another")
    return ChosenPairs(pairs, frozenset(decided))


def _entries(path: Path) -> list[dict[str, Any]]:
    """Return the tables [[pair]] of the file; none if it does not exist."""
    if not os.path.lexists(path):
        return []
    if not path.is_file():
        raise PairsError(f"{path}: cannot be read: it is not an ordinary file")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PairsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        problem = f"cannot be read as TOML ({error}); correct it and save it as UTF-8"
        raise PairsError(f"{path}: {problem}") from error
    entries = table.get("pair") if table else []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PairsError(f'{path}: write each pair as [[pair]] with vi = "..." and en = "..."')
    return entries


def _check_keys(path: Path, entry: dict[str, Any]) -> None:
    if unknown := sorted({*entry} - {"vi", "en", "relation"}):
        problem = f"{unknown[0]!r} is not known in [[pair]]; use vi, en and relation"
        raise PairsError(f"{path}: {problem}")
    if not {*entry} & {"vi", "en"}:
        raise PairsError(f"{path}: a [[pair]] names no article; name them with vi and en")


def _relation(path: Path, entry: dict[str, Any]) -> RelationChoice:
    relation = entry.get("relation", "auto")
    if relation not in RELATIONS:
        problem = f"relation is {relation!r}; use one of {', '.join(RELATIONS)}"
        raise PairsError(f"{path}: {problem}")
    chosen: RelationChoice = relation
    return chosen


def _names(
    path: Path, entry: dict[str, Any], lang: Lang, known: Mapping[Lang, Collection[str]]
) -> list[str]:
    value = entry.get(lang, [])
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise PairsError(f"{path}: {lang} is {value!r}; give a file name or a list of file names")
    names = [normalize("NFC", name).replace("\\", "/") for name in given]
    other = other_language(lang)
    for name in names:
        if name not in known[lang]:
            problem = f"there is no {LANGUAGES[lang]} article {name!r} in the folder"
            hint = f", it is {LANGUAGES[other]}" if name in known[other] else ""
            raise PairsError(f"{path}: {problem}{hint}")
    return names
