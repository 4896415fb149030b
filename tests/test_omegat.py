"""OmegaT's glossary: three columns, approved pairs first, what is forbidden says so."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aligner.formats.glossary.omegat import write_omegat
from aligner.glossary import Glossary
from aligner.model import Lang
from aligner.term_pair import STATUSES, TermPair, Variants

APPROVED = (
    TermPair("Mỹ", "United States", status="approved", note="not: USA", preferred=True),
    TermPair("Anh", "Britain", status="approved", variants=Variants(("nước Anh",), ("UK",))),
)
FORBIDDEN = TermPair("Mỹ", "America", status="forbidden", note="a continent")
CANDIDATE = TermPair("Nga", "Russia")
REJECTED = TermPair("Nga", "Putin", status="rejected")


def lines(*pairs: TermPair, source: Lang = "vi") -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "glossary.txt"
        assert write_omegat(Glossary(pairs), path, source) == path
        text = path.read_bytes().decode("utf-8")
    assert text == "" or text.endswith("\n")
    return [line.split("\t") for line in text.split("\n")[:-1]]


def test_approved_pairs_come_first_and_forbidden_ones_say_so() -> None:
    assert lines(CANDIDATE, FORBIDDEN, REJECTED, *APPROVED) == [
        ["Mỹ", "United States", "preferred; not: USA"],
        ["Anh", "Britain"],
        ["nước Anh", "Britain", "variant of Anh"],
        ["Mỹ", "America", "FORBIDDEN, do not use; a continent"],
    ]


def test_the_other_direction_has_english_first() -> None:
    assert lines(FORBIDDEN, *APPROVED, source="en") == [
        ["United States", "Mỹ", "preferred; not: USA"],
        ["Britain", "Anh"],
        ["UK", "Anh", "variant of Britain"],
        ["America", "Mỹ", "FORBIDDEN, do not use; a continent"],
    ]


def test_candidates_are_written_with_a_mark_while_nothing_is_approved() -> None:
    assert lines(FORBIDDEN, REJECTED, CANDIDATE) == [
        ["Nga", "Russia", "CANDIDATE, not reviewed"],
        ["Mỹ", "America", "FORBIDDEN, do not use; a continent"],
    ]
    assert lines(REJECTED) == []


def test_a_spelling_that_is_a_pair_of_its_own_keeps_its_own_status() -> None:
    pair = TermPair("Mỹ", "US", status="approved", variants=Variants(("Hoa Kỳ", "mỹ", "Huê Kỳ")))
    own = TermPair("Hoa Kỳ", "US", status="rejected")
    assert lines(pair, own) == [["Mỹ", "US"], ["Huê Kỳ", "US", "variant of Mỹ"]]


def test_a_term_that_begins_like_a_comment_is_not_passed_over() -> None:
    assert lines(TermPair("#1", "#1", status="approved")) == [[" #1", "#1"]]


TEXT = st.text() | st.sampled_from(["a\tb", "a\nb", "\r", "\u2028", "\ud800", "# x", "", " "])


@given(
    st.lists(
        st.builds(
            TermPair,
            vi=TEXT,
            en=TEXT,
            note=TEXT,
            status=st.sampled_from(STATUSES),
            preferred=st.booleans(),
            variants=st.builds(Variants, st.tuples(TEXT), st.tuples(TEXT)),
        ),
        max_size=4,
    ),
    st.sampled_from(["vi", "en"]),
)
def test_any_text_gives_lines_of_two_or_three_filled_cells_and_none_is_a_comment(
    pairs: list[TermPair], source: Lang
) -> None:
    for cells in lines(*pairs, source=source):
        assert len(cells) in (2, 3)
        assert all(cell.strip() for cell in cells)
        assert not cells[0].startswith("#")
        assert [len(cell.splitlines()) for cell in cells] == [1] * len(cells)
