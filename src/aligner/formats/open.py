"""Opens a user's file, and says in one sentence what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import FormatError
from aligner.formats.encoding import UnreadableText, decode, refuse_lost_letters
from aligner.formats.path import StrPath


@contextmanager
def reading(path: StrPath) -> Iterator[None]:
    """Turn every OSError in the body into a FormatError that says what to do."""
    try:
        yield
    except FileNotFoundError:
        raise FormatError(f"{path}: there is no such file") from None
    except PermissionError as error:
        said = "it cannot be opened; close it in Excel and try again"
        raise FormatError(f"{path}: {said}") from error
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror or error}") from error


def text_of(path: StrPath) -> str:
    """Return the text of a file in any encoding. Raises FormatError if it cannot be read."""
    with reading(path):
        data = Path(path).read_bytes()
    try:
        text = decode(data)
        refuse_lost_letters(text)
    except UnreadableText as problem:
        raise FormatError(f"{path}: {problem}") from problem
    return text
