"""Reads XML exchange formats (TMX, TBX) element by element, in bounded memory.

Entities are not resolved, nothing outside the file is read, and elements are dropped once read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, TypeVar

from aligner.errors import FormatError
from aligner.formats.open import reading
from aligner.formats.path import StrPath
from aligner.text.normalise import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

T = TypeVar("T")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGS = {"vi": "vi", "vie": "vi", "vn": "vi", "en": "en", "eng": "en"}  # vn: a common mistake


class ElementError(ValueError):
    """An element cannot be understood; the message begins with its line number."""

    def __init__(self, element: _Element, problem: str) -> None:
        super().__init__(f"line {element.sourceline}: {problem}")


def read_elements(
    path: StrPath,
    tags: tuple[str, ...],
    form: str,
    what: str,
    read: Callable[[_Element], Iterable[T]],
) -> Iterator[T]:
    """Yield what `read` returns for each element with one of the tags, in the order of the file.

    `form` is the name of the format and `what` that of its elements, both for error messages.

    Raises FormatError if the file cannot be opened, is not well-formed or has no such element, or
    if `read` raises ElementError.
    """
    found = False
    with reading(path), open(path, "rb") as stream:
        for element in _elements(path, stream, tags, form):
            found = True
            try:
                yield from read(element)
            except ElementError as error:
                raise FormatError(f"{path}, {error}") from error
    if not found:
        raise FormatError(f"{path}: it has no {what}; export it again as {form}")


def _elements(
    path: StrPath, stream: IO[bytes], tags: tuple[str, ...], form: str
) -> Iterator[_Element]:
    from lxml import etree

    parser = etree.iterparse(
        stream,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # a text may exceed 10 MB; entity bombs are stopped all the same
    )
    try:
        for _, element in parser:
            yield element
            # Free the element, and its place among its parent's children.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        # The log is more precise: for an undefined entity the error is "no element found".
        first = next(iter(parser.error_log), None)
        said = tidy(f"line {first.line}: {first.message}" if first else str(error.msg))
        raise FormatError(
            f"{path}: it is not well-formed XML, damaged or cut short ({said}); "
            f"export it again as {form}"
        ) from error


def lang_of(element: _Element) -> str | None:
    """Return "vi" or "en" from the attribute xml:lang, or the older lang; None for any other."""
    code = element.get(XML_LANG) or element.get("lang") or ""
    return _LANGS.get(code.strip().replace("_", "-").split("-")[0].casefold())


def text_in(element: _Element) -> str:
    """Return the tidied text of an element and its descendants.

    Raises ElementError if it holds an entity, which would be defined elsewhere.
    """
    from lxml import etree

    for entity in element.iter(etree.Entity):
        problem = f"it holds {entity}, which is not read; write the character itself"
        raise ElementError(element, problem)
    return tidy("".join(map(str, element.itertext())))
