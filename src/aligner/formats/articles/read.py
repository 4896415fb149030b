"""Reads articles: text, Markdown, HTML and Word files, single ones or all in a folder.

Every problem is an `ArticleError`, whose one sentence says what is wrong and what to do.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

from aligner.characters import in_utf8
from aligner.errors import ArticleError
from aligner.formats.articles.docx import RESAVE, read_docx
from aligner.formats.articles.html import is_own_page, read_html
from aligner.formats.articles.markdown import read_markdown
from aligner.formats.articles.pairs import FILE as PAIRS
from aligner.formats.encoding import UnreadableText, decode, refuse_lost_letters, refuse_old_fonts
from aligner.model import Article, Lang
from aligner.progress import progress
from aligner.prose import one_of
from aligner.text.language import detect_language, is_bilingual, language_name

# Formats that a user may expect to be read, and what to do with such a file.
_SAVE_AS = {
    ".doc": RESAVE,
    ".docm": RESAVE,
    ".odt": "open it in its program and save it as .docx",
    ".rtf": RESAVE,
    ".pages": "export it from Pages as .docx",
    ".pdf": "copy its text into a .txt or .docx file",
}


def read_articles(path: str | Path) -> list[Article]:
    """Read one file, or all articles in a folder and its subfolders, ordered by name.

    Raises ArticleError if the file, or every file in the folder, cannot be read. Otherwise a file
    that cannot be read is skipped with a warning; `scan_articles` returns these problems.
    """
    articles, problems = scan_articles(path)
    if problems and not Path(path).is_dir():
        raise problems[0]
    for problem in problems:
        warnings.warn(str(problem), stacklevel=2)
    if not articles:
        raise ArticleError(path, f"no article in it can be read; first problem: {problems[0]}")
    return articles


def read_article(path: Path) -> Article:
    """Read one file. Raises ArticleError if it is a folder or cannot be read as an article."""
    if path.is_dir():
        raise ArticleError(path, "is a folder; name one file, or use `aligner run` for a folder")
    return read_articles(path)[0]


def may_be_article(path: Path) -> bool:
    """Return whether a file may be an article, and is not a page or table that aligner wrote."""
    if path.suffix.lower() not in _READERS or not path.is_file():
        return False
    text = path.read_bytes().decode("utf-8", "replace")
    is_table = all(
        "\t" in line or line.startswith("{") for line in text.split("\n") if line.strip()
    )
    return not (is_own_page(text) or is_table)


def scan_articles(
    path: str | Path, skip: Path | None = None
) -> tuple[list[Article], list[ArticleError]]:
    """Read one file or a folder; return the articles and the problems, both ordered by name.

    `skip` is a subfolder that is not read. Raises ArticleError if there is nothing to read.
    """
    root = Path(path)
    if not root.exists():
        raise ArticleError(path, "there is no such file or folder; check the name")
    if not root.is_dir():
        try:
            return [_read_article(root, name_of(Path(root.name)))], []
        except ArticleError as problem:
            return [], [problem]
    articles: dict[str, Article] = {}
    problems: list[ArticleError] = []
    for file, name in progress(_files(root, skip, problems), "opening", unit="file"):
        try:
            article = _read_article(file, name)
        except ArticleError as problem:
            problems.append(problem)
            continue
        first = articles.setdefault(article.id, article)
        if first is not article:
            text = f"is the same text as {first.name}; that one is used, this one can be deleted"
            problems.append(ArticleError(file, text))
    if not articles and not problems:
        raise ArticleError(path, f"has no articles in it; put {one_of(_READERS)} files there")
    return list(articles.values()), problems


def name_of(path: Path) -> str:
    """Return the name by which an article is known: its path in NFC, with forward slashes.

    Bytes that are not valid text, as in archives from other systems, become question marks.
    """
    return normalize("NFC", in_utf8(path.as_posix()))


def _files(root: Path, skip: Path | None, problems: list[ArticleError]) -> list[tuple[Path, str]]:
    """Return the files to read and their names, in the same order on every system."""

    def unreadable(error: OSError) -> None:
        problems.append(ArticleError(error.filename, _os_problem(error, "folder")))

    found: list[tuple[str, Path]] = []
    # Links may form a loop; realpath, unlike Path.resolve, does not mind.
    seen = {os.path.realpath(place) for place in (root, skip) if place}
    for folder, folders, names in os.walk(root, onerror=unreadable, followlinks=True):
        shown = sorted((name for name in folders if not name.startswith(".")), reverse=True)
        inner = {os.path.realpath(Path(folder, name)): name for name in shown}
        folders[:] = [name for at, name in inner.items() if at not in seen]
        seen.update(inner)
        for name in names:
            file = Path(folder, name)
            if name.casefold().startswith(f"{PAIRS}."):
                problem = f"is not read as {PAIRS}, because of its name; rename it or delete it"
                problems.append(ArticleError(file, problem))
                continue
            known = file.suffix.lower() in _READERS or file.suffix.lower() in _SAVE_AS
            if known and not name.startswith((".", "~$")):
                found.append((name_of(file.relative_to(root)), file))
    files: dict[str, Path] = {}
    for name, file in sorted(found):
        if name in files:
            problem = "has the same name as another file, in other characters; give it another name"
            problems.append(ArticleError(file, problem))
        files.setdefault(name, file)
    return [(file, name) for name, file in files.items()]


def _read_article(file: Path, name: str) -> Article:
    suffix = file.suffix.lower()
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise ArticleError(file, "is not a file that can be read; move it elsewhere")
    if suffix not in _READERS:
        advice = _SAVE_AS.get(suffix, f"save it as one of {one_of(_READERS)}")
        raise ArticleError(file, f"{suffix or 'a file without extension'} is not read; {advice}")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ArticleError(file, _os_problem(error, "file")) from error
    if not data.strip():
        raise ArticleError(file, "is empty; put the article's text into it or delete it")
    try:
        text = _READERS[suffix](data)
        refuse_old_fonts(text)
        refuse_lost_letters(text)
    except UnreadableText as error:
        raise ArticleError(file, str(error)) from error
    if not any(char.isalpha() for char in text):
        raise ArticleError(file, "has no text in it; put the article's text there or delete it")
    return Article(name, _language(file, text), text)


def _language(file: Path, text: str) -> Lang:
    if is_bilingual(text):
        mixed = "holds Vietnamese and English; put each language into a file of its own"
        raise ArticleError(file, mixed)
    match detect_language(text):
        case "vi" | "en" as lang:
            return lang
        case other:
            looks = f"looks like {language_name(other)}; aligner reads Vietnamese and English"
            raise ArticleError(file, looks)


def _os_problem(error: OSError, kind: str) -> str:
    if isinstance(error, PermissionError):
        return f"the {kind} may not be opened; close it elsewhere or change its permissions"
    return f"the {kind} cannot be opened ({error.strerror}); check it and try again"


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": decode,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
}
