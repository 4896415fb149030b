"""Reads the text of an article in Markdown."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from aligner.formats.articles.html import TAG
from aligner.formats.encoding import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")


def read_markdown(data: bytes) -> str:
    """Return the text of the blocks of a file, without front matter, link targets and markup."""
    from markdown_it import MarkdownIt

    # A paragraph that begins with a tab is no code in an article.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    tokens = parser.parse(_FRONT_MATTER.sub("", decode(data), count=1))
    blocks = (_markdown_block(token) for token in tokens)
    return "\n\n".join(block for block in blocks if block.strip())


def _markdown_block(token: Token) -> str:
    if token.type == "html_block":
        return unescape(TAG.sub(" ", token.content))
    return "".join(map(_markdown_inline, token.children or ()))


def _markdown_inline(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    if token.type == "html_inline":
        return "\n" if token.content.startswith(("<br", "<BR")) else ""
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")
