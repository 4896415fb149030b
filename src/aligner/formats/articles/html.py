"""Reads the text of an article on a web page."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from aligner.characters import MOST_MARKS, without_surplus_marks
from aligner.formats.bitext.html import GENERATOR
from aligner.formats.encoding import UnreadableText, decode
from aligner.text.normalise import tidy

# A comment or script that is never closed goes on to the end, as in a browser.
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_TABLE_ROW = re.compile(r"^\|(.*)\| *$", re.MULTILINE)
_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|a|center)\b[^<>]*>", re.IGNORECASE)
_HEAD = re.compile(r"\A.*?</head>", re.DOTALL | re.IGNORECASE)
# Enough letters or marks one after the other, as such or as entities, to be surplus marks.
_PILE = re.compile(rf"(?:&#?[0-9A-Za-z]+;?|[^\0-\u02ff]){{{MOST_MARKS + 1},}}")
_DEEPEST = 200  # levels of nesting; beyond some 250, the parser drops what follows
_BEGINNING = 500  # characters within which a page names the program that wrote it


def is_own_page(page: str) -> bool:
    """Return whether a page was written by this program."""
    return GENERATOR in page[:_BEGINNING]


def read_html(data: bytes) -> str:
    """Return the headline and text of the article on a page, or all text if none is recognised.

    Raises UnreadableText if the bytes are not text, or this program wrote the page.
    """
    import trafilatura

    page = _PILE.sub(lambda pile: _without_surplus(pile.group()), decode(data))
    if is_own_page(page):
        raise UnreadableText(
            "is an alignment written by aligner, not an article; move it elsewhere"
        )
    tree = trafilatura.load_html(page)
    if tree is None:
        return _without_tags(page)
    title = _headline(tree)
    if _is_cut_off(tree, page):
        text = _without_tags(page)
    else:
        text = trafilatura.extract(page, include_comments=False) or _all_text(tree)
    text = _TABLE_ROW.sub(_cells, text)
    # The extractor omits a headline that is outside of what it takes for the article.
    if title not in tidy(text[: len(title) + 2000]):
        text = f"{title}\n{text}"
    return text


def _cells(row: re.Match[str]) -> str:
    """Return the cells of a table's row that the extractor wrote, without its rules of dashes."""
    return "\n".join(cell for cell in row[1].split("|") if cell.strip(" -"))


def _without_surplus(pile: str) -> str:
    """Remove the surplus marks, which the extractor would sort in quadratic time."""
    return escape(without_surplus_marks(unescape(pile)))


def _is_cut_off(tree: Any, page: str) -> bool:
    """Return whether the parser gave up because unclosed tags are nested too deeply."""
    depth, element = 0, tree
    while len(element):
        depth, element = depth + 1, element[-1]
    return depth >= _DEEPEST and len(tidy(tree.text_content())) < len(tidy(TAG.sub(" ", page)))


def _without_tags(page: str) -> str:
    """Return all text of a page that the parser cannot read to its end, a line for each block."""
    lines = TAG.sub("\n", _INLINE.sub("", _HEAD.sub("", page))).split("\n")
    return "\n".join(filter(None, (tidy(unescape(line)) for line in lines)))


def _headline(tree: Any) -> str:
    """Return the main heading of a page; of several, the one that is in its title."""
    names = map(tidy, tree.xpath("//title/text() | //meta[@property='og:title']/@content"))
    named_as = "\n".join(dict.fromkeys(names))
    headings = list(dict.fromkeys(tidy(heading.text_content()) for heading in tree.iter("h1")))
    named = [heading for heading in headings if heading in named_as]
    return max(named or headings, key=len, default="")


def _all_text(tree: Any) -> str:
    """Return all text of a page, a line for each block."""
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    blocks = "p|div|li|br|tr|td|th|h1|h2|h3|h4|h5|h6|section|article|header|footer|blockquote"
    for element in tree.xpath("|".join(f"//{block}" for block in blocks.split("|"))):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    lines = (tidy(line) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)
