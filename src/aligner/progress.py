"""A progress bar on standard error, for work that takes long enough."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
DELAY = 1.0  # seconds before a bar appears


def progress(items: Iterable[T], what: str, unit: str, count: int | None = None) -> Iterator[T]:
    """Yield the items, showing a bar after DELAY seconds if standard error is a terminal.

    `count` is the number of items, for iterables that have no length.
    """
    bar = items
    with suppress(ValueError):  # from the environment: TQDM_NCOLS=wide, say
        from tqdm import tqdm

        bar = tqdm(
            items,
            desc=what,
            unit=unit,
            total=count,
            delay=DELAY,
            disable=None,
            leave=False,
            file=sys.stderr,
        )
    yield from bar
