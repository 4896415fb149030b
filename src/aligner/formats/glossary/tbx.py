"""Writes TBX-Basic, the exchange format of term bases (ISO 30042:2019, which is TBX version 3).

It is written in DCA style (`<termNote type="administrativeStatus">`), which names data categories
as TBX version 2 did, so that programs for either version find them. `tbx_read` reads all of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import OutputError
from aligner.formats.atomic import atomic_path
from aligner.formats.path import StrPath
from aligner.formats.seal import seal
from aligner.formats.writable import legal_xml
from aligner.formats.xml import XML_LANG
from aligner.glossary import Glossary
from aligner.model import LANGS, Lang
from aligner.term_pair import Evidence, TermPair, same_text
from aligner.text.normalise import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
#: The note of a concept that nobody has reviewed, for which TBX-Basic has no status.
CANDIDATE_NOTE = "Candidate, not reviewed yet."
#: What the header says about the origin of the terms.
ORIGIN = "Term pairs from aligned articles, by aligner."
_NAMESPACES: dict[Any, str] = {None: NAMESPACE}  # no prefix, which lxml's stubs do not allow for
_NOUNS = ("name", "title", "organisation")  # a "term" may be a verb
_CONTEXTS = 3  # sentences for each term at most: enough to see how it is used


def write_tbx(glossary: Glossary, path: StrPath) -> Path:
    """Write each pair that is not rejected as a concept of its own, and return the path.

    Pairs that share a term may be synonyms (Mỹ, Hoa Kỳ) or homonyms (Ngoại trưởng of the United
    States, of any country). A program that imports the file can merge concepts, but it cannot split
    them. Other spellings are further terms of type "variant".

    The file depends on the glossary alone. Raises OutputError if it cannot be written, or if no
    pair is left, since TBX does not allow a term base without terms.
    """
    from lxml import etree

    pairs = [
        pair
        for pair in glossary
        if pair.status != "rejected" and _is_visible(pair.vi) and _is_visible(pair.en)
    ]
    if not pairs:
        raise OutputError(
            f"cannot write {path}: the glossary has no pair that is not rejected, and TBX needs one"
        )
    approved = {lang: _approved(pairs, lang) for lang in LANGS}
    attributes = {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"}
    root = etree.Element(_tag("tbx"), attributes, nsmap=_NAMESPACES)
    _add_header(root)
    body = _add(_add(root, "text"), "body")
    for pair in pairs:
        _add_concept(body, pair, approved)
    # lxml writes into our own file object, so that a full disk raises a clear OSError.
    with atomic_path(path) as temporary:
        with open(temporary, "wb") as stream:
            tree = etree.ElementTree(root)
            tree.write(stream, encoding="utf-8", xml_declaration=True, pretty_print=True)
        seal(temporary)
    return Path(path)


def _is_visible(text: str) -> bool:
    return bool(tidy(legal_xml(text)))


def _approved(pairs: list[TermPair], lang: Lang) -> set[str]:
    return {same_text(pair.term(lang)) for pair in pairs if pair.status == "approved"}


def _add_header(root: _Element) -> None:
    description = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(description, "titleStmt"), "title", "Vietnamese-English glossary")
    _add(_add(description, "sourceDesc"), "p", ORIGIN)


def _add_concept(body: _Element, pair: TermPair, approved: dict[Lang, set[str]]) -> None:
    concept = _add(body, "conceptEntry", id=f"c{pair.id}")
    if pair.status == "candidate":
        _add(concept, "note", CANDIDATE_NOTE)
    if _is_visible(pair.note):
        _add(concept, "note", pair.note)
    # Of a forbidden pair, only the term that is in no approved pair is forbidden: America, in
    # "Mỹ = America". If neither or both are, both are forbidden, as renderings of each other.
    blamed = [lang for lang in LANGS if same_text(pair.term(lang)) not in approved[lang]]
    for lang in LANGS:
        section = _add(concept, "langSec")
        section.set(XML_LANG, lang)
        status = _status(pair) if pair.status != "forbidden" or lang in (blamed or LANGS) else ""
        _add_terms(section, pair, lang, status)


def _status(pair: TermPair) -> str:
    """Return the administrative status in the words of TBX-Basic, "" for a candidate."""
    if pair.status == "forbidden":
        return "deprecatedTerm-admn-sts"
    if pair.status == "approved":
        return "preferredTerm-admn-sts" if pair.preferred else "admittedTerm-admn-sts"
    return ""


def _add_terms(section: _Element, pair: TermPair, lang: Lang, status: str) -> None:
    """Add the term and then its variants, each with the sentences in which it is spelt so."""
    main, *variants = pair.spellings(lang)
    spellings = {same_text(main): main}
    for variant in variants:
        if _is_visible(variant):
            spellings.setdefault(same_text(variant), variant)
    contexts: dict[str, dict[str, str]] = {key: {} for key in spellings}
    for sentence, word, name in _sentences(pair, lang):
        key = same_text(word)
        contexts[key if key in contexts else same_text(main)].setdefault(sentence, name)
    for key, term in spellings.items():
        termsec = _add(section, "termSec")
        _add(termsec, "term", term)
        if term != main:
            _add(termsec, "termNote", "variant", type="termType")
        # A variant may be a misspelling: its only status can be "forbidden".
        if status and (term == main or pair.status == "forbidden"):
            _add(termsec, "termNote", status, type="administrativeStatus")
        if pair.kind in _NOUNS:
            _add(termsec, "termNote", "noun", type="partOfSpeech")
        for sentence, name in list(contexts[key].items())[:_CONTEXTS]:
            group = _add(termsec, "descripGrp")
            _add(group, "descrip", sentence, type="context")
            if _is_visible(name):
                _add(group, "admin", name, type="source")


def _sentences(pair: TermPair, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield for each item of evidence the sentence, the term as spelt there, and the article."""

    def of_lang(seen: Evidence) -> tuple[str, str, str]:
        if lang == "vi":
            return seen.vi, seen.vi_term, seen.vi_name
        return seen.en, seen.en_term, seen.en_name

    return (said for said in map(of_lang, pair.evidence) if _is_visible(said[0]))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: _Element, name: str, text: str = "", **attributes: str) -> _Element:
    from lxml import etree

    child = etree.SubElement(parent, _tag(name), attributes)
    child.text = legal_xml(text) or None
    return child
