"""The whole job on a folder: what it writes, what a second run keeps, what stops it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from aligner.article_folder import pair_files
from aligner.embed import CachedEmbedder, VectorCache
from aligner.errors import AlignerError, ArticleError, FormatError, OutputError
from aligner.formats.articles.read import scan_articles
from aligner.formats.bitext.html import write_bitext_html
from aligner.formats.glossary.csv import read_glossary, write_glossary
from aligner.formats.workbook.read import read_workbook
from aligner.glossary import Glossary
from aligner.job import JobReport, run
from aligner.overwriting import check_replaceable
from aligner.settings import ComparableSettings
from aligner.terms.extract import extract_terms
from aligner.vectors import Embedder, TokenRows
from format_samples import bitext
from reviewing import contents, edit, table

FILES = ["bitext.html", "bitext.tmx", "bitext.xlsx", "glossary.csv", "glossary.xlsx"]
STABLE = ["bitext.html", "bitext.tmx", "glossary.csv"]  # a workbook holds the time of its writing


def never() -> Embedder:
    raise AssertionError("something was embedded a second time")


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
    of_workbook = {(d.id, d.status, d.note) for d in read_workbook(results / "glossary.xlsx")}
    of_table = {(p.id, p.status, p.note) for p in read_glossary(results / "glossary.csv")}
    assert of_workbook == of_table
    assert len(of_table) == len(first[1].glossary)


def test_a_second_run_changes_no_byte_and_embeds_nothing(
    work: tuple[Path, Path], embedder: CachedEmbedder, cache_folder: Path
) -> None:
    texts, results = work
    before = contents(results)
    cache = VectorCache(cache_folder / "vectors.sqlite")
    cached = CachedEmbedder("e5-small", 384, never, cache, embedder.view)
    run(texts, results, cached)
    after = contents(results)
    assert sorted(after) == FILES
    assert {name: after[name] for name in STABLE} == {name: before[name] for name in STABLE}
    assert read_workbook(results / "glossary.xlsx")


def test_the_words_of_a_sentence_are_read_once_for_terms_and_index(
    texts: Path, embedder: CachedEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    model = embedder.inner
    encode_tokens = model.encode_tokens

    def watched(wanted: Sequence[str]) -> list[TokenRows]:
        read.extend(wanted)
        return encode_tokens(wanted)

    monkeypatch.setattr(model, "encode_tokens", watched)
    empty = VectorCache(tmp_path / "vectors.sqlite")
    fresh = CachedEmbedder("e5-small", 384, lambda: model, empty, embedder.view)
    (tmp_path / "texts").mkdir()
    for name in ("01-kenh-dao.txt", "suez-six-days.txt"):
        shutil.copy(texts / name, tmp_path / "texts")
    report = run(tmp_path / "texts", tmp_path / "glossary", fresh)
    (bitext,) = report.bitexts
    assert {unit.vi for unit in bitext.units() if unit.bead.shape == "1-1"} <= set(read)
    assert len(read) == len(set(read))


@pytest.mark.parametrize("status", ["approved", "rejected", "forbidden"])
def test_a_status_and_a_note_in_the_workbook_survive_and_reach_the_table(
    work: tuple[Path, Path], embedder: CachedEmbedder, status: str
) -> None:
    texts, results = work
    terms = edit(results / "glossary.xlsx", 3, Status=status, Note="như trong từ điển")
    untouched = {pair: row | {"state": "known"} for pair, row in table(results).items()}
    untouched.pop(terms)
    for edited in (1, 0):
        assert run(texts, results, embedder).decisions == edited
        row = table(results)[terms]
        assert (row["status"], row["note"]) == (status, "như trong từ điển")
        decisions = {(d.vi, d.en): d for d in read_workbook(results / "glossary.xlsx")}
        assert (decisions[terms].status, decisions[terms].note) == (status, "như trong từ điển")
    assert {pair: row for pair, row in table(results).items() if pair != terms} == untouched


def test_a_corrected_term_is_approved_and_the_extracted_one_rejected(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    vi, en = edit(results / "glossary.xlsx", 2, English="a better term")
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
    terms = edit(results / "glossary.xlsx", 2, Status="approved")
    before = table(results).keys()
    for name in ("talks_vienna.txt", "06-delta-salt.md", "suez-six-days.txt"):
        (texts / name).unlink()
    report = run(texts, results, embedder)
    assert report.bitexts == []
    assert table(results)[terms]["status"] == "approved"
    assert {(row["state"], row["count"]) for row in table(results).values()} == {("lost", "0")}
    assert table(results).keys() == before


def test_decisions_of_the_table_are_kept_where_there_is_no_workbook(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    terms = edit(results / "glossary.xlsx", 2, Status="rejected", Note="too long")
    run(texts, results, embedder)
    (results / "glossary.xlsx").unlink()
    run(texts, results, embedder)
    assert table(results)[terms]["status"] == "rejected"
    assert table(results)[terms]["note"] == "too long"


def break_zip(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def break_status(path: Path) -> None:
    edit(path, 2, Status="perhaps")


def test_a_decision_made_while_the_job_runs_is_kept(
    work: tuple[Path, Path], embedder: CachedEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, results = work
    decided: list[tuple[str, str]] = []

    def extract(*arguments: Any) -> Glossary:
        decided.append(edit(results / "glossary.xlsx", 3, Status="rejected"))
        return extract_terms(*arguments)

    monkeypatch.setattr("aligner.job.extract_terms", extract)
    run(texts, results, embedder)
    assert table(results)[decided[0]]["status"] == "rejected"


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (break_zip, r"glossary\.xlsx: it is not an Excel workbook"),
        (break_status, r"glossary\.xlsx: sheet 'Glossary', cell A2: the status is 'perhaps'"),
    ],
)
def test_a_broken_workbook_stops_the_job_before_anything_is_written(
    work: tuple[Path, Path], embedder: CachedEmbedder, harm: Callable[[Path], object], message: str
) -> None:
    texts, results = work
    harm(results / "glossary.xlsx")
    before = contents(results)
    with pytest.raises(FormatError, match=message):
        run(texts, results, embedder)
    assert contents(results) == before


def test_a_broken_table_stops_the_job_before_anything_is_written(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    text = (results / "glossary.csv").read_text(encoding="utf-8-sig")
    broken = text.replace(",candidate,", ",perhaps,", 1)
    (results / "glossary.csv").write_text(broken, encoding="utf-8-sig")
    before = contents(results)
    with pytest.raises(FormatError, match=r"glossary\.csv, line 2, column status: 'perhaps'"):
        run(texts, results, embedder)
    assert contents(results) == before


@pytest.mark.parametrize("name", [*FILES, "glossary.previous.xlsx"])
def test_a_result_that_cannot_be_written_stops_the_job_before_the_articles_are_read(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "out" / name).mkdir(parents=True)
    with pytest.raises(AlignerError, match=name):
        run(tmp_path / "no texts", tmp_path / "out", CachedEmbedder("none", 1, never, None))
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


def test_the_folder_of_the_articles_takes_no_results(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, _ = work
    before = contents(texts)
    with pytest.raises(OutputError, match="it holds the articles"):
        run(texts, texts, embedder)
    assert contents(texts) == before


def test_a_file_in_the_place_of_the_results_folder_stops_the_job(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="out cannot be a folder, a file is in its way"):
        run(tmp_path / "no texts", tmp_path / "out", CachedEmbedder("none", 1, never, None))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_results_folder_that_is_a_link_to_itself_stops_the_job(
    work: tuple[Path, Path], tmp_path: Path
) -> None:
    texts, _ = work
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    never_asked = CachedEmbedder("none", 1, never, None)
    with pytest.raises(OutputError, match=r"cannot write .*loop"):
        run(texts, loop, never_asked)
    assert scan_articles(texts, skip=loop) == scan_articles(texts)
    check_replaceable(tmp_path / "new.xlsx", loop)


def test_the_workbook_in_which_a_person_worked_is_kept_beside(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    assert run(texts, results, embedder).previous == []
    edit(results / "glossary.xlsx", 2, Status="approved")
    edited = (results / "glossary.xlsx").read_bytes()
    assert run(texts, results, embedder).previous == [results / "glossary.previous.xlsx"]
    assert (results / "glossary.previous.xlsx").read_bytes() == edited
    assert run(texts, results, embedder).previous == []
    assert (results / "glossary.previous.xlsx").read_bytes() == edited


def test_sentences_side_by_side_that_a_person_has_saved_are_kept_for_good(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    for name in ("bitext.previous.xlsx", "bitext.previous-2.xlsx"):
        book = load_workbook(results / "bitext.xlsx")
        book["Bitext"]["L2"] = f"xem lại câu này: {name}"
        book.save(results / "bitext.xlsx")
        edited = (results / "bitext.xlsx").read_bytes()
        assert run(texts, results, embedder).previous == [results / name]
        assert (results / name).read_bytes() == edited
    assert run(texts, results, embedder).previous == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'creationtool="aligner"', b'creationtool="OmegaT"'), (b"</seg>", b" (mended)</seg>")],
)
def test_a_memory_that_somebody_or_another_program_changed_is_kept_for_good(
    work: tuple[Path, Path], embedder: CachedEmbedder, old: bytes, new: bytes
) -> None:
    texts, results = work
    memory = results / "bitext.tmx"
    mended = memory.read_bytes().replace(old, new)
    memory.write_bytes(mended)
    assert run(texts, results, embedder).previous == [results / "bitext.previous.tmx"]
    assert (results / "bitext.previous.tmx").read_bytes() == mended
    assert run(texts, results, embedder).previous == []


def test_decisions_of_a_workbook_are_kept_where_there_is_no_table(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    first = edit(results / "glossary.xlsx", 2, Status="approved")
    run(texts, results, embedder)
    (results / "glossary.csv").unlink()
    second = edit(results / "glossary.xlsx", 3, Note="xem lại")
    run(texts, results, embedder)
    assert table(results)[first]["status"] == "approved"
    assert table(results)[second]["note"] == "xem lại"


def test_a_corrected_pair_is_rejected_where_there_was_no_table(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    vi, en = edit(results / "glossary.xlsx", 3, English="a better word")
    (results / "glossary.csv").unlink()
    run(texts, results, embedder)
    rows = table(results)
    assert rows[vi, "a better word"]["status"] == "approved"
    assert rows[vi, en]["status"] == "rejected"
    assert rows[vi, en]["note"] == f"corrected to {vi} = a better word"


def test_what_is_found_after_a_review_is_new_and_the_rest_is_known(
    work: tuple[Path, Path], embedder: CachedEmbedder
) -> None:
    texts, results = work
    for name in ("glossary.csv", "glossary.xlsx"):
        (results / name).unlink()
    later = {name: texts / name for name in ("talks_vienna.txt", "vien-dam-phan-12-10.html")}
    for name, path in later.items():
        path.rename(results / name)
    run(texts, results, embedder)
    before = table(results)
    edit(results / "glossary.xlsx", 2, Status="approved")
    for name, path in later.items():
        (results / name).rename(path)
    for _ in range(2):
        run(texts, results, embedder)
        found = table(results)
        assert {pair for pair, row in found.items() if row["state"] == "new"} == (
            found.keys() - before.keys()
        )
    assert found.keys() > before.keys()


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


def test_a_pair_too_long_to_link_is_named_and_the_others_are_done(
    work: tuple[Path, Path], embedder: CachedEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "aligner.pipeline.ComparableSettings", partial(ComparableSettings, max_cells=500)
    )
    report = run(*work, embedder)
    assert [problem.path for problem in report.folder.problems] == [
        "xam-nhap-man.txt, 06-delta-salt.md"
    ]
    assert [bitext.vi.name for bitext in report.bitexts] == [
        "01-kenh-dao.txt",
        "vien-dam-phan-12-10.html",
    ]


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
    pair, *others = read_glossary(results / "glossary.csv")
    decided = replace(pair, status="approved", note="from a colleague")
    write_glossary(Glossary((decided, *others)), results / "glossary.csv")
    run(texts, results, embedder)
    assert table(results)[pair.vi, pair.en]["status"] == "approved"
    assert table(results)[pair.vi, pair.en]["note"] == "from a colleague"


def test_results_below_the_articles_are_not_read_as_articles(
    tmp_path: Path, texts: Path, embedder: CachedEmbedder
) -> None:
    shutil.copy(texts / "hoi_nghi_hue.txt", tmp_path)
    (tmp_path / "glossary").mkdir()
    write_bitext_html([bitext()], tmp_path / "glossary" / "bitext.html")
    report = run(tmp_path, tmp_path / "glossary", embedder)
    assert [document.name for document in report.folder.documents] == ["hoi_nghi_hue.txt"]


def test_two_files_belong_together_as_they_are_named(texts: Path, embedder: CachedEmbedder) -> None:
    found = pair_files([texts / "suez-six-days.txt", texts / "xam-nhap-man.txt"], embedder)
    (pair,) = found.pairs
    assert (pair.vi.name, pair.en.name) == ("xam-nhap-man.txt", "suez-six-days.txt")


def test_of_several_files_those_belong_together_that_report_one_event(
    texts: Path, embedder: CachedEmbedder
) -> None:
    names = ("01-kenh-dao.txt", "suez-six-days.txt", "xam-nhap-man.txt")
    found = pair_files([texts / name for name in names], embedder)
    assert [(pair.vi.name, pair.en.name) for pair in found.pairs] == [names[:2]]
    assert [document.name for document in found.alone] == [names[2]]


def test_files_of_one_name_in_two_folders_are_told_apart(
    tmp_path: Path, texts: Path, embedder: CachedEmbedder
) -> None:
    paths = [tmp_path / lang / "bài.txt" for lang in ("vi", "en")]
    for path, name in zip(paths, ("xam-nhap-man.txt", "suez-six-days.txt"), strict=True):
        path.parent.mkdir()
        shutil.copy(texts / name, path)
    found = pair_files(paths, embedder)
    assert [document.name for document in found.documents] == [path.as_posix() for path in paths]


def test_a_text_that_is_named_twice_is_refused(texts: Path, embedder: CachedEmbedder) -> None:
    names = ("01-kenh-dao.txt", "suez-six-days.txt", "suez-six-days.txt")
    with pytest.raises(ArticleError, match=r"holds the same text as .*; name it once"):
        pair_files([texts / name for name in names], embedder)


@pytest.mark.parametrize("names", [["xam-nhap-man.txt"], ["xam-nhap-man.txt", "01-kenh-dao.txt"]])
def test_files_of_one_language_have_no_counterpart(
    texts: Path, embedder: CachedEmbedder, names: list[str]
) -> None:
    with pytest.raises(ArticleError, match="name files in Vietnamese and in English"):
        pair_files([texts / name for name in names], embedder)
