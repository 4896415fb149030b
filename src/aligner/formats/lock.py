"""One command at a time writes into a results folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from aligner.errors import OutputError

FILE = ".aligner.lock"
WAIT = 60.0  # seconds; what is done within takes one or two
SOON = 2.0  # seconds after which the wait is told


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands from reading what they would write anew, until the body is done.

    Where a place has no locks (some network drives) or takes no file, nothing is kept away. Raises
    OutputError where another command has not finished in a minute.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / FILE, timeout=WAIT, mode=0o666)  # colleagues may hold it, too
    with ExitStack() as stack:
        try:
            with suppress(Timeout):
                stack.enter_context(lock.acquire(timeout=min(SOON, WAIT)))
            if not lock.is_locked:
                sys.stderr.write(f"aligner: another command is at work in {folder}; waiting\n")
                stack.enter_context(lock)
        except Timeout as error:
            raise OutputError(
                f"cannot write into {folder}: another aligner command is at work there; wait until "
                "it has finished, and try again"
            ) from error
        except (OSError, NotImplementedError):
            pass
        yield
