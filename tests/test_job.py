"""The whole job on a folder: what it writes, what a second run keeps, what stops it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aligner.embed import CachedEmbedder, VectorCache
from aligner.errors import ArticleError, WorkbookError
from aligner.formats.bitext_html import write_bitext_html
from aligner.formats.glossary_csv import read_glossary_csv
from aligner.formats.workbook import read_workbook
from aligner.job import JobReport, run
from aligner.vectors import Embedder
from format_samples import bitext

FILES = ["bitext.html", "bitext.tmx", "bitext.xlsx", "glossary.csv", "glossary.xlsx"]
STABLE = ["bitext.html", "bitext.tmx", "glossary.csv"]  # a workbook holds the time of its writing


def never() -> Embedder:
    raise AssertionError("something was embedded a second time")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def table(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with open(folder / "glossary.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["vi"], row["en"]): row for row in csv.DictReader(file)}


def edit(folder: Path, row: int, values: dict[str, str]) -> tuple[str, str]:
    """Type into a row of the workbook as a reviewer would; return the terms that stood there."""
    workbook = load_workbook(folder / "glossary.xlsx")
    sheet = workbook["Glossary"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    terms = tuple(sheet.cell(row, columns[name]).value for name in ("Vietnamese", "English"))
    for name, value in values.items():
        sheet.cell(row, columns[name]).value = value
    workbook.save(folder / "glossary.xlsx")
    return terms[0], terms[1]


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, texts: Path, embedder: CachedEmbedder
) -> tuple[Path, JobReport]:
    """The folder after a first run, with its report: `texts` copied, results in `glossary`."""
    folder = tmp_path_factory.mktemp("job")
    shutil.copytree(texts, folder / "texts")
    return folder, run(folder / "texts", folder / "glossary", embedder)


@pytest.fixture
def work(first: tuple[Path, JobReport], tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Copies of the articles and of the first run's results."""
    shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "texts", tmp_path / "glossary"


def test_a_run_writes_five_files_and_names_them(first: tuple[Path, JobReport]) -> None:
    folder, report = first
    assert sorted(contents(folder / "glossary")) == FILES
    assert sorted(path.name for path in report.files) == FILES
    assert all(path.parent == folder / "glossary" for path in report.files)


def test_the_report_holds_what_the_files_hold(first: tuple[Path, JobReport]) -> None:
    folder, report = first
    assert len(report.folder.documents) == 7
    assert [document.name for document in report.folder.alone] == ["hoi_nghi_hue.txt"]
    assert [bitext.relation for bitext in report.bitexts] == [
        "parallel",
        "comparable",
        "comparable",
    ]
    assert table(folder / "glossary").keys() == {(pair.vi, pair.en) for pair in report.glossary}
    assert ("Hội đồng Bảo an", "Security Council") in table(folder / "glossary")


def test_the_workbook_and_the_table_say_the_same(first: tuple[Path, JobReport]) -> None:
    results = first[0] / "glossary"
    of_workbook = {decision.id: decision for decision in read_workbook(results / "glossary.xlsx")}
    of_table = {decision.id: decision for decision in read_glossary_csv(results / "glossary.csv")}
    assert of_workbook == of_table


def test_a_second_run_changes_no_byte_and_embeds_nothing(
    work: tuple[Path, Path], cache_folder: Path
) -> None:
    texts, results = work
    before = contents(results)
    cached = CachedEmbedder("e5-small", 384, never, VectorCache(cache_folder / "vectors.sqlite"))
    run(texts, results, cached)
    after = contents(results)
    assert sorted(after) == FILES
    assert {name: after[name] for name in STABLE} == {name: before[name] for name in STABLE}
    assert read_workbook(results / "glossary.xlsx")


@pytest.mark.parametrize("status", ["approved", "rejected", "forbidden"])
def test_a_status_and_a_note_in_the_workbook_survive_and_reach_the_table(
    work: tuple[Path, Path], embedder: CachedEmbedder, status: str
) -> None:
    texts, results = work
    terms = edit(results, 3, {"Status": status, "Note": "như trong từ điển"})
    untouched = {pair: row for pair, row in table(results).items() if pair != terms}
    for _ in range(2):
        run(texts, results, embedder)
        row = table(results)[terms]
        assert (row["status"], row["note"]) == (status, "như trong từ điển")
        decisions = {(d.vi, d.en): d for d in read_workbook(results / "glossary.xlsx")}
        assert (decisions[terms].status, decisions[terms].note) == (status, "như trong từ điển")
    assert {pair: row for pair, row in table(results).items() if pair != terms} == untouched


def test_a_corrected_term_is_approved_and_the_extracted_one_rejected(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    vi, en = edit(results, 2, {"English": "a better term"})
    run(texts, results, embedder)
    assert table(results)[vi, "a better term"]["status"] == "approved"
    assert table(results)[vi, en]["status"] == "rejected"
    assert table(results)[vi, en]["note"] == f"corrected to {vi} = a better term"
    before = contents(results)["glossary.csv"]
    run(texts, results, embedder)
    assert contents(results)["glossary.csv"] == before


def test_a_decision_stays_when_its_articles_are_gone(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    terms = edit(results, 2, {"Status": "approved"})
    for name in ("talks_vienna.txt", "06-delta-salt.md", "suez-six-days.txt"):
        (texts / name).unlink()
    report = run(texts, results, embedder)
    assert report.bitexts == []
    assert [(row["vi"], row["en"], row["status"]) for row in table(results).values()] == [
        (*terms, "approved")
    ]


def test_decisions_of_the_table_are_kept_where_there_is_no_workbook(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    terms = edit(results, 2, {"Status": "rejected", "Note": "too long"})
    run(texts, results, embedder)
    (results / "glossary.xlsx").unlink()
    run(texts, results, embedder)
    assert table(results)[terms]["status"] == "rejected"
    assert table(results)[terms]["note"] == "too long"


def break_zip(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def break_status(path: Path) -> None:
    edit(path.parent, 2, {"Status": "perhaps"})


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (break_zip, r"glossary\.xlsx: it is not an Excel workbook"),
        (break_status, r"glossary\.xlsx: sheet 'Glossary', cell A2: the status is 'perhaps'"),
    ],
)
def test_a_broken_workbook_stops_the_job_before_anything_is_written(
    work: tuple[Path, Path], embedder: CachedEmbedder, harm: object, message: str
) -> None:
    texts, results = work
    assert callable(harm)
    harm(results / "glossary.xlsx")
    before = contents(results)
    with pytest.raises(WorkbookError, match=message):
        run(texts, results, embedder)
    assert contents(results) == before


def test_a_broken_table_stops_the_job_before_anything_is_written(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    lines = (results / "glossary.csv").read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace(",candidate,", ",perhaps,")
    (results / "glossary.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    before = contents(results)
    with pytest.raises(WorkbookError, match=r"glossary\.csv, line 2: status is 'perhaps'"):
        run(texts, results, embedder)
    assert contents(results) == before


def test_bad_files_are_listed_and_the_others_processed(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    before = contents(results)
    (texts / "aa.txt").write_bytes(b"")
    (texts / "ảnh.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (texts / "le-monde.txt").write_text("Les ministres se réunissent lundi à Vienne. " * 5)
    report = run(texts, results, embedder)
    problems = [str(problem) for problem in report.folder.problems]
    assert [Path(problem.path).name for problem in report.folder.problems] == [
        "aa.txt",
        "le-monde.txt",
        "ảnh.txt",
    ]
    assert "is empty" in problems[0]
    assert "looks like French" in problems[1]
    assert "is a picture, not a text file" in problems[2]
    assert {name: contents(results)[name] for name in STABLE} == {
        name: before[name] for name in STABLE
    }


def test_a_folder_of_bad_files_alone_is_refused_and_nothing_written(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(b"")
    with pytest.raises(ArticleError, match=r"a\.txt: is empty"):
        run(tmp_path / "texts", tmp_path / "out", embedder)
    assert not (tmp_path / "out").exists()


def test_a_decision_typed_into_the_table_is_not_undone_by_the_older_workbook(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    lines = (results / "glossary.csv").read_text(encoding="utf-8-sig").splitlines()
    assert ",candidate,," in lines[1]
    lines[1] = lines[1].replace(",candidate,,", ",approved,from a colleague,")
    (results / "glossary.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    terms = next(pair for pair, row in table(results).items() if row["status"] == "approved")
    run(texts, results, embedder)
    assert table(results)[terms]["status"] == "approved"


def test_results_below_the_articles_are_not_read_as_articles(
    tmp_path: Path, texts: Path, embedder: CachedEmbedder
) -> None:
    shutil.copy(texts / "hoi_nghi_hue.txt", tmp_path)
    (tmp_path / "glossary").mkdir()
    write_bitext_html([bitext()], tmp_path / "glossary" / "bitext.html")
    report = run(tmp_path, tmp_path / "glossary", embedder)
    assert [document.name for document in report.folder.documents] == ["hoi_nghi_hue.txt"]
