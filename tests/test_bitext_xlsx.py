"""The bitext workbook shows every bead, and its text stays the text it was."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from aligner.formats.bitext.xlsx import write_bitext_xlsx
from aligner.formats.excel.cells import CUT_MARK, MAX_UNITS, cell_text, stored_text
from aligner.formats.writable import legal_xml
from format_samples import EN, VI, bitext, one_to_one

TRAPS = ["=SUM(A1)", "+84", "-1", "@x", "NA", "1-1", "007", "#N/A", "'tis", "TRUE", "1e5", "12/3"]


def written(folder: Path, *bitexts: Any) -> Any:
    write_bitext_xlsx(bitexts, folder / "a.xlsx")
    return load_workbook(folder / "a.xlsx")


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_each_linked_bead_is_a_row_with_its_confidence_as_a_number(tmp_path: Path) -> None:
    sample = bitext()
    ids = [unit.id for unit in sample.units()]
    names = "vi/bao-so-5.txt / en/storm-5.txt"
    assert values(written(tmp_path, sample)["Bitext"]) == [
        (
            *("Articles", "# vi", "Vietnamese", "English", "# en", "Confidence", "Level", "Shape"),
            *("Relation", "Evidence", "Id"),
        ),
        (
            *(names, 1, VI[0], EN[0], 1, 0.96789, "●●●", "1-1", "comparable"),
            *("name Trần Minh Khuê; date 12/3", ids[0]),
        ),
        (
            *(names, "2, 3", f"{VI[1]} {VI[2]}", EN[1], 2, 0.71, "●●○", "2-1", "comparable"),
            *("number 37", ids[1]),
        ),
    ]


def test_null_beads_stand_on_their_own_sheet_vietnamese_first(tmp_path: Path) -> None:
    sample = bitext()
    ids = [unit.id for unit in sample.units()]
    vi, en = "vi/bao-so-5.txt", "en/storm-5.txt"
    assert values(written(tmp_path, sample)["No counterpart"]) == [
        ("Language", "Article", "Compared with", "#", "Sentence", "Confidence", "Id"),
        ("Vietnamese", vi, en, 4, VI[3], 0.64, ids[2]),
        ("English", en, vi, 3, EN[2], 0.9, ids[3]),
    ]


def test_the_header_stays_the_filter_spans_the_rows_and_the_page_is_landscape(
    tmp_path: Path,
) -> None:
    sheet = written(tmp_path, bitext())["Bitext"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["F2"].number_format == "0 %"
    assert sheet["C2"].alignment.wrap_text


@pytest.mark.parametrize("text", TRAPS)
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path, one_to_one(text, text))["Bitext"]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text not in ("NA", "#N/A"))


def test_a_text_over_the_limit_is_cut_with_a_mark_and_emoji_count_twice(tmp_path: Path) -> None:
    text = "a" + "🌀" * MAX_UNITS
    cell = written(tmp_path, one_to_one(text, "storms"))["Bitext"]["C2"]
    assert cell.value.endswith("🌀" + CUT_MARK)
    assert len(cell.value.encode("utf-16-le")) // 2 == MAX_UNITS
    assert cell_text("x" * MAX_UNITS) == "x" * MAX_UNITS


@given(st.text() | st.from_regex("(_x005F|_x00e9|_x)*_", fullmatch=True))
@settings(deadline=None, max_examples=60)
def test_any_text_a_cell_can_hold_comes_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        value = written(Path(folder), one_to_one(text, "x"))["Bitext"]["C2"].value
    assert stored_text(value or "") == legal_xml(text)


def test_no_bitexts_make_a_workbook_with_headers_only(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    assert workbook.sheetnames == ["Bitext", "No counterpart"]
    assert [sheet.max_row for sheet in workbook] == [1, 1]


def test_a_sheet_says_how_large_it_is(tmp_path: Path) -> None:
    write_bitext_xlsx([bitext()], tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert [sheet.calculate_dimension() for sheet in book] == ["A1:K3", "A1:G3"]
    book.close()


def test_a_row_is_as_high_as_its_longest_text_needs(tmp_path: Path) -> None:
    sheet = written(tmp_path, one_to_one("Bão tan.", "word " * 60), bitext())["Bitext"]
    heights = [sheet.row_dimensions[number].height for number in (2, 3)]
    assert heights == [15.0 * 6, 15.0 * 2]  # 300 and 78 characters in a column of 52
