"""Reads the articles a user drops into a folder: text, Markdown, HTML and Word files.

Every problem is an `ArticleError` of one sentence that says what is wrong and what to do.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from aligner.errors import ArticleError
from aligner.formats.bitext_html import GENERATOR
from aligner.formats.encoding import EncodingProblem, decode
from aligner.model import Article, Lang
from aligner.progress import progress
from aligner.text.language import detect_language, language_name
from aligner.text.normalise import tidy

if TYPE_CHECKING:
    from markdown_it.token import Token

_SKIPPED = "pairs.toml"
_RESAVE = "open it in Word and save it as .docx"
# Documents a user may expect to be read, and how to make them readable.
_SAVE_AS = {
    ".doc": _RESAVE,
    ".docm": _RESAVE,
    ".odt": "open it in its program and save it as .docx",
    ".rtf": _RESAVE,
    ".pages": "export it from Pages as .docx",
    ".pdf": "copy its text into a .txt or .docx file",
}
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_TABLE_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Struck out by a reviewer, or the second copy of a drawing for old programs.
_DOCX_UNSEEN = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def read_articles(path: str | Path) -> list[Article]:
    """Read one file, or every article in a folder and the folders below it, ordered by name.

    A file that cannot be read raises `ArticleError`. In a folder the others are read all the
    same, with a warning for each bad one; see `scan_articles` for the list.
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
    """Read one file; raises ArticleError where it is a folder or no article."""
    if path.is_dir():
        raise ArticleError(path, "is a folder; name one file, or use `aligner run` for a folder")
    return read_articles(path)[0]


def may_be_article(path: Path) -> bool:
    """Return whether a file has a form that articles have, and is no page that aligner wrote."""
    if path.suffix.lower() not in _READERS or not path.is_file():
        return False
    return GENERATOR.encode() not in path.read_bytes()[:_HEAD_OF_PAGE]


def scan_articles(
    path: str | Path, skip: Path | None = None
) -> tuple[list[Article], list[ArticleError]]:
    """Read one file or a folder; return the articles and the problems, both ordered by name.

    `skip` is a folder below that is passed over.
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
        raise ArticleError(path, f"has no articles in it; put {_readable()} files there")
    return list(articles.values()), problems


def name_of(path: Path) -> str:
    """Return the name of a file as it is kept and shown: NFC, with / between folders.

    Letters that are no text, as in archives from elsewhere, become question marks.
    """
    return normalize("NFC", path.as_posix().encode("utf-8", "replace").decode())


def _files(root: Path, skip: Path | None, problems: list[ArticleError]) -> list[tuple[Path, str]]:
    """Return the files to read with their names, in the order of the names on every system."""

    def unreadable(error: OSError) -> None:
        problems.append(ArticleError(error.filename, _os_problem(error, "folder")))

    found: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and (skip is None or Path(folder, name).resolve() != skip.resolve())
        ]
        for name in names:
            file = Path(folder, name)
            known = file.suffix.lower() in _READERS or file.suffix.lower() in _SAVE_AS
            if known and not name.startswith((".", "~$")) and name != _SKIPPED:
                found.append((name_of(file.relative_to(root)), file))
    files: dict[str, Path] = {}
    for name, file in sorted(found):
        if name in files:
            problem = "has the name of another file, written otherwise; give it another name"
            problems.append(ArticleError(file, problem))
        files.setdefault(name, file)
    return [(file, name) for name, file in files.items()]


def _read_article(file: Path, name: str) -> Article:
    suffix = file.suffix.lower()
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise ArticleError(file, "is no file that could be read; move it elsewhere")
    if suffix not in _READERS:
        advice = _SAVE_AS.get(suffix, f"save it as one of {_readable()}")
        raise ArticleError(file, f"{suffix or 'a file without extension'} is not read; {advice}")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ArticleError(file, _os_problem(error, "file")) from error
    if not data.strip():
        raise ArticleError(file, "is empty; put the article's text into it or delete it")
    try:
        text = _READERS[suffix](data)
    except EncodingProblem as error:
        raise ArticleError(file, str(error)) from error
    if not any(char.isalpha() for char in text):
        raise ArticleError(file, "has no text in it; put the article's text there or delete it")
    return Article(name, _language(file, text), text)


def _language(file: Path, text: str) -> Lang:
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


def _readable() -> str:
    *most, last = _READERS
    return f"{', '.join(most)} or {last}"


def _read_markdown(data: bytes) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(_FRONT_MATTER.sub("", decode(data), count=1))
    blocks = (_markdown_block(token) for token in tokens)
    return "\n\n".join(block for block in blocks if block.strip())


def _markdown_block(token: Token) -> str:
    if token.type == "html_block":
        return _TAG.sub(" ", token.content)
    return "".join(map(_markdown_inline, token.children or ()))


def _markdown_inline(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")


_HEAD_OF_PAGE = 500  # characters in which a page tells what wrote it


def _read_html(data: bytes) -> str:
    import trafilatura

    page = decode(data)
    if GENERATOR in page[:_HEAD_OF_PAGE]:
        raise EncodingProblem("is an alignment that aligner wrote, no article; move it elsewhere")
    tree = trafilatura.load_html(page)
    if tree is None:
        return tidy(_TAG.sub(" ", page))
    title = _headline(tree)
    text = trafilatura.extract(page, include_comments=False) or _all_text(tree)
    text = _TABLE_ROW.sub(lambda row: row.group(1).replace("|", "\n"), text)
    # The extractor leaves out a headline that stands outside of what it takes for the article.
    if title not in tidy(text[: len(title) + 2000]):
        text = f"{title}\n{text}"
    return text


def _headline(tree: Any) -> str:
    """Return the main heading of a page: the one its title names, if there are several."""
    names = tree.xpath("//title/text() | //meta[@property='og:title']/@content")
    headings = [tidy(heading.text_content()) for heading in tree.iter("h1")]
    named = [heading for heading in headings if any(heading in tidy(name) for name in names)]
    return max(named or headings, key=len, default="")


def _all_text(tree: Any) -> str:
    """Return all text of a page, each block on a line, where no article was recognised."""
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    blocks = "p|div|li|br|tr|td|th|h1|h2|h3|h4|h5|h6|section|article|header|footer|blockquote"
    for element in tree.xpath("|".join(f"//{block}" for block in blocks.split("|"))):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    lines = (tidy(line) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _read_docx(data: bytes) -> str:
    """Return all paragraphs in the order of the document, those of tables and text boxes too."""
    from docx import Document

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise EncodingProblem(f"is an old .doc or has a password; {_RESAVE} without a password")
    try:
        body = Document(BytesIO(data)).element.body
    except Exception as error:  # zip, XML and package faults have no common base
        raise EncodingProblem(f"is damaged or no Word document; {_RESAVE}") from error
    return "\n".join(_docx_paragraphs(body)) if body is not None else ""


def _docx_paragraphs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}p":
            yield _docx_inline(child)
        if child.tag not in _DOCX_UNSEEN:
            yield from _docx_paragraphs(child)  # a text box hides paragraphs in a paragraph


def _docx_inline(element: Any) -> str:
    parts = []
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _DOCX_SIGNS:
            parts.append(_DOCX_SIGNS[child.tag])
        elif child.tag != f"{_W}p" and child.tag not in _DOCX_UNSEEN:
            parts.append(_docx_inline(child))
    return "".join(parts)


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": decode,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
}
