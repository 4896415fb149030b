"""A reviewer's workbook: an unedited one changes nothing, an edited one says what was decided."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from aligner.errors import FormatError
from aligner.exports import write_workbook
from aligner.formats.excel.open import MOST
from aligner.formats.tabular.rows import workbook_rows
from aligner.formats.workbook.additions import has_additions
from aligner.formats.workbook.read import FAULTS, read_workbook
from aligner.model import Bead, content_id
from aligner.term_pair import STATUSES, Decision, Evidence, TermPair, Variants
from format_samples import EN, VI, bitext, term

HEADER = ["Status", "Vietnamese", "English", "Note", "Id"]
TRAPS = [
    *("NA", "=SUM", "+84", "1-1", "'tis", "-1", "@x", "007", "#N/A", "TRUE", "1e5", "12/3", "nan"),
    *("_x0041_", "_x005F_x0041_", "A & B <c>", "N/A", "“bão”", "🌀", "1.5", "None", "=", "'"),
]


def unedited(pair: TermPair) -> Decision:
    """What a row says that nobody touched."""
    return Decision(pair.id, pair.vi, pair.en, pair.status, pair.note, pair.preferred, edited=False)


def said(identity: str, vi: str, en: str, status: str, note: str = "") -> Decision:
    """What a row of a workbook says that has no column Preferred."""
    return Decision(identity, vi, en, status, note, preferred=None)  # type: ignore[arg-type]


def edited(path: Path, edit: Callable[[Any], None]) -> list[Decision]:
    """Open a workbook as Excel would, change its glossary, save it, read it."""
    workbook = load_workbook(path)
    edit(workbook["Glossary"])
    workbook.save(path)
    return read_workbook(path)


def typed(folder: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER) -> Path:
    """Return a workbook typed by hand: a header and rows of the sheet "Glossary"."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Glossary"
    for row in (header, *rows):
        sheet.append(list(row))
    workbook.save(folder / "typed.xlsx")
    return folder / "typed.xlsx"


def test_an_unedited_workbook_gives_back_what_was_written(tmp_path: Path) -> None:
    pairs = [
        term(text, f"{text} {number}", STATUSES[number % 4], note=text)
        for number, text in enumerate(TRAPS)
    ]
    pairs = [replace(pair, preferred=number % 3 == 0) for number, pair in enumerate(pairs)]
    write_workbook(pairs, tmp_path / "g.xlsx", [bitext()])
    assert read_workbook(tmp_path / "g.xlsx") == [unedited(pair) for pair in pairs]


@pytest.mark.parametrize("text", TRAPS)
def test_a_tempting_text_comes_back_on_both_sides(tmp_path: Path, text: str) -> None:
    write_workbook([term(text, text)], tmp_path / "g.xlsx")
    assert read_workbook(tmp_path / "g.xlsx") == [unedited(term(text, text))]


def test_saving_in_another_program_changes_no_decision(tmp_path: Path) -> None:
    pairs = [term(text, text, note=text) for text in TRAPS]
    write_workbook(pairs, tmp_path / "g.xlsx")
    # openpyxl saves shared strings, as Excel does, where we write strings into their cells.
    assert edited(tmp_path / "g.xlsx", lambda _: None) == [unedited(pair) for pair in pairs]


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the titles of its columns, without those that are empty."""
    header, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [
        {str(title): value for title, value in zip(header, row, strict=True) if value is not None}
        for row in rows
    ]


def bold(cell: Any) -> list[str]:
    """Return the bold parts of a cell."""
    assert isinstance(cell.value, CellRichText)
    return [run.text for run in cell.value if isinstance(run, TextBlock) and run.font.b]


def test_the_glossary_shows_what_speaks_for_each_pair(tmp_path: Path) -> None:
    pair = replace(
        term("bão", "storm", note="xem lại"),
        preferred=True,
        variants=Variants(("cơn bão", "bão tố"), ("gale",)),
        consistency_en=0.5,
        reason="same place",
        state="lost",
    )
    assert write_workbook([pair], tmp_path / "g.xlsx") == tmp_path / "g.xlsx"
    (row,) = table(tmp_path / "g.xlsx", "Glossary")
    assert row.pop("Written")
    assert row == {
        "Status": "candidate",
        "Preferred": "yes",
        "Vietnamese": "bão",
        "English": "storm",
        "Example vi": VI[0],
        "Example en": EN[0],
        "Note": "xem lại",
        "Found": "no longer found",
        "Confidence %": 0.87,
        "Reason": "same place",
        "Kind": "noun",
        "Consistency vi→en %": 0.75,
        "Consistency en→vi %": 0.5,
        "Count": 3,
        "Articles": 2,
        "Example from": "vi/bao-so-5.txt",
        "Variants vi": "cơn bão, bão tố",
        "Variants en": "gale",
        "Id": pair.id,
    }


def test_the_sheet_opens_on_what_is_decided_and_prints_no_more(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx")["Glossary"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "A1:T2"
    assert sheet.print_area == "'Glossary'!$A$1:$I$2"
    assert sheet["I2"].number_format == sheet["L2"].number_format == "0 %"
    widths = sheet.column_dimensions
    assert [letter for letter, width in widths.items() if width.hidden] == ["T"]
    assert widths["K"].outlineLevel == widths["R"].outlineLevel == 1
    assert widths["J"].outlineLevel == widths["S"].outlineLevel == 0


def test_a_pair_typed_by_hand_has_no_figures(tmp_path: Path) -> None:
    write_workbook(
        [TermPair("bão", "storm", status="approved", state="typed")], tmp_path / "g.xlsx"
    )
    (row,) = table(tmp_path / "g.xlsx", "Glossary")
    assert row["Found"] == "added by hand"
    assert not {"Confidence %", "Consistency vi→en %", "Count", "Articles"} & row.keys()


def test_the_term_is_bold_in_its_example_as_a_whole_word_in_any_case(tmp_path: Path) -> None:
    write_workbook([term("bộ trưởng", "min")], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx", rich_text=True)["Glossary"]
    assert bold(sheet["E2"]) == ["Bộ trưởng"]
    assert str(sheet["E2"].value) == VI[0]
    assert sheet["F2"].value == EN[0]  # "min" stands in "Minister", but not as a word


def test_an_example_shows_the_form_that_stands_in_it(tmp_path: Path) -> None:
    seen = Evidence(VI[0], EN[0], "a", "b", "tỉnh ven biển", "coastal provinces", 1, 1)
    pair = replace(term("tỉnh duyên hải", "coastal province"), evidence=(seen,))
    write_workbook([pair], tmp_path / "g.xlsx")
    sheets = load_workbook(tmp_path / "g.xlsx", rich_text=True)
    assert bold(sheets["Glossary"]["E2"]) == bold(sheets["Evidence"]["C2"]) == ["tỉnh ven biển"]
    assert bold(sheets["Glossary"]["F2"]) == bold(sheets["Evidence"]["D2"]) == ["coastal provinces"]


def test_the_sheets_stand_in_the_order_of_work(tmp_path: Path) -> None:
    write_workbook([], tmp_path / "g.xlsx")
    workbook = load_workbook(tmp_path / "g.xlsx")
    assert workbook.sheetnames == [
        *("Glossary", "Conflicts", "Evidence", "Unaligned or weak", "How to review")
    ]
    assert workbook["How to review"]["B1"].value == "How to review the glossary"


def test_the_evidence_names_articles_and_sentences(tmp_path: Path) -> None:
    first = Evidence("Bão tan.", "The storm died.", "vi/a.txt", "en/a.txt", vi_at=3, en_at=7)
    second = Evidence("Có bão.", "A storm came.", "vi/b.txt", "en/b.txt")  # places not known
    pair = replace(term("bão", "storm"), evidence=(first, second))
    write_workbook([pair], tmp_path / "g.xlsx")
    words = {"Vietnamese": "bão", "English": "storm", "Id": pair.id}
    assert table(tmp_path / "g.xlsx", "Evidence") == [
        words
        | {"Sentence vi": "Bão tan.", "Article vi": "vi/a.txt", "# vi": 3}
        | {"Sentence en": "The storm died.", "Article en": "en/a.txt", "# en": 7},
        words
        | {"Sentence vi": "Có bão.", "Article vi": "vi/b.txt"}
        | {"Sentence en": "A storm came.", "Article en": "en/b.txt"},
    ]


def test_sentences_alone_and_weak_links_are_told_apart(tmp_path: Path) -> None:
    beads = (
        Bead((0,), (0,), 0.96),
        Bead((), (2,), 0.9),
        Bead((1, 2), (1,), 0.69),  # below the middle grade
        Bead((3,), (), 0.64),
    )
    write_workbook([], tmp_path / "g.xlsx", [bitext(beads=beads)])
    rows = table(tmp_path / "g.xlsx", "Unaligned or weak")
    assert all(row.pop("Id") for row in rows)
    articles = {"Article vi": "vi/bao-so-5.txt", "Article en": "en/storm-5.txt"}
    alone = articles | {"What": "không có câu tương ứng\nno counterpart"}
    weak = articles | {"What": "cặp câu chưa chắc chắn\nweak link", "Confidence": 0.69}
    assert rows == [
        alone | {"# vi": 4, "Sentence vi": VI[3], "Confidence": 0.64},
        alone | {"# en": 3, "Sentence en": EN[2], "Confidence": 0.9},
        weak | {"# vi": "2, 3", "Sentence vi": f"{VI[1]} {VI[2]}", "# en": 2, "Sentence en": EN[1]},
    ]


def test_the_conflicts_of_the_glossary_are_told_in_both_languages(tmp_path: Path) -> None:
    mine, other = term("Mỹ", "United States", "approved"), term("Hoa Kỳ", "United States")
    write_workbook([mine, other], tmp_path / "g.xlsx")
    (row,) = table(tmp_path / "g.xlsx", "Conflicts")
    assert row.pop("Reason")
    assert row == {
        "Kind": "nhiều cách dịch\nsynonyms",
        "Language": "English",
        "Term": "United States",
        "Renderings": "Mỹ (approved, 3×)\nHoa Kỳ (candidate, 3×)",
        "Proposed": "Mỹ",
    }


def test_a_glossary_without_conflicts_says_so(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    rows = table(tmp_path / "g.xlsx", "Conflicts")
    assert rows == [{"Kind": "không có mâu thuẫn nào\nno conflicts"}]


def test_status_and_preferred_have_a_drop_down(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    choices = load_workbook(tmp_path / "g.xlsx")["Glossary"].data_validations.dataValidation
    assert [(str(choice.sqref), choice.formula1) for choice in choices] == [
        ("A2:A502", '"candidate,approved,rejected,forbidden"'),
        ("B2:B502", '"yes"'),
    ]


def test_status_and_state_have_a_look_that_reads_without_colour(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx")["Glossary"]
    marks = {
        str(area.sqref): [r.dxf.numFmt.formatCode for r in area.rules if r.dxf and r.dxf.numFmt]
        for area in sheet.conditional_formatting
    }
    assert marks == {
        "A2:A502": ['"? "@', '"✓ "@', '"✗ "@', '"‼ "@'],
        "C2:D502": [],  # the terms of a rejected pair are struck out
        "H2:H502": ['"★ "@', '"○ "@'],
    }


def test_sorted_rows_moved_columns_and_extra_ones_move_no_decision(tmp_path: Path) -> None:
    one, two = term("bão", "storm"), term("lũ", "flood")
    path = typed(
        tmp_path,
        [two.id, "ok?", "lũ", "xem", "flood", "Rejected"],
        [one.id, None, "bão", None, "storm", "approved"],
        header=["id", "My column", " vietnamese", "NOTE", "English ", "status"],
    )
    assert read_workbook(path) == [
        said(two.id, "lũ", "flood", "rejected", "xem"),
        said(one.id, "bão", "storm", "approved", ""),
    ]


def test_a_corrected_term_keeps_its_id(tmp_path: Path) -> None:
    pair = term("bão", "strom")
    write_workbook([pair], tmp_path / "g.xlsx")

    def correct(sheet: Any) -> None:
        sheet["D2"], sheet["A2"] = "storm", "approved"

    assert edited(tmp_path / "g.xlsx", correct) == [
        Decision(pair.id, "bão", "storm", "approved", "")
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Approved", "approved"),
        ("  REJECTED\u00a0", "rejected"),
        ("đã  Duyệt", "approved"),
        ("cấm", "forbidden"),
        ("da duyet", "approved"),
        ("✓ approved", "approved"),
        ("✗", "rejected"),
        ("? candidate", "candidate"),
        ("Loại bỏ.", "rejected"),
        (unicodedata.normalize("NFD", "Loại"), "rejected"),
        (None, "candidate"),
    ],
)
def test_a_status_is_understood_in_any_case_and_in_vietnamese(
    tmp_path: Path, text: str | None, status: str
) -> None:
    path = typed(tmp_path, [text, "bão", "storm", None, term("bão", "storm").id])
    assert [found.status for found in read_workbook(path)] == [status]


@pytest.mark.parametrize("status", ["maybe", "approved?"])
def test_an_unknown_status_names_its_cell_and_what_is_allowed(tmp_path: Path, status: str) -> None:
    path = typed(tmp_path, ["", "lũ", "flood"], [status, "bão", "storm"])
    with pytest.raises(FormatError) as caught:
        read_workbook(path)
    assert str(caught.value) == (
        f"{path}: sheet 'Glossary', cell A3: the status is {status!r}; "
        "use one of candidate, approved, rejected, forbidden"
    )


def test_all_faulty_rows_are_named_at_once_up_to_a_screenful(tmp_path: Path) -> None:
    path = typed(tmp_path, ["maybe", "bão", "storm"], ["", "lũ", "flood"], ["so", "mưa", "rain"])
    with pytest.raises(FormatError) as caught:
        read_workbook(path)
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{path}: sheet 'Glossary', cell A2: the status is 'maybe'; ")
    assert second.startswith(f"{path}: sheet 'Glossary', cell A4: the status is 'so'; ")
    rows = [["maybe", f"từ {n}", f"word {n}"] for n in range(FAULTS + 3)]
    with pytest.raises(FormatError, match=r"\nand 3 more$") as caught:
        read_workbook(typed(tmp_path, *rows))
    assert len(str(caught.value).splitlines()) == FAULTS + 1


def test_a_pair_typed_by_hand_is_new_and_approved(tmp_path: Path) -> None:
    path = typed(tmp_path, [None, "sạt lở", "Landslide", 2031], ["rejected", "mưa", "rain"])
    assert read_workbook(path) == [
        said(term("sạt lở", "Landslide").id, "sạt lở", "Landslide", "approved", "2031"),
        said(content_id("mưa", "rain"), "mưa", "rain", "rejected", ""),
    ]


def test_decomposed_accents_become_composed_ones(tmp_path: Path) -> None:
    path = typed(tmp_path, ["", unicodedata.normalize("NFD", "bộ trưởng"), " minister "])
    assert read_workbook(path) == [
        said(term("bộ trưởng", "minister").id, "bộ trưởng", "minister", "approved", "")
    ]


def test_blank_rows_and_emptied_rows_are_passed_over(tmp_path: Path) -> None:
    path = typed(
        tmp_path,
        [None] * 5,
        [None, " ", None, None, term("bão", "storm").id],
        ["approved", None, None, "duyệt đến đây", None],
        [None, "lũ", "flood"],
    )
    assert [found.vi for found in read_workbook(path)] == ["lũ"]


def test_rows_above_the_header_do_no_harm(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    found = edited(tmp_path / "g.xlsx", lambda sheet: sheet.insert_rows(1, 2))
    assert found == [unedited(term("bão", "storm"))]


def test_two_rows_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    identity = term("bão", "storm").id
    path = typed(
        tmp_path,
        ["approved", "bão", "storm", "", identity],
        ["", "lũ", "flood"],
        ["rejected", "bão", "storm", "sai", identity],
    )
    with pytest.raises(FormatError) as caught:
        read_workbook(path)
    assert str(caught.value) == (
        f"{path}: sheet 'Glossary', rows 2 and 4 say different things about one pair: "
        "'bão' = 'storm' approved and 'bão' = 'storm' rejected, note 'sai'; "
        "keep one of the two rows, or empty the Id of the one that is a new pair"
    )


def test_two_rows_that_agree_are_one_decision(tmp_path: Path) -> None:
    identity = term("bão", "storm").id
    path = typed(tmp_path, ["approved", "bão", "storm", "", identity], ["", "bão", "storm"])
    assert read_workbook(path) == [said(identity, "bão", "storm", "approved", "")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["approved", "bão", ""], "cell C2: the term is empty"),
        (["approved", "", "", "", "0123456789ab"], "cell B2: the term is empty"),
        (["", "=A1", "storm"], "cell B2: it holds a formula"),
        (["", "bão", "#N/A"], "cell C2: it holds an error"),
        (["", "bão", datetime(2031, 1, 1)], "cell C2: Excel made a date of it"),
        (["", "bão", "storm", "", "row 7"], "cell E2: 'row 7' is not an Id"),
    ],
)
def test_a_cell_that_could_mean_two_things_is_named(
    tmp_path: Path, row: list[Any], message: str
) -> None:
    with pytest.raises(FormatError, match=message):
        read_workbook(typed(tmp_path, row))


def test_numbers_typed_as_terms_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = typed(tmp_path, ["", 5, 5.0], ["", 1.5, True])
    assert [(found.vi, found.en) for found in read_workbook(path)] == [("5", "5"), ("1.5", "TRUE")]


def test_an_id_that_lost_its_zeros_is_mended(tmp_path: Path) -> None:
    path = typed(tmp_path, ["", "bão", "storm", "", 12345])
    assert read_workbook(path)[0].id == "000000012345"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["Status", "Vietnamese", "English", "Id"], "the column 'Note' is missing"),
        ([*HEADER, "note"], "the column 'Note' is there twice"),
        (["a", "b"], "has no header row"),
    ],
)
def test_a_header_that_lacks_a_column_or_has_it_twice_is_refused(
    tmp_path: Path, header: list[str], message: str
) -> None:
    with pytest.raises(FormatError, match=message):
        read_workbook(typed(tmp_path, header=header))


def test_a_workbook_without_the_glossary_names_the_sheets_it_has(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(FormatError, match="there is no sheet 'Glossary', only 'Sheet'"):
        read_workbook(tmp_path / "a.xlsx")


def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"Status,Vietnamese")
    write_workbook([term("bão", "storm")], tmp_path / "b.xlsx")
    whole = (tmp_path / "b.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    for name in ("a.xlsx", "b.xlsx"):
        with pytest.raises(FormatError, match="it is not an Excel workbook"):
            read_workbook(tmp_path / name)
    with pytest.raises(FormatError, match="there is no such file"):
        read_workbook(tmp_path / "c.xlsx")
    with pytest.raises(FormatError, match="cannot be"):
        read_workbook(tmp_path)


def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(MOST + 1))
    with pytest.raises(FormatError, match="would take 400 MB unpacked"):
        read_workbook(path)


@pytest.mark.parametrize("read", [read_workbook, workbook_rows])
def test_a_strict_open_xml_workbook_asks_to_be_saved_as_an_ordinary_one(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    whole = write_workbook([term("bão", "storm")], tmp_path / "whole.xlsx")
    path = tmp_path / "strict.xlsx"
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with ZipFile(whole) as packed, ZipFile(path, "w", ZIP_DEFLATED) as strict:
        for name in packed.namelist():
            part = packed.read(name)
            strict.writestr(
                name, part.replace(usual, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            )
    with pytest.raises(FormatError, match=r"strict\.xlsx: it is a Strict Open XML workbook; save"):
        read(path)


def test_a_row_beyond_the_end_of_every_sheet_is_passed_over(tmp_path: Path) -> None:
    whole = write_workbook([term("bão", "storm"), term("lũ", "flood")], tmp_path / "whole.xlsx")
    path = tmp_path / "damaged.xlsx"
    with ZipFile(whole) as packed, ZipFile(path, "w", ZIP_DEFLATED) as damaged:
        for name in packed.namelist():
            part = packed.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<row r="3"', b'<row r="1000000000"')
            damaged.writestr(name, part)
    assert [decision.en for decision in read_workbook(path)] == ["storm"]
    assert len(workbook_rows(path)["Glossary"]) == 2
    assert not has_additions(path)


def test_a_locked_workbook_asks_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("aligner.formats.excel.open.open", locked, raising=False)
    with pytest.raises(FormatError, match="close it in Excel and try again"):
        read_workbook(tmp_path / "g.xlsx")
