"""Every file a translator may drop into the folder is read, or refused in one clear sentence."""

from __future__ import annotations

import os
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ArticleError
from aligner.formats.articles.read import read_articles, scan_articles
from aligner.formats.bitext.html import write_bitext_html
from aligner.formats.encoding import UnreadableText, decode
from aligner.text.normalise import tidy
from format_samples import bitext

VI = "Hai bộ trưởng hôm thứ Hai đồng ý mở lại cửa khẩu phía bắc trong vòng một tháng tới."
EN = "The two ministers agreed on Monday to reopen the “northern” crossing – within a month."
FR = "Les deux ministres ont décidé lundi de rouvrir le poste frontière dans un délai d’un mois."


def _windows_1258(text: str) -> bytes:
    """Write Vietnamese as Windows does: vowels with their hats, the tones as marks after them."""
    written = b""
    for char in unicodedata.normalize("NFC", text):
        for form in (char, _tone_apart(char)):
            try:
                written += form.encode("cp1258")
                break
            except UnicodeEncodeError:
                continue
    return written


def _tone_apart(char: str) -> str:
    marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else char


def _problem(path: Path) -> str:
    with pytest.raises(ArticleError) as caught:
        read_articles(path)
    assert str(caught.value) == f"{caught.value.path}: {caught.value.problem}"
    return caught.value.problem


def _docx(path: Path, *paragraphs: str, cells: tuple[str, ...] = ()) -> Path:
    from docx import Document

    document = Document()
    for text in paragraphs[:1]:
        document.add_heading(text)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("text", [VI, EN])
def test_unicode_is_read_with_and_without_byte_order_mark(
    tmp_path: Path, encoding: str, text: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"{text}\r\n".encode(encoding))
    assert [article.text for article in read_articles(file)] == [f"{text}\r\n"]


def test_windows_1258_is_read_with_its_combining_marks(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(_windows_1258(VI))
    (article,) = read_articles(file)
    assert (article.lang, unicodedata.normalize("NFC", article.text)) == ("vi", VI)
    assert not unicodedata.is_normalized("NFC", article.text)


def test_windows_1252_is_read_with_its_curly_quotes(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(EN.encode("cp1252"))
    assert [(a.lang, a.text) for a in read_articles(file)] == [("en", EN)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    ("font", "typed"),
    [
        ("TCVN3 (.VnTime)", "LÖnh ngõng b¾n cã hiÖu lùc tõ ®ªm nay, «ng nãi víi c¸c nhµ b¸o."),
        ("VNI", "Leänh ngöøng baén coù hieäu löïc töø ñeâm nay, oâng noùi vôùi caùc nhaø baùo."),
    ],
)
def test_vietnamese_for_the_fonts_of_before_unicode_is_not_read_as_it_looks_without_them(
    tmp_path: Path, font: str, typed: str, encoding: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(typed.encode(encoding))
    assert _problem(file) == (
        f"is typed for the old fonts of {font}; convert it to Unicode, with UniKey for instance, "
        "and save it again"
    )


def test_an_article_that_lost_its_vietnamese_letters_says_so(tmp_path: Path) -> None:
    text = "Độ mặn ở cửa sông tăng nhanh. Người dân phải mua nước ngọt với giá rất đắt."
    lost = tmp_path / "a.txt"
    lost.write_bytes(text.encode("cp1252", "replace"))
    with pytest.raises(ArticleError, match="has lost its Vietnamese letters"):
        read_articles(lost)
    asked = "Is it salt?Yes. See https://a.org/b?c=1&d=2, or a.org?e=3 and a.org?f=4.\n"
    lost.write_text(asked, encoding="utf-8")
    assert read_articles(lost)[0].lang == "en"


def test_a_file_in_both_languages_is_taken_for_an_article_in_neither(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{VI}\n\n{EN}\n", encoding="utf-8")
    assert _problem(file) == (
        "holds Vietnamese and English; put each language into a file of its own"
    )
    file.write_text(f"{EN}\n\n{EN}\n\n{EN}\n\n{VI}\n", encoding="utf-8")
    assert [article.lang for article in read_articles(file)] == ["en"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_an_encoding_of_another_script_is_told_and_the_language_named(
    tmp_path: Path, encoding: str
) -> None:
    text = "Министры договорились в понедельник снова открыть северный пограничный переход. " * 5
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    assert _problem(file) == "looks like Russian (ru); aligner reads Vietnamese and English"


@given(st.text(alphabet=VI + EN + "\r\n\t", min_size=1), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_utf8_always_decodes_to_what_was_written(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused_with_advice(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except UnreadableText as problem:
        said, _, advice = str(problem).partition("; ")
        assert said
        assert advice


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty; put the article's text into it or delete it"),
        (b" \r\n\n", "is empty; put the article's text into it or delete it"),
        (b"\xef\xbb\xbf", "has no text in it; put the article's text there or delete it"),
        (b"12/05/2015 ***", "has no text in it; put the article's text there or delete it"),
        (
            bytes(range(256)) * 8,
            "is a binary file, not text; open it in its program and save it as UTF-8 text",
        ),
        (b"%PDF-1.4 text", "is a PDF, not a text file; open it and save it as UTF-8 text"),
        (
            VI.encode()[:30] + b"\xff" + VI.encode()[30:],
            "is damaged UTF-8 text (byte 30); open it, correct the place and save it as UTF-8 text",
        ),
        (
            b"\xff\xfe\x00\xd8a\x00",
            "is damaged UTF-16 text (byte 0); open it, correct it and save it as UTF-8 text",
        ),
        (FR.encode(), "looks like French (fr); aligner reads Vietnamese and English"),
    ],
)
def test_a_text_file_that_is_no_article_says_why(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert _problem(file) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.doc", ".doc is not read; open it in Word and save it as .docx"),
        ("a.pdf", ".pdf is not read; copy its text into a .txt or .docx file"),
        ("a.xyz", ".xyz is not read; save it as one of .txt, .md, .html, .htm or .docx"),
        (
            "a",
            "a file without extension is not read; "
            "save it as one of .txt, .md, .html, .htm or .docx",
        ),
    ],
)
def test_another_kind_of_file_says_what_to_save_it_as(
    tmp_path: Path, name: str, expected: str
) -> None:
    (tmp_path / name).write_text(EN, encoding="utf-8")
    assert _problem(tmp_path / name) == expected


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    assert _problem(tmp_path / "no") == "there is no such file or folder; check the name"


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    expected = "has no articles in it; put .txt, .md, .html, .htm or .docx files there"
    assert _problem(tmp_path) == expected


def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    expected = "the file may not be opened; close it elsewhere or change its permissions"
    assert _problem(tmp_path / "a.txt") == expected


def test_a_folder_is_read_with_its_subfolders_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "tin").mkdir()
    (tmp_path / ".git").mkdir()
    decomposed = unicodedata.normalize("NFD", "cửa khẩu.txt")
    for k, name in enumerate(["b.TXT", "a.md", f"tin/{decomposed}"]):
        (tmp_path / name).write_text(f"{EN} {k}", encoding="utf-8")
    for name in [".hidden.txt", "~$a.docx", "pairs.toml", "notes.csv", ".git/x.txt"]:
        (tmp_path / name).write_text(EN, encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert [article.name for article in articles] == ["a.md", "b.TXT", "tin/cửa khẩu.txt"]
    assert problems == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_linked_folders_are_read_once_even_where_links_lead_round(tmp_path: Path) -> None:
    elsewhere, texts = tmp_path / "elsewhere", tmp_path / "texts"
    elsewhere.mkdir()
    texts.mkdir()
    (elsewhere / "a.txt").write_text(EN, encoding="utf-8")
    (texts / "linked").symlink_to(elsewhere)
    (texts / "again").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(texts)
    (texts / ".hidden").symlink_to(elsewhere)
    articles, problems = scan_articles(texts)
    assert [article.name for article in articles] == ["again/a.txt"]
    assert problems == []


def test_a_choice_of_pairs_that_notepad_named_anew_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "pairs.toml.txt").write_text(f"# {VI}", encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert [article.name for article in articles] == ["a.txt"]
    assert [problem.problem for problem in problems] == [
        "is not read as pairs.toml, because of its name; rename it or delete it"
    ]


@pytest.mark.parametrize(
    ("name", "opened"),
    [("a.md", "<!--"), ("a.md", "<script "), ("a.html", "<!--"), ("a.html", "<head ")],
)
def test_what_nobody_closes_costs_no_time(tmp_path: Path, name: str, opened: str) -> None:
    (tmp_path / name).write_text(f"{EN}\n\n<p>{EN}\n{opened * 100_000}", encoding="utf-8")
    started = time.process_time()
    (article,) = read_articles(tmp_path / name)
    assert time.process_time() - started < 5  # quadratic time takes minutes
    assert EN in article.text


def test_bad_files_in_a_folder_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VI, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.doc").write_bytes(b"x")
    (tmp_path / "d.txt").write_text(EN, encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert [(article.name, article.lang) for article in articles] == [
        ("a.txt", "vi"),
        ("d.txt", "en"),
    ]
    assert [Path(problem.path).name for problem in problems] == ["b.txt", "c.doc"]
    with pytest.warns(UserWarning, match="b.txt: is empty|c.doc: .doc is not read") as warned:
        assert read_articles(tmp_path) == articles
    assert [str(warning.message) for warning in warned] == [str(problem) for problem in problems]


def test_of_two_files_whose_names_differ_in_their_bytes_only_one_is_read(tmp_path: Path) -> None:
    for form, text in (("NFC", EN), ("NFD", EN + EN)):
        (tmp_path / unicodedata.normalize(form, "bài.txt")).write_text(text, encoding="utf-8")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system knows one form of a name only")
    articles, problems = scan_articles(tmp_path)
    assert [article.name for article in articles] == ["bài.txt"]
    assert [problem.problem for problem in problems] == [
        "has the same name as another file, in other characters; give it another name"
    ]


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
@pytest.mark.parametrize("marks", ["\u0301\u0323", "&#769;&#803;", "&#x301;\u0323", "&#769&#803"])
def test_the_marks_on_a_letter_of_a_page_are_counted_however_they_are_written(
    tmp_path: Path, marks: str
) -> None:
    page = f"<p>{EN} a{marks * 1_000} &lt;b&gt;&amp;&lt;/b&gt;</p>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = read_articles(tmp_path)[0].text
    assert len(text) < len(EN) + 100
    assert text.endswith(" <b>&</b>")


def test_a_name_that_is_no_text_is_shown_with_question_marks(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"k\xeanh.txt")).write_text(EN, encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert ([article.name for article in articles], problems) == (["k?nh.txt"], [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(EN, encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert [article.name for article in articles] == ["b.txt"]
    assert [problem.problem for problem in problems] == [
        "is not a file that can be read; move it elsewhere"
    ]


def test_a_word_file_without_a_body_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    Document().save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["word/document.xml"] = re.sub(
        rb"<w:body>.*</w:body>", b"", parts["word/document.xml"], flags=re.DOTALL
    )
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    with pytest.raises(ArticleError, match="has no text in it"):
        read_articles(path)


def test_a_page_that_was_written_here_is_no_article(tmp_path: Path) -> None:
    write_bitext_html([bitext()], tmp_path / "bitext.html")
    with pytest.raises(ArticleError, match="is an alignment written by aligner"):
        read_articles(tmp_path / "bitext.html")


def test_the_same_text_twice_is_used_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(EN, encoding="utf-8")
    articles, problems = scan_articles(tmp_path)
    assert [article.name for article in articles] == ["a.txt"]
    assert [problem.problem for problem in problems] == [
        "is the same text as a.txt; that one is used, this one can be deleted"
    ]


def test_a_folder_of_bad_files_only_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match="is empty"):
        problem = _problem(tmp_path)
    (first,) = scan_articles(tmp_path)[1]
    assert problem == f"no article in it can be read; first problem: {first}"


def test_paragraphs_of_markdown_may_be_indented(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Border\n\n\tThe ministers met.\n\n    They left.\n", encoding="utf-8")
    (article,) = read_articles(file)
    assert article.text == "Border\n\nThe ministers met.\n\nThey left."


def test_html_within_markdown_leaves_neither_entities_nor_words_run_together(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "The ministers met on<br/>Monday <b>morning</b>.<br>\nThey left.\n\n"
        "<div>\n“Soon,”&nbsp;one said &amp; smiled.\n</div>\n",
        encoding="utf-8",
    )
    (article,) = read_articles(file)
    assert [tidy(line) for line in article.text.split("\n") if line.strip()] == [
        "The ministers met on",
        "Monday morning.",
        "They left.",
        "“Soon,” one said & smiled.",
    ]


def test_markdown_becomes_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "---\ntitle: Secret\n---\n# Border *reopens*\n\nThe two [ministers](https://example.org)\n"
        "agreed on **Monday** &amp; left.\n\n![picture](a.png)\n\n```\nprint(1)\n```\n\n"
        "- Trucks wait\n- Traders hope\n\n> Nobody “knows”.\n\n| a | b |\n|---|---|\n| c | d |\n",
        encoding="utf-8",
    )
    assert [article.text.split("\n\n") for article in read_articles(file)] == [
        [
            "Border reopens",
            "The two ministers agreed on Monday & left.",
            "Trucks wait",
            "Traders hope",
            "Nobody “knows”.",
            *"abcd",
        ]
    ]


@pytest.mark.parametrize("suffix", [".html", ".htm", ".HTML"])
def test_html_gives_headline_and_report_without_the_site(tmp_path: Path, suffix: str) -> None:
    body = "".join(f"<p>{EN} Part {k}.</p>" for k in range(4))
    page = (
        "<html><head><title>Border reopens | Example</title><script>var x = 1</script></head><body>"
        "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        "<div class='logo'><h1>Example</h1></div>"
        f"<header><h1>Border reopens</h1></header><article>{body}</article>"
        "<footer>Copyright 2021</footer></body></html>"
    )
    file = tmp_path / f"a{suffix}"
    file.write_text(page, encoding="utf-8")
    (article,) = read_articles(file)
    assert article.text.split("\n") == ["Border reopens", *(f"{EN} Part {k}." for k in range(4))]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<p>{EN}</p>", EN),
        (f"<html><body><h1>Border reopens</h1><div>{EN}<br>Soon</div></body></html>", None),
        (f"{EN}", EN),
    ],
)
def test_html_without_an_article_still_gives_its_text(
    tmp_path: Path, page: str, expected: str | None
) -> None:
    file = tmp_path / "a.html"
    file.write_text(page, encoding="utf-8")
    (article,) = read_articles(file)
    assert article.text == (expected or f"Border reopens\n{EN}\nSoon")


@pytest.mark.parametrize("opened", ["<div><font face='Arial'><span>", "<div>", "<b><i>"])
def test_html_whose_tags_are_never_closed_is_read_to_its_end(tmp_path: Path, opened: str) -> None:
    lines = [f"{opened}On day {number} the minister spoke of the canal." for number in range(3_000)]
    file = tmp_path / "a.html"
    file.write_text(f"<html><body><h1>Canal</h1>{'<br>'.join(lines)}</body></html>")
    (article,) = read_articles(file)
    assert article.text.startswith("Canal\n")
    assert [f"On day {number} the" in article.text for number in range(3_000)] == [True] * 3_000


def test_the_cells_of_a_table_on_a_page_are_lines_without_signs_of_markup(tmp_path: Path) -> None:
    report = "<p>The salt water reached the rice fields of the delta early this year.</p>" * 3
    rows = "<tr><th>Province</th><th>Salt</th></tr><tr><td>Bến Tre</td><td>4 g/l</td></tr>"
    page = f"<html><body><article>{report}<table>{rows}</table>{report}</article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (article,) = read_articles(tmp_path / "a.html")
    lines = [tidy(line) for line in article.text.split("\n") if tidy(line)]
    place = lines.index("Province")
    assert lines[place : place + 4] == ["Province", "Salt", "Bến Tre", "4 g/l"]
    assert "|" not in article.text
    assert "---" not in article.text


def test_an_html_page_without_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<html><body><script>x()</script></body></html>", encoding="utf-8")
    assert _problem(file) == "has no text in it; put the article's text there or delete it"


def test_word_files_are_read_in_the_order_of_the_document(tmp_path: Path) -> None:
    file = _docx(tmp_path / "a.docx", "Border reopens", EN, "Soon.", cells=("Trucks", "Boats"))
    (article,) = read_articles(file)
    assert [line for line in article.text.split("\n") if line] == [
        "Border reopens",
        "Trucks",
        "Boats",
        EN,
        "Soon.",
    ]


def test_insertions_of_a_reviewer_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    document.add_paragraph(EN)
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>Border </w:t></w:r>"
            "<w:ins w:id='1'><w:r><w:t>reopens</w:t></w:r></w:ins>"
            "<w:del w:id='2'><w:r><w:delText>closes</w:delText></w:r></w:del></w:p>"
        ),
    )
    document.save(str(tmp_path / "a.docx"))
    assert read_articles(tmp_path / "a.docx")[0].text == f"Border reopens\n{EN}"


def test_a_damaged_word_file_says_what_to_do(tmp_path: Path) -> None:
    whole = _docx(tmp_path / "a.docx", EN).read_bytes()
    expected = "is damaged or not a Word document; open it in Word and save it as .docx"
    for data in (whole[: len(whole) // 2], b"plain text", b"PK\x03\x04rest"):
        (tmp_path / "b.docx").write_bytes(data)
        assert _problem(tmp_path / "b.docx") == expected


def test_a_word_file_with_a_password_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert _problem(tmp_path / "a.docx") == (
        "is an old .doc or has a password; open it in Word and save it as .docx without a password"
    )


@pytest.mark.parametrize(
    "name", ["line.txt", "lines.txt", "line.md", "page.html", "paragraphs.html"]
)
def test_several_megabytes_take_a_few_seconds(tmp_path: Path, name: str) -> None:
    count = 40_000
    text = {
        "line.txt": f"{VI} " * count,
        "lines.txt": f"{VI}\n" * count,
        "line.md": f"{VI} " * count,
        "page.html": f"<html><body>{f'{VI} ' * count}</body></html>",
        "paragraphs.html": f"<html><body>{f'<p>{VI}</p>' * count}</body></html>",
    }[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    started = time.process_time()
    (article,) = read_articles(tmp_path / name)
    assert time.process_time() - started < 5
    assert article.lang == "vi"
    assert article.text.count("cửa khẩu") == count
