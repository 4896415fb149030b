"""The type of the paths that functions accept: a string, or any path object."""

from __future__ import annotations

import os

StrPath = str | os.PathLike[str]
