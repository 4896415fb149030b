"""Times an action by the best of some runs."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEATS = 3


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the least seconds of some runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
