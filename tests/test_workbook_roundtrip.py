"""From the glossary to the workbook, through a reviewer's hands, and back to the glossary."""

from __future__ import annotations

import random
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from aligner.errors import FormatError
from aligner.exports import write_workbook
from aligner.formats.excel.cells import MAX_UNITS, cell_text, stored_text
from aligner.formats.workbook.read import read_workbook
from aligner.formats.workbook.written import digest
from aligner.glossary import Glossary
from aligner.term_pair import (
    KINDS,
    STATES,
    STATUSES,
    Decision,
    Evidence,
    Status,
    TermPair,
    plain_text,
)
from format_samples import term

SEEN = Evidence("Lệnh ngừng bắn có hiệu lực.", "The truce took effect.", "vi/a", "en/a")
TRUCE = TermPair("lệnh ngừng bắn", "truce", "term", 0.9, 0.75, 3, 2, (SEEN,), state="known")
OIL = TermPair("giá dầu", "oil price", "term", 0.8, 1.0, 2, 1, note="hỏi Lan", state="known")
COAST = TermPair("Bờ Biển Ngà", "Cote d'Ivoire", "name", 0.9, 1.0, 4, 2, state="known")
GLOSSARY = Glossary((TRUCE, OIL, COAST))

ODD = [
    "",
    " ",
    "\x07",
    "\ud800",
    " bão ",
    "a\r\nb",
    "a\tb",
    "a\x0cb",
    "=1",
    "NA",
    "_x0041_",
    "’",
    "\u0301",
]
TEXTS = st.one_of(
    st.sampled_from(ODD), st.text(max_size=8), st.text("aă_x0Aa\u0302 \x00", max_size=9)
)
GLOSSARIES = st.lists(
    st.builds(
        TermPair,
        vi=TEXTS,
        en=TEXTS,
        kind=st.sampled_from(KINDS),
        evidence=st.just(()) | st.just((SEEN,)),
        status=st.sampled_from(STATUSES),
        note=TEXTS,
        preferred=st.booleans(),
        reason=TEXTS,
        state=st.sampled_from(STATES),
    ),
    max_size=4,
).map(lambda pairs: Glossary(tuple(pairs)))

Rows = list[list[Any]]


def has_terms(glossary: Glossary) -> bool:
    """Return whether there are pairs, and something to see of each term."""
    return bool(glossary) and all(plain_text(p.vi) and plain_text(p.en) for p in glossary)


def saved_again(path: Path, edit: Callable[[Rows], Rows]) -> Path:
    """Save the sheet "Glossary" as another program would, with its rows (a header first) edited."""
    rows = [[cell.value for cell in row] for row in load_workbook(path)["Glossary"].iter_rows()]
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Glossary"
    for number, row in enumerate(edit(rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl would make a formula of "=1"
    workbook.save(path)
    return path


def shuffled(rows: Rows, chance: random.Random) -> Rows:
    """Return the rows below the header in another order, and the columns too."""
    header, *rest = rows
    chance.shuffle(rest)
    columns = chance.sample(range(len(header)), len(header))
    return [[row[column] for column in columns] for row in (header, *rest)]


def review(folder: Path, edit: Callable[[dict[str, int], Rows], Any]) -> list[Decision]:
    """Write GLOSSARY, edit its rows in place, read the decisions.

    `edit` gets the columns by title and the rows: rows[1] is TRUCE, rows[2] OIL, rows[3] COAST.
    """

    def edited(rows: Rows) -> Rows:
        edit({title: number for number, title in enumerate(rows[0])}, rows)
        return rows

    return read_workbook(saved_again(write_workbook(GLOSSARY, folder / "g.xlsx"), edited))


def reviewed(folder: Path, edit: Callable[[dict[str, int], Rows], Any]) -> Glossary:
    return GLOSSARY.apply(review(folder, edit))


def typed(at: dict[str, int], **values: str) -> list[Any]:
    """Return a row typed by hand."""
    row: list[Any] = [None] * len(at)
    for title, value in values.items():
        row[at[title]] = value
    return row


@given(st.text() | TEXTS)
def test_a_cell_says_what_its_text_says(text: str) -> None:
    assert plain_text(stored_text(cell_text(text))) == plain_text(text)


@given(GLOSSARIES)
@settings(deadline=None, max_examples=25)
def test_an_unedited_workbook_changes_nothing(glossary: Glossary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        decisions = read_workbook(write_workbook(glossary, Path(folder, "g.xlsx")))
    assert [decision.id for decision in decisions] == [pair.id for pair in glossary]
    assert glossary.apply(decisions) == glossary


@given(GLOSSARIES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=15)
def test_rows_and_columns_in_any_order_change_nothing(
    glossary: Glossary, chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(glossary, Path(folder, "g.xlsx"))
        decisions = read_workbook(saved_again(path, lambda rows: shuffled(rows, chance)))
    assert glossary.apply(decisions) == glossary


@given(GLOSSARIES, st.lists(st.sampled_from(STATUSES), min_size=4, max_size=4))
@settings(deadline=None, max_examples=15)
def test_an_old_workbook_that_nobody_edited_undoes_no_later_decision(
    glossary: Glossary, statuses: list[Any]
) -> None:
    later = Glossary(
        tuple(replace(p, status=s, note="later") for p, s in zip(glossary, statuses, strict=False))
    )
    with tempfile.TemporaryDirectory() as folder:
        decisions = read_workbook(write_workbook(glossary, Path(folder, "g.xlsx")))
    assert later.apply(decisions) == later


@given(GLOSSARIES.filter(has_terms), st.sampled_from(STATUSES), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=15)
def test_a_status_goes_to_the_pair_whose_row_it_is_in_whatever_characters_it_has(
    glossary: Glossary, status: Any, chance: random.Random
) -> None:
    index = chance.randrange(len(glossary))
    pair = glossary.pairs[index]

    def choose(rows: Rows) -> Rows:
        rows[index + 1][rows[0].index("Status")] = status
        return shuffled(rows, chance)

    expected = [replace(p, status=status) if p is pair else p for p in glossary]
    with tempfile.TemporaryDirectory() as folder:
        path = saved_again(write_workbook(glossary, Path(folder, "g.xlsx")), choose)
        found = glossary.apply(read_workbook(path))
    # A note loses what a cell cannot hold.
    assert [replace(p, note="") for p in found] == [replace(p, note="") for p in expected]


def test_texts_longer_than_a_cell_are_no_edit(tmp_path: Path) -> None:
    long = TermPair("bão " * MAX_UNITS, "storm", note="x" * (MAX_UNITS + 1))
    decisions = read_workbook(write_workbook([long], tmp_path / "g.xlsx"))
    assert Glossary((long,)).apply(decisions) == Glossary((long,))


def test_a_corrected_pair_is_approved_the_old_one_rejected_and_both_outlive_extraction(
    tmp_path: Path,
) -> None:
    def correct(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["English"]] = "ceasefire"

    glossary = reviewed(tmp_path, correct)
    assert [(p.en, p.status, p.state) for p in glossary] == [
        ("truce", "rejected", "known"),
        ("oil price", "candidate", "known"),
        ("Cote d'Ivoire", "candidate", "known"),
        ("ceasefire", "approved", "typed"),
    ]
    again = glossary.merge(Glossary((replace(TRUCE, state="new"),)))
    assert {p.en: (p.status, p.state) for p in again} == {
        "truce": ("rejected", "known"),
        "oil price": ("candidate", "lost"),
        "Cote d'Ivoire": ("candidate", "lost"),
        "ceasefire": ("approved", "typed"),
    }


def test_a_deleted_row_decides_nothing(tmp_path: Path) -> None:
    assert reviewed(tmp_path, lambda _, rows: rows.pop(1)) == GLOSSARY


def test_an_identical_copy_of_a_row_decides_nothing(tmp_path: Path) -> None:
    assert reviewed(tmp_path, lambda _, rows: rows.append(list(rows[1]))) == GLOSSARY


def test_a_copy_that_says_something_else_is_refused_with_both_rows(tmp_path: Path) -> None:
    def copy(at: dict[str, int], rows: Rows) -> None:
        rows.append(list(rows[1]))
        rows[-1][at["Preferred"]] = "yes"

    with pytest.raises(FormatError, match="rows 2 and 5 say different things about one pair"):
        review(tmp_path, copy)


def test_a_copy_without_its_id_is_a_pair_of_its_own(tmp_path: Path) -> None:
    def copy(at: dict[str, int], rows: Rows) -> None:
        rows.append(list(rows[1]))
        rows[-1][at["Id"]], rows[-1][at["English"]] = None, "ceasefire"

    *before, new = reviewed(tmp_path, copy)
    assert tuple(before) == GLOSSARY.pairs
    assert new == TermPair(TRUCE.vi, "ceasefire", status="approved", state="typed")


def test_a_pair_typed_by_hand_is_approved_and_one_that_is_there_keeps_its_note(
    tmp_path: Path,
) -> None:
    def add(at: dict[str, int], rows: Rows) -> None:
        rows.append(typed(at, Vietnamese="hòa đàm", English="peace talks", Preferred="x"))
        rows.append(typed(at, Vietnamese="Giá dầu", English="oil price"))

    glossary = reviewed(tmp_path, add)
    assert glossary == Glossary(
        (
            TRUCE,
            replace(OIL, vi="Giá dầu", status="approved"),
            COAST,
            TermPair("hòa đàm", "peace talks", status="approved", preferred=True, state="typed"),
        )
    )


def test_what_programs_make_of_quotes_and_accents_is_no_correction(tmp_path: Path) -> None:
    def edit(at: dict[str, int], rows: Rows) -> None:
        rows[3][at["English"]] = "Cote d’Ivoire"
        rows[3][at["Vietnamese"]] = unicodedata.normalize("NFD", "Bờ\xa0Biển  Ngà ")
        rows[3][at["Status"]] = " Đã duyệt"
        rows[2][at["Vietnamese"]] = unicodedata.normalize("NFD", OIL.vi)

    assert reviewed(tmp_path, edit) == Glossary((TRUCE, OIL, replace(COAST, status="approved")))


@pytest.mark.parametrize(
    "word", ["yes", "x", "Có", "co", "✓", "TRUE", True, 1, unicodedata.normalize("NFD", "có"), "V "]
)
def test_preferred_is_understood_in_any_usual_word(tmp_path: Path, word: Any) -> None:
    def prefer(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["Preferred"]] = word

    assert reviewed(tmp_path, prefer) == Glossary((replace(TRUCE, preferred=True), OIL, COAST))


@pytest.mark.parametrize("word", ["no", "Không", "FALSE", False, 0, "-", " "])
def test_so_is_not_preferred(tmp_path: Path, word: Any) -> None:
    def refuse(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["Preferred"]] = word

    assert reviewed(tmp_path, refuse) == GLOSSARY


def test_any_other_word_for_preferred_names_its_cell(tmp_path: Path) -> None:
    def doubt(at: dict[str, int], rows: Rows) -> None:
        rows[2][at["Preferred"]] = "maybe"

    with pytest.raises(FormatError, match="cell B3: 'maybe' does not say whether"):
        review(tmp_path, doubt)


def without(title: str) -> Callable[[dict[str, int], Rows], None]:
    def drop(at: dict[str, int], rows: Rows) -> None:
        for row in rows:
            del row[at[title]]

    return drop


def test_without_the_column_preferred_pairs_stay_as_preferred_as_they_are(tmp_path: Path) -> None:
    decisions = review(tmp_path, without("Preferred"))
    assert [(d.edited, d.preferred) for d in decisions] == [(False, None)] * 3
    edited = [replace(decision, edited=True, status="approved") for decision in decisions]
    preferred = Glossary((replace(TRUCE, preferred=True),))
    assert preferred.apply(edited[:1]) == Glossary(
        (replace(TRUCE, preferred=True, status="approved"),)
    )


def test_a_copy_without_the_hidden_column_says_only_what_it_says(tmp_path: Path) -> None:
    def approve(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["Status"]] = "approved"
        without("Written")(at, rows)

    decisions = review(tmp_path, approve)
    assert [decision.edited for decision in decisions] == [True, True, False]  # OIL has a note
    truce = replace(TRUCE, note="later")
    coast = replace(COAST, status="forbidden", note="by court")
    assert Glossary((truce, OIL, coast)).apply(decisions) == Glossary(
        (replace(truce, status="approved"), OIL, coast)
    )


@pytest.mark.parametrize(("formula", "preferred"), [("=TRUE()", True), ("=FALSE()", False)])
def test_a_truth_value_that_libreoffice_saved_is_one(
    tmp_path: Path, formula: str, preferred: bool
) -> None:
    path = write_workbook(GLOSSARY, tmp_path / "g.xlsx")
    book = load_workbook(path)
    book["Glossary"]["B2"] = formula
    book.save(path)
    assert read_workbook(path)[0].preferred is preferred


def test_emptied_ids_make_no_new_pairs_of_rows_with_the_words_they_had(tmp_path: Path) -> None:
    def empty(at: dict[str, int], rows: Rows) -> None:
        for row in rows[1:]:
            row[at["Id"]] = None
        rows[2][at["Status"]] = "rejected"

    assert reviewed(tmp_path, empty) == Glossary((TRUCE, replace(OIL, status="rejected"), COAST))


def test_words_typed_into_a_struck_out_row_are_wanted_and_undo_no_approval(tmp_path: Path) -> None:
    def correct(english: str) -> Callable[[dict[str, int], Rows], None]:
        def edit(at: dict[str, int], rows: Rows) -> None:
            rows[1][at["English"]] = english

        return edit

    once = GLOSSARY.apply(review(tmp_path, correct("armistice")))
    for english in ("armistice", "cease-fire"):
        path = saved_again(
            write_workbook(once, tmp_path / "again.xlsx"),
            lambda rows, english=english: [  # type: ignore[misc]
                [english if cell == "truce" else cell for cell in row] for row in rows
            ],
        )
        decisions = read_workbook(path)
        found = {pair.en: (pair.status, pair.note) for pair in once.apply(decisions)}
        assert found["armistice"] == ("approved", "")
        assert found[english] == ("approved", "")
        assert found["truce"] == ("rejected", f"corrected to lệnh ngừng bắn = {english}")
        assert once.apply(decisions).apply(decisions) == once.apply(decisions)


def test_a_note_that_somebody_wrote_goes_with_words_that_another_one_corrects(
    tmp_path: Path,
) -> None:
    def correct(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["English"]] = "armistice"

    noted = Glossary((replace(TRUCE, status="approved", note="only in treaties"), OIL, COAST))
    found = {pair.en: pair for pair in noted.apply(review(tmp_path, correct))}
    assert (found["armistice"].status, found["armistice"].note) == ("approved", "only in treaties")


def test_a_pair_typed_by_hand_keeps_the_note_and_the_mark_that_it_has(tmp_path: Path) -> None:
    flood = TermPair("lũ", "flood", status="approved", note="hỏi Lan", preferred=True)

    def add(at: dict[str, int], rows: Rows) -> None:
        rows.append(typed(at, Vietnamese="lũ", English="flood"))

    kept = Glossary((*GLOSSARY, flood)).apply(review(tmp_path, add))
    assert next(pair for pair in kept if pair.en == "flood") == flood


def test_some_columns_sorted_without_the_others_are_refused(tmp_path: Path) -> None:
    def sort_words(at: dict[str, int], rows: Rows) -> None:
        words = [(row[at["Vietnamese"]], row[at["English"]]) for row in rows[1:]]
        for row, (vi, en) in zip(rows[1:], words[1:] + words[:1], strict=True):
            row[at["Vietnamese"]], row[at["English"]] = vi, en

    with pytest.raises(FormatError, match="row 2: 'giá dầu' = 'oil price' stands beside the Id"):
        review(tmp_path, sort_words)


def test_two_rows_that_come_to_be_one_pair_must_agree(tmp_path: Path) -> None:
    def correct(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["Vietnamese"]], rows[1][at["English"]] = OIL.vi, OIL.en
        rows[2][at["Status"]] = "forbidden"

    with pytest.raises(FormatError, match=r"rows 2 and 3 .*; give both rows one status"):
        review(tmp_path, correct)


def test_a_correction_to_a_pair_that_is_there_keeps_its_note(tmp_path: Path) -> None:
    def correct(at: dict[str, int], rows: Rows) -> None:
        rows[1][at["Vietnamese"]], rows[1][at["English"]] = OIL.vi, OIL.en
        rows[1][at["Note"]] = "cùng nghĩa"

    glossary = reviewed(tmp_path, correct)
    assert glossary.pairs[1] == replace(OIL, status="approved", note="hỏi Lan; cùng nghĩa")


@pytest.mark.parametrize("vi", ["bão\x07", "\ud800bão", " bão", "b\u200bão"])
def test_a_term_that_a_cell_cannot_hold_can_still_be_decided(tmp_path: Path, vi: str) -> None:
    pair = term(vi, "storm")

    def approve(rows: Rows) -> Rows:
        rows[1][rows[0].index("Status")] = "approved"
        return rows

    path = saved_again(write_workbook([pair], tmp_path / "g.xlsx"), approve)
    assert Glossary((pair,)).apply(read_workbook(path)) == Glossary(
        (replace(pair, status="approved"),)
    )


@pytest.mark.parametrize(("status", "found"), [("candidate", "new"), ("approved", "as before")])
def test_the_worked_example_of_the_architecture_shows_what_is_written(
    status: Status, found: str
) -> None:
    shown = (Path(__file__).parents[1] / "docs/architecture.md").read_text("utf-8")
    pair = TermPair("độ mặn", "salinity", status=status)
    row = f"| {status} | {pair.vi} | {pair.en} | {found} | {pair.id} | {digest(pair)}"
    assert row in shown.replace("**", "")
