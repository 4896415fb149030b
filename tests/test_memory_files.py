"""A translator's own memory is read from TMX and tables, whole and in order, or refused clearly."""

from __future__ import annotations

import csv
import datetime
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from aligner.errors import FormatError
from aligner.formats.bitext.memory import read_memory
from aligner.formats.bitext.records import write_tsv
from aligner.formats.bitext.tmx import write_tmx
from aligner.formats.bitext.tmx_read import read_tmx
from aligner.formats.bitext.xlsx import write_bitext_xlsx
from aligner.formats.writable import legal_xml
from aligner.text.normalise import tidy
from format_samples import EN, VI, bitext, one_to_one
from user_tables import write_excel, write_text

UNITS = [
    ("Bão số 5 đã làm 37 ngôi nhà tốc mái.", "Storm No. 5 tore the roofs off 37 houses."),
    ("Ông nói: “Hơn 1.200 người phải sơ tán”.", "“More than 1,200 people had to go,” he said."),
    (
        "Trường học đóng cửa, chợ cũng vậy; đến thứ Hai.",
        "Schools are closed, markets, too; for now.",
    ),
]
WRITTEN = [(VI[0], EN[0]), (f"{VI[1]} {VI[2]}", EN[1])]
HEADER = ("Vietnamese", "English")
FORMULA = "=1+1"


def excel(folder: Path, *sheets: Sequence[Sequence[Any]]) -> Path:
    titled = {f"Sheet {number}": rows for number, rows in enumerate(sheets, start=1)}
    return write_excel(folder / "memory.xlsx", titled)


def text(folder: Path, content: str, name: str = "memory.tsv", encoding: str = "utf-8") -> Path:
    return write_text(folder / name, content, encoding)


def variant(code: str, segment: str, attribute: str = "xml:lang") -> str:
    return f'<tuv {attribute}="{code}"><seg>{segment}</seg></tuv>'


def unit(vi: str = "một", en: str = "one") -> str:
    return f"<tu>{variant('vi', vi)}{variant('en', en)}</tu>"


def tmx(folder: Path, *units: str, head: str = "", root: str = "tmx", tail: str = "") -> Path:
    content = f'{head}<{root} version="1.4"><header/><body>{"".join(units)}</body>{tail}</tmx>'
    return text(folder, content, "memory.tmx")


def problem_of(path: Path) -> str:
    """Return what is said of a file, which names it, in one line."""
    with pytest.raises(FormatError) as caught:
        read_memory(path)
    said = str(caught.value)
    assert said.startswith(str(path))
    assert "\n" not in said
    return said.removeprefix(str(path))


def units_or_refusal(path: Path) -> list[tuple[str, str]] | str:
    """Return the units of a file or, where there are none, what is said of it."""
    try:
        return read_memory(path)
    except FormatError:
        return problem_of(path)


# Every form


@pytest.mark.parametrize("name", ["memory.tsv", "memory.csv", "MEMORY.TXT"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_table_is_read_with_and_without_a_header_in_either_order(
    tmp_path: Path, name: str, separator: str, encoding: str
) -> None:
    for rows in ([HEADER, *UNITS], UNITS, [row[::-1] for row in UNITS]):
        with open(tmp_path / name, "w", newline="", encoding=encoding) as stream:
            csv.writer(stream, delimiter=separator).writerows(rows)
        assert read_memory(tmp_path / name) == UNITS


@pytest.mark.parametrize("order", [1, -1])
def test_a_workbook_is_read_with_and_without_a_header_in_either_order(
    tmp_path: Path, order: int
) -> None:
    rows = [row[::order] for row in UNITS]
    assert read_memory(excel(tmp_path, rows)) == UNITS
    header = ["Tiếng Việt", "Tiếng Anh"][::order]
    table = [["Our memory"], [], ["No.", *header, "Client"]]
    table += [[number, *row, "A"] for number, row in enumerate(rows, start=1)]
    assert read_memory(excel(tmp_path, table)) == UNITS


@pytest.mark.parametrize("form", ["tmx", "tsv", "xlsx"])
def test_what_this_program_aligned_is_a_memory(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"memory.{form}"
    if form == "tmx":
        write_tmx([bitext()], path)
    elif form == "xlsx":
        write_bitext_xlsx([bitext()], path)
    else:
        with open(path, "w", encoding="utf-8") as stream:
            write_tsv([bitext()], stream)
    assert read_memory(path) == WRITTEN


def test_text_is_tidied_and_half_or_doubled_units_are_passed_over(tmp_path: Path) -> None:
    rows = [
        (unicodedata.normalize("NFD", " Cơn\xa0 bão\u200b "), "The  storm"),
        ("", "Only English"),
        ("Chỉ tiếng Việt", " \u200b "),
        ("Cơn bão", "The tempest"),
        ("Cơn bão", "The storm"),
        ("Mưa to", "Heavy rain"),
    ]
    units = [("Cơn bão", "The storm"), ("Cơn bão", "The tempest"), ("Mưa to", "Heavy rain")]
    assert read_memory(tmx(tmp_path, *(unit(*row) for row in rows))) == units
    assert read_memory(excel(tmp_path, rows)) == units
    assert read_memory(text(tmp_path, "\n".join("\t".join(row) for row in rows))) == units


# Text tables


def test_tabs_and_line_ends_within_quotation_marks_are_blanks(tmp_path: Path) -> None:
    content = 'vi\ten\r\n"Cơn\tbão"\t"The\nstorm"\r\n\r\n"Một ""hai"""\t"One ""two"""\r\n'
    units = [("Cơn bão", "The storm"), ('Một "hai"', 'One "two"')]
    assert read_memory(text(tmp_path, content)) == units


def test_quotation_marks_of_the_sentences_stay_in_a_table_without_quoting(tmp_path: Path) -> None:
    units = [
        ('"Chúng tôi thắng", ông nói.', '"We won," he said.'),
        ('"Chúng tôi vui.', '"We are glad.'),
        ('Rất vui."', 'Very glad."'),
        ('"Đúng."', '"Right."'),
    ]
    content = "\n".join("\t".join(row) for row in units)
    assert read_memory(text(tmp_path, content)) == units
    assert read_memory(text(tmp_path, content + "\tnote")) == units


def test_quotation_marks_around_all_marked_cells_are_taken_off(tmp_path: Path) -> None:
    content = '"Vâng, ""được"""\tYes\n"Không, thôi"\t"No, thanks"\n'
    assert read_memory(text(tmp_path, content)) == [
        ('Vâng, "được"', "Yes"),
        ("Không, thôi", "No, thanks"),
    ]


def test_a_sentence_cut_by_its_comma_is_refused_with_its_line(tmp_path: Path) -> None:
    path = text(tmp_path, "vi,en\nXin chào,Hello\nXin chào, bạn,Hello, you\n", "memory.csv")
    assert problem_of(path).startswith(", line 3: it has more than the 2 columns of the first row")
    titled = text(tmp_path, 'Our memory\n"Xin chào, bạn","Hello, you"\n', "titled.csv")
    assert read_memory(titled) == [("Xin chào, bạn", "Hello, you")]


@pytest.mark.parametrize("line", ["Xin chào,Hello, dear friends", "Xin chào, các bạn,Hello"])
def test_a_cut_sentence_is_refused_where_no_first_row_names_the_columns(
    tmp_path: Path, line: str
) -> None:
    path = text(tmp_path, f"{line}\n", "memory.csv")
    assert problem_of(path).startswith(", line 1: it has more than two columns, and no first row")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_memory_of_wordfast_has_its_texts_beside_their_languages(
    tmp_path: Path, encoding: str
) -> None:
    header = "%20260103~1200\t%LAN\t%TU=02\t%VI-VN\t%Wordfast TM v.5.51r/00\t%EN-US\t%----\t."
    rows = (("Giá &'A;dầu&'B; tăng.", "Oil prices rose."), ('"Vâng", ông nói.', '"Yes," he said.'))
    units = [f"20260103~1201\tLAN\t0\tVI-VN\t{vi}\tEN-US\t{en}" for vi, en in rows]
    path = text(tmp_path, "\r\n".join([header, *units]), "memory.txt", encoding)
    assert read_memory(path) == [("Giá dầu tăng.", "Oil prices rose."), rows[1]]


def test_a_note_beside_some_units_does_no_harm_between_tabs(tmp_path: Path) -> None:
    path = text(tmp_path, "Xin chào\tHello\nCảm ơn\tThanks\tpolite\n")
    assert read_memory(path) == [("Xin chào", "Hello"), ("Cảm ơn", "Thanks")]


def test_sentences_about_languages_are_no_header(tmp_path: Path) -> None:
    units = [
        ("Ông ấy dạy tiếng Anh ở một trường cấp hai tại Huế.", "He is a teacher in Huế."),
        (
            "Cô giáo của chúng tôi dạy tiếng Anh cho những người mới đến đây.",
            "Our teacher is a Vietnamese woman who teaches all who are new here.",
        ),
        ("Chúng tôi học rất chăm.", "We study hard."),
    ]
    assert read_memory(text(tmp_path, "\n".join("\t".join(row) for row in units))) == units


def test_what_a_spreadsheet_would_run_is_read_without_its_guard(tmp_path: Path) -> None:
    path = text(tmp_path, "vi\ten\n'-5 độ\t'-5 degrees\n")
    assert read_memory(path) == [("-5 độ", "-5 degrees")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("Chỉ có một cột\nkhông có tab\n", "first line must have two columns"),
        ("one\ttwo\nthree\tfour\n", "it is not clear which columns are Vietnamese and English"),
        ('vi,en\n"một,one\n', "line 2: a quotation mark is not closed"),
        ("vi\ten\n", "in none of its units do Vietnamese and English stand side by side"),
        ("vi\ten\nmột\t\n\tone\n", "in none of its units"),
        (" \n\n", "first line must have two columns"),
    ],
)
def test_a_table_without_units_says_what_is_missing(
    tmp_path: Path, content: str, problem: str
) -> None:
    assert problem in problem_of(text(tmp_path, content))


def test_a_hundred_thousand_sentences_are_read_in_seconds(tmp_path: Path) -> None:
    rows = [(f"Bão số {n}, rất mạnh.", f'Storm No. {n} is "strong".') for n in range(100_000)]
    path = text(tmp_path, "\n".join("\t".join(row) for row in rows))
    start = time.process_time()
    assert read_memory(path) == rows
    assert time.process_time() - start < 10


# Workbooks


def test_every_sheet_with_both_headers_is_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    workbook = Workbook()
    for title, rows in (
        ("Notes", [["Ghi chú", "Remark"], ["một", "x"]]),
        ("One", [HEADER, ("một", "one")]),
        ("Two", [HEADER[::-1], ("two", "hai")]),
        ("Old", [HEADER, ("ba", "three")]),
    ):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook["Old"].sheet_state = "hidden"
    workbook.save(tmp_path / "memory.xlsx")
    assert read_memory(tmp_path / "memory.xlsx") == [("một", "one"), ("hai", "two")]


def test_numbers_are_text_while_errors_dates_and_truth_values_are_not(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (2024, 2024.0),
        (1.5, 1.5),
        ("#N/A", "not there"),
        ("ngày", datetime.datetime(2024, 3, 12)),
        ("đúng", True),
        ("công thức", FORMULA),
        ("một", "one"),
    ]
    units = [("2024", "2024"), ("1.5", "1.5"), ("một", "one")]
    assert read_memory(excel(tmp_path, rows)) == units


def test_escapes_of_a_workbook_are_read_and_half_characters_are_dropped(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("một_x000D_\nhai", "one_xD800_"),
        ("cười _xD83D__xDE00_", "smile _xDE00__xd83d_"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD800_", "nothing"),
    ]
    assert read_memory(excel(tmp_path, rows)) == [
        ("một hai", "one"),
        ("cười 😀", "smile"),
        ("_x0041_", "_x0041_"),
    ]


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&undefined;"])
def test_a_workbook_with_a_character_that_cannot_be_is_refused(
    tmp_path: Path, reference: str
) -> None:
    path = repacked(
        excel(tmp_path, [HEADER, ("một", "ONE")]), lambda part: part.replace("ONE", reference)
    )
    assert "it is not an Excel workbook (.xlsx), or it is damaged" in problem_of(path)


def test_entities_that_grow_in_a_workbook_are_stopped(tmp_path: Path) -> None:
    def grown(part: str) -> str:
        root = re.search(r"<(sst|worksheet)\b", part)
        at = root.start() if root else 0
        return f"{part[:at]}{bomb('x')}{part[at:]}".replace("ONE", "&i;") if root else part

    path = repacked(excel(tmp_path, [HEADER, ("một", "ONE")]), grown)
    assert "damaged" in problem_of(path)


def test_a_workbook_that_tells_of_endless_rows_and_columns_is_read_in_bounds(
    tmp_path: Path,
) -> None:
    path = repacked(
        excel(tmp_path, [HEADER, ("một", "one"), ("x", "far")]),
        lambda part: part.replace('r="3"', 'r="99999999999"').replace('r="B3"', 'r="XFD3"'),
    )
    assert read_memory(path) == [("một", "one")]


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "memory.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    assert problem_of(path) == (
        ": it has a password or was saved by an old version of Excel; save it in Excel "
        "as .xlsx without a password"
    )


def test_a_damaged_workbook_is_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    whole = excel(tmp_path, [HEADER, *UNITS]).read_bytes()
    dice = random.Random(5)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(data[: dice.choice((len(data), dice.randrange(1, len(data))))])
        assert units_or_refusal(path)


def test_cells_of_any_length_are_read(tmp_path: Path) -> None:
    vi, en = " ".join(["bão"] * 50_000), " ".join(["storm"] * 50_000)
    assert read_memory(text(tmp_path, f"{vi}\t{en}\n")) == [(vi, en)]
    assert read_memory(text(tmp_path, f'vi,en\n"{vi}","{en}"\n', "memory.csv")) == [(vi, en)]
    path = excel(tmp_path, [HEADER, ("một", "ONE")])
    path = repacked(path, lambda part: part.replace("ONE", en))
    assert read_memory(path) == [("một", en)]


# TMX


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=4))
@settings(max_examples=60)
def test_what_was_written_as_tmx_is_read_back(pairs: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.tmx"
        write_tmx([one_to_one(*pair) for pair in [*pairs, ("một", "one")]], path)
        found = list(read_tmx(path))
    tidied = [(tidy(legal_xml(vi)), tidy(legal_xml(en))) for vi, en in pairs]
    assert found == [(vi, en) for vi, en in tidied if vi and en] + [("một", "one")]


@pytest.mark.parametrize("attribute", ["xml:lang", "lang"])
@pytest.mark.parametrize(
    ("vi", "en"), [("vi", "en"), ("vi-VN", "en-US"), ("VI", "EN_GB"), ("vie", "eng"), ("vn", "En")]
)
def test_languages_are_known_by_any_of_their_codes(
    tmp_path: Path, vi: str, en: str, attribute: str
) -> None:
    body = variant(en, "one", attribute) + variant("fr", "un", attribute)
    path = tmx(tmp_path, f"<tu>{body}{variant(vi, 'một', attribute)}</tu>")
    assert read_memory(path) == [("một", "one")]


def test_every_vietnamese_of_a_unit_stands_with_every_english(tmp_path: Path) -> None:
    nameless = "<tuv><seg>không</seg></tuv>" + variant("", "none")
    body = "".join(variant("vi", word) for word in ("một", "1", "một", ""))
    body += nameless + variant("en-GB", "one") + variant("en-US", "an")
    path = tmx(tmp_path, f"<tu>{body}</tu>", unit("hai", "two"))
    first = [("một", "one"), ("một", "an"), ("1", "one"), ("1", "an")]
    assert list(read_tmx(path)) == [*first, ("hai", "two")]


def test_a_unit_whose_pairs_would_be_millions_is_refused_with_its_line(tmp_path: Path) -> None:
    body = "".join(variant("vi", f"số {n}") + variant("en", f"no. {n}") for n in range(2000))
    path = tmx(tmp_path, unit(), f"\n<tu>{body}</tu>")
    assert problem_of(path).startswith(
        ", line 2: a unit holds 2000 Vietnamese and 2000 English texts"
    )


@pytest.mark.parametrize(
    ("segment", "found"),
    [
        ('<bpt i="1">&lt;b></bpt>Bão<ept i="1">&lt;/b></ept> lớn', "Bão lớn"),
        ('Bão<ph x="1">{1}<sub>chú thích</sub></ph>.', "Bão."),
        ("<ut>{\\b </ut>Bão<ut>}</ut><it pos='end'>x</it> lớn", "Bão lớn"),
        ("Cơn <hi>bão <hi type='b'>số</hi></hi> 5", "Cơn bão số 5"),
        ("<hi><bpt i='1'><ph>x</ph>y</bpt>Bão</hi> <g id='1'>lớn</g>", "Bão lớn"),
        ('Bão<ph type="lb"/>lớn', "Bão lớn"),
        ("Bão<ph>&lt;br/&gt;</ph>lớn", "Bão lớn"),
        ('Bão<ph type="x-LB">1</ph>lớn<ph>&lt;BR&gt;</ph>', "Bão lớn"),
        ("Sơn<ph>&lt;brand&gt;</ph>La <ph>break</ph>", "SơnLa"),
        ("Bão<!-- nhỏ --><?x y?> lớn<![CDATA[ <b> &amp;]]>", "Bão lớn <b> &amp;"),
        ("Bão &lt;5&gt; &amp; &#7913;", "Bão <5> & ứ"),
        ("\n   Bão\n   lớn\n", "Bão lớn"),
        ("<hi>" * 1500 + "Bão" + "</hi>" * 1500, "Bão"),
    ],
)
def test_codes_of_formatting_are_dropped_and_the_text_is_kept(
    tmp_path: Path, segment: str, found: str
) -> None:
    assert read_memory(tmx(tmp_path, unit(segment, "storm"))) == [(found, "storm")]


@pytest.mark.parametrize("root", ["tmx", 'tmx xmlns="http://www.lisa.org/tmx14"'])
@pytest.mark.parametrize("head", ["", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'])
def test_a_namespace_or_a_dtd_elsewhere_changes_nothing(
    tmp_path: Path, root: str, head: str
) -> None:
    noted = "<tu tuid='1'><note>một</note><prop type='x'>y</prop>" + unit()[4:]
    assert read_memory(tmx(tmp_path, noted, root=root, head=head)) == [("một", "one")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1258"])
def test_the_encoding_is_the_declared_one(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?>\r\n<tmx><body>{unit("số", "ten")}'
    if encoding == "windows-1258":
        content = content.replace("ố", "ô\u0301")
    path = text(tmp_path, f"{content}</body></tmx>", "memory.tmx", encoding)
    assert read_memory(path) == [("số", "ten")]


def test_a_memory_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = tmx(tmp_path, unit(*UNITS[0]), unit(), tail="\n").read_bytes()
    for end in range(1, len(whole)):
        (tmp_path / "cut.tmx").write_bytes(whole[:end])
        with pytest.raises(FormatError, match=r"cut\.tmx: it is not well-formed XML"):
            read_memory(tmp_path / "cut.tmx")


def test_the_units_before_a_cut_are_yielded_and_then_it_is_said(tmp_path: Path) -> None:
    path = text(tmp_path, "<tmx><body>" + unit() * 3000, "memory.tmx")
    units = read_tmx(path)
    assert next(units) == ("một", "one")
    with pytest.raises(FormatError, match="not well-formed XML, damaged or cut short"):
        list(units)


def test_damage_is_named_with_its_line_also_far_down(tmp_path: Path) -> None:
    path = tmx(tmp_path, f"{unit()}\n" * 70_000, "<tu><seg></tu>")
    assert "(line 70001: Opening and ending tag mismatch" in problem_of(path)


def bomb(letter: str) -> str:
    """Return a document type whose entity `i` is a text of a thousand million letters."""
    names = "abcdefghi"
    grown = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "{letter * 10}">{grown}]>'


@pytest.mark.parametrize("place", ["segment", "language", "root"])
def test_entities_that_grow_are_stopped(tmp_path: Path, place: str) -> None:
    if place == "root":
        path = tmx(tmp_path, unit(), head=bomb("x"), root='tmx a="&i;"')
    else:
        body = variant("vi", "&i;") if place == "segment" else variant("&i;", "x")
        path = tmx(tmp_path, unit(), f"<tu>{body}{variant('en', 'one')}</tu>", head=bomb("x"))
    assert re.search("amplification|holds &i;", problem_of(path))


def test_no_entity_is_resolved_and_no_other_file_is_read(tmp_path: Path) -> None:
    secret = text(tmp_path, "secret", "secret.txt")
    head = f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    path = tmx(tmp_path, unit("<ph>&x;</ph>hai", "two"), head=head)
    assert read_memory(path) == [("hai", "two")]
    assert problem_of(tmx(tmp_path, unit("a &x; b"), head=head)) == (
        ", line 2: it holds &x;, which is not read; write the character itself"
    )


def test_a_unit_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    long = "bão " * 2_800_000
    (found,) = read_memory(tmx(tmp_path, unit(long, "storm")))
    assert found == (long.strip(), "storm")


def test_a_long_memory_takes_no_more_room_than_a_short_one(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    long = tmx(tmp_path, (unit() + "\n") * 60_000).rename(tmp_path / "long.tmx")
    script = """
import resource, sys
from aligner.formats.bitext.tmx_read import read_tmx
for path in sys.argv[1:]:
    units = sum(1 for _ in read_tmx(path))
    print(units, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    command = [sys.executable, "-c", script, str(tmx(tmp_path, unit())), str(long)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    (one, before), (many, after) = (map(int, line.split()) for line in run.stdout.splitlines())
    assert (one, many) == (1, 60_000)
    assert after < 1.5 * before  # the whole tree would be several times as much


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ": it is empty; export the translation memory again"),
        (b"PK\x03\x04\x00\x00\xff\xfe", "it is not well-formed XML"),
        (bytes(range(256)) * 40, "it is not well-formed XML"),
        (b"\xff\xfe" + bytes(100), "it is not well-formed XML"),
        (b"<tmx><body></body></tmx>", "it has no translation units"),
        (b"<html><p>x</p></html>", "it has no translation units"),
        (b"<tmx><body><tu/></body></tmx>", "in none of its units do Vietnamese and English"),
        (b'<tmx><tu><tuv lang="vi"><seg>x</seg></tuv></tu></tmx>', "in none of its units"),
        (b"<tmx><tu>&nbsp;</tu></tmx>", "(line 1: Entity 'nbsp' not defined)"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "it is not well-formed XML"),
    ],
)
def test_what_is_no_memory_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes(content)
    assert problem in problem_of(path)


# Files


@pytest.mark.parametrize("name", ["m.xls", "m.ods", "m.docx", "m.xlsm", "m.sdltm", "m", ".tmx"])
def test_another_ending_is_refused_with_those_that_work(tmp_path: Path, name: str) -> None:
    assert problem_of(text(tmp_path, "một\tone\n", name)) == (
        ": a translation memory is read from .tmx, .xlsx, .tsv, .csv, .txt; save or export it as "
        "one of these"
    )


@pytest.mark.parametrize("name", ["m.tmx", "m.xlsx", "m.tsv", "m.csv", "m.txt"])
def test_a_missing_or_empty_file_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert problem_of(path) == ": there is no such file"
    path.touch()
    assert problem_of(path) == ": it is empty; export the translation memory again"
    path.unlink()
    path.mkdir()
    assert problem_of(path) == ": it is a folder; name the file of the memory in it"


def test_a_memory_whose_languages_changed_places_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "memory.tsv"
    path.write_text("vi\ten\nOil rose.\tGiá dầu tăng.\nRain.\tTrời mưa.\n", encoding="utf-8")
    assert "as if the two languages had changed places" in problem_of(path)


@given(st.sampled_from(["tmx", "xlsx", "tsv", "csv", "txt"]), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"memory.{ending}"
        path.write_bytes(data)
        found = units_or_refusal(path)
        assert isinstance(found, str) or all(vi and en for vi, en in found)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_any_cells_come_back_from_a_table_with_a_header(rows: list[list[str]]) -> None:
    # A lone surrogate cannot be written; what a spreadsheet would run loses its apostrophe.
    rows = [[re.sub("[\ud800-\udfff]", "", cell).lstrip("'") for cell in row] for row in rows]
    # Were Vietnamese letters mostly on the English side, the columns would seem to be swapped.
    rows += [[f"một {number}", f"one {number}"] for number in range(len(rows) + 1)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.csv"
        with open(path, "w", newline="", encoding="utf-8-sig") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
        found = read_memory(path)
    tidied = [(tidy(vi), tidy(en)) for vi, en in rows]
    assert found == list(dict.fromkeys((vi, en) for vi, en in tidied if vi and en))


def repacked(path: Path, change: Callable[[str], str]) -> Path:
    """Return a copy of a workbook with the XML of its sheets and strings changed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith(("xl/worksheets", "xl/sharedStrings")):
                data = change(data.decode()).encode()
            new.writestr(name, data)
    return target
