"""One command at a time writes into a results folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from aligner.errors import OutputError

FILE = ".aligner.lock"
WAIT = 60.0  # seconds; what is done within takes one or two


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands from reading what they would write anew, until the body is done.

    Where a place has no locks (some network drives) or takes no file, nothing is kept away. Raises
    OutputError where another command has not finished in a minute.
    """
    from filelock import FileLock, Timeout

    with ExitStack() as stack:
        try:
            stack.enter_context(FileLock(folder / FILE, timeout=WAIT))
        except Timeout as error:
            raise OutputError(
                f"cannot write into {folder}: another aligner command is at work there; wait until "
                "it has finished, and try again"
            ) from error
        except (OSError, NotImplementedError):
            pass
        yield
