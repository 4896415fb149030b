"""glossary.csv gives back what was written, and what a person or Excel made of it."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.formats.glossary.csv import COLUMNS, read_glossary, write_glossary
from aligner.glossary import Glossary
from aligner.term_pair import KINDS, STATES, STATUSES, Evidence, TermPair, Variants, term_id

SEEN = Evidence("Bão số 5, mạnh; rất mạnh.", 'The "storm".', "vi/a.txt", "en/a.txt", "Bão", "", 1)
STORM = TermPair(
    vi="bão",
    en="storm",
    kind="term",
    confidence=0.87,
    consistency=0.75,
    count=3,
    articles=2,
    evidence=(SEEN,),
    status="approved",
    note="see also: typhoon",
    preferred=True,
    variants=Variants(("cơn bão", "Bão"), ("tempest; storm",)),
    consistency_en=0.5,
    reason="3 of 4 sentences",
    beside=("Việt Nam",),
    state="known",
)
NASTY = ["=1+1", "'=x", "''", '"', ",", ";", "\t", "\n", "\r\n", "\r", "-", "+84", "@", " ", "\\"]
NASTY += ["e\u0302\u0323", "🌀", "\x00", "\x85", "\u2028", "\ufeff", "NA", "1-1", "Mỹ", "a; b"]
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), max_size=4).map("".join)
# No lone surrogates: no file can hold them.
WRITABLE = TEXT.filter(lambda text: text.isascii() or not _has_surrogate(text))
TERMS = WRITABLE.filter(lambda text: text != "" and not text.isspace())
LISTS = st.lists(WRITABLE.filter(bool), max_size=3).map(tuple)
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
COUNTS = st.integers(0, 10**9)
EVIDENCE = st.builds(
    Evidence, WRITABLE, WRITABLE, WRITABLE, WRITABLE, WRITABLE, WRITABLE, COUNTS, COUNTS
)
PAIRS = st.builds(
    TermPair,
    vi=TERMS,
    en=TERMS,
    kind=st.sampled_from(KINDS),
    confidence=SHARES,
    consistency=SHARES,
    count=COUNTS,
    articles=COUNTS,
    evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    status=st.sampled_from(STATUSES),
    note=WRITABLE,
    preferred=st.booleans(),
    variants=st.builds(Variants, LISTS, LISTS),
    consistency_en=SHARES,
    reason=WRITABLE,
    beside=LISTS,
    state=st.sampled_from(STATES),
)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def in_order(glossary: Glossary) -> list[TermPair]:
    return sorted(glossary, key=lambda pair: (pair.vi.casefold(), pair.en.casefold(), pair.id))


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "glossary.csv"
    path.write_bytes(text.encode(encoding))
    return path


@given(st.lists(PAIRS, max_size=4).map(lambda pairs: Glossary(tuple(pairs))))
def test_what_was_written_is_read_back_sorted_by_its_words(glossary: Glossary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_glossary(glossary, Path(folder) / "glossary.csv")
        assert list(read_glossary(path)) == in_order(glossary)


@given(st.lists(PAIRS, min_size=1, max_size=4).map(lambda pairs: Glossary(tuple(pairs))))
def test_no_cell_is_a_formula_for_a_spreadsheet(glossary: Glossary) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_glossary(glossary, Path(folder) / "glossary.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@given(TERMS, st.text())
def test_characters_that_no_file_can_hold_do_no_harm_to_the_rest(vi: str, note: str) -> None:
    pair = TermPair(vi + "\ud800", "US\udfff", note=f"\udc00{note}", evidence=(SEEN,))
    with tempfile.TemporaryDirectory() as folder:
        (read,) = read_glossary(write_glossary(Glossary((pair,)), Path(folder) / "g.csv"))
    assert (read.id, read.en, read.evidence) == (pair.id, "US", (SEEN,))


def test_the_table_is_exactly_this(tmp_path: Path) -> None:
    other = TermPair("Bão", "-storm", evidence=())
    path = write_glossary(Glossary((STORM, other)), tmp_path / "glossary.csv")
    assert path == tmp_path / "glossary.csv"
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffvi,en,kind,status,preferred,note,confidence,reason,consistency,consistency_en,"
        "count,articles,variants_vi,variants_en,beside,state,id,evidence\n"
        f"Bão,'-storm,term,candidate,,,0.000,,0.000,0.000,0,0,,,,new,{other.id},\n"
        "bão,storm,term,approved,yes,see also: typhoon,0.870,3 of 4 sentences,0.750,0.500,3,2,"
        rf"cơn bão; Bão,tempest\; storm,Việt Nam,known,{STORM.id},"
        '"[{""vi"":""Bão số 5, mạnh; rất mạnh."",""en"":""The \\""storm\\""."",'
        '""vi_name"":""vi/a.txt"",""en_name"":""en/a.txt"",""vi_term"":""Bão"",""en_term"":"""",'
        '""vi_at"":1,""en_at"":0}]"\n'
    )


def test_writing_again_changes_no_byte_whatever_the_order_of_the_pairs(tmp_path: Path) -> None:
    pairs = (STORM, TermPair("a", "z"), TermPair("A", "b"), TermPair("Mỹ", "US"))
    one = write_glossary(Glossary(pairs), tmp_path / "one.csv").read_bytes()
    other = write_glossary(Glossary(pairs[::-1]), tmp_path / "other.csv").read_bytes()
    again = write_glossary(read_glossary(tmp_path / "one.csv"), tmp_path / "again.csv").read_bytes()
    assert one == other == again


def test_an_empty_glossary_is_a_header_and_reads_as_empty(tmp_path: Path) -> None:
    path = write_glossary(Glossary(()), tmp_path / "glossary.csv")
    assert path.read_text(encoding="utf-8-sig") == ",".join(COLUMNS) + "\n"
    assert len(read_glossary(path)) == 0


def test_evidence_longer_than_the_csv_modules_limit_is_read(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    glossary = Glossary((replace(STORM, evidence=(replace(SEEN, vi="dài " * 100_000),)),))
    assert read_glossary(write_glossary(glossary, tmp_path / "glossary.csv")) == glossary
    assert csv.field_size_limit() == before


# What people and their programs make of it


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_table_of_three_columns_is_enough_in_every_form_that_excel_saves(
    tmp_path: Path, separator: str, end: str, encoding: str
) -> None:
    lines = ["vi,en,status", 'Mỹ,"US",Approved ', "Nga,Russia,forbidden", "Huế,Hue,", ",,"]
    text = end.join(line.replace(",", separator) for line in [*lines, ""])
    assert read_glossary(table(tmp_path, text, encoding)) == Glossary(
        (
            TermPair("Mỹ", "US", status="approved", state="typed"),
            TermPair("Nga", "Russia", status="forbidden", state="typed"),
            TermPair("Huế", "Hue", status="candidate", state="typed"),
        )
    )


def test_columns_are_found_by_name_and_those_of_others_are_passed_over(tmp_path: Path) -> None:
    path = table(tmp_path, "who, EN ,Status,Vi\nLan,US,approved,Mỹ\n\nLan,Russia\n,UK,,Anh\n")
    with pytest.raises(FormatError, match=r"line 4, column vi: the term is empty"):
        read_glossary(path)
    path = table(tmp_path, "who, EN ,Status,Vi\nLan,US,approved,Mỹ\n\n,UK,,Anh\n")
    assert [(p.vi, p.en, p.status) for p in read_glossary(path)] == [
        ("Mỹ", "US", "approved"),
        ("Anh", "UK", "candidate"),
    ]


def test_a_table_of_an_older_version_is_read(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "\ufeffvi,en,kind,status,note,confidence,count,articles,id\n"
        "Mỹ,US,name,rejected,no,0.87,3,2,000000000000\n",
    )
    assert list(read_glossary(path)) == [
        TermPair("Mỹ", "US", "name", 0.87, 0.0, 3, 2, status="rejected", note="no", state="new")
    ]


def test_words_edited_by_hand_make_an_id_of_their_own(tmp_path: Path) -> None:
    path = write_glossary(Glossary((STORM,)), tmp_path / "glossary.csv")
    edited = path.read_text(encoding="utf-8-sig").replace("bão,storm,", "bão,typhoon,")
    (pair,) = read_glossary(table(tmp_path, edited))
    assert pair == replace(STORM, en="typhoon")
    assert pair.id == term_id("bão", "typhoon")


def test_a_decimal_comma_as_excel_writes_it_in_vietnam_is_a_decimal_point(tmp_path: Path) -> None:
    path = table(tmp_path, "vi;en;confidence;consistency;count\nMỹ;US;0,87;1;3\n")
    (pair,) = read_glossary(path)
    assert (pair.confidence, pair.consistency, pair.count) == (0.87, 1.0, 3)


@pytest.mark.parametrize(
    ("cell", "preferred"),
    [("yes", True), ("TRUE", True), ("Có", True), ("1", True), ("no", False), ("FALSE", False)],
)
def test_preferred_is_understood_as_people_write_it(
    tmp_path: Path, cell: str, preferred: bool
) -> None:
    (pair,) = read_glossary(table(tmp_path, f"vi,en,preferred\nMỹ,US,{cell}\n"))
    assert pair.preferred is preferred


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("a; b", ("a", "b")),
        ("a;b;", ("a", "b")),
        ("; a;; b", ("a", "b")),
        (r"a\; b", ("a; b",)),
        (r"a\\; b", ("a\\", "b")),
        ("a\\", ("a\\",)),
        (r"C:\temp", (r"C:\temp",)),
        ("", ()),
    ],
)
def test_a_list_is_split_at_semicolons_without_a_backslash(
    tmp_path: Path, cell: str, items: tuple[str, ...]
) -> None:
    (pair,) = read_glossary(table(tmp_path, f"vi,en,variants_en\nMỹ,US,{cell}\n"))
    assert pair.variants == Variants((), items)


def test_one_pair_twice_with_one_decision_is_one_pair(tmp_path: Path) -> None:
    path = table(tmp_path, "vi,en,status\nMỹ,US,approved\nmỹ,us,approved\n")
    assert [pair.vi for pair in read_glossary(path)] == ["Mỹ"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "its first line must name the columns vi and en, separated by commas, semicolons or"),
        ("vi,note\nMỹ,x\n", "its first line must name the columns vi and en"),
        ("<<<<<<< ours\nvi,en\nMỹ,US\n", "its first line must name the columns vi and en"),
        ("vi,en,vi\nMỹ,US,Mỹ\n", "line 1: the column vi is there twice"),
        ("vi,en\nMỹ, \n", "line 2, column en: the term is empty; write it, or delete"),
        (
            "vi,en,status\nMỹ,US,approved\nNga,Russia,aproved\n",
            "line 3, column status: 'aproved' is not known; use one of candidate, approved, "
            "rejected, forbidden",
        ),
        ("vi,en,kind\nMỹ,US,noun\n", "column kind: 'noun' is not known; use one of name, title"),
        ("vi,en,state\nMỹ,US,old\n", "column state: 'old' is not known; use one of new, known"),
        ("vi,en,preferred\nMỹ,US,maybe\n", "column preferred: 'maybe' is not known; write yes"),
        ("vi,en,confidence\nMỹ,US,87\n", "column confidence: '87' is not a number from 0 to 1"),
        ("vi,en,confidence\nMỹ,US,nan\n", "column confidence: 'nan' is not a number from 0 to 1"),
        ("vi,en,consistency\nMỹ,US,-0.1\n", "'-0.1' is not a number from 0 to 1; correct it"),
        ("vi,en,count\nMỹ,US,1.5\n", "column count: '1.5' is not a whole number; correct it"),
        ("vi,en,evidence\nMỹ,US,[{\n", "column evidence: it is damaged"),
        ("vi,en,evidence\nMỹ,US,3\n", "column evidence: it is damaged"),
        ('vi,en,evidence\nMỹ,US,"[{""vi"":1}]"\n', "column evidence: it is damaged ('vi' is 1)"),
        ('vi,en,evidence\nMỹ,US,"[{""x"":""y""}]"\n', "column evidence: it is damaged ('x' is"),
        ("vi,en,note\nMỹ,US,a,b\n", "line 2: it has more cells than the first line; put quot"),
        ('vi,en,note\nMỹ,US,"a\nNga,Russia,b\n', "line 2: a quotation mark is not closed"),
        (
            "vi,en,status\nMỹ,US,approved\nNga,Russia\nmỹ,us,rejected\n",
            "lines 2 and 4: they say different things about 'mỹ' = 'us'; keep one",
        ),
        ("vi,en\nMỹ,US\n=======\n", "line 3, column en: the term is empty"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_place(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = table(tmp_path, text)
    with pytest.raises(FormatError) as caught:
        read_glossary(path)
    assert str(caught.value).startswith(str(path))
    assert problem in str(caught.value)


def test_a_table_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.csv: there is no such file"):
        read_glossary(tmp_path / "none.csv")
    (tmp_path / "renamed.csv").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(FormatError, match=r"renamed\.csv: is a Word document or other zip"):
        read_glossary(tmp_path / "renamed.csv")


def test_a_table_that_excel_saved_without_vietnamese_letters_is_not_taken_for_the_glossary(
    tmp_path: Path,
) -> None:
    table = tmp_path / "glossary.csv"
    pairs = (("độ mặn", "salinity"), ("lệnh ngừng bắn", "truce"), ("trừng phạt", "sanctions"))
    write_glossary(Glossary(tuple(TermPair(vi, en) for vi, en in pairs)), table)
    table.write_bytes(table.read_text(encoding="utf-8-sig").encode("cp1252", "replace"))
    with pytest.raises(FormatError, match="has lost its Vietnamese letters"):
        read_glossary(table)
