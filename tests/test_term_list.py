"""A term list that somebody has already comes in as approved pairs, whatever program wrote it."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from aligner.errors import FormatError
from aligner.formats.bitext.records import write_tsv
from aligner.formats.bitext.xlsx import write_bitext_xlsx
from aligner.formats.glossary.csv import write_glossary
from aligner.formats.glossary.omegat import write_omegat
from aligner.formats.glossary.tbx import write_tbx
from aligner.formats.glossary.term_list import read_term_list
from aligner.glossary import Glossary
from aligner.model import Bead, Bitext
from aligner.term_pair import Decision, TermPair, Variants, term_id
from format_samples import document
from user_tables import write_excel, write_text

PAIRS = [("Mỹ", "United States"), ("Nga", "Russia"), ("Thỏa thuận Minsk", "Minsk agreements")]
GLOSSARY = Glossary(
    (
        TermPair("Mỹ", "United States", status="approved", preferred=True, note="not: USA"),
        TermPair("Mỹ", "America", status="forbidden", note="a continent"),
        TermPair("Nga", "Russia", status="approved"),
        TermPair("dầu", "oil"),
    )
)


def excel(folder: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    return write_excel(folder / "terms.xlsx", dict(sheets))


def text(folder: Path, content: str, name: str = "terms.csv", encoding: str = "utf-8") -> Path:
    return write_text(folder / name, content, encoding)


def words(path: Path) -> list[tuple[str, str]]:
    return [(decision.vi, decision.en) for decision in read_term_list(path)]


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("vi", "en"),
        ("VI-VN", "en_US"),
        ("Vietnamese", "English"),
        ("Tiếng Việt", "Tiếng Anh"),
        ("TIENG VIET:", "TIENG ANH:"),
        ("Việt", "Anh"),
        ("Thuật ngữ (tiếng Việt)", "Source term (English)"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_columns_are_known_by_their_headers(
    tmp_path: Path, vi: str, en: str, swapped: bool
) -> None:
    rows = [["No.", vi, en], *([n, *pair] for n, pair in enumerate(PAIRS, start=1))]
    if swapped:
        rows = [row[::-1] for row in rows]
    assert words(excel(tmp_path, ("Terms", rows))) == PAIRS
    # A header in NFD, as a Mac may write it.
    table = "\n".join("\t".join(map(str, row)) for row in rows)
    assert words(text(tmp_path, unicodedata.normalize("NFD", table), "terms.tsv")) == PAIRS


def test_a_list_is_approved_unless_it_says_otherwise(tmp_path: Path) -> None:
    rows = [
        ["Our terms", None],
        ["Tiếng Việt", "Tiếng Anh", "Ghi chú", "Trạng thái", "Ưu tiên"],
        ["Mỹ", "US", " since\xa0 2020 ", None, "x"],
        ["Mỹ", "America", None, " Cấm ", None],
        ["Nga", "Putin", None, "REJECTED", "không"],
        ["dầu", "oil", None, "candidate"],
    ]
    assert read_term_list(excel(tmp_path, ("Sheet1", rows))) == [
        Decision(term_id("Mỹ", "US"), "Mỹ", "US", "approved", "since 2020", True),
        Decision(term_id("Mỹ", "America"), "Mỹ", "America", "forbidden", "", False),
        Decision(term_id("Nga", "Putin"), "Nga", "Putin", "rejected", "", False),
        Decision(term_id("dầu", "oil"), "dầu", "oil", "candidate", "", False),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_without_a_header_the_languages_are_told_from_the_letters(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    for order in (1, -1):
        lines = [separator.join(pair[::order]) for pair in PAIRS]
        assert words(text(tmp_path, "\r\n".join(lines), encoding=encoding)) == PAIRS


def test_letters_tell_the_terms_from_numbers_parts_of_speech_and_definitions(
    tmp_path: Path,
) -> None:
    rows = [
        [1, "n.", "Russia", "Nga", "Nước lớn nhất thế giới"],
        [2, "n.", "United States", "Mỹ", "Nước ở Bắc Mỹ"],
        [3, "n.", "ceasefire", "ngừng bắn", "Thôi bắn nhau"],
    ]
    decisions = read_term_list(excel(tmp_path, ("Sheet1", rows)))
    assert [(d.vi, d.en, d.note) for d in decisions] == [
        ("Nga", "Russia", "Nước lớn nhất thế giới"),
        ("Mỹ", "United States", "Nước ở Bắc Mỹ"),
        ("ngừng bắn", "ceasefire", "Thôi bắn nhau"),
    ]


def test_a_header_that_names_no_language_is_no_pair(tmp_path: Path) -> None:
    path = text(tmp_path, "Source;Target;Status;Note\nceasefire;ngừng bắn;forbidden;x\n")
    (decision,) = read_term_list(path)
    assert (decision.vi, decision.en) == ("ngừng bắn", "ceasefire")
    assert (decision.status, decision.note) == ("forbidden", "x")


def test_text_comes_in_nfc_with_single_blanks(tmp_path: Path) -> None:
    rows = [["vi", "en"], [unicodedata.normalize("NFD", " Hoa\xa0 Kỳ\u200b "), "United\nStates"]]
    assert words(excel(tmp_path, ("Sheet1", rows))) == [("Hoa Kỳ", "United States")]


def test_headings_and_rows_with_one_term_are_passed_over(tmp_path: Path) -> None:
    rows = [["vi", "en"], ["A. Tổ chức"], [None, None], ["Liên Hợp Quốc", None], ["EU", "EU"]]
    assert words(excel(tmp_path, ("Sheet1", rows))) == [("EU", "EU")]


def test_every_sheet_that_names_both_languages_is_read(tmp_path: Path) -> None:
    path = excel(
        tmp_path,
        ("Read me", [["How to use this list"]]),
        ("Names", [["vi", "en"], ["Mỹ", "US"]]),
        ("Terms", [["English", "Vietnamese"], ["oil", "dầu"]]),
    )
    assert words(path) == [("Mỹ", "US"), ("dầu", "oil")]


def test_numbers_are_text_and_dates_matter_only_in_the_columns_that_are_read(
    tmp_path: Path,
) -> None:
    day = datetime.date(2020, 1, 12)
    rows = [["vi", "en", "updated"], ["số 5", 5.0, day], ["Mỹ", "US", day]]
    assert words(excel(tmp_path, ("Sheet1", rows))) == [("số 5", "5"), ("Mỹ", "US")]
    with pytest.raises(FormatError, match="'Sheet1', row 2, column 2: Excel made a date of it"):
        read_term_list(excel(tmp_path, ("Sheet1", [["vi", "en"], ["12/1", day]])))


def test_a_term_that_is_merged_over_its_renderings_stands_with_each(tmp_path: Path) -> None:
    rows = [["Our terms"], ["vi", "en"], ["giá dầu", "oil price"], [None, "crude price"]]
    path = excel(tmp_path, ("Terms", [*rows, ["khí đốt", "gas"], [None, "lonely"]]))
    book = load_workbook(path)
    book["Terms"].merge_cells("A1:C1")
    book["Terms"].merge_cells("A3:A4")
    book.save(path)
    pairs = [("giá dầu", "oil price"), ("giá dầu", "crude price"), ("khí đốt", "gas")]
    assert words(path) == pairs


def test_one_pair_twice_is_one_and_no_note_is_lost(tmp_path: Path) -> None:
    path = text(tmp_path, "vi,en,note,preferred\nMỹ,US,a,\nmỹ,us,b,yes\nMỹ,US,a,\n")
    assert read_term_list(path) == [
        Decision(term_id("Mỹ", "US"), "Mỹ", "US", "approved", "a; b", True)
    ]


# What this project writes


@pytest.mark.parametrize("form", ["tbx", "txt", "csv"])
def test_what_was_exported_comes_back_with_its_statuses(tmp_path: Path, form: str) -> None:
    writer = {"tbx": write_tbx, "txt": write_omegat, "csv": write_glossary}[form]
    decisions = read_term_list(writer(GLOSSARY, tmp_path / f"glossary.{form}"))
    # OmegaT gets no candidates where something is approved.
    written = [p for p in GLOSSARY if form != "txt" or p.status != "candidate"]
    assert {(d.vi, d.en): (d.status, d.note.removeprefix("preferred; ")) for d in decisions} == {
        (p.vi, p.en): (p.status, p.note) for p in written
    }


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_an_alignment_is_no_term_list(tmp_path: Path, form: str) -> None:
    text = Bitext(
        document("vi/a.txt", "vi", ["Giá dầu tăng."]),
        document("en/a.txt", "en", ["Oil prices rose."]),
        (Bead((0,), (0,), 0.9),),
        "parallel",
        "",
    )
    path = tmp_path / f"bitext.{form}"
    if form == "xlsx":
        write_bitext_xlsx([text], path)
    else:
        with path.open("w", encoding="utf-8") as stream:
            write_tsv([text], stream)
    with pytest.raises(FormatError, match=r"holds aligned sentences, not terms.*aligner tmx"):
        read_term_list(path)


def test_a_cell_may_hold_several_terms_behind_semicolons(tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "list.csv",
        "vi,en,preferred\nhơi cay,tear gas; CS gas,yes\nlao dốc;sụt giảm,plunge,\n",
    )
    found = [(said.vi, said.en, said.preferred) for said in read_term_list(path)]
    assert found == [
        ("hơi cay", "tear gas", True),
        ("hơi cay", "CS gas", False),
        ("lao dốc", "plunge", False),
        ("sụt giảm", "plunge", False),
    ]


def test_a_workbook_of_this_project_is_for_review(tmp_path: Path) -> None:
    rows = [
        ["Status", "Vietnamese", "English", "Note", "Id"],
        ["approved", "Mỹ", "US", "", "0" * 12],
    ]
    with pytest.raises(FormatError, match=r"with: aligner review .*terms\.xlsx"):
        read_term_list(excel(tmp_path, ("Glossary", rows)))
    # Somebody else's sheet of that name is a list like any other.
    rows = [row[:-1] for row in rows]
    assert words(excel(tmp_path, ("Glossary", rows))) == [("Mỹ", "US")]


# What cannot be understood


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "vi,en,status\nMỹ,US,\nNga,Russia,maybe\n",
            "line 3, column 3: the status is 'maybe'; use",
        ),
        ("vi,en,preferred\nMỹ,US,perhaps\n", "line 2, column 3: 'perhaps' does not say whether"),
        (
            "vi,en,status\nMỹ,US,approved\nNga,Russia,\nmỹ,us,forbidden\n",
            "line 2 and line 4 say different things about 'mỹ' = 'us': approved and forbidden",
        ),
        ("oil,petroleum\ngas,fuel\n", "it is not clear which columns are Vietnamese and English"),
        ("dầu,mỏ\nkhí,đốt\n", "it is not clear which columns are Vietnamese and English"),
        ("vi,en\nMỹ,\n", "it holds no Vietnamese term with an English one beside it"),
        ("Mỹ\nNga\n", "its first line must have two columns, separated by commas, semicolons"),
        ("", "its first line must have two columns"),
        (",,\n,,\n", "its first line must have two columns"),
        ("1,2\n3,4\n", "it is not clear which columns are Vietnamese and English"),
    ],
)
def test_a_text_that_could_mean_two_things_is_refused_with_its_place(
    tmp_path: Path, content: str, problem: str
) -> None:
    path = text(tmp_path, content)
    with pytest.raises(FormatError) as caught:
        read_term_list(path)
    assert str(caught.value).startswith(f"{path}: {problem}")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"read from \.xlsx, \.xlsm, \.csv, \.tsv, \.txt, \.tbx"):
        read_term_list(text(tmp_path, "x", "terms.xls"))
    with pytest.raises(FormatError, match="is not an Excel workbook"):
        read_term_list(text(tmp_path, "x", "terms.xlsx"))
    with pytest.raises(FormatError, match="there is no such file"):
        read_term_list(tmp_path / "none.xlsx")
    with pytest.raises(FormatError, match="holds no Vietnamese term with an English one"):
        read_term_list(excel(tmp_path, ("Empty", [])))


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content.encode("utf-8", "replace"))
    assert outcome(path) == ""


def outcome(path: Path) -> str:
    """Return what is wrong with the decisions, or with the sentence in their place."""
    try:
        decisions = read_term_list(path)
    except FormatError as error:
        return "" if str(error).startswith(str(path)) else str(error)
    return " ".join(d.id for d in decisions if not d.vi or not d.en or d.id != term_id(d.vi, d.en))


def test_a_list_whose_titles_changed_places_is_refused(tmp_path: Path) -> None:
    swapped = "Vietnamese,English\noil price,giá dầu\ntruce,lệnh ngừng bắn\nASEAN,ASEAN\n"
    with pytest.raises(FormatError, match="of 3 pairs, 2 have Vietnamese letters on the English"):
        read_term_list(text(tmp_path, swapped))


@pytest.mark.parametrize("rows", ["oil price,giá dầu", "ceasefire,Lệnh ngừng bắn"])
def test_a_list_whose_only_row_is_swapped_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(FormatError, match="its only pair has Vietnamese letters on the English"):
        read_term_list(text(tmp_path, f"Vietnamese,English\n{rows}\n"))


def test_names_with_accents_in_english_make_no_list_a_swapped_one(tmp_path: Path) -> None:
    names = "vi,en\nTP.HCM,Hồ Chí Minh City\nAFP,Agence France-Presse\nmỏ,mine\nVAMA,Hội VAMA\n"
    assert len(words(text(tmp_path, names))) == 4
    for pair in ("TP.HCM,Hồ Chí Minh City", "CV,résumé"):
        assert words(text(tmp_path, f"vi,en\n{pair}\n"))


def test_a_term_that_a_comma_cuts_in_two_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("vi,en\nMỹ, Hoa Kỳ,America\n", encoding="utf-8")
    with pytest.raises(FormatError, match="line 2: it has more cells than the header"):
        read_term_list(path)


@pytest.mark.parametrize("line", ["Kinh tế, Ngân sách,economy", "giá dầu,oil, price of"])
def test_a_cut_term_is_refused_where_no_first_row_names_the_columns(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(FormatError, match="line 2: a comma seems to cut a term in two"):
        read_term_list(text(tmp_path, f"Nga,Russia\n{line}\n"))
    assert words(text(tmp_path, "Mỹ, US, a country\n")) == [("Mỹ", "US")]
    assert words(text(tmp_path, "Mỹ\tUS\t a country\n", "terms.txt")) == [("Mỹ", "US")]


def test_spellings_that_omegat_got_beside_a_term_make_no_pairs(tmp_path: Path) -> None:
    un = TermPair(
        "Liên Hợp Quốc", "United Nations", variants=Variants(("Liên hiệp quốc",), ("UN",))
    )
    pairs = (replace(un, status="approved", preferred=True), replace(un, vi="LHQ", en="UN"))
    path = write_omegat(Glossary(pairs), tmp_path / "glossary.txt")
    assert "Liên hiệp quốc" in path.read_text(encoding="utf-8")
    assert [decision.id for decision in read_term_list(path)] == [un.id]


def test_what_is_preferred_for_omegat_is_preferred_again(tmp_path: Path) -> None:
    pairs = (
        replace(TermPair("bão", "storm"), status="approved", preferred=True, note="hỏi Lan"),
        replace(TermPair("lũ", "flood"), status="approved", note="preferred by some"),
    )
    path = write_omegat(Glossary(pairs), tmp_path / "glossary.txt")
    said = {decision.en: (decision.preferred, decision.note) for decision in read_term_list(path)}
    assert said == {"storm": (True, "hỏi Lan"), "flood": (None, "preferred by some")}
