"""Articles to pairs to bitexts, with the embedded model."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.article_folder import pair_folder
from aligner.embed import CachedEmbedder
from aligner.errors import ArticleError, PairsError
from aligner.formats.articles.pairs import ChosenPairs, read_pairs
from aligner.job import find_terms
from aligner.model import Article, Bitext
from aligner.pipeline import align, align_sentences, pair, signature
from aligner.text.document import segment, segment_lines

VI = Article(
    "lu-quet.txt",
    "vi",
    "Lũ quét làm sập cầu Bản Hạ hôm thứ Tư nhưng không ai bị thương.\n"
    "Chiều 4/9, nước suối dâng cao 3 m trong chưa đầy một giờ.\n"
    "Bà Vàng Thị Sua nói cả bản đã kịp chạy lên đồi.\n"
    "Trường học trong xã đóng cửa đến thứ Hai tuần sau.\n"
    "Tỉnh sẽ dựng một cây cầu tạm trước ngày 20/9.\n",
)
EN = Article(
    "flood.txt",
    "en",
    "A flash flood destroyed the Bản Hạ bridge on Wednesday, but nobody was hurt.\n"
    "On the afternoon of September 4 the stream rose three metres in less than an hour.\n"
    "Vàng Thị Sua said the whole village had managed to run up the hill in time.\n"
    "The province will put up a temporary bridge before September 20.\n"
    "Ducks are sold at the market again.\n",
)
# Which sentences of VI and EN say the same: 3 and 4 have no counterpart.
TRUE_LINKS = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((4,), (3,))]
RIGHT_PAIRS = [
    ("01-kenh-dao.txt", "suez-six-days.txt"),
    ("vien-dam-phan-12-10.html", "talks_vienna.txt"),
    ("xam-nhap-man.txt", "06-delta-salt.md"),
]


def links(bitext: Bitext) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.src, bead.tgt) for bead in bitext.links]


@pytest.fixture(scope="module")
def suez(articles: dict[str, Article], embedder: CachedEmbedder) -> Bitext:
    return align(articles["01-kenh-dao.txt"], articles["suez-six-days.txt"], embedder)


@pytest.fixture(scope="module")
def vienna(articles: dict[str, Article], embedder: CachedEmbedder) -> Bitext:
    return align(articles["vien-dam-phan-12-10.html"], articles["talks_vienna.txt"], embedder)


# align


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_a_small_translation_is_aligned_rightly(embedder: CachedEmbedder, relation: str) -> None:
    bitext = align(VI, EN, embedder, relation)  # type: ignore[arg-type]
    assert links(bitext) == TRUE_LINKS


def test_files_in_the_other_order_are_put_right(embedder: CachedEmbedder) -> None:
    assert align(EN, VI, embedder) == align(VI, EN, embedder)


def test_an_article_and_its_document_are_aligned_alike(embedder: CachedEmbedder) -> None:
    assert align(segment(VI), segment(EN), embedder) == align(VI, EN, embedder)


def test_two_articles_in_one_language_are_refused(embedder: CachedEmbedder) -> None:
    other = replace(VI, name="lu-2.txt")
    with pytest.raises(ArticleError) as caught:
        align(VI, other, embedder)
    assert str(caught.value) == "lu-2.txt: is Vietnamese, as lu-quet.txt is; give one of each"
    with pytest.raises(ArticleError, match=r"is English, as flood\.txt is"):
        align(EN, EN, embedder)


def test_an_article_without_a_sentence_is_refused(embedder: CachedEmbedder) -> None:
    with pytest.raises(ArticleError) as caught:
        align(VI, Article("share.txt", "en", "Share\n\n* * *\n"), embedder)
    assert str(caught.value) == "share.txt: has no sentence left after cleaning"


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_a_relation_that_was_chosen_stays(
    articles: dict[str, Article], embedder: CachedEmbedder, relation: str
) -> None:
    for vi, en in RIGHT_PAIRS[:2]:  # auto decides one so, the other not
        bitext = align(articles[vi], articles[en], embedder, relation)  # type: ignore[arg-type]
        assert (bitext.relation, bitext.reason) == (relation, "as chosen")


def test_auto_tells_a_translation_from_two_reports(suez: Bitext, vienna: Bitext) -> None:
    assert (suez.relation, vienna.relation) == ("parallel", "comparable")
    assert suez.reason.startswith("auto: ")
    assert vienna.reason.startswith("auto: ")


def test_aligning_again_gives_the_same_bitext(
    articles: dict[str, Article], embedder: CachedEmbedder, suez: Bitext, vienna: Bitext
) -> None:
    for bitext in (suez, vienna):
        assert align(articles[bitext.vi.name], articles[bitext.en.name], embedder) == bitext


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_every_sentence_is_in_some_bead(
    suez: Bitext, vienna: Bitext, embedder: CachedEmbedder, relation: str
) -> None:
    for bitext in (suez, vienna):
        again = align(bitext.vi, bitext.en, embedder, relation)  # type: ignore[arg-type]
        assert {i for bead in again.beads for i in bead.src} == set(range(len(again.vi.sentences)))
        assert {j for bead in again.beads for j in bead.tgt} == set(range(len(again.en.sentences)))
        assert all(0 <= bead.confidence <= 1 for bead in again.beads)
        assert all(bead.src or bead.tgt for bead in again.beads)


def test_beads_of_a_translation_are_a_partition_in_order(suez: Bitext) -> None:
    assert [i for bead in suez.beads for i in bead.src] == list(range(len(suez.vi.sentences)))
    assert [j for bead in suez.beads for j in bead.tgt] == list(range(len(suez.en.sentences)))


def test_beads_of_a_translation_stay_a_partition_where_sentences_changed_places(
    suez: Bitext, vienna: Bitext, embedder: CachedEmbedder
) -> None:
    sentences = suez.en.sentences
    swapped = replace(
        suez.en, sentences=(*sentences[:9], sentences[10], sentences[9], *sentences[11:])
    )
    for vi, en in ((suez.vi, swapped), (vienna.vi, vienna.en)):
        beads = align(vi, en, embedder, "parallel").beads
        tgt = [j for bead in beads for j in bead.tgt]
        assert [i for bead in beads for i in bead.src] == list(range(len(vi.sentences)))
        assert tgt != sorted(tgt)
        assert sorted(tgt) == list(range(len(en.sentences)))


def test_the_suez_pair_keeps_its_known_counterparts(suez: Bitext) -> None:
    english = {unit.vi: unit.en for unit in suez.units()}
    alone = next(vi for vi in english if vi.startswith("Phần lớn hàng hóa Việt Nam xuất sang"))
    cape = next(vi for vi in english if vi.startswith("Một số hãng tàu quyết định đi vòng"))
    assert english[alone] == ""
    assert "hai tuần" in cape  # two Vietnamese sentences are one in English
    assert english[cape].startswith("Some shipping lines decided to sail around the Cape")


def test_units_are_empty_where_there_is_no_counterpart(vienna: Bitext) -> None:
    units = list(vienna.units())
    assert [unit.bead for unit in units] == list(vienna.beads)
    assert {unit.shape for unit in units} >= {"1-1", "1-0", "0-1"}
    for unit in units:
        vi, en = unit.shape.split("-")
        assert (unit.vi == "", unit.en == "") == (vi == "0", en == "0")
    assert len({unit.id for unit in units}) == len(units)


def test_a_frame_has_one_row_a_bead(vienna: Bitext) -> None:
    frame = vienna.to_frame()
    columns = ["id", "relation", "shape", "confidence", "src", "tgt", "vi", "en", "evidence"]
    assert list(frame.columns) == columns
    units = list(vienna.units())
    assert frame["id"].tolist() == [unit.id for unit in units]
    assert frame["src"].tolist() == [list(unit.bead.src) for unit in units]
    assert frame["vi"].tolist() == [unit.vi for unit in units]
    assert set(frame["relation"]) == {"comparable"}
    assert list(replace(vienna, beads=()).to_frame().columns) == columns


# align_sentences


@pytest.mark.parametrize("relation", ["parallel", "comparable"])
def test_sentences_cut_already_are_aligned_as_they_are(
    embedder: CachedEmbedder, relation: str
) -> None:
    vi, en = VI.text.splitlines(), EN.text.splitlines()
    beads = align_sentences(vi, en, embedder, relation)  # type: ignore[arg-type]
    assert [(bead.src, bead.tgt) for bead in beads if not bead.is_null] == TRUE_LINKS
    nfd = [unicodedata.normalize("NFD", line) for line in vi]
    assert align_sentences(nfd, en, embedder, relation) == beads  # type: ignore[arg-type]


@pytest.mark.parametrize("relation", ["auto", "parallel", "comparable"])
def test_an_empty_list_has_no_counterparts(embedder: CachedEmbedder, relation: str) -> None:
    def shapes(vi: list[str], en: list[str]) -> list[str]:
        return [bead.shape for bead in align_sentences(vi, en, embedder, relation)]  # type: ignore[arg-type]

    assert shapes([], []) == []
    assert shapes(["Xin chào.", "Tạm biệt."], []) == ["1-0", "1-0"]
    assert shapes([], ["Hello."]) == ["0-1"]


def test_the_signature_names_the_model(embedder: CachedEmbedder) -> None:
    first, *settings = signature(embedder).split("|")
    assert first == "model:e5-small"
    assert all(len(setting.split(":")) == 2 for setting in settings)
    assert "\n" not in signature(embedder)


# pair


def test_the_three_pairs_of_the_samples_are_found_and_no_other(
    articles: dict[str, Article], embedder: CachedEmbedder
) -> None:
    pairs = pair(list(articles.values()), embedder)
    assert [(p.vi.name, p.en.name) for p in pairs] == RIGHT_PAIRS
    assert {p.reason for p in pairs} == {"found by content"}
    assert all(0.5 <= p.score <= 1 for p in pairs)
    backwards = pair(list(articles.values())[::-1], embedder)
    assert [(p.vi.name, p.en.name) for p in backwards] == RIGHT_PAIRS


def test_what_cannot_be_paired_gives_no_pairs(
    articles: dict[str, Article], embedder: CachedEmbedder
) -> None:
    assert pair([], embedder) == []
    assert pair([articles["hoi_nghi_hue.txt"], articles["01-kenh-dao.txt"]], embedder) == []
    assert pair([articles["talks_vienna.txt"]], embedder) == []
    assert pair([articles["hoi_nghi_hue.txt"], articles["talks_vienna.txt"]], embedder) == []


# pairs.toml


@pytest.fixture
def folder(tmp_path: Path, texts: Path) -> Path:
    for file in texts.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def chosen_pairs(folder: Path, toml: str, embedder: CachedEmbedder) -> list[tuple[str, str, str]]:
    (folder / "pairs.toml").write_text(toml, encoding="utf-8")
    return [(p.vi.name, p.en.name, p.reason) for p in pair_folder(folder, embedder).pairs]


def test_without_pairs_toml_the_folder_is_paired_by_content(
    folder: Path, embedder: CachedEmbedder
) -> None:
    found = pair_folder(folder, embedder)
    assert [(p.vi.name, p.en.name) for p in found.pairs] == RIGHT_PAIRS
    assert [document.name for document in found.alone] == ["hoi_nghi_hue.txt"]
    assert found.problems == []


def test_one_article_may_be_given_several_counterparts(
    folder: Path, embedder: CachedEmbedder
) -> None:
    toml = '[[pair]]\nvi = "01-kenh-dao.txt"\nen = ["talks_vienna.txt", "suez-six-days.txt"]\n'
    why = "chosen in pairs.toml"
    assert chosen_pairs(folder, toml, embedder) == [
        ("01-kenh-dao.txt", "suez-six-days.txt", why),
        ("01-kenh-dao.txt", "talks_vienna.txt", why),
        (*RIGHT_PAIRS[2], "found by content"),
    ]


def test_what_two_articles_are_to_each_other_may_be_said(
    folder: Path, embedder: CachedEmbedder
) -> None:
    toml = '[[pair]]\nvi = "01-kenh-dao.txt"\nen = "suez-six-days.txt"\nrelation = "comparable"\n'
    (folder / "pairs.toml").write_text(toml, encoding="utf-8")
    found = {p.vi.name: p.relation for p in pair_folder(folder, embedder).pairs}
    assert found == {name: "auto" for name, _ in RIGHT_PAIRS} | {"01-kenh-dao.txt": "comparable"}
    (bitext, *_) = find_terms([folder], embedder, folder / "results").bitexts
    assert (bitext.relation, bitext.reason) == ("comparable", "as chosen")


def test_an_article_may_be_given_no_counterpart(folder: Path, embedder: CachedEmbedder) -> None:
    toml = '[[pair]]\nvi = "01-kenh-dao.txt"\nen = []\n\n[[pair]]\nen = "06-delta-salt.md"\n'
    assert chosen_pairs(folder, toml, embedder) == [(*RIGHT_PAIRS[1], "found by content")]


def test_a_page_without_a_sentence_may_be_given_no_counterpart(
    folder: Path, embedder: CachedEmbedder
) -> None:
    (folder / "menu.txt").write_text("Trang chủ\nThời sự\n", encoding="utf-8")
    toml = '[[pair]]\nvi = "menu.txt"\nen = []\n'
    assert len(chosen_pairs(folder, toml, embedder)) == 3


def test_no_file_chooses_nothing(tmp_path: Path) -> None:
    assert read_pairs(tmp_path, ["a"], ["b"]) == ChosenPairs()


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ('[[pair]]\nvi = "bai.txt"\nen = []', "there is no Vietnamese article 'bai.txt' in the"),
        ('[[pair]]\nvi = "en.txt"\nen = []', "there is no Vietnamese article 'en.txt' in the"),
        ('[[pair]]\nvi = "vi.txt"\nen = ["en.txt", "x"]', "there is no English article 'x' in the"),
        ("[[pair]]\nvi = 5", "vi is 5; give a file name or a list of file names"),
        ('[[pair]]\nen = ["en.txt", 1]', r"en is \['en.txt', 1\]; give a file name or a list"),
        ('[[pair]]\nrelation = "auto"', r"a \[\[pair\]\] names no article; name them with vi"),
        ("pair = 3", r"write each pair as \[\[pair\]\] with vi = "),
        ('[pair]\nvi = "vi.txt"', r"write each pair as \[\[pair\]\] with vi = "),
        ('[[pairs]]\nvi = "vi.txt"', r"write each pair as \[\[pair\]\] with vi = "),
        (
            '[[pair]]\nvi = "vi.txt"\nen = "en.txt"\n[[pair]]\nvi = "vi.txt"',
            "'vi.txt' has a counterpart in one .+, none in another",
        ),
        (
            '[[pair]]\nvi = "vi.txt"\nen = "en.txt"\nrelation = 3',
            "relation is 3; use one of auto, ",
        ),
        (
            '[[pair]]\nvi = "vi.txt"\nen = "en.txt"\nrelation = "parallel"\n'
            '[[pair]]\nvi = "vi.txt"\nen = "en.txt"',
            "two .+ give 'vi.txt' and 'en.txt' different relations; keep one",
        ),
        ("a=" + "[" * 5_000, "cannot be read as TOML"),
        ("a=" + "1" * 5_000, "cannot be read as TOML"),
        ("[[pair\n", r"cannot be read as TOML \(.+ line 1"),
    ],
)
def test_a_wrong_pairs_toml_is_refused_in_one_sentence(
    tmp_path: Path, toml: str, problem: str
) -> None:
    (tmp_path / "pairs.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(PairsError, match=rf"pairs\.toml: {problem}") as caught:
        read_pairs(tmp_path, ["vi.txt"], ["en.txt"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["folder", "broken link", "pipe"])
def test_a_pairs_toml_that_cannot_be_read_is_not_passed_over(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "pairs.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "broken link":
        path.symlink_to(tmp_path / "gone.toml")
    else:
        os.mkfifo(path)
    with pytest.raises(PairsError, match=r"pairs\.toml: cannot be read"):
        read_pairs(tmp_path, [], [])


def test_a_pairs_toml_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pairs.toml").write_bytes('[[pair]]\nvi = "bão.txt"'.encode("utf-16"))
    with pytest.raises(PairsError, match="cannot be read as TOML"):
        read_pairs(tmp_path, ["bão.txt"], [])


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "pairs.toml").write_text('[[pair]]\nvi = "bão.txt"\n', encoding="utf-8-sig")
    assert read_pairs(tmp_path, ["bão.txt"], []).decided == {"bão.txt"}


def test_an_article_chosen_without_sentences_is_refused(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    (tmp_path / "vi.txt").write_text(VI.text, encoding="utf-8")
    (tmp_path / "en.txt").write_text("Read more: The valley that wants its river back\n" * 2)
    if segment(Article("en.txt", "en", (tmp_path / "en.txt").read_text())).sentences:
        pytest.fail("the sample must be all boilerplate")
    (tmp_path / "pairs.toml").write_text('[[pair]]\nvi = "vi.txt"\nen = "en.txt"\n')
    with pytest.raises(PairsError, match=r"names en\.txt, which has no sentence left after clean"):
        pair_folder(tmp_path, embedder)


def test_a_pairs_toml_of_comments_alone_chooses_nothing(tmp_path: Path) -> None:
    (tmp_path / "pairs.toml").write_text("# nothing yet\n", encoding="utf-8")
    assert read_pairs(tmp_path, ["vi.txt"], []) == ChosenPairs()


def test_a_misspelt_key_in_pairs_toml_is_refused(tmp_path: Path) -> None:
    toml = '[[pair]]\nvi = "vi.txt"\nenglish = "en.txt"\n'
    (tmp_path / "pairs.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(PairsError):
        read_pairs(tmp_path, ["vi.txt"], ["en.txt"])


def test_a_name_in_pairs_toml_may_be_written_with_marks_apart(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "bão.txt")
    (tmp_path / "pairs.toml").write_text(f'[[pair]]\nvi = "{name}"\n', encoding="utf-8")
    assert read_pairs(tmp_path, ["bão.txt"], []).decided == {"bão.txt"}


def test_a_single_file_beside_a_pairs_toml_can_be_read(
    folder: Path, embedder: CachedEmbedder
) -> None:
    toml = '[[pair]]\nvi = "01-kenh-dao.txt"\nen = "suez-six-days.txt"\n'
    (folder / "pairs.toml").write_text(toml, encoding="utf-8")
    found = pair_folder(folder / "talks_vienna.txt", embedder)
    assert [document.name for document in found.documents] == ["talks_vienna.txt"]


def test_one_text_in_the_place_of_a_list_is_refused(embedder: CachedEmbedder) -> None:
    with pytest.raises(TypeError, match=r"en is one text, 'Oil rose\.'; give a list"):
        align_sentences(["Giá dầu tăng."], "Oil rose.", embedder)


def test_the_name_of_a_file_in_the_place_of_its_article_is_refused(
    embedder: CachedEmbedder,
) -> None:
    with pytest.raises(TypeError, match="articles is one text, 'texts'; give a list"):
        pair("texts", embedder)  # type: ignore[arg-type]
    for call in (
        lambda name: pair([name], embedder),
        lambda name: align(name, EN, embedder),
        segment,
        segment_lines,
    ):
        with pytest.raises(TypeError, match=r"'a\.txt' is no article; read it with read_articles"):
            call("a.txt")


def test_an_article_in_a_third_language_is_refused() -> None:
    with pytest.raises(ValueError, match="lang is 'fr'; use one of vi, en"):
        Article("a", "fr", "Le texte.")  # type: ignore[arg-type]


def test_an_unknown_relation_is_refused(embedder: CachedEmbedder) -> None:
    with pytest.raises(ValueError, match="Parallel"):
        align(VI, EN, embedder, "Parallel")  # type: ignore[arg-type]
