"""The model that a command computes with, and the line that names it beside the results."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from aligner import __version__

if TYPE_CHECKING:
    from aligner.vectors import Model


def make_embedder(options: argparse.Namespace) -> Model:
    """Return the model that the options name."""
    from aligner.embed import load_embedder

    return load_embedder(options.model, options.precision)


def sign(embedder: Model) -> None:
    """Print what produced a result: the version, the model and a digest of the settings."""
    from aligner.model import content_id
    from aligner.pipeline import signature

    digest = content_id(signature(embedder))[:6]
    print(f"aligner {__version__}|model:{embedder.name}|settings:{digest}", file=sys.stderr)
