"""What ships in the folders `data` of the packages: words, weights, vectors."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.vectors import Matrix


def data_folder(package: str) -> Traversable:
    """Return the folder of a package, which is named without the "aligner." before it."""
    return files(f"aligner.{package}") / "data"


def data_file(package: str, name: str) -> Traversable:
    """Return a file of that folder; one that belongs to a model is not there for every model."""
    return data_folder(package) / name


def read_text(package: str, name: str) -> str:
    """Return a file as text."""
    return data_file(package, name).read_text(encoding="utf-8")


def read_toml(package: str, name: str) -> dict[str, Any]:
    """Return the tables of a TOML file."""
    return tomllib.loads(read_text(package, name))


def read_json(package: str, name: str) -> Any:
    """Return what a JSON file holds."""
    return json.loads(read_text(package, name))


def read_arrays(table: Traversable) -> dict[str, Matrix]:
    """Return the arrays of an .npz file in float32, by name."""
    import numpy as np

    with table.open("rb") as file, np.load(file) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}
