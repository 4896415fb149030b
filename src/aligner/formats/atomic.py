"""Writing a file whole or not at all, with one clear sentence where that fails."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from aligner.errors import OutputError

DAY = 86_400  # seconds
_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path beside `path`; it becomes `path` on success and vanishes on failure.

    Parent folders are created. Every `OSError` on the way, also one raised in the body, becomes an
    `OutputError`, so the body should do nothing but write.

    >>> with atomic_path("out/pairs.tsv") as temporary:  # doctest: +SKIP
    ...     temporary.write_text("id\\n", encoding="utf-8")
    """
    # A link is followed, else the move would put a file in the place of the link.
    target = Path(os.path.realpath(path))
    _check_target(target, path)
    temporary = _create_beside(target, path)
    _remove_left_over(target.parent)
    try:
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_reason(error)}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def atomic_text(path: str | os.PathLike[str], encoding: str = "utf-8") -> Iterator[TextIO]:
    """Yield a text file that becomes `path` as with `atomic_path`; line ends stay as written."""
    with atomic_path(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def opened_output(output: Path | None, stream: TextIO) -> Iterator[TextIO]:
    """Yield the text file that is asked for, written whole or not at all, else the stream."""
    if output is None:
        yield stream
    else:
        with atomic_text(output) as file:
            yield file


def stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes whenever somebody saves a file, None where there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise now the OutputError that `atomic_path` would raise after hours of work.

    Nothing is left behind: a folder that is not there yet is made by `atomic_path`.
    """
    target = Path(os.path.realpath(path))
    _check_target(target, path)
    folder = next(parent for parent in target.parents if os.path.lexists(parent))
    _create_beside(folder / target.name, path).unlink()


def _check_target(target: Path, shown: object) -> None:
    """Refuse early what could only fail at the end, after all the work."""
    if target.is_dir():
        raise OutputError(f"cannot write {shown}: it is a folder; give the name of a file")
    if not target.exists():
        return
    if not target.is_file():  # /dev/null would be replaced by a file
        raise OutputError(f"cannot write {shown}: it is not an ordinary file; give another name")
    try:
        with open(target, "r+b"):
            pass
    except OSError as error:
        raise OutputError(f"cannot write {shown}: {_reason(error)}") from error


def _create_beside(target: Path, shown: object) -> Path:
    """Create an empty file in the folder of `target`, by a name that is never too long."""
    folder = target.parent
    temporary = folder / f".aligner-{secrets.token_hex(6)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Not tempfile: its files are readable by their owner alone, and so would the result be.
        temporary.touch(exist_ok=False)
    except PermissionError as error:
        problem = f"the folder {folder} does not allow writing; choose another folder"
        raise OutputError(f"cannot write {shown}: {problem}") from error
    except (FileExistsError, NotADirectoryError) as error:
        problem = f"{folder} cannot be a folder, a file is in its way; choose another folder"
        raise OutputError(f"cannot write {shown}: {problem}") from error
    except OSError as error:
        raise OutputError(f"cannot write {shown}: {_reason(error)}") from error
    return temporary


def _remove_left_over(folder: Path) -> None:
    """Remove the temporary files of runs that were killed a day ago or earlier."""
    for left in folder.glob(".aligner-*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                left.unlink()


def _reason(error: OSError) -> str:
    if error.errno in _FULL:
        return "the disk is full; make room and try again"
    if error.errno == errno.EROFS:
        return "the place is read-only; choose another folder"
    if isinstance(error, PermissionError):
        return (
            "it is open in another program or write-protected; "
            "close it in Excel (or lift the protection) and try again"
        )
    return (error.strerror or str(error) or type(error).__name__).rstrip(".")
