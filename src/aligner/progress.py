"""A progress bar on standard error, where a person is looking and the work is long enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
DELAY = 1.0  # seconds before a bar appears


def progress(items: Iterable[T], what: str, unit: str, count: int | None = None) -> Iterator[T]:
    """Yield the items, with a bar after DELAY seconds if standard error is a terminal.

    `count` is how many there are, where the items cannot tell.
    """
    from tqdm import tqdm

    bar = tqdm(items, desc=what, unit=unit, total=count, delay=DELAY, disable=None, leave=False)
    yield from bar
