"""A progress bar on standard error, where a person is looking and the work is long enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
DELAY = 1.0  # seconds before a bar appears


def progress(items: Sequence[T], what: str, unit: str) -> Iterator[T]:
    """Yield the items, with a bar after DELAY seconds if standard error is a terminal."""
    from tqdm import tqdm

    yield from tqdm(items, desc=what, unit=unit, delay=DELAY, disable=None, leave=False)
