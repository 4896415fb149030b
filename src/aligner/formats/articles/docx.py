"""Reads the text of an article in a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from aligner.formats.encoding import UnreadableText

RESAVE = "open it in Word and save it as .docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Text that a reviewer struck out, properties, and the copy of a drawing for old programs.
_UNSEEN = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def read_docx(data: bytes) -> str:
    """Return the paragraphs in order, a line each, those in tables and text boxes included.

    Raises UnreadableText if the file is damaged or not a Word document.
    """
    from docx import Document

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableText(f"is an old .doc or has a password; {RESAVE} without a password")
    try:
        body = Document(BytesIO(data)).element.body
    except Exception as error:  # errors of zip, XML and package have no common base
        raise UnreadableText(f"is damaged or not a Word document; {RESAVE}") from error
    return "\n".join(_paragraphs(body)) if body is not None else ""


def _paragraphs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}p":
            yield _inline(child)
        if child.tag not in _UNSEEN:
            yield from _paragraphs(child)  # a text box is a paragraph with paragraphs in it


def _inline(element: Any) -> str:
    parts = []
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag != f"{_W}p" and child.tag not in _UNSEEN:
            parts.append(_inline(child))
    return "".join(parts)
