"""A reviewer's workbook: an unedited one changes nothing, an edited one says what was decided."""

import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from aligner.errors import WorkbookError
from aligner.formats.workbook import read_workbook, write_workbook
from aligner.formats.xmltext import legal_xml
from aligner.glossary import STATUSES, Decision, TermPair
from aligner.model import content_id
from format_samples import EN, VI, bitext, term

HEADER = ["Status", "Vietnamese", "English", "Note", "Id"]
TRAPS = [
    *("NA", "=SUM", "+84", "1-1", "'tis", "-1", "@x", "007", "#N/A", "TRUE", "1e5", "12/3", "nan"),
    *("_x0041_", "_x005F_x0041_", "A & B <c>", "N/A", "“bão”", "🌀", "1.5", "None", "=", "'"),
]


def decision(pair: TermPair) -> Decision:
    return Decision(pair.id, pair.vi, pair.en, pair.status, pair.note)


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
    write_workbook(pairs, tmp_path / "g.xlsx", [bitext()])
    assert read_workbook(tmp_path / "g.xlsx") == [decision(pair) for pair in pairs]


@pytest.mark.parametrize("text", TRAPS)
def test_a_tempting_text_comes_back_on_both_sides(tmp_path: Path, text: str) -> None:
    write_workbook([term(text, text)], tmp_path / "g.xlsx")
    assert read_workbook(tmp_path / "g.xlsx") == [decision(term(text, text))]


def test_saving_in_another_program_changes_no_decision(tmp_path: Path) -> None:
    pairs = [term(text, text, note=text) for text in TRAPS]
    write_workbook(pairs, tmp_path / "g.xlsx")
    # openpyxl saves shared strings, as Excel does, where we write strings into their cells.
    assert edited(tmp_path / "g.xlsx", lambda _: None) == [decision(pair) for pair in pairs]


def as_held(text: str) -> str:
    return unicodedata.normalize("NFC", legal_xml(text)).strip()


@given(st.text(), st.text(), st.sampled_from(STATUSES), st.text())
@settings(deadline=None, max_examples=60)
def test_any_text_a_cell_can_hold_survives(vi: str, en: str, status: str, note: str) -> None:
    pair = term(as_held(vi) or "bão", as_held(en) or "storm", status, as_held(note))
    with tempfile.TemporaryDirectory() as folder:
        write_workbook([pair], Path(folder) / "g.xlsx")
        assert read_workbook(Path(folder) / "g.xlsx") == [decision(pair)]


def test_the_glossary_shows_what_speaks_for_each_pair(tmp_path: Path) -> None:
    pair = term("bão", "storm", note="xem lại")
    write_workbook([pair], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx")["Glossary"]
    assert list(sheet.iter_rows(values_only=True)) == [
        (
            *("Status", "Vietnamese", "English", "Kind", "Confidence %", "Consistency %", "Count"),
            *("Articles", "Example vi", "Example en", "Note", "Id"),
        ),
        (
            *("candidate", "bão", "storm", "noun", 0.87, 0.75, 3, 2),
            *(VI[0], EN[0], "xem lại", pair.id),
        ),
    ]
    assert sheet["E2"].number_format == sheet["F2"].number_format == "0 %"
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:L2"


def test_the_term_is_bold_in_its_example_as_a_whole_word_in_any_case(tmp_path: Path) -> None:
    write_workbook([term("bộ trưởng", "min")], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx", rich_text=True)["Glossary"]
    runs = sheet["I2"].value
    assert isinstance(runs, CellRichText)
    assert [run.text for run in runs if isinstance(run, TextBlock) and run.font.b] == ["Bộ trưởng"]
    assert str(runs) == VI[0]
    assert sheet["J2"].value == EN[0]  # "min" stands in "Minister", but not as a word


def test_the_other_sheets_hold_evidence_null_beads_and_instructions(tmp_path: Path) -> None:
    pair = term("bão", "storm")
    write_workbook([pair], tmp_path / "g.xlsx", [bitext()])
    workbook = load_workbook(tmp_path / "g.xlsx")
    assert workbook.sheetnames == ["Glossary", "Evidence", "No counterpart", "How to review"]
    assert [cell.value for cell in workbook["Evidence"][2]] == [
        *("bão", "storm", VI[0], EN[0], "vi/bao-so-5.txt", "en/storm-5.txt", pair.id)
    ]
    assert [row[4].value for row in workbook["No counterpart"]] == ["Sentence", VI[3], EN[2]]
    assert workbook["How to review"]["B1"].value == "How to review the glossary"


def test_the_status_has_a_drop_down_and_a_look_that_reads_without_colour(tmp_path: Path) -> None:
    write_workbook([term("bão", "storm")], tmp_path / "g.xlsx")
    sheet = load_workbook(tmp_path / "g.xlsx")["Glossary"]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"candidate,approved,rejected,forbidden"'
    assert str(choice.sqref) == "A2:A502"
    (looks,) = [area.rules for area in sheet.conditional_formatting]
    marks = [rule.dxf.numFmt.formatCode for rule in looks if rule.dxf and rule.dxf.numFmt]
    assert marks == ['"? "@', '"✓ "@', '"✗ "@', '"‼ "@']


def test_sorted_rows_moved_columns_and_extra_ones_move_no_decision(tmp_path: Path) -> None:
    one, two = term("bão", "storm"), term("lũ", "flood")
    path = typed(
        tmp_path,
        [two.id, "ok?", "lũ", "xem", "flood", "Rejected"],
        [one.id, None, "bão", None, "storm", "approved"],
        header=["id", "My column", " vietnamese", "NOTE", "English ", "status"],
    )
    assert read_workbook(path) == [
        Decision(two.id, "lũ", "flood", "rejected", "xem"),
        Decision(one.id, "bão", "storm", "approved", ""),
    ]


def test_a_corrected_term_keeps_its_id(tmp_path: Path) -> None:
    pair = term("bão", "strom")
    write_workbook([pair], tmp_path / "g.xlsx")

    def correct(sheet: Any) -> None:
        sheet["C2"], sheet["A2"] = "storm", "approved"

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
        (unicodedata.normalize("NFD", "Loại"), "rejected"),
        (None, "candidate"),
    ],
)
def test_a_status_is_understood_in_any_case_and_in_vietnamese(
    tmp_path: Path, text: str | None, status: str
) -> None:
    path = typed(tmp_path, [text, "bão", "storm", None, term("bão", "storm").id])
    assert [found.status for found in read_workbook(path)] == [status]


def test_an_unknown_status_names_its_cell_and_what_is_allowed(tmp_path: Path) -> None:
    path = typed(tmp_path, ["", "lũ", "flood"], ["maybe", "bão", "storm"])
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    assert str(caught.value) == (
        f"{path}: sheet 'Glossary', cell A3: the status is 'maybe'; "
        "use one of candidate, approved, rejected, forbidden"
    )


def test_a_pair_typed_by_hand_is_new_and_approved(tmp_path: Path) -> None:
    path = typed(tmp_path, [None, "sạt lở", "Landslide", 2031], ["rejected", "mưa", "rain"])
    assert read_workbook(path) == [
        Decision(term("sạt lở", "Landslide").id, "sạt lở", "Landslide", "approved", "2031"),
        Decision(content_id("mưa", "rain"), "mưa", "rain", "rejected", ""),
    ]


def test_decomposed_accents_become_composed_ones(tmp_path: Path) -> None:
    path = typed(tmp_path, ["", unicodedata.normalize("NFD", "bộ trưởng"), " minister "])
    assert read_workbook(path) == [
        Decision(term("bộ trưởng", "minister").id, "bộ trưởng", "minister", "approved", "")
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
    assert found == [decision(term("bão", "storm"))]


def test_two_rows_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    identity = term("bão", "storm").id
    path = typed(
        tmp_path,
        ["approved", "bão", "storm", "", identity],
        ["", "lũ", "flood"],
        ["rejected", "bão", "storm", "sai", identity],
    )
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    assert str(caught.value) == (
        f"{path}: sheet 'Glossary', rows 2 and 4 say different things about one pair: "
        "'bão' = 'storm' approved and 'bão' = 'storm' rejected, note 'sai'; "
        "keep one of the two rows"
    )


def test_two_rows_that_agree_are_one_decision(tmp_path: Path) -> None:
    identity = term("bão", "storm").id
    path = typed(tmp_path, ["approved", "bão", "storm", "", identity], ["", "bão", "storm"])
    assert read_workbook(path) == [Decision(identity, "bão", "storm", "approved", "")]


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
    with pytest.raises(WorkbookError, match=message):
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
    with pytest.raises(WorkbookError, match=message):
        read_workbook(typed(tmp_path, header=header))


def test_a_workbook_without_the_glossary_names_the_sheets_it_has(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(WorkbookError, match="there is no sheet 'Glossary', only 'Sheet'"):
        read_workbook(tmp_path / "a.xlsx")


def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"Status,Vietnamese")
    write_workbook([term("bão", "storm")], tmp_path / "b.xlsx")
    whole = (tmp_path / "b.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    for name in ("a.xlsx", "b.xlsx"):
        with pytest.raises(WorkbookError, match="it is not an Excel workbook"):
            read_workbook(tmp_path / name)
    with pytest.raises(WorkbookError, match="there is no such file"):
        read_workbook(tmp_path / "c.xlsx")
    with pytest.raises(WorkbookError, match="cannot be"):
        read_workbook(tmp_path)


def test_a_locked_workbook_asks_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("aligner.formats.workbook_read.open", locked, raising=False)
    with pytest.raises(WorkbookError, match="close it in Excel and try again"):
        read_workbook(tmp_path / "g.xlsx")
