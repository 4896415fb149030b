"""A lock on a results folder, so that only one command at a time writes into it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from aligner.characters import harmless
from aligner.errors import OutputError

FILE = ".aligner.lock"
WAIT = 60.0  # seconds; a command holds the lock for one or two
SOON = 2.0  # seconds of waiting after which the user is told


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder until the body is done.

    On drives without locks (some network drives), or where no lock file can be created, nothing is
    locked. Raises OutputError if another command holds the lock for more than a minute.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / FILE, timeout=WAIT, mode=0o666)  # colleagues use the same lock
    with ExitStack() as stack:
        try:
            with suppress(Timeout):
                stack.enter_context(lock.acquire(timeout=min(SOON, WAIT)))
            if not lock.is_locked:
                waiting = f"aligner: another command is working in {folder}; waiting for it\n"
                sys.stderr.write(harmless(waiting))
                stack.enter_context(lock)
        except Timeout as error:
            raise OutputError(
                f"cannot write into {folder}: another aligner command is working there; wait until "
                "it has finished, and try again"
            ) from error
        except (OSError, NotImplementedError):
            pass
        yield
