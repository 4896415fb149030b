"""A TMX file holds every linked bead, whatever its text, and opens in other tools."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.errors import OutputError
from aligner.formats.bitext.tmx import write_tmx
from aligner.formats.writable import legal_xml
from aligner.model import Bead, Bitext
from format_samples import BEADS, EN, VI, bitext, one_to_one

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def written(bitexts: Sequence[Bitext], folder: Path) -> etree._Element:
    write_tmx(bitexts, folder / "a.tmx")
    return etree.parse(folder / "a.tmx").getroot()


def segments(root: etree._Element) -> list[tuple[str, str]]:
    pairs = []
    for unit in root.iter("tu"):
        texts = {variant.get(LANG): variant.findtext("seg") for variant in unit.iter("tuv")}
        assert list(texts) == ["vi", "en"]
        pairs.append((texts["vi"], texts["en"]))
    return pairs


def test_each_bead_with_two_sides_is_one_unit_and_null_beads_are_left_out(tmp_path: Path) -> None:
    root = written([bitext()], tmp_path)
    assert segments(root) == [(VI[0], EN[0]), (f"{VI[1]} {VI[2]}", EN[1])]


def test_the_header_has_every_attribute_that_tmx_1_4_demands(tmp_path: Path) -> None:
    root = written([], tmp_path)
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    header = dict(root[0].attrib)
    assert header.pop("creationtoolversion")
    assert header == {
        "creationtool": "aligner",
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": "vi",
        "datatype": "plaintext",
    }
    assert [child.tag for child in root] == ["header", "body"]


def test_the_file_starts_as_tmx_readers_expect(tmp_path: Path) -> None:
    written([bitext()], tmp_path)
    lines = (tmp_path / "a.tmx").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "<?xml version='1.0' encoding='utf-8'?>"
    assert lines[1] == '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    assert (
        "    <seg>Bão số 5 đã làm 37 ngôi nhà tốc mái. Hơn 1.200 người phải sơ tán.</seg>" in lines
    )


def test_a_unit_says_where_it_comes_from_and_how_sure_it_is(tmp_path: Path) -> None:
    sample = bitext()
    unit = list(written([sample], tmp_path).iter("tu"))[1]
    assert unit.get("tuid") == list(sample.units())[1].id
    assert unit.get("segtype") == "block"
    assert {prop.get("type"): prop.text for prop in unit.iter("prop")} == {
        "x-confidence": "0.7100",
        "x-shape": "2-1",
        "x-relation": "comparable",
        "x-document-vi": "vi/bao-so-5.txt",
        "x-document-en": "en/storm-5.txt",
    }


def test_markup_emoji_and_forbidden_characters_do_no_harm(tmp_path: Path) -> None:
    sample = one_to_one("A & B <c> \x07\x0b\ud800🌀 “đ”", "]]> &amp; \ufffe\"'")
    assert segments(written([sample], tmp_path)) == [("A & B <c> 🌀 “đ”", "]]> &amp; \"'")]


def test_a_side_that_holds_only_forbidden_characters_counts_as_empty(tmp_path: Path) -> None:
    assert segments(written([one_to_one("\x07", "bell")], tmp_path)) == []


def test_writing_the_same_bitexts_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_tmx([bitext()], tmp_path / "a.tmx")
    time.sleep(0.01)
    write_tmx([bitext()], tmp_path / "b.tmx")
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


@given(st.tuples(st.text(), st.text()))
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_but_for_what_xml_cannot_hold(pair: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = segments(written([one_to_one(*pair)], Path(folder)))
    vi, en = map(legal_xml, pair)
    assert found == ([(vi, en)] if vi.strip() and en.strip() else [])


def test_twenty_thousand_units_are_written_in_seconds(tmp_path: Path) -> None:
    texts = [f"Câu số {i}." for i in range(50)]
    article = bitext(texts, texts, [Bead((i,), (i,), 0.9) for i in range(50)])
    start = time.process_time()
    root = written([article] * 400, tmp_path)
    assert len(root.findall("body/tu")) == 20_000
    assert time.process_time() - start < 30


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    write_tmx([bitext()], tmp_path / "a.tmx")
    before = (tmp_path / "a.tmx").read_bytes()
    broken = bitext(beads=[*BEADS[:1], Bead((99,), (0,), 0.5)])
    with pytest.raises(IndexError):
        write_tmx([broken], tmp_path / "a.tmx")
    assert (tmp_path / "a.tmx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_reported_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_full(_: Path, mode: str) -> IO[bytes]:
        return open("/dev/full", mode)  # the writer closes it

    monkeypatch.setattr("aligner.formats.bitext.tmx.open", open_full, raising=False)
    with pytest.raises(OutputError, match="the disk is full"):
        write_tmx([bitext()], tmp_path / "a.tmx")
    assert list(tmp_path.iterdir()) == []
