"""Remarks beside the results, on standard error, so that results can be piped into a file."""

from __future__ import annotations

import sys

from aligner.characters import harmless


def note(text: str) -> None:
    """Print a remark of the program."""
    print(harmless(f"aligner: {text}"), file=sys.stderr)
