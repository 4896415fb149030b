"""Reads the files that ship in the `data` folders of the packages: words, weights, vectors."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.vectors import Matrix


def data_folder(package: str) -> Traversable:
    """Return the data folder of a package, which is named without "aligner."."""
    return files(f"aligner.{package}") / "data"


def data_file(package: str, name: str) -> Traversable:
    """Return a data file of a package, which need not exist (not every model has its own)."""
    return data_folder(package) / name


def read_text(package: str, name: str) -> str:
    """Return the text of a data file."""
    return data_file(package, name).read_text(encoding="utf-8")


def read_toml(package: str, name: str) -> dict[str, Any]:
    """Return the contents of a TOML file."""
    return tomllib.loads(read_text(package, name))


def read_json(package: str, name: str) -> Any:
    """Return the contents of a JSON file."""
    return json.loads(read_text(package, name))


def read_arrays(table: Traversable) -> dict[str, Matrix]:
    """Return the arrays of an .npz file as float32, by name."""
    import numpy as np

    with table.open("rb") as file, np.load(file) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}
