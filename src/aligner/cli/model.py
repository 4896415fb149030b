"""The model that a command computes with."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.vectors import Model


def make_embedder(options: argparse.Namespace) -> Model:
    """Return the model that the options name."""
    from aligner.embed import load_embedder

    return load_embedder(options.model, options.precision)
