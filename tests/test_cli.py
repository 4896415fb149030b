"""The command line: data to standard output, all else to standard error, no traceback ever."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

import aligner
from aligner.article_folder import pair_folder
from aligner.embed import CachedEmbedder
from aligner.formats.articles.read import read_articles
from aligner.model import Bitext
from aligner.pipeline import align
from aligner.search.update import index_memory
from aligner.text.document import segment_lines
from reviewing import contents, edit, results
from terminal import call, command, environment, output, refusal

VI = """Bão số năm làm tốc mái 37 ngôi nhà ở xã Trà Liên

Sáng 12/3, bà Trần Minh Khuê họp với các tỉnh ven biển về cơn bão.

Hơn 1.200 người dân đã phải đi sơ tán trong đêm. Học sinh được nghỉ học hai ngày.

Chia sẻ

Nước sông vẫn đang lên nhanh và có thể tràn qua đê vào chiều nay.
"""
EN = """Storm No. 5 tears the roofs off 37 houses in Trà Liên commune

On the morning of March 12, Trần Minh Khuê met the coastal provinces about the storm.

More than 1,200 people had to be evacuated during the night. Schools are closed for two days.

Read more: The week in pictures

The river is still rising fast and may flow over the dyke this afternoon.
"""
FRENCH = (
    "Les deux ministres ont décidé lundi de rouvrir le poste frontière dans un délai d’un mois."
)
#: Runs `aligner export --help`, which gets a Ctrl-C when a module is looked for, or at the end.
INTERRUPTED = """
import atexit, os, signal, sys

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

class Finder:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            interrupt()

signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.argv[1] == "end":
    atexit.register(interrupt)
sys.meta_path.insert(0, Finder())
from aligner.cli import main; sys.exit(main(["export", "--help"]))
"""
LIBRARY_USE = INTERRUPTED.splitlines()[-1]
COMMANDS = ["run", "review", "check", "terms", "import", "export", "align", "pair", "show"]
COMMANDS += ["search", "concord", "tmx", "doctor"]
FIELDS = ["id", "relation", "shape", "confidence", "src", "tgt", "vi", "en", "evidence"]


@dataclass(frozen=True)
class Files:
    """Two small articles in a folder with blanks and Vietnamese letters, and their bitext."""

    vi: Path
    en: Path
    bitext: Bitext


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, embedder: CachedEmbedder) -> Files:
    """Write the articles and fill the cache, so that no subprocess has to load the model."""
    folder = tmp_path_factory.mktemp("cli") / "bài báo tháng 3"
    folder.mkdir()
    vi, en = folder / "bão số 5.txt", folder / "storm 5.txt"
    vi.write_text(VI, encoding="utf-8")
    en.write_text(EN, encoding="utf-8")
    first, second = read_articles(vi)[0], read_articles(en)[0]
    align(segment_lines(first), segment_lines(second), embedder)
    return Files(vi, en, align(first, second, embedder))


# Help


def test_help_names_the_commands_and_shows_examples() -> None:
    text = output("--help")
    commands = [line.split()[0] for line in text.splitlines() if line.startswith("    ")]
    assert commands == COMMANDS
    examples = [line.split()[1] for line in text.splitlines() if line.startswith("  aligner ")]
    assert sorted(examples) == sorted(COMMANDS)
    assert "aligner align vi.txt en.txt -o both.tmx" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_of_its_own(name: str) -> None:
    assert output(name, "--help").startswith(f"usage: aligner {name} ")


def test_the_version_is_printed() -> None:
    assert output("--version") == f"aligner {aligner.__version__}\n"


def test_no_command_and_an_unknown_one_are_refused() -> None:
    for arguments in ([], ["translate"]):
        done = call(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


# align


def test_jsonl_is_one_object_a_bead_and_nothing_else(files: Files) -> None:
    done = call("align", files.vi, files.en, "--format", "jsonl")
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(record) for record in records] == [FIELDS] * len(files.bitext.beads)
    for record, unit in zip(records, files.bitext.units(), strict=True):
        assert record["id"] == unit.id
        assert (record["vi"], record["en"], record["shape"]) == (unit.vi, unit.en, unit.shape)
        assert (record["src"], record["tgt"]) == (list(unit.bead.src), list(unit.bead.tgt))
        assert record["confidence"] == round(unit.confidence, 4)
    (relation,) = done.stderr.splitlines()
    assert relation == f"aligner: {files.bitext.relation} ({files.bitext.reason})"


def test_tsv_has_a_header_and_one_line_a_bead(files: Files) -> None:
    text = output("align", files.vi, files.en, "--format", "tsv")
    rows = list(csv.reader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == FIELDS
    assert [row[6:8] for row in rows[1:]] == [[u.vi, u.en] for u in files.bitext.units()]


def test_tmx_is_xml_with_one_unit_a_link(files: Files) -> None:
    text = output("align", files.vi, files.en, "--format", "tmx")
    tree = etree.fromstring(text.encode())
    assert (tree.tag, tree.get("version")) == ("tmx", "1.4")
    units = [[seg.text for seg in unit.iter("seg")] for unit in tree.iter("tu")]
    assert units == [[u.vi, u.en] for u in files.bitext.units() if not u.bead.is_null]


def test_html_is_a_whole_page_with_every_sentence(files: Files) -> None:
    text = output("align", files.vi, files.en, "--format", "html")
    assert text.lower().startswith("<!doctype html>")
    assert text.rstrip().lower().endswith("</html>")
    shown = " ".join(etree.HTML(text).itertext())
    for sentence in (*files.bitext.vi.texts, *files.bitext.en.texts):
        assert sentence in shown


def test_a_table_is_the_default(files: Files) -> None:
    lines = output("align", files.vi, files.en).splitlines()
    assert lines[0].split() == ["sure", "shape", "Vietnamese", "English"]
    nulls = len(files.bitext.beads) - len(files.bitext.links)
    count = f"{len(files.bitext.links)} links, {nulls} sentences without counterpart"
    assert count in " ".join(lines)


@pytest.mark.parametrize("name", ["kết quả.jsonl", "both.TSV", "both.tmx", "new/both.html"])
def test_a_file_is_the_same_as_what_would_be_printed(
    files: Files, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert output("align", files.vi, files.en, "-o", path) == ""
    form = path.suffix[1:].lower()
    printed = subprocess.run(
        command("align", files.vi, files.en, "--format", form),
        capture_output=True,
        env=environment(),
        check=True,
    ).stdout
    assert path.read_bytes() == printed


def test_a_workbook_is_written_to_a_file(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "both.xlsx"
    assert output("align", files.vi, files.en, "-o", path) == ""
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["Bitext", "No counterpart"]
    assert workbook["Bitext"].max_row == 1 + len(files.bitext.links)


def test_a_workbook_without_a_file_name_is_refused(files: Files) -> None:
    done = call("align", files.vi, files.en, "--format", "xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "aligner: a workbook cannot be printed; name a file with -o FILE.xlsx"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a signal")
@pytest.mark.parametrize(
    ("moment", "code", "said"),
    [
        ("argparse", 130, "aligner: interrupted; what is done so far is kept\n"),
        ("end", 0, ""),
    ],
)
def test_ctrl_c_shows_no_trace_while_modules_are_loaded_or_at_the_end(
    tmp_path: Path, moment: str, code: int, said: str
) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, moment], capture_output=True, encoding="utf-8", env=environment()
    )
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.skipif(os.name != "posix", reason="needs a signal")
@pytest.mark.parametrize("module", ["aligner.cli", "argparse"])
def test_ctrl_c_ends_the_program_without_a_word_while_it_starts(
    tmp_path: Path, module: str
) -> None:
    script = tmp_path / "interrupted.py"
    start = "import runpy; runpy.run_module('aligner', run_name='__main__')"
    script.write_text(INTERRUPTED.replace(LIBRARY_USE, start), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, module], capture_output=True, encoding="utf-8", env=environment()
    )
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")


@pytest.mark.parametrize("side", ["vi", "en"])
def test_an_article_is_never_replaced_by_its_alignment(files: Files, side: str) -> None:
    article = getattr(files, side)
    before = article.read_bytes()
    refused = refusal("align", files.vi, files.en, "--format", "tsv", "-o", article)
    assert refused.endswith("it is read for this; give another name")
    assert article.read_bytes() == before


@pytest.mark.parametrize("name", ["glossary.xlsx", "glossary.csv", "glossary.previous.xlsx"])
def test_a_glossary_is_never_replaced_by_an_alignment(
    files: Files, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"decisions")
    form = "xlsx" if path.suffix == ".xlsx" else "tsv"
    refused = refusal("align", files.vi, files.en, "--format", form, "-o", path)
    assert "it is the glossary itself" in refused
    assert path.read_bytes() == b"decisions"


def test_another_article_is_not_replaced_but_an_older_page_is(files: Files, tmp_path: Path) -> None:
    page = tmp_path / "both.html"
    for _ in range(2):
        assert output("align", files.vi, files.en, "-o", page) == ""
    page.write_text("<p>Một bài báo.</p>", encoding="utf-8")
    assert "may be an article" in refusal("align", files.vi, files.en, "-o", page)


def test_decisions_in_a_workbook_of_another_name_are_not_replaced(
    files: Files, tmp_path: Path
) -> None:
    workbook = results(tmp_path) / "glossary.xlsx"
    edit(workbook, 3, Status="approved")
    lan = workbook.rename(tmp_path / "lan.xlsx")
    refused = refusal("align", files.vi, files.en, "-o", lan)
    assert "it holds decisions that were not read back" in refused


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("memory.tmx", '<tmx version="1.4"><header creationtool="OmegaT"/><body/></tmx>'),
        ("memory.tsv", "Vietnamese\tEnglish\ngiá dầu\toil price\n"),
    ],
)
def test_a_memory_of_somebodys_own_is_not_replaced_but_an_older_alignment_is(
    files: Files, tmp_path: Path, name: str, own: str
) -> None:
    path = tmp_path / name
    path.touch()
    for _ in range(2):
        assert output("align", files.vi, files.en, "-o", path) == ""
    assert len(path.read_bytes()) > 1_000
    path.write_text(own, encoding="utf-8")
    assert "somebody has worked in it" in refusal("align", files.vi, files.en, "-o", path)
    assert path.read_text(encoding="utf-8") == own


def test_a_mended_alignment_is_kept_or_not_replaced(files: Files, tmp_path: Path) -> None:
    for name in ("both.tsv", "both.tmx"):
        output("align", files.vi, files.en, "-o", tmp_path / name)
        mended = (tmp_path / name).read_text(encoding="utf-8").replace("storm", "typhoon")
        (tmp_path / name).write_text(mended, encoding="utf-8")
    refused = refusal("align", files.vi, files.en, "-o", tmp_path / "both.tmx")
    assert "somebody has worked in it" in refused
    output("align", files.vi, files.en, "-o", tmp_path / "both.tsv")
    for name in ("both.previous.tsv", "both.tmx"):
        assert "typhoon" in (tmp_path / name).read_text(encoding="utf-8")


def test_a_workbook_that_somebody_has_saved_is_not_replaced_but_an_older_one_is(
    files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "both.xlsx"
    for _ in range(2):
        assert output("align", files.vi, files.en, "-o", path) == ""
    book = load_workbook(path)
    book["Bitext"]["L2"] = "xem lại"
    book.save(path)
    edited = path.read_bytes()
    refused = refusal("align", files.vi, files.en, "-o", path)
    assert "somebody has worked in it" in refused
    assert path.read_bytes() == edited


def test_what_takes_more_memory_than_there_is_is_one_sentence() -> None:
    code = """
import sys
import aligner.cli.parser
from aligner.cli import main
def make_parser():
    raise MemoryError
aligner.cli.parser.make_parser = make_parser
sys.exit(main([]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment()
    )
    assert (done.returncode, done.stderr) == (
        2,
        "aligner: there is not enough memory for this; close other programs, or give it less at a "
        "time\n",
    )


def test_an_empty_model_name_is_refused(files: Files) -> None:
    assert "--model is empty" in refusal("align", files.vi, files.en, "--model", "")


def test_a_workbook_without_a_file_name_is_refused_before_the_work(files: Files) -> None:
    refusal("align", files.vi, files.en, "--format", "xlsx")


def test_the_other_order_of_files_is_put_right_and_said(files: Files) -> None:
    done = call("align", files.en, files.vi, "--format", "jsonl")
    assert done.stdout == output("align", files.vi, files.en, "--format", "jsonl")
    assert "aligner: the English file was given first; the two were swapped" in done.stderr


def test_given_lines_are_kept_as_sentences(files: Files) -> None:
    arguments = ("align", files.vi, files.en, "--lines", "--format", "jsonl")
    records = [json.loads(line) for line in output(*arguments).splitlines()]
    kept = [line for line in VI.splitlines() if line]
    parts = {i: record["vi"] for record in records for i in record["src"] if record["vi"]}
    assert sorted(parts) == list(range(len(kept)))
    assert all(kept[i] in text for i, text in parts.items())  # "Chia sẻ" among them
    english = {j for record in records for j in record["tgt"]}
    assert english == set(range(len([line for line in EN.splitlines() if line])))


def test_a_chosen_relation_is_kept(files: Files) -> None:
    done = call("align", files.vi, files.en, "--relation", "comparable", "--format", "jsonl")
    assert done.stderr.splitlines()[-1] == "aligner: comparable (as chosen)"
    assert {json.loads(line)["relation"] for line in done.stdout.splitlines()} == {"comparable"}


# Refusals


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (None, "there is no such file or folder; check the name"),
        (b"", "is empty; put the article's text into it or delete it"),
        (b" \n\n", "is empty; put the article's text into it or delete it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "is a picture, not a text file; open it and save"),
        (bytes(range(256)) * 20, "is a binary file, not text; open it in its program and save"),
        (FRENCH.encode() * 3, "looks like French (fr); aligner reads Vietnamese and English"),
        (VI.encode()[:-40] + b"\xff\xfe" + VI.encode()[-40:], "is damaged UTF-8 text (byte "),
        (VI.encode("utf-16")[:-1], "is damaged UTF-16 text (byte "),
    ],
    ids=["missing", "empty", "blank", "picture", "binary", "French", "UTF-8", "UTF-16"],
)
def test_a_file_that_is_no_article_is_refused_in_one_sentence(
    files: Files, tmp_path: Path, data: bytes | None, problem: str
) -> None:
    path = tmp_path / "bài.txt"
    if data is not None:
        path.write_bytes(data)
    assert refusal("align", path, files.en).startswith(f"aligner: {path}: {problem}")


def test_a_folder_in_the_place_of_a_file_is_refused(files: Files) -> None:
    sentence = refusal("align", files.vi.parent, files.en)
    assert sentence.startswith(f"aligner: {files.vi.parent}: is a folder; name one file")
    assert "is a folder" in refusal("show", files.vi.parent)


def test_a_folder_with_a_bad_file_is_refused_in_one_sentence_too(
    files: Files, tmp_path: Path
) -> None:
    (tmp_path / "vi.txt").write_text(VI, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert "is a folder" in refusal("align", tmp_path, files.en)


def test_two_files_in_one_language_are_refused(files: Files) -> None:
    sentence = refusal("align", files.vi, files.vi)
    assert sentence == "aligner: bão số 5.txt: is Vietnamese, as bão số 5.txt is; give one of each"


def test_a_run_on_one_article_leaves_the_results_of_the_others_alone(
    files: Files, tmp_path: Path
) -> None:
    folder = results(tmp_path)
    before = contents(folder)
    assert "is one file; name the folder" in refusal("run", files.vi, "--out", folder)
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "texts", "--out"],
        ["review"],
        ["review", "--glossary"],
        ["import"],
        ["export", "tbx", "-o"],
        ["align", "vi.txt"],
        ["terms", "texts"],
        ["show"],
        ["tmx", "--forget"],
        ["search", "gas", "--in"],
    ],
)
def test_a_blank_name_does_not_stand_for_the_current_folder(
    arguments: list[str], name: str
) -> None:
    assert "the name of a file or folder is blank" in refusal(*arguments, name)


def test_an_output_with_an_unknown_extension_is_refused(files: Files, tmp_path: Path) -> None:
    sentence = refusal("align", files.vi, files.en, "-o", tmp_path / "both.doc")
    assert sentence.endswith(
        "the name does not tell the format; end it in one of .jsonl, .tsv, .tmx, .xlsx, .html"
    )
    assert "a table is for the screen" in refusal(
        "align", files.vi, files.en, "--format", "table", "-o", tmp_path / "both.txt"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["pair", "run", "show"])
def test_a_missing_folder_is_refused(tmp_path: Path, name: str) -> None:
    missing = tmp_path / "không có"
    sentence = f"aligner: {missing}: there is no such file or folder; check the name"
    assert refusal(name, missing) == sentence


@pytest.fixture(scope="module")
def unknown_model(files: Files, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The name of a model folder that is not there, and what standard error says of it."""
    name = str(tmp_path_factory.mktemp("models") / "none")
    done = call("align", files.vi, files.en, "--model", name)
    assert (done.returncode, done.stdout) == (2, "")
    return name, done.stderr


@pytest.mark.parametrize("before", [("show",), ("run",), ("concord", "a", "--in"), ("review",)])
def test_a_name_too_long_for_a_file_is_not_printed_whole(
    before: tuple[str, ...], embedder: CachedEmbedder, tmp_path: Path
) -> None:
    index_memory(tmp_path / "index", "m.tmx", [("Giá dầu tăng.", "Oil rose.")], embedder)
    where = ["--glossary", tmp_path] if before[0] == "concord" else []
    refused = refusal(*before, "a" * 5000, *where)
    assert refused == f"aligner: {'a' * 60}…: no file can have such a long name; give another one"


def test_an_unknown_model_folder_is_refused(unknown_model: tuple[str, str]) -> None:
    name, said = unknown_model
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith(f"aligner: model {name!r} cannot be loaded (")


def test_an_unknown_model_folder_is_refused_in_one_sentence(unknown_model: tuple[str, str]) -> None:
    assert len(unknown_model[1].splitlines()) == 1


def test_eight_bits_are_refused_for_another_model(files: Files) -> None:
    said = refusal("align", files.vi, files.en, "--model", "LaBSE", "--precision", "int8")
    assert said == "aligner: --precision int8: LaBSE runs in float32 only; leave it out"


def test_numpy_multiplies_in_one_thread_unless_more_are_asked_for(files: Files) -> None:
    program = (
        "import sys, threadpoolctl, aligner.cli\n"
        "aligner.cli.main(sys.argv[1:])\n"
        "pools = threadpoolctl.threadpool_info()\n"
        "print({p['num_threads'] for p in pools if 'numpy' in p['filepath']}, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, "align", str(files.vi), str(files.en)]
    unset = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    for asked, threads in ({}, 1), ({"OPENBLAS_NUM_THREADS": "2"}, 2):
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, env=unset | asked)
        assert done.stderr.splitlines()[-1] == f"{{{threads}}}"


def test_doctor_names_the_versions_and_the_speed_of_what_is_chosen(tmp_path: Path) -> None:
    said = output("doctor", ALIGNER_CACHE=str(tmp_path))
    lines = [line.rstrip() for line in said.splitlines()]
    names = [line.split()[0] for line in lines if line.strip() and line[0].isalnum()]
    wanted = {"aligner", "Python", "onnxruntime", "faiss-cpu", "openpyxl", "cores", "settings"}
    assert wanted <= set(names)
    (chosen,) = (line for line in lines if line.endswith("sentences a second, chosen"))
    assert chosen.startswith(("e5-small, float32 ", "e5-small, int8 "))


# show and pair


def test_show_prints_the_sentences_and_the_dropped_lines_with_reasons(files: Files) -> None:
    text = output("show", files.vi)
    assert text.splitlines()[0] == "bão số 5.txt: Vietnamese, 5 sentences"
    assert text.splitlines()[3].split()[0] == "1"  # people count from 1
    assert "1 line left out" in text
    assert "share buttons   Chia sẻ" in text
    assert text.index("Hơn 1.200 người dân") < text.index("Học sinh được nghỉ")
    assert "related articles   Read more: The week in pictures" in output("show", files.en)


def test_pair_prints_one_object_a_pair(texts: Path, embedder: CachedEmbedder) -> None:
    pairs = pair_folder(texts, embedder).pairs
    done = call("pair", texts, "--format", "jsonl")
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(record) for record in records] == [["vi", "en", "score", "status", "reason"]] * 3
    assert [(r["vi"], r["en"], r["score"]) for r in records] == [
        (p.vi.name, p.en.name, round(p.score, 4)) for p in pairs
    ]
    assert {record["status"] for record in records} == {"pair"}


def test_pair_does_not_read_the_results_as_articles(texts: Path, tmp_path: Path) -> None:
    for name in ("talks_vienna.txt", "vien-dam-phan-12-10.html"):
        shutil.copy(texts / name, tmp_path)
    (tmp_path / "glossary").mkdir()
    page = (texts / "vien-dam-phan-12-10.html").read_text(encoding="utf-8")
    (tmp_path / "glossary" / "bitext.html").write_text(page + "<p>Xong.</p>", encoding="utf-8")
    text = output("pair", tmp_path, "--glossary", tmp_path / "glossary")
    assert "bitext.html" not in text


def test_pair_names_the_article_that_stands_alone(texts: Path, embedder: CachedEmbedder) -> None:
    pair_folder(texts, embedder)
    text = output("pair", texts)
    assert "no counterpart: hoi_nghi_hue.txt (vi)" in text.splitlines()
    assert sum("found by content" in line for line in text.splitlines()) == 3


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["TQDM_MININTERVAL", "TQDM_FILE"])
def test_an_odd_setting_of_the_progress_bar_stops_nothing(files: Files, name: str) -> None:
    assert "100%" in output("pair", files.vi.parent, **{name: "often"})


def test_a_terminal_obeys_no_name_of_a_file(files: Files, tmp_path: Path) -> None:
    shutil.copy(files.vi, tmp_path / "bão\x1b[31m\x9b5n.txt")
    shutil.copy(files.en, tmp_path / "storm.txt")
    (tmp_path / "rỗng\x1b]0;.txt").write_bytes(b"")
    done = call("pair", tmp_path)
    assert "bão[31m5n.txt" in done.stdout
    assert f"left out {tmp_path}/rỗng]0;.txt" in done.stderr
    missing = refusal("show", tmp_path / "không có\x1b[2J.txt")
    assert "không có[2J.txt" in missing
    unknown = call("show", "bão.txt", "khác\x1b[31m.txt").stderr
    assert "khác[31m.txt" in unknown
    exported = output(
        "export", "tbx", "-o", tmp_path / "b\x1b[2J.tbx", "--glossary", results(tmp_path)
    )
    assert "\x1b" not in exported


def test_a_bad_file_of_a_folder_is_named_on_standard_error_only(
    files: Files, tmp_path: Path
) -> None:
    (tmp_path / "vi.txt").write_text(VI, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = call("pair", tmp_path, "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"aligner: left out {tmp_path / 'empty.txt'}: is empty" in done.stderr


# Terminals and pipes


@pytest.mark.parametrize("form", ["jsonl", "table"])
@pytest.mark.parametrize(
    "extra",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "C"],
)
def test_vietnamese_survives_a_terminal_that_speaks_ascii(
    files: Files, form: str, extra: dict[str, str]
) -> None:
    folder = files.vi.parent  # relative names: under LC_ALL=C the arguments are bytes to Python
    done = subprocess.run(
        command("align", files.vi, files.en, "--format", form),
        capture_output=True,
        env=environment(**extra),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8") == output("align", files.vi, files.en, "--format", form)
    assert "Trần Minh Khuê" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes")
@pytest.mark.parametrize(
    "arguments", [("align", "--format", "jsonl"), ("align",), ("show",)], ids=" ".join
)
def test_a_reader_that_has_seen_enough_makes_no_traceback(
    files: Files, arguments: tuple[str, ...]
) -> None:
    paths = [files.vi] if arguments[0] == "show" else [files.vi, files.en]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command(*arguments, *paths),
            stdout=writer,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(),
        )
    finally:
        os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes the output")
@pytest.mark.parametrize("name", ["show", "align"])
def test_a_reader_who_stops_early_is_no_finding(files: Files, name: str) -> None:
    with subprocess.Popen(
        command(name, files.vi, *([files.en] if name == "align" else [])),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 0
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes the output")
def test_a_closed_standard_output_makes_no_traceback(files: Files) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *command("show", files.vi)],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_behind_standard_output_makes_no_traceback(files: Files) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("show", files.vi),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(),
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_cache_folder_that_cannot_be_made_is_refused_in_one_sentence(
    files: Files, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = call("align", files.vi, files.en, ALIGNER_CACHE=str(tmp_path / "file" / "cache"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
