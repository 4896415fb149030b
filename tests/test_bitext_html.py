"""The bitext page is one file, loads nothing, and shows every bead in its place."""

import re
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from aligner.formats.bitext.html import write_bitext_html
from aligner.formats.writable import legal_xml
from format_samples import EN, VI, bitext, one_to_one


def source(folder: Path, *bitexts: Any) -> str:
    write_bitext_html(bitexts, folder / "a.html")
    return (folder / "a.html").read_text(encoding="utf-8")


def page(folder: Path, *bitexts: Any) -> Any:
    return html.document_fromstring(source(folder, *bitexts).encode("utf-8"))


def sides(unit: Any) -> list[tuple[str, str]]:
    return [(p.get("lang"), p.text_content()) for p in unit.xpath("p[@lang]")]


def test_rows_are_in_order_with_null_beads_in_their_place(tmp_path: Path) -> None:
    units = page(tmp_path, bitext()).find_class("unit")
    assert [sides(unit) for unit in units] == [
        [("vi", VI[0]), ("en", EN[0])],
        [("vi", f"{VI[1]} {VI[2]}"), ("en", EN[1])],
        [("vi", VI[3]), ("en", "no counterpart")],
        [("en", "no counterpart"), ("en", EN[2])],
    ]
    classes = ["unit high", "unit middle", "unit null", "unit null"]
    assert [unit.get("class") for unit in units] == classes


def test_confidence_is_a_bar_with_its_number_and_evidence_stands_below(tmp_path: Path) -> None:
    first, second, *_ = page(tmp_path, bitext()).find_class("unit")
    assert first.xpath(".//i/@style") == ["width:97%"]
    assert first.find_class("number")[0].text == "97 %"
    assert [li.text for li in first.xpath("ul/li")] == ["name Trần Minh Khuê", "date 12/3"]
    assert [span.text for span in second.find_class("shape")] == ["2-1"]


def test_a_section_has_the_names_the_relation_and_the_counts(tmp_path: Path) -> None:
    document = page(tmp_path, bitext(), bitext())
    sections = document.xpath("//main/section")
    assert [section.get("id") for section in sections] == ["pair-1", "pair-2"]
    assert sections[0].xpath("string(.//h2)") == "vi/bao-so-5.txt ↔ en/storm-5.txt"
    assert sections[0].xpath("normalize-space(.//p[@class='relation'])") == (
        "comparable: two reports of one event (auto: 2 of 4 sentences match). "
        "2 aligned rows, 2 without counterpart."
    )
    assert document.xpath("//nav//a/@href") == ["#pair-1", "#pair-2"]


def test_every_id_of_the_page_is_there_once(tmp_path: Path) -> None:
    ids = page(tmp_path, bitext(), bitext()).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing_and_says_so_to_the_browser(tmp_path: Path) -> None:
    text = source(tmp_path, bitext())
    assert "default-src 'none'" in text
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(|<link|<img|\bsrc=", text)


def test_text_is_never_markup(tmp_path: Path) -> None:
    text = "</p><script>alert('&')</script>"
    document = page(tmp_path, one_to_one(text, f'"{text}"'))
    assert len(document.xpath("//script")) == 1
    assert sides(document.find_class("unit")[0]) == [("vi", text), ("en", f'"{text}"')]


def test_no_bitexts_make_a_page_that_says_so(tmp_path: Path) -> None:
    assert page(tmp_path).xpath("string(//main/p)") == "No article pair was aligned."


@given(st.text(min_size=1))
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_but_for_what_xml_cannot_hold(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = source(Path(folder), one_to_one(text, "x"))
    shown = re.search(r'<p class="vi" lang="vi">(.*?)</p>\n<p class="en"', found, re.DOTALL)
    assert shown is not None
    assert unescape(shown[1]) == legal_xml(text)
