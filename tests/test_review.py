"""The glossary of a results folder: what a reviewer did in its workbook is never lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula

from aligner.errors import AlignerError, FormatError, GlossaryError, OutputError
from aligner.exports import write_workbook
from aligner.formats import lock
from aligner.formats.glossary.csv import read_glossary, write_glossary
from aligner.formats.workbook.additions import has_additions
from aligner.glossary import Glossary
from aligner.job import write_results
from aligner.model import content_id
from aligner.overwriting import check_article, check_replaceable
from aligner.results_folder import find_glossary, keep_previous, read_kept
from aligner.review import import_terms, review
from aligner.term_pair import STATUSES, Status, TermPair, term_id
from reviewing import GAS, GLOSSARY, OIL, TRUCE, contents, edit, results, table


def status(glossary: Glossary) -> dict[str, str]:
    return {f"{pair.vi} = {pair.en}": pair.status for pair in glossary}


# A workbook that was sent away and comes back elsewhere


def test_a_workbook_from_elsewhere_is_read_into_the_folder_that_is_named(tmp_path: Path) -> None:
    folder = results(tmp_path)
    back = tmp_path / "mail" / "glossary (1).xlsx"
    back.parent.mkdir()
    back.write_bytes((folder / "glossary.xlsx").read_bytes())
    edit(back, 2, Status="rejected")
    with pytest.raises(GlossaryError, match=r'review ".*glossary \(1\)\.xlsx" --glossary DIR'):
        review(back)
    assert list(back.parent.iterdir()) == [back]
    assert review(back, folder).changes == Counter(rejected=1)
    assert status(read_glossary(folder / "glossary.csv"))["lệnh ngừng bắn = truce"] == "rejected"


def test_an_id_that_no_pair_has_approves_nothing(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Id="0" * 12)
    assert status(read_kept(folder).glossary) == status(read_glossary(folder / "glossary.csv"))


@pytest.mark.parametrize("blank", ["\u200b", "\u2060 ", "\ufe0f"])
def test_words_that_nobody_sees_make_no_pair(tmp_path: Path, blank: str) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    titles = [cell.value for cell in book["Glossary"][1]]
    for title in ("Vietnamese", "English"):
        book["Glossary"].cell(5, titles.index(title) + 1).value = blank
    book.save(folder / "glossary.xlsx")
    assert len(read_kept(folder).glossary) == len(read_glossary(folder / "glossary.csv"))


def test_an_empty_table_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    folder = results(tmp_path)
    (folder / "glossary.csv").write_bytes(b"")
    with pytest.raises(FormatError, match=r"glossary\.csv: .* but it is empty; .*delete it"):
        read_kept(folder)


# What is kept


def test_nothing_is_kept_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    kept = read_kept(tmp_path / "no")
    assert (kept.glossary, kept.table, kept.edited) == (Glossary(()), None, [])


def test_without_edits_the_table_is_the_glossary_and_new_pairs_stay_new(tmp_path: Path) -> None:
    kept = read_kept(results(tmp_path))
    assert kept.glossary == kept.table
    assert {pair.state for pair in kept.glossary} == {"new"}


def test_edited_rows_count_on_top_of_the_table_and_mark_its_pairs_as_known(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    kept = read_kept(folder)
    assert [(pair.en, pair.status, pair.state) for pair in kept.glossary] == [
        ("oil price", "candidate", "known"),
        ("gas", "candidate", "known"),
        ("truce", "approved", "known"),
    ]


def test_pairs_that_the_workbook_did_not_have_stay_new(tmp_path: Path) -> None:
    folder = results(tmp_path)
    later = TermPair("lũ", "flood", state="new")
    write_glossary(Glossary((*GLOSSARY, later)), folder / "glossary.csv")
    edit(folder / "glossary.xlsx", 2, Status="approved")
    states = {pair.en: pair.state for pair in read_kept(folder).glossary}
    assert states == {"oil price": "known", "gas": "known", "truce": "known", "flood": "new"}


def test_a_decision_of_the_table_is_not_undone_by_the_unedited_workbook(tmp_path: Path) -> None:
    folder = results(tmp_path)
    write_glossary(Glossary((replace(TRUCE, status="forbidden"), OIL)), folder / "glossary.csv")
    assert status(read_kept(folder).glossary)["lệnh ngừng bắn = truce"] == "forbidden"


def test_without_the_table_every_row_of_the_workbook_counts(tmp_path: Path) -> None:
    folder = results(tmp_path, Glossary((replace(TRUCE, status="approved", note="hay"), OIL, GAS)))
    edit(folder / "glossary.xlsx", 3, Status="rejected")
    edit(folder / "glossary.xlsx", 4, English="natural gas")
    (folder / "glossary.csv").unlink()
    assert [(pair.vi, pair.en, pair.status, pair.note) for pair in read_kept(folder).glossary] == [
        ("lệnh ngừng bắn", "truce", "approved", "hay"),
        ("giá dầu", "oil price", "rejected", ""),
        ("khí đốt", "natural gas", "approved", ""),
    ]


def test_without_the_table_a_term_that_no_cell_holds_is_not_taken_for_a_correction(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path, Glossary((TermPair("dầu " * 10_000, "oil"),)))
    (folder / "glossary.csv").unlink()
    assert [pair.status for pair in read_kept(folder).glossary] == ["candidate"]


# Reading a review


def test_an_unedited_workbook_changes_no_byte(tmp_path: Path) -> None:
    folder = results(tmp_path)
    before = contents(folder)
    said = review(folder / "glossary.xlsx")
    assert (said.rows, said.changes, said.is_written) == (0, Counter(), False)
    assert contents(folder) == before


def test_a_review_is_counted_by_what_it_says(tmp_path: Path) -> None:
    pairs = [TermPair(f"từ {i}", f"word {i}") for i in range(6)]
    pairs[4] = replace(pairs[4], status="approved")
    folder = results(tmp_path, Glossary(tuple(pairs)))
    workbook = folder / "glossary.xlsx"
    edit(workbook, 2, Status="Approved ", Note="tốt")
    edit(workbook, 3, Status="từ chối")
    edit(workbook, 4, Status="forbidden", Preferred="")
    edit(workbook, 5, English="the better word", Preferred="x")
    edit(workbook, 6, Status="candidate")
    edit(workbook, 8, Vietnamese="mới", English="new")
    before = workbook.read_bytes()
    said = review(workbook)
    assert said.table == folder / "glossary.csv"
    assert said.rows == 6
    assert said.changes == {
        "approved": 1,
        "rejected": 1,
        "forbidden": 1,
        "candidate": 1,
        "corrected": 1,
        "typed": 1,
        "preferred": 1,
        "notes": 1,
    }
    assert workbook.read_bytes() == before
    assert table(folder)["từ 3", "the better word"]["status"] == "approved"
    assert table(folder)["mới", "new"]["status"] == "approved"


def test_reading_a_review_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved", Note="hay")
    edit(folder / "glossary.xlsx", 3, English="price of oil", Note="chữ khác")
    review(folder)
    before = contents(folder)
    said = review(folder)
    assert (said.rows, said.changes, said.is_written) == (2, Counter(), False)
    assert contents(folder) == before


DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(STATUSES),
        st.sampled_from(["", "xem lại", "=SUM(1)"]),
        st.sampled_from(["", "oil", "gas", "crude"]),
    ),
    min_size=3,
    max_size=3,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DECISIONS)
def test_whatever_is_decided_a_second_reading_finds_nothing_new(
    tmp_path: Path, decisions: list[tuple[Status, str, str]]
) -> None:
    folder = results(tmp_path)
    for row, (said, note, english) in enumerate(decisions, start=2):
        words = {"English": english} if english else {}
        edit(folder / "glossary.xlsx", row, Status=said, Note=note, **words)
    try:
        review(folder)
    except FormatError:  # two rows came to be one pair, and say different things
        return
    before = contents(folder)
    assert not review(folder).is_written
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("row", "values", "message"),
    [
        (2, {"Status": "perhaps"}, r"cell A2: the status is 'perhaps'"),
        (3, {"English": ""}, r"cell D3: the term is empty"),
    ],
)
def test_a_row_that_is_not_understood_leaves_all_as_it_was(
    tmp_path: Path, row: int, values: dict[str, str], message: str
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 4, Status="approved")
    edit(folder / "glossary.xlsx", row, **values)
    before = contents(folder)
    with pytest.raises(FormatError, match=message):
        review(folder)
    assert contents(folder) == before


def test_a_missing_workbook_says_what_writes_one(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no.xlsx"):
        with pytest.raises(GlossaryError, match="there is no such workbook; `aligner run TEXTS`"):
            review(place)


def test_a_review_of_a_lone_workbook_makes_the_table_anew(tmp_path: Path) -> None:
    folder = results(tmp_path, Glossary((replace(TRUCE, status="approved"),)))
    (folder / "glossary.csv").unlink()
    assert review(folder).is_written
    assert table(folder)["lệnh ngừng bắn", "truce"]["status"] == "approved"


# Where a glossary is found


def test_a_glossary_is_found_in_a_folder_a_table_or_a_workbook(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    said = {"lệnh ngừng bắn = truce": "approved"}
    assert status(find_glossary(folder)).items() > said.items()
    assert status(find_glossary(folder / "glossary.xlsx")).items() > said.items()
    assert find_glossary(folder / "glossary.csv") == read_glossary(folder / "glossary.csv")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no", "there is no glossary; make one with `aligner run TEXTS`"),
        ("", "there is no glossary; make one with `aligner run TEXTS`"),
        ("terms.tbx", "bring other lists in with `aligner import FILE`"),
    ],
)
def test_where_no_glossary_is_found_the_user_is_told_what_to_do(
    tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "terms.tbx").touch()
    with pytest.raises(GlossaryError, match=message):
        find_glossary(tmp_path / name)


# Term lists


def terms(folder: Path, *rows: str) -> Path:
    path = folder / "danh sách.csv"
    path.write_text("\n".join(("vi,en", *rows)), encoding="utf-8")
    return path


def test_a_term_list_becomes_approved_pairs_and_overrides_no_decision(tmp_path: Path) -> None:
    decided = replace(GAS, status="forbidden", note="không dùng")
    folder = results(tmp_path, Glossary((TRUCE, OIL, decided)))
    workbook = (folder / "glossary.xlsx").read_bytes()
    path = terms(tmp_path, "giá dầu,oil price", "khí đốt,gas", "đàm phán,talks")
    said = import_terms(path, folder)
    assert (said.new, said.known, said.left, said.rows) == (1, 1, 1, 0)
    rows = table(folder)
    assert rows["giá dầu", "oil price"]["status"] == "approved"
    assert rows["giá dầu", "oil price"]["count"] == "2"
    assert rows["đàm phán", "talks"]["status"] == "approved"
    assert rows["khí đốt", "gas"]["status"] == "forbidden"
    assert rows["khí đốt", "gas"]["note"] == "không dùng"
    assert rows["lệnh ngừng bắn", "truce"]["status"] == "candidate"
    assert (folder / "glossary.xlsx").read_bytes() == workbook


def test_a_term_list_overrides_no_decision_of_the_workbook_that_was_not_read_yet(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="rejected")
    said = import_terms(terms(tmp_path, "lệnh ngừng bắn,truce"), folder)
    assert (said.new, said.known, said.left, said.rows) == (0, 0, 1, 1)
    assert table(folder)["lệnh ngừng bắn", "truce"]["status"] == "rejected"


def test_importing_a_list_twice_changes_no_byte_the_second_time(tmp_path: Path) -> None:
    path = terms(tmp_path, "đàm phán,talks")
    assert import_terms(path, tmp_path / "new" / "results").new == 1
    before = contents(tmp_path / "new" / "results")
    said = import_terms(path, tmp_path / "new" / "results")
    assert (said.new, said.left, said.is_written) == (0, 1, False)
    assert contents(tmp_path / "new" / "results") == before


# What is about to be replaced


def add_sheet(book: Any) -> None:
    book.create_sheet("Ghi chú của tôi")


def add_column(book: Any) -> None:
    book["Glossary"].cell(1, 25).value = "Ai duyệt"


def add_cell_without_title(book: Any) -> None:
    book["Conflicts"].cell(3, 12).value = "hỏi chị Lan"


def add_title(book: Any) -> None:
    book["Glossary"].insert_rows(1)
    book["Glossary"]["A1"].value = "Bản của Lan"


def add_comment(book: Any) -> None:
    book["Glossary"]["C2"].comment = Comment("hỏi lại", "Lan")


def add_colour(book: Any) -> None:
    book["Glossary"]["D3"].fill = PatternFill("solid", fgColor="FFFF00")


@pytest.mark.parametrize(
    "work", [add_sheet, add_column, add_cell_without_title, add_title, add_comment, add_colour]
)
def test_a_workbook_in_which_a_person_has_worked_is_copied(
    tmp_path: Path, work: Callable[[Any], None]
) -> None:
    folder = results(tmp_path)
    (folder / "glossary.previous.xlsx").write_bytes(b"older")
    book = load_workbook(folder / "glossary.xlsx")
    work(book)
    book.save(folder / "glossary.xlsx")
    kept = keep_previous(folder / "glossary.xlsx", read_kept(folder).edited)
    assert kept == folder / "glossary.previous.xlsx"
    assert kept.read_bytes() == (folder / "glossary.xlsx").read_bytes()


def test_a_workbook_that_was_only_sorted_or_moved_about_is_not_copied(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    book["Glossary"].move_range("C1:D4", cols=20)
    book["Glossary"].column_dimensions["B"].width = 50
    book.move_sheet("Evidence", -1)
    book.save(folder / "glossary.xlsx")
    assert not has_additions(folder / "glossary.xlsx")
    assert keep_previous(folder / "glossary.xlsx", read_kept(folder).edited) is None
    assert keep_previous(folder / "no.xlsx", []) is None
    assert sorted(contents(folder)) == ["glossary.csv", "glossary.xlsx"]


def test_the_empty_drawings_of_libreoffice_are_nothing_of_a_reviewers(tmp_path: Path) -> None:
    path = results(tmp_path) / "glossary.xlsx"
    with ZipFile(path, "a") as packed:
        packed.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr></xdr:wsDr>")
    assert not has_additions(path)
    with ZipFile(path, "a") as packed:
        packed.writestr("xl/drawings/drawing2.xml", "<xdr:wsDr><xdr:oneCellAnchor/></xdr:wsDr>")
    assert has_additions(path)


def test_a_workbook_with_decisions_that_were_not_read_is_not_replaced(tmp_path: Path) -> None:
    folder, other = results(tmp_path), tmp_path / "other" / "glossary.xlsx"
    check_replaceable(other, folder)
    write_workbook(GLOSSARY, other)
    check_replaceable(other, folder)
    edit(other, 2, Status="approved")
    with pytest.raises(OutputError, match="it holds decisions that were not read back"):
        check_replaceable(other, folder)
    review(other)
    check_replaceable(other, folder)


@pytest.mark.parametrize("name", ["glossary.csv", "glossary.xlsx"])
def test_the_glossary_itself_is_not_replaced_by_a_copy(tmp_path: Path, name: str) -> None:
    folder = results(tmp_path)
    with pytest.raises(OutputError, match="it is the glossary itself"):
        check_replaceable(folder / ".." / folder.name / name, folder)


def test_a_workbook_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "thu chi.xlsx")
    with pytest.raises(OutputError, match=r"there is no sheet 'Glossary'.*give another name"):
        check_replaceable(tmp_path / "thu chi.xlsx", tmp_path / "glossary")


@pytest.mark.parametrize("name", ["glossary.csv", "glossary.xlsx"])
@pytest.mark.parametrize("data", [None, b"", b"PK\x03\x04rest", bytes(range(256))])
def test_a_damaged_glossary_is_one_sentence_that_names_it(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    folder = results(tmp_path)
    (folder / name).unlink()
    (folder / name).mkdir() if data is None else (folder / name).write_bytes(data)
    with pytest.raises(AlignerError) as caught:
        review(folder)
    assert str(caught.value).startswith(str(folder / name))
    assert "\n" not in str(caught.value)


def own_column(folder: Path) -> dict[str, object]:
    """Return what stands in the reviewer's column "Client", by the English term."""
    rows = load_workbook(folder / "glossary.xlsx")["Glossary"].iter_rows(values_only=True)
    header = next(rows)
    return {row[header.index("English")]: row[header.index("Client")] for row in rows}


def test_a_column_of_ones_own_follows_its_pairs_from_workbook_to_workbook(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    english = [cell.value for cell in sheet[1]].index("English") + 1
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "Client"
    for row, value in ((2, "Reuters"), (3, 7), (4, datetime(2026, 3, 1))):
        sheet.cell(row, 3).value = value
    sheet.cell(4, english + 1).value = "natural gas"  # corrected
    book.save(folder / "glossary.xlsx")
    for _ in range(2):
        kept = read_kept(folder)
        fresh = Glossary(tuple(kept.glossary)[::-1])
        write_glossary(fresh, folder / "glossary.csv")
        write_workbook(fresh, folder / "glossary.xlsx", own=kept.own)
        assert own_column(folder) == {
            "truce": "Reuters",
            "oil price": 7,
            "natural gas": "2026-03-01",
            "gas": None,
        }
        assert not has_additions(folder / "glossary.xlsx", lost=True)


@pytest.mark.filterwarnings("ignore:Cell U2 is marked as a date")
def test_a_number_that_is_no_date_stays_in_a_column_for_dates(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    column = sheet.max_column + 1
    for row, value in enumerate(("Client", 20250312, "Lan", datetime(2026, 3, 1)), start=1):
        sheet.cell(row, column, value).number_format = "dd/mm/yyyy"
    book.save(folder / "glossary.xlsx")
    kept = read_kept(folder)
    write_workbook(kept.glossary, folder / "glossary.xlsx", own=kept.own)
    assert set(own_column(folder).values()) == {20250312, "Lan", "2026-03-01"}


def add_remark_below(book: Any) -> None:
    sheet = book["Glossary"]
    note = [cell.value for cell in sheet[1]].index("Note") + 1
    sheet.cell(sheet.max_row + 2, note).value = "Lan: duyệt đến đây"


def test_a_remark_in_a_row_of_its_own_is_kept_in_the_copy(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    add_remark_below(book)
    book.save(folder / "glossary.xlsx")
    assert read_kept(folder).edited == []
    assert keep_previous(folder / "glossary.xlsx", []) is not None


@pytest.mark.parametrize(
    "work", [add_sheet, add_cell_without_title, add_title, add_comment, add_remark_below]
)
def test_a_copy_with_what_no_new_workbook_takes_over_is_never_replaced(
    tmp_path: Path, work: Callable[[Any], None]
) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    work(book)
    book.save(folder / "glossary.xlsx")
    names = ["glossary.previous.xlsx", "glossary.previous-2.xlsx", "glossary.previous-3.xlsx"]
    for name in names:
        assert keep_previous(folder / "glossary.xlsx", []) == folder / name


def test_a_workbook_with_a_damaged_further_sheet_is_copied(tmp_path: Path) -> None:
    path = results(tmp_path) / "glossary.xlsx"
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"][:300]
    with ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert keep_previous(path, read_kept(path.parent).edited) is not None


def test_a_copy_that_only_has_decisions_gives_way_to_the_next(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    for _ in range(2):
        kept = keep_previous(folder / "glossary.xlsx", read_kept(folder).edited)
        assert kept == folder / "glossary.previous.xlsx"


def test_a_copy_that_is_kept_for_good_gives_way_to_none(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    edited = read_kept(folder).edited
    names = [keep_previous(folder / "glossary.xlsx", edited, for_good=True) for _ in range(2)]
    assert names == [folder / f"glossary.previous-{number}.xlsx" for number in (2, 3)]
    assert keep_previous(folder / "glossary.xlsx", edited) == folder / "glossary.previous.xlsx"


def test_the_table_of_another_glossary_is_not_replaced_by_a_copy(tmp_path: Path) -> None:
    folder = results(tmp_path)
    with pytest.raises(OutputError, match="it is the glossary itself"):
        check_replaceable(folder / "glossary.csv", tmp_path / "elsewhere")


def test_candidates_that_a_list_holds_as_candidates_are_not_decided_by_it(tmp_path: Path) -> None:
    folder = results(tmp_path)
    imported = import_terms(folder / "glossary.csv", folder)
    assert (imported.new, imported.known, imported.left, imported.is_written) == (0, 0, 0, False)


# What a reviewer did not touch, and what she cannot have meant


@pytest.mark.parametrize("touched", [{"Preferred": "yes"}, {"Note": "hỏi Lan"}])
def test_a_status_that_was_given_elsewhere_stays_where_only_another_cell_was_edited(
    tmp_path: Path, touched: dict[str, str]
) -> None:
    folder = results(tmp_path)
    vi, en = edit(folder / "glossary.xlsx", 3, **touched)
    decided = replace(OIL, status="approved", note="per style guide")
    assert (vi, en) == (OIL.vi, OIL.en)
    write_glossary(Glossary((TRUCE, decided, GAS)), folder / "glossary.csv")
    for _ in range(2):  # read twice, it says the same
        review(folder)
        row = table(folder)[vi, en]
        assert row["status"] == "approved"
        assert row["note"] == touched.get("Note", "per style guide")
        assert (row["preferred"] == "yes") == ("Preferred" in touched)


def test_a_spelling_that_was_mended_elsewhere_stays_where_only_the_status_was_edited(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    write_glossary(Glossary((TRUCE, replace(OIL, vi="Giá dầu"), GAS)), folder / "glossary.csv")
    review(folder)
    assert table(folder)["Giá dầu", "oil price"]["status"] == "approved"


def test_who_mends_only_a_capital_wants_the_pair(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Vietnamese="Giá dầu")
    review(folder)
    assert table(folder)["Giá dầu", "oil price"]["status"] == "approved"
    merged = read_glossary(folder / "glossary.csv").merge(GLOSSARY)
    assert [pair.vi for pair in merged if pair.en == "oil price"] == ["Giá dầu"]


@pytest.mark.parametrize("column", ["Vietnamese", "English"])
def test_a_column_that_was_sorted_without_the_others_is_refused(
    tmp_path: Path, column: str
) -> None:
    pairs = Glossary(tuple(TermPair(f"từ {n}", f"word {9 - n}") for n in range(8)))
    folder = results(tmp_path, pairs)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    place = [cell.value for cell in sheet[1]].index(column) + 1
    cells = [sheet.cell(row, place) for row in range(2, 10)]
    for cell, value in zip(cells, [cell.value for cell in cells][::-1], strict=True):
        cell.value = value
    book.save(folder / "glossary.xlsx")
    before = contents(folder)
    with pytest.raises(FormatError, match=f"8 terms of the column {column} stand in each other"):
        review(folder)
    assert contents(folder) == before


def test_two_renderings_may_be_exchanged(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, English="gas")
    edit(folder / "glossary.xlsx", 4, English="oil price")
    review(folder)
    assert table(folder)["giá dầu", "gas"]["status"] == "approved"
    assert table(folder)["khí đốt", "oil price"]["status"] == "approved"


@pytest.mark.parametrize("what", ["titles", "terms"])
def test_two_columns_of_terms_that_changed_places_are_refused(tmp_path: Path, what: str) -> None:
    pairs = Glossary(tuple(TermPair(f"từ {n}", f"word {n}", status="approved") for n in range(8)))
    folder = results(tmp_path, pairs)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    titles = [cell.value for cell in sheet[1]]
    vi, en = titles.index("Vietnamese") + 1, titles.index("English") + 1
    for row in [1] if what == "titles" else range(2, 10):
        left, right = sheet.cell(row, vi), sheet.cell(row, en)
        left.value, right.value = right.value, left.value
    book.save(folder / "glossary.xlsx")
    before = contents(folder)
    with pytest.raises(FormatError, match="in 8 rows the English term stands in the column Viet"):
        review(folder)
    assert contents(folder) == before


def test_a_pair_that_was_typed_the_wrong_way_round_may_be_put_right(tmp_path: Path) -> None:
    folder = results(tmp_path, Glossary((TRUCE, TermPair("gas", "khí đốt", state="typed"))))
    edit(folder / "glossary.xlsx", 3, Vietnamese="khí đốt", English="gas")
    review(folder)
    assert table(folder)["khí đốt", "gas"]["status"] == "approved"


def test_merged_cells_of_decisions_are_refused(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    book["Glossary"]["A2"].value = "approved"
    book["Glossary"].merge_cells("A2:A4")
    book.save(folder / "glossary.xlsx")
    with pytest.raises(FormatError, match="cells A2:A4 are merged"):
        review(folder)


def test_a_merged_title_above_the_header_does_no_harm(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    add_title(book)
    book["Glossary"].merge_cells("A1:F1")
    book.save(folder / "glossary.xlsx")
    assert review(folder).rows == 0


def test_renderings_of_many_rows_may_be_exchanged(tmp_path: Path) -> None:
    pairs = Glossary(tuple(TermPair(f"từ {n}", "one" if n < 4 else "two") for n in range(8)))
    folder = results(tmp_path, pairs)
    for row in range(2, 10):
        edit(folder / "glossary.xlsx", row, English="two" if row < 6 else "one")
    assert review(folder).rows == 8


def test_a_heading_across_the_columns_decides_nothing(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    sheet.insert_rows(3)
    sheet["A3"].value = "Thiên nhiên"
    sheet.merge_cells("A3:G3")
    book.save(folder / "glossary.xlsx")
    assert review(folder).rows == 0


@pytest.mark.parametrize("title", ["Người duyệt_x000D_\n(tên)", "_x005F_x0041_"])
def test_a_title_of_ones_own_does_not_grow_from_run_to_run(tmp_path: Path, title: str) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    book["Glossary"]["T1"].value = title
    book.save(folder / "glossary.xlsx")
    titles = []
    for _ in range(3):
        kept = read_kept(folder)
        write_workbook(kept.glossary, folder / "glossary.xlsx", own=kept.own)
        titles.append(load_workbook(folder / "glossary.xlsx")["Glossary"]["T1"].value)
    assert len(set(titles)) == 1
    assert len(titles[0]) <= len(title)


def test_formulas_of_ones_own_are_copied_once_and_then_are_text(tmp_path: Path) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    for row, value in enumerate(["Own", "=LEN(C2)", ArrayFormula("U3:U3", "=LEN(C3)")], start=1):
        sheet.cell(row, 21).value = value
    book.save(folder / "glossary.xlsx")
    assert has_additions(folder / "glossary.xlsx", lost=True)
    kept = read_kept(folder)
    write_workbook(kept.glossary, folder / "glossary.xlsx", own=kept.own)
    assert not has_additions(folder / "glossary.xlsx", lost=True)
    assert kept.own.cells == {TRUCE.id: ("=LEN(C2)",), OIL.id: ("=LEN(C3)",)}


def test_a_workbook_of_an_older_version_decides_nothing_where_nobody_edited_it(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    column = [cell.value for cell in sheet[1]].index("Written") + 1
    for row, pair in enumerate(GLOSSARY, start=2):
        whole = content_id(pair.id, pair.vi, pair.en, pair.status, pair.note, "")
        sheet.cell(row, column).value = f"w{whole}"
    book.save(folder / "glossary.xlsx")
    assert read_kept(folder).edited == []
    edit(folder / "glossary.xlsx", 3, Status="rejected")
    assert len(read_kept(folder).edited) == 1


def test_a_correction_does_not_undo_what_was_forbidden_elsewhere(tmp_path: Path) -> None:
    forbidden = Glossary((TRUCE, replace(OIL, status="forbidden"), GAS))
    folder = results(tmp_path, forbidden)
    edit(folder / "glossary.xlsx", 4, Vietnamese=OIL.vi, English=OIL.en)
    review(folder)
    rows = table(folder)
    assert rows[OIL.vi, OIL.en]["status"] == "forbidden"
    assert rows[GAS.vi, GAS.en]["status"] == "rejected"


def test_corrections_that_contradict_each_other_are_refused_beside_a_note(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Note="hỏi Lan")
    edit(folder / "glossary.xlsx", 3, Vietnamese=TRUCE.vi, English=TRUCE.en, Status="approved")
    edit(folder / "glossary.xlsx", 4, Vietnamese=TRUCE.vi, English=TRUCE.en, Status="forbidden")
    with pytest.raises(FormatError, match="rows 3 and 4 say different things about one pair"):
        review(folder)


@pytest.mark.parametrize("what", ["column", "sheet", "comment", "formula"])
def test_a_workbook_with_something_of_a_persons_own_is_not_replaced_by_an_export(
    tmp_path: Path, what: str
) -> None:
    folder = results(tmp_path)
    path = folder / "team.xlsx"
    write_workbook(GLOSSARY, path)
    check_replaceable(path, folder)
    book = load_workbook(path)
    if what == "sheet":
        book.create_sheet("Lan")["A1"] = "my list"
    elif what == "comment":
        book["Glossary"]["C2"].comment = Comment("hỏi lại", "Lan")
    else:
        book["Glossary"]["T1"].value = "Nguồn"
        book["Glossary"]["T2"].value = "=LEN(C2)" if what == "formula" else "Bộ Ngoại giao"
    book.save(path)
    with pytest.raises(OutputError, match=r"team\.xlsx: somebody has added columns, sheets or"):
        check_replaceable(path, folder)


def test_an_article_is_not_replaced_but_an_older_export_is(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("giá dầu\toil price\n", encoding="utf-8")
    check_article(path)
    path.write_text("Giá dầu tăng.\n", encoding="utf-8")
    with pytest.raises(OutputError, match="may be an article"):
        check_article(path)


# Decisions that come by two ways


def copy_of(folder: Path) -> Path:
    copy = folder.parent / "glossary.xlsx"
    copy.write_bytes((folder / "glossary.xlsx").read_bytes())
    return copy


@pytest.mark.parametrize("later", ["copy", "table"])
def test_rows_that_were_read_do_not_undo_what_was_decided_later_elsewhere(
    tmp_path: Path, later: str
) -> None:
    folder = results(tmp_path)
    copy = copy_of(folder)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    if later == "copy":
        edit(copy, 3, Status="rejected")
        review(copy, folder)
    else:
        rejected = (replace(p, status="rejected") for p in read_glossary(folder / "glossary.csv"))
        write_glossary(Glossary(tuple(rejected)), folder / "glossary.csv")
    assert not review(folder).is_written
    assert status(read_kept(folder).glossary)["giá dầu = oil price"] == "rejected"


@pytest.mark.parametrize("hidden", ["sorted without", "emptied"])
def test_rows_sorted_without_the_hidden_column_do_not_undo_what_was_decided_elsewhere(
    tmp_path: Path, hidden: str
) -> None:
    folder = results(tmp_path, Glossary((TRUCE, OIL, replace(GAS, status="approved"))))
    copy = copy_of(folder)
    edit(copy, 2, Status="approved", Note="hỏi lại")
    review(copy, folder)
    book = load_workbook(folder / "glossary.xlsx")
    sheet = book["Glossary"]
    assert [cell.value for cell in sheet[1]].index("Written") == 19
    if hidden == "emptied":
        sheet.delete_cols(20)
        sheet["T1"].value = "Written"
    else:
        rows = [[cell.value for cell in row[:19]] for row in sheet.iter_rows(min_row=2, max_row=4)]
        for row, values in enumerate(reversed(rows), start=2):
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column).value = value
    book.save(folder / "glossary.xlsx")
    assert not review(folder).is_written
    gas = 4 if hidden == "emptied" else 2
    edit(folder / "glossary.xlsx", gas, Status="rejected")
    assert review(folder).changes == Counter(rejected=1)
    assert table(folder)[TRUCE.vi, TRUCE.en]["note"] == "hỏi lại"


def test_a_row_that_was_read_counts_again_when_it_is_edited_again(tmp_path: Path) -> None:
    folder = results(tmp_path)
    for said in ("approved", "rejected", "approved", "forbidden"):
        edit(folder / "glossary.xlsx", 3, Status=said)
        review(folder)
        assert table(folder)["giá dầu", "oil price"]["status"] == said


def test_only_the_cell_that_was_edited_again_counts_again(tmp_path: Path) -> None:
    folder = results(tmp_path)
    copy = copy_of(folder)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    edit(copy, 3, Status="rejected")
    review(copy, folder)
    edit(folder / "glossary.xlsx", 3, Note="xem lại")
    review(folder)
    row = table(folder)["giá dầu", "oil price"]
    assert (row["status"], row["note"]) == ("rejected", "xem lại")


def test_an_older_or_another_copy_of_a_workbook_takes_nothing_back(tmp_path: Path) -> None:
    folder = results(tmp_path)
    backup = (folder / "glossary.xlsx").read_bytes()
    copy = copy_of(folder)
    edit(folder / "glossary.xlsx", 3, Status="approved", Note="Lan")
    edit(copy, 2, Status="rejected")
    review(folder)
    review(copy, folder)
    (folder / "glossary.xlsx").write_bytes(backup)
    copy.write_bytes(backup)
    assert not review(folder).is_written
    assert not review(copy, folder).is_written
    assert table(folder)["giá dầu", "oil price"]["note"] == "Lan"


def test_what_the_own_workbook_said_before_does_not_come_back_with_a_copy_of_it(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    copy = copy_of(folder)
    edit(folder / "glossary.xlsx", 3, Status="rejected")
    review(folder)
    edit(copy, 4, Status="approved")
    review(copy, folder)
    said = status(read_glossary(folder / "glossary.csv"))
    assert (said["giá dầu = oil price"], said["khí đốt = gas"]) == ("rejected", "approved")


def test_a_correction_to_a_pair_with_a_row_of_its_own_stays(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 4, Vietnamese="giá dầu", English="oil price")
    review(folder)
    assert not review(folder).is_written
    kept = read_kept(folder)
    write_results([], kept.glossary, folder, kept)
    said = status(read_kept(folder).glossary)
    assert (said["giá dầu = oil price"], said["khí đốt = gas"]) == ("approved", "rejected")


def test_a_correction_that_is_mended_leaves_one_pair(tmp_path: Path) -> None:
    folder = results(tmp_path)
    for english in ("crud", "crude"):
        edit(folder / "glossary.xlsx", 3, English=english)
        review(folder)
    said = status(read_glossary(folder / "glossary.csv"))
    assert said["giá dầu = crud"] == said["giá dầu = oil price"] == "rejected"
    assert said["giá dầu = crude"] == "approved"


def test_a_note_on_a_corrected_row_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, English="crude", Note="hỏi Lan")
    review(folder)
    edit(folder / "glossary.xlsx", 3, Note="Lan đồng ý")
    review(folder)
    assert table(folder)["giá dầu", "crude"]["note"] == "Lan đồng ý"


def test_words_that_were_mended_in_the_table_do_not_come_back(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    mended = replace(OIL, en="price of oil", status="approved")
    write_glossary(Glossary((TRUCE, mended, GAS)), folder / "glossary.csv")
    assert not review(folder).is_written
    assert ("giá dầu", "oil price") not in table(folder)


def write_again(folder: Path) -> None:
    """Write the results anew, as a run that finds nothing new does."""
    kept = read_kept(folder)
    write_results([], kept.glossary, folder, kept)


def row_of(workbook: Path, english: str) -> int:
    cells = load_workbook(workbook)["Glossary"]["D"]
    return next(cell.row for cell in cells if cell.value == english)


def test_a_new_edition_at_the_place_of_an_old_one_is_read_by_itself(tmp_path: Path) -> None:
    folder = results(tmp_path)
    copy = copy_of(folder)
    edit(copy, 3, Status="approved", Note="sure")
    review(copy, folder)
    edit(folder / "glossary.xlsx", 3, Status="rejected", Note="no")
    write_again(folder)
    copy = copy_of(folder)
    edit(copy, row_of(copy, "oil price"), Status="approved", Note="sure")
    review(copy, folder)
    row = table(folder)["giá dầu", "oil price"]
    assert (row["status"], row["note"]) == ("approved", "sure")


def test_a_copy_that_comes_back_after_a_run_undoes_nothing_that_it_did_not_say(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    copy = copy_of(folder)
    write_again(folder)
    own = folder / "glossary.xlsx"
    edit(own, row_of(own, "oil price"), Status="rejected")
    write_again(folder)
    edit(copy, 4, Status="approved")
    review(copy, folder)
    said = status(read_glossary(folder / "glossary.csv"))
    assert (said["giá dầu = oil price"], said["khí đốt = gas"]) == ("rejected", "approved")


def test_a_note_beside_words_as_they_were_written_corrects_nothing(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, English="crude")
    review(folder)
    edit(folder / "glossary.xlsx", 3, English="oil price", Note="?")
    review(folder)
    assert status(read_glossary(folder / "glossary.csv"))["giá dầu = crude"] == "approved"


def test_a_copy_can_be_read_again_after_the_table_was_deleted(tmp_path: Path) -> None:
    folder = results(tmp_path)
    copy = copy_of(folder)
    edit(copy, 3, Status="approved")
    review(copy, folder)
    (folder / "glossary.csv").unlink()
    review(folder)
    review(copy, folder)
    assert table(folder)["giá dầu", "oil price"]["status"] == "approved"


def test_a_note_on_a_pair_that_left_the_table_approves_nothing(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    write_glossary(Glossary((TRUCE, GAS)), folder / "glossary.csv")
    edit(folder / "glossary.xlsx", 3, Note="xem lại")
    review(folder)
    assert table(folder)["giá dầu", "oil price"]["status"] == "candidate"


def test_a_workbook_that_says_the_same_and_was_not_read_is_the_same_to_the_byte(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    write_again(folder)
    before = (folder / "glossary.xlsx").read_bytes()
    write_again(folder)
    assert (folder / "glossary.xlsx").read_bytes() == before


def test_a_workbook_holds_no_time_by_which_two_would_differ(tmp_path: Path) -> None:
    folder = results(tmp_path)
    write_again(folder)
    with ZipFile(folder / "glossary.xlsx") as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
        assert b"dcterms:" not in packed.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_once_a_new_workbook_stands_each_of_its_rows_is_unread(tmp_path: Path) -> None:
    folder = results(tmp_path, Glossary((OIL,)))
    for said in ("approved", "candidate", "approved"):
        edit(folder / "glossary.xlsx", 2, Status=said)
        review(folder)
        write_again(folder)
        assert table(folder)["giá dầu", "oil price"]["status"] == said


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"": 3}', '{"": {"a": {"target": "b"}}}'])
def test_what_was_read_is_read_again_where_nobody_knows_of_it(tmp_path: Path, damage: str) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    review(folder)
    (folder / ".aligner.read.json").write_text(damage)
    review(folder)
    assert table(folder)["giá dầu", "oil price"]["status"] == "approved"


def test_a_workbook_that_was_saved_in_the_last_moment_is_not_replaced(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    kept = read_kept(folder)
    edit(folder / "glossary.xlsx", 3, Status="approved")
    with pytest.raises(OutputError, match="somebody has just saved it"):
        write_results([], kept.glossary, folder, kept)
    said = status(read_kept(folder).glossary)
    assert (said["lệnh ngừng bắn = truce"], said["giá dầu = oil price"]) == ("approved",) * 2


def test_a_forbidden_pair_that_somebody_types_once_more_stays_forbidden(tmp_path: Path) -> None:
    folder = results(tmp_path)
    forbidden = replace(OIL, status="forbidden", note="dùng “crude”")
    write_glossary(Glossary((TRUCE, forbidden, GAS)), folder / "glossary.csv")
    edit(folder / "glossary.xlsx", 5, Vietnamese=OIL.vi, English=OIL.en)
    review(folder)
    assert table(folder)[OIL.vi, OIL.en]["status"] == "forbidden"


@pytest.mark.parametrize("known", ["candidate", "rejected"])
def test_who_types_a_pair_once_more_wants_it(tmp_path: Path, known: Status) -> None:
    folder = results(tmp_path)
    write_glossary(Glossary((TRUCE, replace(OIL, status=known), GAS)), folder / "glossary.csv")
    edit(folder / "glossary.xlsx", 5, Vietnamese=OIL.vi, English=OIL.en)
    review(folder)
    assert table(folder)[OIL.vi, OIL.en]["status"] == "approved"


def test_of_two_rows_corrected_to_one_pair_both_own_cells_are_kept(tmp_path: Path) -> None:
    folder = results(tmp_path)
    add_column_named(folder / "glossary.xlsx", "Khách", ["A", "B", None])
    for row in (2, 3):
        edit(folder / "glossary.xlsx", row, Vietnamese="dầu thô", English="crude")
    kept = read_kept(folder)
    assert kept.own.of(term_id("dầu thô", "crude")) == ("A; B",)


def add_column_named(workbook: Path, title: str, cells: list[str | None]) -> None:
    book = load_workbook(workbook)
    sheet: Any = book["Glossary"]
    column = sheet.max_column + 1
    for row, cell in enumerate([title, *cells], start=1):
        sheet.cell(row, column).value = cell
    book.save(workbook)


@pytest.mark.parametrize("title", ["Count", "reason"])
def test_a_column_of_ones_own_may_have_the_title_of_one_that_is_there(
    tmp_path: Path, title: str
) -> None:
    folder = results(tmp_path)
    add_column_named(folder / "glossary.xlsx", title, ["A", None, "C"])
    own = read_kept(folder).own
    assert (own.titles, own.of(TRUCE.id)) == ((title,), ("A",))


def test_columns_of_a_copy_that_go_nowhere_are_named(tmp_path: Path) -> None:
    folder = results(tmp_path)
    copy = copy_of(folder)
    add_column_named(copy, "Khách", ["A", None, None])
    add_column_named(folder / "glossary.xlsx", "Khách", ["A", None, None])
    assert review(copy, folder).left == ("Khách",)
    assert review(folder).left == ()


def test_a_note_that_only_begins_like_the_programs_own_is_a_persons(tmp_path: Path) -> None:
    noted = replace(OIL, note="corrected to lower case by Lan")
    folder = results(tmp_path, Glossary((TRUCE, noted, GAS)))
    edit(folder / "glossary.xlsx", 4, Vietnamese=OIL.vi, English=OIL.en, Note="xem lại")
    review(folder)
    assert table(folder)[OIL.vi, OIL.en]["note"] == "corrected to lower case by Lan; xem lại"


def test_commands_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    folder = results(tmp_path)
    for n in range(8):
        (tmp_path / str(n)).mkdir()
    lists = [terms(tmp_path / str(n), f"từ {n},word {n}") for n in range(8)]
    with ThreadPoolExecutor(len(lists)) as pool:
        list(pool.map(lambda path: import_terms(path, folder), lists))
    assert {(f"từ {n}", f"word {n}") for n in range(8)} <= set(table(folder))


def test_a_folder_in_which_another_command_does_not_end_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = results(tmp_path)
    monkeypatch.setattr(lock, "WAIT", 0.1)
    with (
        lock.locked(folder),
        pytest.raises(OutputError, match="another aligner command is working"),
    ):
        review(folder)
