"""Kills processes at any moment of an update and looks at what they leave; run by a test.

python kill_updates.py FOLDER

Children are forked, so that fifty of them start at once; the parent itself never calls FAISS, whose
threads do not survive a fork. Prints how often the old state was found afterwards, and the new one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import numpy  # noqa: F401  loaded once for all children

from aligner import load_embedder
from aligner.model import LANGS
from aligner.search.index import Index
from aligner.search.nearest import read_nearest, stored
from aligner.search.phrase import compile_phrase
from aligner.search.store import FILE, Store
from aligner.search.update import index_memory

KILLS = 50
STATES = (
    [("Giá gạo tăng.", "Rice prices rose."), ("Cầu đã mở lại.", "The bridge is open again.")],
    [("Bão đã vào bờ.", "The storm made landfall."), ("Trường đóng cửa.", "Schools closed.")],
)
BROKEN = 99


def update(folder: Path, state: int) -> int:
    """Bring the memory to one of its two states."""
    index_memory(folder, "memory.tmx", STATES[state], load_embedder())
    return 0


def check(folder: Path) -> int:
    """Return which state is there; raise where it is not whole or not found by a search."""
    with Index.open(folder, load_embedder()) as index:
        lines = index.concordance(compile_phrase(".+", regex=True))
        texts = sorted(line.match for line in lines)
        state = [sorted(text for unit in units for text in unit) for units in STATES].index(texts)
        for text in texts:
            assert index.search(text, 1)[0].sentence.text in texts
    store = Store(folder / FILE)
    for lang, name in json.loads(store.meta("vectors") or "{}").items():
        ids, _ = stored(read_nearest(folder / name, changing=True))
        assert sorted(ids.tolist()) == sorted(store.texts(lang))
    return state


def forked(task: Callable[[], int]) -> int:
    """Start a task in a process of its own and return its number."""
    child = os.fork()
    if child:
        return child
    try:
        code = task()
    except BaseException:
        traceback.print_exc()
        code = BROKEN
    os._exit(code)


def result(child: int) -> int:
    """Wait for a process; return its exit code, negative where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path) -> None:
    """Kill one update after the other, each time somewhere else."""
    rng = random.Random(0)
    assert result(forked(lambda: update(folder, 0))) == 0
    started = time.monotonic()
    assert result(forked(lambda: update(folder, 1))) == 0
    longest = 1.2 * (time.monotonic() - started)
    state, old, new = 1, 0, 0
    for _ in range(KILLS):
        wanted = 1 - state
        child = forked(lambda wanted=wanted: update(folder, wanted))
        time.sleep(rng.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        assert result(child) in (0, -signal.SIGKILL)
        found = result(forked(lambda: check(folder)))
        assert found in (0, 1), found
        old, new = old + (found == state), new + (found == wanted)
        state = found
        longest *= 0.9 if found == wanted else 1.1  # kills stay around the change, however busy
    assert result(forked(lambda: update(folder, 0))) == 0
    left = sorted(path.name for path in folder.iterdir())
    assert len(left) == 1 + len(LANGS), left  # what was broken off is cleared away
    sys.stdout.write(f"{old} {new}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
