"""Checks what a command may overwrite: no input, article, glossary or unread decision."""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import FormatError, OutputError
from aligner.formats.articles.read import may_be_article
from aligner.formats.excel.open import opened_workbook
from aligner.formats.glossary.omegat import is_about, is_written_from
from aligner.formats.own_files import is_own_file
from aligner.formats.workbook.additions import has_additions
from aligner.formats.workbook.row import SHEET
from aligner.glossary import Glossary
from aligner.results_folder import TABLE, keep_saved, read_kept

_NO_TERMS = Glossary(())


def check_output(output: Path | None, inputs: Sequence[Path] = ()) -> None:
    """Raise OutputError if writing a file would destroy an input, an article or somebody's work."""
    if output is None or not output.is_file():
        return
    check_article(output, inputs)
    if output.suffix.lower() in (".xlsx", ".csv") and _is_glossary(output):
        check_replaceable(output, output.parent)
    _check_own(output)


def check_article(output: Path, inputs: Sequence[Path] = ()) -> None:
    """Raise OutputError if an existing file is one of the inputs or may be an article."""
    if not output.exists():
        return
    if any(path.exists() and output.samefile(path) for path in inputs):
        raise OutputError(f"cannot write {output}: it is read for this; give another name")
    if may_be_article(output):
        raise OutputError(
            f"cannot write {output}: it is there already and may be an article; delete it, or give "
            "another name"
        )


def check_replaceable(path: Path, folder: Path, glossary: Glossary = _NO_TERMS) -> None:
    """Raise OutputError if writing a file would destroy what a person has done in it.

    That is decisions that were not read yet, columns, sheets and comments of the reviewer's own,
    and any file that this program did not write; a list of terms is known by those of `glossary`.
    Nor may a copy replace the glossary's own files in `folder`, or any other glossary's table.
    """
    is_here = os.path.realpath(path.parent) == os.path.realpath(folder)
    if (is_here and _is_of_glossary(path)) or (path.name == TABLE and path.exists()):
        raise OutputError(
            f"cannot write {path}: it is the glossary itself, which `aligner run` and "
            "`aligner review` keep up to date; give the copy another name"
        )
    if not path.is_file():
        return
    if path.suffix.lower() != ".xlsx":
        if not is_about(path, glossary):
            _check_own(path)
        return
    try:
        kept = [read_kept(place, path) for place in (folder, path.parent)]
    except FormatError as error:
        raise OutputError(
            f"cannot write {path}: what is in it could not be kept ({error}); give another name"
        ) from error
    if all(one.unread and one.glossary != one.table for one in kept):
        raise OutputError(
            f"cannot write {path}: it holds decisions that were not read back; read them with "
            f"`aligner review {path} --glossary {folder}`, or give another name"
        )
    if has_additions(path, lost=True) or any(one.own.titles for one in kept):
        raise OutputError(
            f"cannot write {path}: somebody has added columns, sheets or comments to it; give "
            "another name"
        )


@contextmanager
def replacing(
    path: Path, say: Callable[[str], None], glossary: Glossary = _NO_TERMS
) -> Iterator[None]:
    """Keep a copy of a file in which somebody may have worked, if the body replaces it by another.

    `say` is given one sentence then. A list of terms is as it was written if `glossary` gives such
    lines. Raises OutputError if the copy cannot be written.
    """
    is_list = path.is_file() and is_written_from(path, glossary)
    copy = None if is_list else keep_saved(path)
    try:
        yield
    finally:
        if copy and filecmp.cmp(path, copy, shallow=False):
            copy.unlink()
        elif copy:
            say(f"kept {path.name} as it was, as {copy}")


def _check_own(path: Path) -> None:
    """Raise OutputError if a file was written, or saved after this program wrote it, by others."""
    if not is_own_file(path):
        raise OutputError(
            f"cannot write {path}: it is there already, and somebody has worked in it; delete it, "
            "or give another name"
        )


def _is_of_glossary(path: Path) -> bool:
    """Return whether a file is named like a glossary's table, workbook or previous workbook."""
    return (
        path.name == TABLE
        or re.fullmatch(r"glossary(\.previous(-\d+)?)?\.xlsx", path.name) is not None
    )


def _is_glossary(path: Path) -> bool:
    """Return whether a file is named like a glossary, or is a workbook with its sheet."""
    if _is_of_glossary(path):
        return True
    try:
        with opened_workbook(path) as book:
            return SHEET in book.sheetnames
    except FormatError:
        return False
