"""Writes TMX 1.4, the exchange format of translation memories (OmegaT, Trados, memoQ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aligner import __version__
from aligner.formats.atomic import atomic_path
from aligner.formats.path import StrPath
from aligner.formats.seal import seal
from aligner.formats.writable import legal_xml
from aligner.formats.xml import XML_LANG
from aligner.model import Bitext, TranslationUnit

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The name in the header of the program that wrote a memory.
CREATOR = "aligner"
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def write_tmx(bitexts: Sequence[Bitext], path: StrPath) -> None:
    """Write each bead with text on both sides as a translation unit, in order.

    The file depends on the bitexts alone: it has no date, so writing it again changes nothing.
    """
    from lxml import etree

    # lxml writes into our own file object, so that a full disk raises a clear OSError.
    with atomic_path(path) as temporary:
        with open(temporary, "wb") as stream, etree.xmlfile(stream, encoding="utf-8") as xml:
            _write(bitexts, xml)
        seal(temporary)


def _write(bitexts: Sequence[Bitext], xml: Any) -> None:
    from lxml import etree

    xml.write_declaration()
    xml.write_doctype(_DOCTYPE)
    with xml.element("tmx", version="1.4"):
        xml.write("\n", etree.Element("header", _header()), "\n")
        with xml.element("body"):
            xml.write("\n")
            for bitext in bitexts:
                for unit in bitext.units():
                    if legal_xml(unit.vi).strip() and legal_xml(unit.en).strip():
                        xml.write(_unit_element(unit, bitext), pretty_print=True)
        xml.write("\n")


def _header() -> dict[str, str]:
    return {
        "creationtool": CREATOR,
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": "vi",
        "datatype": "plaintext",
    }


def _unit_element(unit: TranslationUnit, bitext: Bitext) -> _Element:
    from lxml import etree

    # The header promises sentences; a unit with several on one side is a block.
    segtype = "sentence" if unit.shape == "1-1" else "block"
    element = etree.Element("tu", tuid=unit.id, segtype=segtype)
    properties = {
        "x-confidence": f"{unit.confidence:.4f}",
        "x-shape": unit.shape,
        "x-relation": bitext.relation,
        "x-document-vi": legal_xml(bitext.vi.name),
        "x-document-en": legal_xml(bitext.en.name),
    }
    for name, value in properties.items():
        etree.SubElement(element, "prop", type=name).text = value
    for lang, text in (("vi", unit.vi), ("en", unit.en)):
        variant = etree.SubElement(element, "tuv", {XML_LANG: lang})
        etree.SubElement(variant, "seg").text = legal_xml(text)
    return element
