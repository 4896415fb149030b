"""The commands that search: search, concord, tmx."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aligner.embed import CachedEmbedder
from aligner.formats.articles.read import read_articles
from aligner.formats.search_output import write_hits, write_lines
from aligner.job import INDEX
from aligner.pipeline import align, pair
from aligner.search.index import Index
from aligner.search.phrase import compile_phrase
from aligner.search.records import Counterpart, Found, Line
from aligner.search.store import FILE, Store
from aligner.search.update import index_articles
from aligner.tables.search import print_lines
from aligner.text.document import segment
from terminal import call, command, environment, output, refusal

HIT = ["confidence", "text", "lang", "source", "position", "spans", "counterpart"]
LINE = ["left", "match", "right", "lang", "source", "position", "rendering", "counterpart"]
MEMORY = "vi\ten\nCầu Bản Hạ đã thông xe.\tThe Ban Ha bridge is open to traffic.\n"


@pytest.fixture(scope="module")
def results(
    tmp_path_factory: pytest.TempPathFactory, texts: Path, embedder: CachedEmbedder
) -> Path:
    """A results folder with an index of the sample articles."""
    place = tmp_path_factory.mktemp("thư mục kết quả")
    documents = [segment(article) for article in read_articles(texts)]
    bitexts = [align(p.vi, p.en, embedder) for p in pair(documents, embedder)]
    index_articles(place / INDEX, documents, bitexts, embedder)
    return place


@pytest.fixture
def own(results: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(results, tmp_path / "results"))


def test_search_prints_the_sentence_its_counterpart_and_where_they_stand(results: Path) -> None:
    shown = output("search", "lệnh ngừng bắn", "-k", 1, "--glossary", results)
    assert "lệnh ngừng bắn" in shown
    assert "= The ceasefire takes effect" in shown
    assert "vien-dam-phan-12" in shown
    assert "talks_vienna" in shown


def test_a_table_leaves_poor_hits_out_and_says_so(results: Path) -> None:
    question = ("search", "lệnh ngừng bắn", "--glossary", results)
    done = call(*question)
    shown = [float(sure) for sure in re.findall(r"^ *(\d+)%", done.stdout, re.MULTILINE)]
    assert len(shown) >= 3
    assert all(sure >= 5 for sure in shown[3:])
    left_out = 10 - len(shown)
    assert done.stderr.splitlines()[-1] == (
        f"aligner: left out {left_out} less likely ones; `-k 10` shows them"
    )
    asked = output(*question, "-k", 10)
    assert len(re.findall(r"^ *\d+%", asked, re.MULTILINE)) == 10


def test_a_table_says_where_nothing_fits(results: Path) -> None:
    done = call("search", "huấn luyện viên bóng đá", "--glossary", results)
    sure = [float(sure) for sure in re.findall(r"^ *(\d+)%", done.stdout, re.MULTILINE)]
    assert len(sure) == 3
    assert max(sure) < 10
    assert "none of these may be what you mean; the nearest comes first" in done.stderr


def test_where_a_hit_is_likely_no_poor_one_stands_beside_it(results: Path) -> None:
    shown = output("search", "Vì sao tàu container ngày càng lớn?", "--glossary", results)
    sure = [float(sure) for sure in re.findall(r"^ *(\d+)%", shown, re.MULTILINE)]
    assert sure[0] >= 50
    assert min(sure) >= 5


def test_a_question_is_asked_by_its_words_that_mean_something(results: Path) -> None:
    question = ("search", "who is the author of the ceasefire", "--glossary", results)
    first = output(*question, "-k", 1, "--format", "jsonl", "--lang", "en")
    assert "ceasefire" in json.loads(first)["text"]


def test_words_need_no_quotation_marks(results: Path) -> None:
    given = ("-k", 2, "--format", "jsonl", "--glossary", results)
    assert output("search", "lệnh", "ngừng", "bắn", *given) == output(
        "search", "lệnh ngừng bắn", *given
    )


def test_search_tells_how_it_read_a_query_without_accents(results: Path) -> None:
    done = call("search", "lenh ngung ban", "--format", "jsonl", "--glossary", results)
    assert done.stderr.splitlines() == ["aligner: read as 'lệnh ngừng bắn'"]
    assert "lệnh ngừng bắn" in json.loads(done.stdout.splitlines()[0])["text"]


def test_jsonl_has_an_object_a_hit_with_these_keys(results: Path) -> None:
    lines = output("search", "ceasefire", "-k", 3, "--format", "jsonl", "--glossary", results)
    records = [json.loads(line) for line in lines.splitlines()]
    assert len(records) == 3
    assert all(list(record) == HIT for record in records)


def test_one_query_loads_no_torch(results: Path) -> None:
    code = (
        "import sys; from aligner.cli import main\n"
        f"main(['search', 'một câu chưa ai hỏi', '--glossary', {str(results)!r}])\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules"
    )
    done = subprocess.run(
        [command()[0], "-c", code], capture_output=True, encoding="utf-8", env=environment()
    )
    assert done.returncode == 0, done.stderr


def test_search_looks_only_where_it_is_told(results: Path, texts: Path) -> None:
    place = texts / "talks_vienna.txt"
    lines = output(
        *("search", "lệnh ngừng bắn", "--in", place, "--format", "jsonl", "--glossary", results)
    )
    assert {json.loads(line)["source"] for line in lines.splitlines()} == {"talks_vienna.txt"}


def test_concord_shows_the_phrase_in_its_context_and_counts_its_renderings(results: Path) -> None:
    shown = output("concord", "lệnh ngừng bắn", "--glossary", results)
    assert "lệnh ngừng bắn có hiệu lực" in shown
    assert "Vietnamese: " in shown
    assert shown.splitlines()[-1].split() == ["ceasefire", "2"]


def test_a_counterpart_in_doubt_comes_with_how_sure_it_is(results: Path) -> None:
    shown = output("concord", "mặn", "--glossary", results)
    records = output("concord", "mặn", "--format", "jsonl", "--glossary", results)
    found = [json.loads(line)["counterpart"] for line in records.splitlines()]
    doubted = [one["confidence"] for one in found if one and one["confidence"] < 0.99]
    assert doubted
    for confidence in doubted:
        assert f"({confidence:.0%})" in shown


def test_a_counterpart_without_an_end_is_shown_around_what_renders_the_phrase(
    capsys: pytest.CaptureFixture[str],
) -> None:
    vi, en = "lệnh " * 1000, "word " * 2000 + "ceasefire" + " word" * 2000
    sentence = Found(1, vi, "vi", "a.txt", 1)
    other = Counterpart(en, "b.txt", 1, 1.0, ((10_000, 10_009),))
    print_lines([Line(sentence, 5 * n, 5 * n + 4, other) for n in range(3)])
    shown = capsys.readouterr().out
    assert shown.count("ceasefire") == 3 + 1  # and once among the renderings
    assert len(shown.split()) < 3 * 600


def test_concord_as_jsonl_has_these_keys(results: Path) -> None:
    lines = output("concord", "sanctions", "--format", "jsonl", "--glossary", results)
    records = [json.loads(line) for line in lines.splitlines()]
    assert records
    for record in records:
        assert list(record) == LINE
        assert record["match"].casefold().startswith("sanctions")


def test_concord_finds_whole_words_or_expressions_as_told(results: Path) -> None:
    def matches(*arguments: object) -> set[str]:
        lines = output("concord", *arguments, "--format", "jsonl", "--glossary", results)
        return {json.loads(line)["match"].casefold() for line in lines.splitlines()}

    assert matches("sanction") == {"sanctions"}
    assert call("concord", "-w", "sanction", "--glossary", results).returncode == 1
    assert matches("--regex", r"\b1\d{2} km") == {"193 km"}


def test_nothing_found_is_said_with_exit_code_1(results: Path) -> None:
    done = call("concord", "con voi trắng", "--glossary", results)
    assert (done.returncode, done.stdout) == (1, "nothing found\n")
    assert "`aligner search` finds what is said in other words" in done.stderr


def test_hits_in_excel_have_the_shared_words_in_bold(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "hits.xlsx"
    output("search", "lệnh ngừng bắn", "-o", path, "--glossary", results)
    sheet = load_workbook(path, rich_text=True)["Search"]
    text = sheet["B2"].value
    bold = [str(part) for part in text if getattr(getattr(part, "font", None), "b", False)]
    assert {part.casefold() for part in bold} == {"lệnh ngừng bắn"}
    assert bold
    assert 0 < sheet["A2"].value < 1


def test_a_concordance_in_excel_counts_the_renderings_on_a_sheet_of_its_own(
    results: Path, tmp_path: Path
) -> None:
    path = tmp_path / "lines.xlsx"
    with Index.open(results) as index:
        lines = list(index.concordance(compile_phrase("lệnh ngừng bắn")))
    write_lines(lines, "xlsx", path, None)  # type: ignore[arg-type]
    book = load_workbook(path)
    assert book["Concordance"].max_row == len(lines) + 1
    counts = [row[2] for row in book["Renderings"].iter_rows(min_row=2, values_only=True)]
    assert sum(counts) == len(lines)


def test_no_hits_make_a_workbook_too(tmp_path: Path) -> None:
    write_hits([], "xlsx", tmp_path / "none.xlsx", None)  # type: ignore[arg-type]
    assert load_workbook(tmp_path / "none.xlsx")["Search"].max_row == 1


def test_a_table_of_two_columns_becomes_searchable_and_is_forgotten_again(
    own: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bộ nhớ.tsv"
    file.write_text(MEMORY, encoding="utf-8")
    assert re.search(r"sentences added +2\n", output("tmx", file, "--glossary", own))
    (line,) = output("concord", "Bản Hạ", "--format", "jsonl", "--glossary", own).splitlines()
    record = json.loads(line)
    assert record["source"] == "bộ nhớ.tsv"
    assert record["counterpart"]["text"] == "The Ban Ha bridge is open to traffic."
    file.unlink()
    output("tmx", file, "--forget", "--glossary", own)
    assert call("concord", "Bản Hạ", "--glossary", own).returncode == 1


def test_a_memory_needs_no_run_before(tmp_path: Path) -> None:
    file = tmp_path / "memory.tsv"
    file.write_text(MEMORY, encoding="utf-8")
    output("tmx", file, "--glossary", tmp_path / "results")
    shown = output("search", "bridge", "--glossary", tmp_path / "results")
    assert "The Ban Ha bridge is open to traffic." in " ".join(shown.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", " "), "nothing to search for"),
        (("search", "x", "--in", "no.txt"), "no.txt: no article of it is in the index"),
        (("search", "x", "--format", "xlsx"), "name a file with -o FILE.xlsx"),
        (("concord", ""), "type a word or a phrase"),
        (("concord", "--regex", "("), "the regular expression is wrong"),
    ],
)
def test_a_bad_question_is_refused_in_one_sentence(
    results: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refusal(*arguments, "--glossary", results)


@pytest.mark.parametrize("name", ["search", "concord"])
def test_no_index_is_said_with_what_to_do(name: str, tmp_path: Path) -> None:
    assert "there is no index; make one with `aligner run`" in refusal(
        name, "x", "--glossary", tmp_path
    )


@pytest.mark.parametrize("name", ["search", "concord"])
def test_an_index_whose_first_update_was_interrupted_is_none(name: str, tmp_path: Path) -> None:
    Store(tmp_path / "index" / FILE, make=True).close()
    assert "there is no index; make one with `aligner run`" in refusal(
        name, "x", "--glossary", tmp_path
    )


def test_a_file_that_is_no_memory_is_refused_and_changes_nothing(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "broken.tmx"
    file.write_text("<tmx", encoding="utf-8")
    before = sorted(path.name for path in (own / INDEX).iterdir())
    assert str(file) in refusal("tmx", file, "--glossary", own)
    assert sorted(path.name for path in (own / INDEX).iterdir()) == before


@pytest.mark.parametrize("count", ["0", "-3", "many", "²"])
def test_a_count_that_is_none_is_refused(results: Path, count: str) -> None:
    done = call("search", "x", f"-k={count}", "--glossary", results)
    assert done.returncode == 2
    assert "is not a whole number of 1 or more" in done.stderr
