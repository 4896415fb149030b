"""Reading exchange formats in XML: elements one by one, in bounded memory, without surprises.

Entities are not resolved and nothing outside the file is read; elements are dropped once read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from aligner.errors import FormatError
from aligner.text.normalise import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGS = {"vi": "vi", "vie": "vi", "vn": "vi", "en": "en", "eng": "en"}  # vn: a common mistake
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_elements(
    path: str | os.PathLike[str], stream: IO[bytes], tags: tuple[str, ...], form: str
) -> Iterator[_Element]:
    """Yield the elements of some names; `form` is what the file should be exported as.

    Raises FormatError where the file is no XML or was cut short.
    """
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
        huge_tree=True,  # a text may have more than 10 MB; entities that grow are stopped even so
    )
    try:
        for _, element in parser:
            yield element
            # What has been read is let go, here and from the list of its parent.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        # The log knows more: of an entity that is not defined, the error says "no element found".
        first = next(iter(parser.error_log), None)
        said = tidy(f"line {first.line}: {first.message}" if first else str(error.msg))
        raise FormatError(
            f"{path}: it is no well-formed XML, damaged or cut short ({said}); "
            f"export it again as {form}"
        ) from error


def lang_of(element: _Element) -> str | None:
    """Return "vi" or "en" as an element's xml:lang, or the older lang, tells; None for others."""
    code = element.get(_XML_LANG) or element.get("lang") or ""
    return _LANGS.get(code.strip().replace("_", "-").split("-")[0].casefold())
