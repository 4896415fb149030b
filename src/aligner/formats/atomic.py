"""Writes a file completely or not at all, and says in one sentence why it cannot be written."""

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
from aligner.formats.path import StrPath

DAY = 86_400  # seconds
_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def atomic_path(path: StrPath) -> Iterator[Path]:
    """Yield a temporary path, which is renamed to `path` on success and deleted on failure.

    Parent folders are created. Every OSError, including one raised in the body, becomes an
    OutputError, so the body should do nothing but write.

    >>> with atomic_path("out/pairs.tsv") as temporary:  # doctest: +SKIP
    ...     temporary.write_text("id\\n", encoding="utf-8")
    """
    # Follow a link: renaming would replace the link itself.
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
def atomic_text(path: StrPath, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Yield a text file that becomes `path` as in `atomic_path`; line ends are not translated."""
    with atomic_path(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def opened_output(output: Path | None, stream: TextIO) -> Iterator[TextIO]:
    """Yield a text file that becomes `output` as in `atomic_text`, or the stream if it is None."""
    if output is None:
        yield stream
    else:
        with atomic_text(output) as file:
            yield file


def stamp(path: Path) -> tuple[int, int] | None:
    """Return a file's time of modification and size, or None if there is no such file."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def check_writable(path: StrPath) -> None:
    """Raise now the OutputError that `atomic_path` would raise after hours of work.

    Nothing is left behind, and missing folders are not created yet.
    """
    target = Path(os.path.realpath(path))
    _check_target(target, path)
    folder = next(parent for parent in target.parents if os.path.lexists(parent))
    _create_beside(folder / target.name, path).unlink()


def _check_target(target: Path, shown: object) -> None:
    """Raise OutputError if the target is a folder or cannot be replaced."""
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
    """Create an empty file in the folder of `target`; its name is short on purpose."""
    folder = target.parent
    temporary = folder / f".aligner-{secrets.token_hex(6)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The files of `tempfile` are readable by their owner alone, and so would the result be.
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
    """Remove the temporary files of runs that were killed more than a day ago."""
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
