"""JSON lines and TSV: one line a bead, every field in its place."""

import csv
import io
import json

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from aligner.formats.bitext.records import bitext_records, write_jsonl, write_tsv
from aligner.model import BEAD_COLUMNS
from format_samples import EN, VI, bitext, one_to_one


def jsonl(*bitexts: object) -> str:
    stream = io.StringIO()
    write_jsonl(bitexts, stream)  # type: ignore[arg-type]
    return stream.getvalue()


def tsv(*bitexts: object) -> str:
    stream = io.StringIO()
    write_tsv(bitexts, stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_a_record_holds_indices_words_and_a_rounded_confidence() -> None:
    sample = bitext()
    first, second, third, _ = bitext_records(sample)
    assert tuple(first) == BEAD_COLUMNS
    assert first == {
        "id": next(sample.units()).id,
        "relation": "comparable",
        "shape": "1-1",
        "confidence": 0.9679,
        "src": [0],
        "tgt": [0],
        "vi": VI[0],
        "en": EN[0],
        "evidence": ["name Trần Minh Khuê", "date 12/3"],
    }
    assert (second["shape"], second["src"], second["tgt"]) == ("2-1", [1, 2], [1])
    assert (third["shape"], third["tgt"], third["en"]) == ("1-0", [], "")


def test_jsonl_is_one_record_a_line_in_readable_vietnamese() -> None:
    sample = bitext()
    text = jsonl(sample, sample)
    assert [json.loads(line) for line in text.splitlines()] == [*bitext_records(sample)] * 2
    assert "Bão số 5 đã làm" in text


def test_nothing_aligned_is_an_empty_jsonl_and_a_tsv_with_its_header() -> None:
    assert jsonl() == ""
    assert tsv() == "id\trelation\tshape\tconfidence\tsrc\ttgt\tvi\ten\tevidence\n"


def test_a_tsv_line_joins_indices_by_blanks_and_evidence_by_semicolons() -> None:
    sample = bitext()
    ids = [unit.id for unit in sample.units()]
    lines = tsv(sample).splitlines()
    assert lines[1].split("\t") == [
        *(ids[0], "comparable", "1-1", "0.9679", "0", "0", VI[0], EN[0]),
        "name Trần Minh Khuê; date 12/3",
    ]
    assert lines[2].split("\t")[4:6] == ["1 2", "1"]
    assert lines[3].split("\t")[2:] == ["1-0", "0.64", "3", "", VI[3], "", ""]


def test_tabs_and_line_ends_in_a_text_become_one_blank() -> None:
    line = tsv(one_to_one("a\tb\r\nc", "d\u2028e\x85f")).split("\n")[1]
    assert line.split("\t")[6:8] == ["a b c", "d e f"]


def test_a_lone_surrogate_is_dropped_so_that_utf_8_can_be_written() -> None:
    sample = one_to_one("bão \ud83d", "storm")
    assert json.loads(jsonl(sample).encode("utf-8"))["vi"] == "bão "
    assert tsv(sample).encode("utf-8").split(b"\t")[-3] == "bão ".encode()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_jsonl(text: str) -> None:
    assert json.loads(jsonl(one_to_one(text, text)))["vi"] == text


@given(st.text(), st.text())
def test_any_text_keeps_a_tsv_row_on_one_line_with_nine_fields(vi: str, en: str) -> None:
    lines = tsv(one_to_one(vi, en)).splitlines()
    assert [line.count("\t") for line in lines] == [8, 8]


def test_pandas_reads_the_tsv_back_with_its_quotation_marks() -> None:
    sample = one_to_one('"Chúng tôi sẽ trở lại', 'NA"')
    frame = pd.read_csv(
        io.StringIO(tsv(sample)), sep="\t", quoting=csv.QUOTE_NONE, keep_default_na=False
    )
    assert frame.loc[0, "vi"] == '"Chúng tôi sẽ trở lại'
    assert frame.loc[0, "en"] == 'NA"'
