"""The commands on the glossary: review, check, terms, import, export."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from aligner.embed import CachedEmbedder
from aligner.errors import OutputError
from aligner.exports import EXPORTS, write_terms
from aligner.formats.articles.read import read_articles
from aligner.formats.choice import EXPORT_FORMATS, TERM_FORMATS, format_of
from aligner.formats.glossary.csv import read_glossary
from aligner.formats.workbook.read import read_workbook
from aligner.glossary import Glossary
from aligner.job import Terms, find_terms
from aligner.pipeline import align
from aligner.term_pair import TermPair
from aligner.terms.conflicts import find_conflicts
from aligner.text.document import segment, segment_lines
from reviewing import GLOSSARY, OIL, TRUCE, contents, edit, results, table
from terminal import call, command, environment, output, refusal

VI = """Bão số năm làm tốc mái 37 ngôi nhà ở tỉnh Quảng Trị

Sáng 12/3, Bộ trưởng họp với các tỉnh ven biển về cơn bão.

Hơn 1.200 người dân đã phải đi sơ tán trong đêm.

Bộ trưởng nói cơn bão sẽ tan vào chiều nay.
"""
EN = """Storm No. 5 tears the roofs off 37 houses in Quảng Trị province

On the morning of March 12, the minister met the coastal provinces about the storm.

More than 1,200 people had to be evacuated during the night.

The minister said the typhoon would break up this afternoon.
"""
FIELDS = [
    *("id", "vi", "en", "kind", "status", "confidence", "consistency", "count", "articles"),
    *("variants", "conflicts", "evidence"),
]
# What the two articles are held against: two things are wrong in them.
APPROVED = TermPair("Bộ trưởng", "Minister", "title", status="approved")
MISSING = TermPair("sơ tán", "relocated", status="approved")
FORBIDDEN = TermPair("cơn bão", "typhoon", status="forbidden")
STORM = TermPair("cơn bão", "storm", status="approved")


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory, embedder: CachedEmbedder
) -> tuple[Path, Path, Terms]:
    """Write a translation and fill the cache, so that no subprocess has to load the model."""
    folder = tmp_path_factory.mktemp("cli") / "bài báo tháng 3"
    folder.mkdir()
    vi, en = folder / "bão.txt", folder / "storm.txt"
    vi.write_text(VI, encoding="utf-8")
    en.write_text(EN, encoding="utf-8")
    first, second = read_articles(vi)[0], read_articles(en)[0]
    for cut in (segment, segment_lines):
        align(cut(first), cut(second), embedder)
    return vi, en, find_terms([vi, en], embedder, folder / "no glossary")


# review


def test_review_says_what_was_read_and_writes_the_table(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved", Note="hay")
    edit(folder / "glossary.xlsx", 3, English="price of oil")
    text = output("review", folder / "glossary.xlsx")
    counts = dict(line.rsplit(maxsplit=1) for line in text.splitlines() if line[-1:].isdigit())
    assert counts == {
        "edited rows read": "2",
        "approved": "1",
        "rejected": "0",
        "forbidden": "0",
        "set back to candidate": "0",
        "corrected": "1",
        "typed by hand": "0",
        "preferred": "0",
        "notes": "1",
    }
    assert text.splitlines()[-1] == f"wrote {folder / 'glossary.csv'}"
    assert table(folder)["lệnh ngừng bắn", "truce"]["status"] == "approved"
    assert output("review", "--glossary", folder) == (
        f"2 rows of {folder / 'glossary.xlsx'} are edited; all of them were read before\n"
    )


def test_review_reads_the_workbook_of_the_folder_that_is_named(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    assert "edited rows read" in output("review", "--glossary", folder)


def test_review_of_an_unedited_workbook_says_so_and_changes_no_byte(tmp_path: Path) -> None:
    folder = results(tmp_path)
    before = contents(folder)
    assert output("review", folder / "glossary.xlsx") == (
        f"nothing was edited in {folder / 'glossary.xlsx'}\n"
    )
    assert contents(folder) == before


def test_review_says_nothing_of_a_date_that_does_not_exist(tmp_path: Path) -> None:
    path = results(tmp_path) / "glossary.xlsx"
    book = load_workbook(path)
    sheet = book["Glossary"]
    sheet.cell(1, 20, "Deadline")
    sheet.cell(2, 20, 9_999_999).number_format = "yyyy-mm-dd"
    book.save(path)
    done = call("review", path)
    assert (done.returncode, done.stderr) == (0, "")


def test_review_names_the_cell_that_is_not_understood(tmp_path: Path) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 3, Status="perhaps")
    before = contents(folder)
    assert "cell A3: the status is 'perhaps'" in refusal("review", folder / "glossary.xlsx")
    assert contents(folder) == before


# check


def glossary(folder: Path, *pairs: TermPair) -> Path:
    return results(folder, Glossary(pairs))


def test_check_ends_with_1_where_the_translation_does_not_agree(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, _ = files
    folder = glossary(tmp_path, APPROVED, MISSING, FORBIDDEN, STORM)
    done = call("check", vi, en, "--glossary", folder, "--lines", "--format", "jsonl")
    assert done.returncode == 1, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(f["kind"], f["lang"], f["at"], f["found"], f["expected"]) for f in found] == [
        ("missing", "vi", 3, "sơ tán", ["relocated"]),
        ("forbidden", "en", 4, "typhoon", ["storm"]),
    ]
    assert all(f["sentence"][f["start"] : f["end"]] == f["found"] for f in found)
    assert done.stderr.splitlines()[-1].startswith("aligner: parallel (")


def test_check_prints_the_place_of_each_finding_what_is_wrong_and_the_sentence(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, _ = files
    folder = glossary(tmp_path, APPROVED, FORBIDDEN, STORM)
    done = call("check", vi, en, "--glossary", folder / "glossary.csv", "--relation", "parallel")
    assert done.returncode == 1, done.stderr
    sentence = EN.splitlines()[-1]
    place, message, *rest, _, last = done.stdout.splitlines()
    assert place == f"English 4:{sentence.index('typhoon') + 1}  forbidden"
    assert message.startswith("  “typhoon” is forbidden")
    assert " ".join(" ".join(rest).split()).endswith(sentence)
    assert last == "1 finding in bão.txt and storm.txt"


def test_the_file_named_first_is_the_one_that_was_translated(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, _ = files
    folder = glossary(tmp_path, TermPair("phiên họp", "storm", status="approved"))
    done = call("check", en, vi, "--glossary", folder, "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(f["kind"], f["lang"], f["name"]) for f in found} == {("missing", "en", en.name)}


def test_check_ends_with_0_and_says_why_it_finds_little_where_nothing_is_reviewed(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, _ = files
    done = call("check", vi, en, "--glossary", glossary(tmp_path, OIL))
    assert (done.returncode, done.stdout) == (0, "0 findings in bão.txt and storm.txt\n")
    assert "no pair of the glossary is approved or forbidden yet" in done.stderr


def test_texts_that_have_nothing_to_do_with_each_other_are_not_found_in_order(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    other = tmp_path / "e.txt"
    other.write_text("The museum opens again on Monday in Lima.", encoding="utf-8")
    arguments = ("check", files[0], other, "--glossary", glossary(tmp_path, OIL))
    assert refusal(*arguments).startswith(f"aligner: {other}: no sentence of it has a counterpart")
    done = call(*arguments, "--relation", "parallel")
    assert "no sentence of one text has a counterpart in the other" in done.stderr


def test_check_of_a_folder_checks_every_translation_in_it(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    texts, folder = tmp_path / "texts", glossary(tmp_path, FORBIDDEN, STORM)
    texts.mkdir()
    for path in files[:2]:
        shutil.copy(path, texts)
    for source, kinds in ((), ["forbidden"]), (("--source", "en"), ["missing", "forbidden"]):
        done = call("check", texts, *source, "--glossary", folder, "--format", "jsonl")
        found = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
        assert (found, done.returncode) == (kinds, 1), done.stderr
    assert "--lines and --relation are for two files" in refusal(
        "check", texts, "--lines", "--glossary", folder
    )
    assert "name its translation behind it" in refusal("check", files[0], "--glossary", folder)
    (texts / files[1].name).unlink()
    assert "holds no translation" in refusal("check", texts, "--glossary", folder)


# terms


def test_terms_are_one_object_a_line_and_nothing_else(files: tuple[Path, Path, Terms]) -> None:
    vi, en, found = files
    text = output("terms", vi, en, "--format", "jsonl", "--glossary", vi.parent / "no")
    records = [json.loads(line) for line in text.splitlines()]
    assert len(records) == len(found.glossary) > 0
    conflicts = find_conflicts(found.glossary)
    for record, pair in zip(records, found.glossary, strict=True):
        assert list(record) == FIELDS
        assert (record["id"], record["vi"], record["en"]) == (pair.id, pair.vi, pair.en)
        assert (record["status"], record["count"]) == ("candidate", pair.count)
        assert record["variants"] == {"vi": list(pair.variants.vi), "en": list(pair.variants.en)}
        assert record["conflicts"] == [
            {name: getattr(c, name) for name in ("kind", "term", "preferred", "reason")}
            for c in conflicts
            if pair in c.pairs
        ]
        assert [seen["vi"] for seen in record["evidence"]] == [seen.vi for seen in pair.evidence]
        names = ["vi", "en", "vi_name", "en_name", "vi_term", "en_term", "vi_at", "en_at"]
        assert all(list(seen) == names for seen in record["evidence"])


def test_terms_show_what_was_decided_and_write_nothing_there(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, found = files
    pair = found.glossary.pairs[0]
    folder = glossary(tmp_path, replace(pair, status="approved"), TRUCE)
    before = contents(folder)
    lines = output("terms", vi, en, "--glossary", folder).splitlines()
    assert lines[0].split()[:5] == ["sure", "Vietnamese", "English", "kind", "seen"]
    assert lines[2].count("approved") == 1
    assert "truce" not in "".join(lines)
    assert lines[-1].startswith(f"{len(found.glossary)} term pairs, ")
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["glossary.csv", "glossary.xlsx"])
def test_terms_show_what_was_decided_in_one_table_or_workbook(
    files: tuple[Path, Path, Terms], tmp_path: Path, name: str
) -> None:
    pair = files[2].glossary.pairs[0]
    folder = results(tmp_path, Glossary((replace(pair, status="approved"),)))
    lines = output("terms", *files[:2], "--format", "jsonl", "--glossary", folder / name)
    statuses = {json.loads(line)["id"]: json.loads(line)["status"] for line in lines.splitlines()}
    assert statuses[pair.id] == "approved"


def test_terms_go_to_a_file_whose_name_tells_the_format(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, found = files
    path = tmp_path / "new" / "thuật ngữ.XLSX"
    assert output("terms", vi, en, "-o", path, "--glossary", tmp_path) == ""
    assert [d.id for d in read_workbook(path)] == [pair.id for pair in found.glossary]


@pytest.mark.parametrize(
    ("form", "name"), [("jsonl", "a.xlsx"), ("xlsx", "a.JSONL"), ("jsonl", "a.Xlsx")]
)
def test_a_format_that_contradicts_the_name_of_the_file_is_refused(form: str, name: str) -> None:
    with pytest.raises(OutputError, match=rf"{name}: the name says .+, but {form} was chosen"):
        format_of(form, Path(name), TERM_FORMATS)
    assert format_of(form, Path("a.txt"), TERM_FORMATS) == form


def test_json_lines_are_the_same_in_a_file_and_on_the_screen(tmp_path: Path) -> None:
    screen, path = StringIO(), tmp_path / "thuật ngữ.jsonl"
    assert format_of(None, path, TERM_FORMATS) == "jsonl"
    write_terms(GLOSSARY, [], None, "jsonl", screen)
    write_terms(GLOSSARY, [], path, "jsonl", screen)
    assert path.read_bytes().decode("utf-8") == screen.getvalue()


def test_terms_do_not_replace_a_workbook_with_decisions_that_were_not_read(
    files: tuple[Path, Path, Terms], tmp_path: Path
) -> None:
    vi, en, _ = files
    path = results(tmp_path) / "glossary.xlsx"
    edit(path, 2, Status="approved")
    before = path.read_bytes()
    sentence = refusal("terms", vi, en, "-o", path, "--glossary", tmp_path)
    assert "it holds decisions that were not read back" in sentence
    assert "it is the glossary itself" in refusal(
        "terms", vi, en, "-o", path, "--glossary", path.parent
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "xlsx"), "a workbook cannot be printed; name a file with -o FILE.xlsx"),
        (("-o", "a.doc"), "a.doc: the name does not tell the format; end it in one of .jsonl, "),
        (("-o", "a", "--format", "table"), "a table is for the screen; choose another --format"),
    ],
)
def test_terms_refuse_what_does_not_go_together(
    files: tuple[Path, Path, Terms], arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refusal("terms", *files[:2], *arguments)


def test_terms_of_one_file_or_a_missing_one_are_refused(files: tuple[Path, Path, Terms]) -> None:
    vi, _, _ = files
    assert "name files in Vietnamese and in English" in refusal("terms", vi)
    assert "there is no such file or folder" in refusal("terms", vi, vi.parent / "no.txt")
    assert "is a folder; name one file" in refusal("terms", vi, vi.parent)


# import and export


def test_import_says_what_a_list_brought_and_how_to_see_it(tmp_path: Path) -> None:
    folder = results(tmp_path, Glossary((replace(TRUCE, status="rejected"), OIL)))
    path = tmp_path / "danh sách.tsv"
    path.write_text("Tiếng Việt\tTiếng Anh\nlệnh ngừng bắn\ttruce\ngiá dầu\toil price\ný\tgist\n")
    lines = output("import", path, "--glossary", folder).splitlines()
    counts = [line.split()[-1] for line in lines if line[-1:].isdigit()]
    assert counts == ["1", "1", "1", "0"]
    assert lines[-2:] == [
        f"wrote {folder / 'glossary.csv'}",
        "run `aligner run` to see them in the workbook",
    ]
    assert {pair: row["status"] for pair, row in table(folder).items()} == {
        ("lệnh ngừng bắn", "truce"): "rejected",
        ("giá dầu", "oil price"): "approved",
        ("ý", "gist"): "approved",
    }


def test_import_sends_the_workbook_to_review(tmp_path: Path) -> None:
    folder = results(tmp_path)
    sentence = refusal("import", folder / "glossary.xlsx", "--glossary", folder)
    assert "aligner review" in sentence


def test_exports_lie_beside_the_glossary_and_hold_the_edits_of_the_workbook(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    before = contents(folder)
    assert output("export", "tbx", "--glossary", folder) == f"wrote {folder / 'glossary.tbx'}\n"
    assert output("export", "omegat", "--glossary", folder) == f"wrote {folder / 'glossary.txt'}\n"
    assert len(list(etree.parse(folder / "glossary.tbx").iter("{*}conceptEntry"))) == 3
    assert (folder / "glossary.txt").read_text(encoding="utf-8") == "lệnh ngừng bắn\ttruce\n"
    assert contents(folder).items() > before.items()


@pytest.mark.parametrize(
    ("form", "own"),
    [
        ("tbx", '<martif type="TBX"><text><body/></text></martif>'),
        ("csv", "vi,en\ngiá vàng,gold price\n"),
        ("omegat", "giá vàng\tgold price\n"),
    ],
)
def test_terms_of_somebodys_own_are_not_replaced_but_an_older_export_is(
    tmp_path: Path, form: str, own: str
) -> None:
    folder, path = results(tmp_path), tmp_path / ("own.txt" if form == "omegat" else f"own.{form}")
    path.write_text(own, encoding="utf-8")
    export = ("export", form, "-o", path, "--glossary", folder)
    assert "somebody has worked in it" in refusal(*export)
    assert path.read_text(encoding="utf-8") == own
    path.unlink()
    for status in ("candidate", "approved", "rejected"):
        edit(folder / "glossary.xlsx", 2, Status=status)
        assert output(*export) == f"wrote {path}\n"


def test_what_somebody_typed_into_an_export_is_kept(tmp_path: Path) -> None:
    folder, path = results(tmp_path), tmp_path / "own.csv"
    export = ("export", "csv", "-o", path, "--glossary", folder)
    for _ in range(2):
        assert call(*export).stderr == ""
    edited = path.read_text(encoding="utf-8-sig").replace("gas", "natural gas")
    path.write_text(edited, encoding="utf-8")
    for copy in ("own.previous.csv", "own.previous-2.csv"):
        assert call(*export).stderr == f"aligner: kept own.csv as it was, as {tmp_path / copy}\n"
        assert (tmp_path / copy).read_text(encoding="utf-8") == edited
        path.write_text(edited, encoding="utf-8")


def test_comments_in_a_list_for_omegat_are_kept_while_new_statuses_leave_no_copy(
    tmp_path: Path,
) -> None:
    folder = results(tmp_path)
    export = ("export", "omegat", "--glossary", folder)
    for status in ("candidate", "approved", "forbidden"):
        note = "" if status == "candidate" else "khí"
        edit(folder / "glossary.xlsx", 2, Status=status, Note=note)
        assert call(*export).stderr == ""
    own = "giá dầu\toil price\tkhông dịch là cost\n"
    (folder / "glossary.txt").write_text(own, encoding="utf-8")
    kept = folder / "glossary.previous.txt"
    assert call(*export).stderr == f"aligner: kept glossary.txt as it was, as {kept}\n"
    assert kept.read_text(encoding="utf-8") == own


def test_an_exported_term_base_that_somebody_mended_is_not_replaced(tmp_path: Path) -> None:
    folder = results(tmp_path)
    output("export", "tbx", "--glossary", folder)
    mended = (folder / "glossary.tbx").read_text(encoding="utf-8").replace("gas", "natural gas")
    (folder / "glossary.tbx").write_text(mended, encoding="utf-8")
    assert "somebody has worked in it" in refusal("export", "tbx", "--glossary", folder)
    assert (folder / "glossary.tbx").read_text(encoding="utf-8") == mended


def test_table_and_workbook_are_exported_under_a_name_of_their_own(tmp_path: Path) -> None:
    folder = results(tmp_path)
    for form in ("csv", "xlsx"):
        sentence = refusal("export", form, "--glossary", folder)
        assert sentence.endswith(f"name the file for a copy with -o FILE.{form}")
        own = folder / f"glossary.{form}"
        assert "it is the glossary itself" in refusal(
            "export", form, "-o", own, "--glossary", folder
        )
        output("export", form, "-o", tmp_path / f"bản sao.{form}", "--glossary", folder)
    assert read_glossary(tmp_path / "bản sao.csv") == read_glossary(folder / "glossary.csv")
    copied = load_workbook(tmp_path / "bản sao.xlsx")["Glossary"]
    assert [cell.value for cell in copied["D"]][1:] == ["oil price", "gas", "truce"]


def test_a_glossary_for_omegat_must_not_end_like_another_format(tmp_path: Path) -> None:
    export = ("export", "omegat", "-o", tmp_path / "b.csv", "--glossary", results(tmp_path))
    assert refusal(*export).endswith("the name says csv, but omegat was chosen; end it in .txt")


def test_an_empty_glossary_makes_no_term_base(tmp_path: Path) -> None:
    sentence = refusal("export", "tbx", "--glossary", glossary(tmp_path))
    assert "TBX needs one" in sentence


# Refusals


@pytest.mark.parametrize(("name", "place"), [("check", "không có"), ("export", "trống")])
def test_without_a_glossary_the_user_is_told_to_make_one(
    files: tuple[Path, Path, Terms], tmp_path: Path, name: str, place: str
) -> None:
    (tmp_path / "trống").mkdir()
    arguments = files[:2] if name == "check" else ("tbx",)
    assert refusal(name, *arguments, "--glossary", tmp_path / place) == (
        f"aligner: {tmp_path / place}: there is no glossary; make one with `aligner run TEXTS`, "
        "or name its folder with --glossary"
    )


def test_a_file_in_the_place_of_the_results_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "list.csv").write_text("vi,en\ný,gist\n", encoding="utf-8")
    for arguments in (("import", tmp_path / "list.csv", "--glossary"), ("run", tmp_path, "--out")):
        assert "cannot be a folder, a file is in its way" in refusal(*arguments, tmp_path / "file")


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
@pytest.mark.parametrize("presses", [1, 3])
def test_ctrl_c_is_one_line_however_often_it_is_pressed(tmp_path: Path, presses: int) -> None:
    pipe = tmp_path / "list.csv"
    os.mkfifo(pipe)
    started = subprocess.Popen(
        command("import", pipe, "--glossary", tmp_path),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        # A shell that starts the tests in the background lets them ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with open(pipe, "wb"):  # from here on the program waits for what is never written
        for _ in range(presses):
            started.send_signal(signal.SIGINT)
            time.sleep(0.01)
        _, said = started.communicate(timeout=60)
    assert (started.returncode, said) == (
        130,
        "aligner: interrupted; what is done so far is kept\n",
    )


def test_a_run_says_what_it_kept(
    files: tuple[Path, Path, Terms], tmp_path: Path, embedder: CachedEmbedder
) -> None:
    texts, folder = tmp_path / "texts", results(tmp_path)
    shutil.copytree(files[0].parent, texts)
    edit(folder / "glossary.xlsx", 2, Status="approved")
    find_terms([texts], embedder, folder)
    lines = output("run", texts, "--out", folder).splitlines()
    assert ["edited", "rows", "read", "1"] in [line.split() for line in lines]
    assert lines[-1] == (
        f"kept the workbook in which you worked as {folder / 'glossary.previous.xlsx'}"
    )
    assert table(folder)["lệnh ngừng bắn", "truce"]["state"] == "lost"


def test_every_export_that_is_offered_is_written() -> None:
    assert tuple(EXPORTS) == EXPORT_FORMATS
