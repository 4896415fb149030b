"""TBX: what is written is TBX-Basic and says what the glossary says, what others write is read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.errors import FormatError, OutputError
from aligner.formats.glossary.tbx import NAMESPACE, write_tbx
from aligner.formats.glossary.tbx_read import read_tbx
from aligner.formats.writable import legal_xml
from aligner.glossary import Glossary
from aligner.term_pair import KINDS, STATUSES, Decision, Evidence, TermPair, Variants
from aligner.text.normalise import tidy

TBX = {"t": NAMESPACE}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SEEN = (
    Evidence("Bão <số 5> mạnh.", "A strong storm.", "vi/a.txt", "en/a.txt", "Bão", "storm"),
    Evidence("Cơn bão tan.", "The tempest ended.", "vi/b.txt", "", "Cơn bão", "tempest"),
)
STORM = TermPair(
    "bão", "storm", status="approved", variants=Variants(("cơn bão",), ("tempest",)), evidence=SEEN
)
#: What TBX-Basic allows in an element, in order: one group of names after the other.
CONTENT: dict[str, list[set[str]]] = {
    "tbx": [{"tbxHeader"}, {"text"}],
    "tbxHeader": [{"fileDesc"}],
    "fileDesc": [{"titleStmt"}, {"sourceDesc"}],
    "titleStmt": [{"title"}],
    "sourceDesc": [{"p"}],
    "text": [{"body"}],
    "body": [{"conceptEntry"}],
    "conceptEntry": [{"note", "descrip"}, {"langSec"}],
    "langSec": [{"termSec"}],
    "termSec": [{"term"}, {"termNote"}, {"note", "descripGrp", "descrip", "admin"}],
    "descripGrp": [{"descrip"}, {"admin"}],
}
NEEDED = {"body": "conceptEntry", "conceptEntry": "langSec", "langSec": "termSec"}
NEEDED |= {"termSec": "term", "descripGrp": "descrip", "tbxHeader": "fileDesc"}
VALUES = {
    ("termNote", "administrativeStatus"): {
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
    },
    ("termNote", "partOfSpeech"): {"noun"},
    ("termNote", "termType"): {"variant"},
    ("descrip", "context"): None,
    ("admin", "source"): None,
}
TEXT = st.text(max_size=8) | st.sampled_from(["<a>&amp;", "\x07", "\ud800", "]]>", " ", "\r\n"])
PAIRS = st.builds(
    TermPair,
    vi=TEXT,
    en=TEXT,
    kind=st.sampled_from(KINDS),
    status=st.sampled_from(STATUSES),
    note=TEXT,
    preferred=st.booleans(),
    variants=st.builds(
        Variants, st.lists(TEXT, max_size=2).map(tuple), st.lists(TEXT, max_size=2).map(tuple)
    ),
    evidence=st.lists(st.builds(Evidence, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(
        tuple
    ),
)
GLOSSARIES = st.lists(PAIRS, max_size=4).map(lambda pairs: Glossary((*pairs, STORM)))


def written(glossary: Glossary) -> etree._Element:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "glossary.tbx"
        assert write_tbx(glossary, path) == path
        return etree.parse(path).getroot()


def concepts(*pairs: TermPair) -> list[dict[str, list[tuple[str, list[str]]]]]:
    """Return of each concept its notes, and by language its terms, each with what is said of it."""
    return [
        {
            "notes": [(note.text or "", []) for note in concept.findall("t:note", TBX)],
            **{
                section.get(LANG, ""): [
                    (
                        term.findtext("t:term", namespaces=TBX) or "",
                        [note.text or "" for note in term.findall("t:termNote", TBX)],
                    )
                    for term in section.findall("t:termSec", TBX)
                ]
                for section in concept.findall("t:langSec", TBX)
            },
        }
        for concept in written(Glossary(pairs)).iterfind(".//t:conceptEntry", TBX)
    ]


@given(GLOSSARIES)
def test_any_glossary_keeps_the_structure_of_tbx_basic(glossary: Glossary) -> None:
    root = written(glossary)
    assert (root.get("type"), root.get("style"), root.get(LANG)) == ("TBX-Basic", "dca", "en")
    assert root.nsmap == {None: NAMESPACE}
    for element in root.iter():
        assert element.tag.startswith(f"{{{NAMESPACE}}}")
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        place = 0
        for child in children:
            while child not in CONTENT[name][place]:
                place += 1
        assert NEEDED.get(name) in (None, *children)
        if "type" in element.attrib and name != "tbx":
            values = VALUES[name, element.attrib["type"]]
            assert values is None or element.text in values
    ids = [concept.get("id", "") for concept in root.iterfind(".//t:conceptEntry", TBX)]
    assert len(set(ids)) == len(ids)
    assert all(identity[0] == "c" for identity in ids)  # an XML name does not begin with a digit


@given(GLOSSARIES)
def test_what_was_written_is_read_back_but_for_rejected_pairs(glossary: Glossary) -> None:
    expected = [
        (tidy(legal_xml(p.vi)), tidy(legal_xml(p.en)), p.status, tidy(legal_xml(p.note)))
        for p in glossary
        if p.status != "rejected" and tidy(legal_xml(p.vi)) and tidy(legal_xml(p.en))
    ]
    with tempfile.TemporaryDirectory() as folder:
        read = [d for _, d in read_tbx(write_tbx(glossary, Path(folder) / "glossary.tbx"))]
    assert [(d.vi, d.en, d.status, d.note) for d in read] == expected


def test_a_pair_is_a_concept_with_its_status_on_both_terms() -> None:
    pairs = (
        TermPair("Mỹ", "US", "name", status="approved", preferred=True, note="not: USA"),
        TermPair("Hoa Kỳ", "US", "name", status="approved"),
        TermPair("Nga", "Russia", "term"),
        TermPair("Nga", "Putin", status="rejected"),
    )
    preferred, admitted = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
    assert concepts(*pairs) == [
        {
            "notes": [("not: USA", [])],
            "vi": [("Mỹ", [preferred, "noun"])],
            "en": [("US", [preferred, "noun"])],
        },
        {"notes": [], "vi": [("Hoa Kỳ", [admitted, "noun"])], "en": [("US", [admitted, "noun"])]},
        {
            "notes": [("Candidate, not reviewed yet.", [])],
            "vi": [("Nga", [])],
            "en": [("Russia", [])],
        },
    ]


def test_forbidden_is_the_term_that_no_approved_pair_holds() -> None:
    good = TermPair("Mỹ", "US", status="approved")
    english = TermPair("Mỹ", "America", status="forbidden")
    vietnamese = TermPair("Hoa Kì", "US", status="forbidden")
    neither = TermPair("Nga", "Putin", status="forbidden")
    bad = "deprecatedTerm-admn-sts"
    assert concepts(good, english, vietnamese, neither)[1:] == [
        {"notes": [], "vi": [("Mỹ", [])], "en": [("America", [bad])]},
        {"notes": [], "vi": [("Hoa Kì", [bad])], "en": [("US", [])]},
        {"notes": [], "vi": [("Nga", [bad])], "en": [("Putin", [bad])]},
    ]


def test_variants_are_terms_of_the_concept_and_sentences_stand_with_the_spelling_they_hold() -> (
    None
):
    root = written(Glossary((STORM,)))
    found = [
        (
            section.findtext("t:term", namespaces=TBX),
            [note.text for note in section.findall("t:termNote", TBX)],
            [tuple(part.text for part in group) for group in section.findall("t:descripGrp", TBX)],
        )
        for section in root.iterfind(".//t:termSec", TBX)
    ]
    assert found == [
        ("bão", ["admittedTerm-admn-sts"], [("Bão <số 5> mạnh.", "vi/a.txt")]),
        ("cơn bão", ["variant"], [("Cơn bão tan.", "vi/b.txt")]),
        ("storm", ["admittedTerm-admn-sts"], [("A strong storm.", "en/a.txt")]),
        ("tempest", ["variant"], [("The tempest ended.",)]),
    ]


def test_a_glossary_without_anything_to_write_is_refused_and_no_file_is_left(
    tmp_path: Path,
) -> None:
    with pytest.raises(OutputError, match="has no pair that is not rejected, and TBX needs one"):
        write_tbx(Glossary((TermPair("a", "b", status="rejected"),)), tmp_path / "glossary.tbx")
    assert list(tmp_path.iterdir()) == []


# What others write

DCT = """<?xml version="1.0"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<text><body><conceptEntry id="c1"><min:subjectField>politics</min:subjectField><note>of  old</note>
<langSec xml:lang="vi-VN"><termSec><term>Mỹ</term></termSec></langSec>
<langSec xml:lang="de"><termSec><term>USA</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>United <hi>States</hi></term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus><!-- x -->
<note>in full</note></termSec>
<termSec><term>America</term>
<min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>U.S.</term><basic:termType>variant</basic:termType></termSec>
</langSec></conceptEntry></body></text></tbx>"""
MARTIF = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="1"><langSet xml:lang="EN-US"><tig><term>ceasefire</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>truce</term>
<termNote type="normativeAuthorization">deprecatedTerm</termNote></termGrp></ntig></langSet>
<langSet xml:lang="vi"><tig><term>ngừng
bắn</term></tig></langSet></termEntry>
<termEntry id="2"><langSet lang="vi_VN"><tig><term>dầu</term></tig></langSet></termEntry>
<termEntry id="3"><langSet lang="vi_VN"><tig><term> dầu\u0323 </term></tig></langSet>
<langSet lang="en"><tig><term>oil</term></tig></langSet></termEntry>
</body></text></martif>"""


def read(folder: Path, text: str) -> list[Decision]:
    path = folder / "terms.tbx"
    path.write_text(text, encoding="utf-8")
    return [decision for _, decision in read_tbx(path)]


def test_tbx_3_in_dct_style_is_read(tmp_path: Path) -> None:
    assert [(d.vi, d.en, d.status, d.preferred, d.note) for d in read(tmp_path, DCT)] == [
        ("Mỹ", "United States", "approved", True, "of old; in full"),
        ("Mỹ", "America", "forbidden", None, "of old"),
    ]


def test_tbx_2_is_read_with_and_without_groups(tmp_path: Path) -> None:
    assert [(d.vi, d.en, d.status, d.preferred) for d in read(tmp_path, MARTIF)] == [
        ("ngừng bắn", "ceasefire", "approved", False),
        ("ngừng bắn", "truce", "forbidden", None),
        ("dầụ", "oil", "approved", None),
    ]


def test_the_place_is_the_line_of_the_entry(tmp_path: Path) -> None:
    (tmp_path / "terms.tbx").write_text(MARTIF, encoding="utf-8")
    assert [place for place, _ in read_tbx(tmp_path / "terms.tbx")] == [
        "line 4",
        "line 4",
        "line 11",
    ]


def test_no_entity_is_resolved_and_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    start = f'<!DOCTYPE tbx [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY a "aaa">]>'
    entry = DCT.removeprefix('<?xml version="1.0"?>').replace("Mỹ", "&s;")
    with pytest.raises(FormatError, match=r"terms\.tbx, line \d+: it holds &s;, which is not"):
        read(tmp_path, start + entry)
    with pytest.raises(FormatError, match="it holds &a;, which is not read"):
        read(tmp_path, start + entry.replace("&s;", "&a;"))
    # The five that XML itself has are characters.
    assert read(tmp_path, start + entry.replace("&s;", "&amp;"))[0].vi == "&"


def test_entities_that_grow_without_end_do_no_harm(tmp_path: Path) -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    start = f'<!DOCTYPE tbx [<!ENTITY e0 "ha">{grown}]>'
    entry = DCT.removeprefix('<?xml version="1.0"?>')
    with pytest.raises(FormatError):
        read(tmp_path, start + entry.replace("Mỹ", "&e19;"))
    with pytest.raises(FormatError):
        read(tmp_path, start + entry.replace('id="c1"', 'id="&e19;"'))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is not well-formed XML"),
        ("hello", "it is not well-formed XML, damaged or cut short (line 1: Start tag"),
        (
            "<tbx>\n<conceptEntry></tbx>",
            "damaged or cut short (line 2: Opening and ending tag",
        ),
        (
            "<tbx>&oops;</tbx>",
            "damaged or cut short (line 1: Entity 'oops' not defined)",
        ),
        ("<tmx></tmx>", "it has no TBX entries; export it again as TBX"),
    ],
)
def test_what_is_no_tbx_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, text)
    assert problem in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "terms.tbx"))


def test_an_entry_whose_terms_would_make_thousands_of_pairs_is_refused(tmp_path: Path) -> None:
    def terms(lang: str) -> str:
        sections = "".join(f"<termSec><term>{lang} {n}</term></termSec>" for n in range(400))
        return f'<langSec xml:lang="{lang}">{sections}</langSec>'

    text = f"<tbx>\n<conceptEntry>{terms('vi')}{terms('en')}</conceptEntry></tbx>"
    with pytest.raises(FormatError, match=r"line 2: one entry has 400 Vietnamese and 400 English"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.tbx: there is no such file"):
        list(read_tbx(tmp_path / "none.tbx"))
