"""An index: what is found in it by meaning and by words, how it changes, what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest

import aligner.search.nearest as nearest_module
from aligner.embed import CachedEmbedder, load_embedder
from aligner.errors import QueryError, SearchError
from aligner.model import Article, Bitext, Document, Lang
from aligner.pipeline import align, pair
from aligner.search.index import Index
from aligner.search.nearest import (
    changed,
    is_exact,
    make_nearest,
    nearest,
    stored,
)
from aligner.search.phrase import compile_phrase
from aligner.search.query_words import Words
from aligner.search.store import FILE, Store
from aligner.search.units import Unit
from aligner.search.update import Changes, check_index, index_articles, index_memory
from aligner.search.words import tokens
from aligner.terms.links.renderings import link_words
from aligner.text.document import segment
from evaluation import exact_nearest, found_share
from kill_updates import STATES
from tiny_model import tiny_model

MEMORY = [
    ("Cầu Bản Hạ đã thông xe.", "The Ban Ha bridge is open to traffic."),
    ("Giá gạo tăng tuần thứ ba liên tiếp.", "Rice prices rose for the third week in a row."),
]


@pytest.fixture(scope="module")
def documents(articles: dict[str, Article]) -> list[Document]:
    return [segment(article) for article in articles.values()]


@pytest.fixture(scope="module")
def bitexts(documents: list[Document], embedder: CachedEmbedder) -> list[Bitext]:
    return [align(p.vi, p.en, embedder) for p in pair(documents, embedder)]


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory,
    documents: list[Document],
    bitexts: list[Bitext],
    embedder: CachedEmbedder,
) -> Path:
    place = tmp_path_factory.mktemp("results") / "index"
    index_articles(place, documents, bitexts, embedder)
    return place


@pytest.fixture(scope="module")
def index(folder: Path, embedder: CachedEmbedder) -> Iterator[Index]:
    with Index.open(folder, embedder) as opened:
        yield opened


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may change."""
    return Path(shutil.copytree(folder, tmp_path / "index"))


def found(index: Index, query: str, **options: object) -> list[str]:
    return [hit.sentence.text for hit in index.search(query, **options)]  # type: ignore[arg-type]


# By meaning


def test_a_vietnamese_query_finds_what_english_says(index: Index) -> None:
    first = index.search("lệnh trừng phạt của Liên minh châu Âu", 3, lang="en")
    assert any("European Union imposed the sanctions" in hit.sentence.text for hit in first)


def test_an_english_query_finds_what_vietnamese_says(index: Index) -> None:
    (first, *_) = index.search("when does the ceasefire take effect", lang="vi")
    assert "lệnh ngừng bắn có hiệu lực" in first.sentence.text


def test_a_hit_has_its_counterpart_with_article_and_position(index: Index) -> None:
    (hit, *_) = index.search("lệnh ngừng bắn có hiệu lực từ 0h ngày 15/10")
    assert hit.counterpart is not None
    assert hit.counterpart.text.startswith("The ceasefire takes effect at midnight")
    assert hit.sentence.source == "vien-dam-phan-12-10.html"
    assert hit.counterpart.source == "talks_vienna.txt"
    document = next(d for d in index.sources() if d[0] == "talks_vienna.txt")
    assert 1 <= hit.counterpart.position <= document[3]


def test_a_sentence_and_its_counterpart_are_one_hit(index: Index) -> None:
    shown: set[str] = set()
    hits = index.search("lệnh ngừng bắn có hiệu lực", 20)
    assert sum(hit.counterpart is not None for hit in hits) > 5
    for hit in hits:
        assert hit.sentence.text not in shown
        shown.add(hit.sentence.text)
        if hit.counterpart:
            shown.add(hit.counterpart.text)


def test_hits_come_surest_first_with_chances(index: Index) -> None:
    chances = [hit.confidence for hit in index.search("tàu container mắc cạn", 10)]
    assert chances == sorted(chances, reverse=True)
    assert len(chances) == 10
    assert all(0 < chance < 1 for chance in chances)


def test_the_words_of_the_query_are_marked_in_the_hit(index: Index) -> None:
    (hit, *_) = index.search("lệnh ngừng bắn")
    marked = {hit.sentence.text[a:b].casefold() for a, b in hit.spans}
    assert marked == {"lệnh ngừng bắn"}


@pytest.mark.parametrize("query", ["193 km", "Ever Given", "Tomas Reshik"])
def test_a_name_or_a_number_of_the_query_stands_in_the_first_hit(index: Index, query: str) -> None:
    (first, *_) = found(index, query)
    assert query.split()[0] in first


def test_what_renders_a_term_is_found_and_marked_though_it_shares_no_word(index: Index) -> None:
    hits = index.search("lệnh trừng phạt", 10, "en")
    marked = [hit.sentence.text[a:b] for hit in hits[:1] for a, b in hit.spans]
    assert marked == ["sanctions"]


def test_a_word_of_several_syllables_is_none_where_they_stand_apart(index: Index) -> None:
    words = index.understand("thuyền trưởng").words
    together, apart = words.shared("Thuyền trưởng tới.", "vi"), words.shared("Trưởng thuyền.", "vi")
    assert together[0] == 1.0
    assert apart[0] < 0.5


def test_an_unknown_language_or_a_name_in_the_place_of_a_list_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="lang is 'fr'; use one of vi, en, both"):
        found(index, "kênh đào", lang="fr")
    with pytest.raises(TypeError, match=r"sources is one text, 'talks_vienna\.txt'; give a list"):
        list(index.concordance("sanctions", sources="talks_vienna.txt"))


def test_a_name_is_not_drowned_by_the_topic(index: Index) -> None:
    (first, *_) = found(index, "ngoại trưởng Dorvan nói về lệnh ngừng bắn và trừng phạt")
    assert "Dorvan" in first


def test_accents_that_nobody_typed_are_read_from_the_index(index: Index) -> None:
    query = index.understand("Lenh ngung ban o Vienna")
    assert (query.text, query.is_restored, query.lang) == ("Lệnh ngừng bắn ở Vienna", True, "vi")
    assert "lệnh ngừng bắn" in found(index, "lenh ngung ban")[0]


def test_a_query_with_accents_stays_as_it_is(index: Index) -> None:
    assert not index.understand("lệnh ngừng bán").is_restored


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        ("Nguyễn Phú Trọng met the prime minister of Japan", "en"),
        ("kênh đào", "vi"),
        ("lenh ngung ban", "vi"),
        ("the ceasefire", "en"),
        ("Tien Giang farmers", "en"),  # the place alone would be Vietnamese without its accents
        ("zzz qqq", "en"),
        ("May 12", "en"),
        ("ngày 12/5", "vi"),
    ],
)
def test_the_language_of_a_query_is_told(index: Index, query: str, lang: str) -> None:
    assert index.understand(query).lang == lang


def test_the_language_is_told_where_the_index_has_only_the_other(
    tmp_path: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    vietnamese = [document for document in documents if document.lang == "vi"]
    index_articles(tmp_path, vietnamese, [], embedder)
    with Index.open(tmp_path, embedder) as index:
        query = "The ceasefire takes effect at midnight on October 15, says a joint statement."
        assert index.understand(query).lang == "en"
        assert "lệnh ngừng bắn có hiệu lực" in found(index, query)[0]


def test_only_the_asked_language_is_found(index: Index) -> None:
    for lang in ("vi", "en"):
        hits = index.search("kênh đào Suez", 10, lang=lang)  # type: ignore[arg-type]
        assert {hit.sentence.lang for hit in hits} == {lang}


def test_only_the_asked_articles_are_found(index: Index) -> None:
    hits = index.search("lệnh ngừng bắn", 10, sources=["01-kenh-dao.txt"])
    assert {hit.sentence.source for hit in hits} == {"01-kenh-dao.txt"}


def test_articles_are_named_by_file_or_folder(index: Index, texts: Path) -> None:
    assert index.sources_in(None) is None
    assert index.sources_in([str(texts / "talks_vienna.txt")]) == ["talks_vienna.txt"]
    assert len(index.sources_in([str(texts)]) or ()) == 7
    with pytest.raises(QueryError, match=r"no\.txt: no article of it is in the index"):
        index.sources_in(["no.txt"])


def test_an_article_of_a_folder_below_is_named_by_its_place(
    documents: list[Document], embedder: CachedEmbedder, tmp_path: Path
) -> None:
    names = ["a.txt", "sub/a.txt", "sub/bài.txt"]
    some = [
        replace(document, article=replace(document.article, name=name))
        for name, document in zip(names, documents, strict=False)
    ]
    index_articles(tmp_path / "index", some, [], embedder)
    for name in names:
        path = tmp_path / "texts" / normalize("NFD", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with Index.open(tmp_path / "index", embedder) as index:
        for place in ("", "texts/", f"{tmp_path}/texts/", f"{tmp_path}/gone/"):
            assert index.sources_in([f"{place}a.txt"]) == ["a.txt"]
            assert index.sources_in([f"{place}sub/a.txt"]) == ["sub/a.txt"]
            assert index.sources_in([normalize("NFD", f"{place}sub/bài.txt")]) == ["sub/bài.txt"]
            assert index.sources_in([f"{place}sub"]) == ["sub/a.txt", "sub/bài.txt"]
        assert index.sources_in([str(tmp_path / "texts")]) == names
        stranger = tmp_path / "other" / "2014" / "a.txt"
        stranger.parent.mkdir(parents=True)
        stranger.touch()
        with pytest.raises(QueryError, match="no article of it is in the index"):
            index.sources_in([str(stranger)])


def test_as_many_hits_as_there_are_may_be_asked_for(index: Index) -> None:
    assert 20 < len(index.search("giá gạo", 10**30)) <= sum(s[3] for s in index.sources())


def test_vectors_that_are_gone_are_made_anew_by_the_next_run(
    own: Path, documents: list[Document], bitexts: list[Bitext], embedder: CachedEmbedder
) -> None:
    with Index.open(own, embedder) as index:
        wanted = found(index, "lệnh ngừng bắn")
    first, second = own.glob("*.faiss")
    first.unlink()
    second.write_bytes(b"")
    index_articles(own, documents, bitexts, embedder)
    with Index.open(own, embedder) as index:
        assert found(index, "lệnh ngừng bắn") == wanted


def test_an_empty_index_file_is_filled_by_the_next_run(
    tmp_path: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    (tmp_path / FILE).touch()
    with pytest.raises(SearchError, match="the index is damaged; delete this folder"):
        Index.open(tmp_path, embedder)
    check_index(tmp_path)
    index_articles(tmp_path, documents[:2], [], embedder)
    with Index.open(tmp_path, embedder) as index:
        assert len(index.sources()) == 2


def test_two_articles_of_one_name_are_refused_and_the_index_stays(
    own: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    twin = replace(documents[1], article=replace(documents[1].article, name=documents[0].name))
    twins = [documents[0], replace(twin, article=replace(twin.article, lang=documents[0].lang))]
    with pytest.raises(SearchError, match=f"two articles are named {documents[0].name}"):
        index_articles(own, twins, [], embedder)
    with Index.open(own, embedder) as index:
        assert len(index.sources()) == len(documents)


def test_a_reader_finds_its_way_when_articles_are_added_meanwhile(
    own: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    with Index.open(own, embedder) as index:
        index.search("giá gạo")
        index_memory(own, "new.tmx", MEMORY, embedder)
        hits = index.search("giá gạo", 5, sources=["new.tmx"])
        assert [hit.sentence.source for hit in hits] == ["new.tmx"]


@pytest.mark.parametrize("query", ["", "  ", "?!", "\u200b"])
def test_a_query_without_a_word_is_refused_in_one_sentence(index: Index, query: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        index.search(query)


@pytest.mark.parametrize(
    "query",
    ['"', "AND", "NEAR(", "a*b", "-", "vi : x", "đ", "x" * 5_000, "日本語", "İß", "\ud800a"],
)
def test_whatever_is_typed_is_searched_for(index: Index, query: str) -> None:
    if any(char.isalnum() for char in query):
        assert len(index.search(query, 3)) == 3
    assert all(line.match in line.sentence.text for line in index.concordance(query))


# Exact words


def test_a_line_is_the_whole_sentence_around_the_phrase(index: Index) -> None:
    lines = list(index.concordance("kênh đào"))
    assert len(lines) >= 9
    assert {line.match.casefold() for line in lines} == {"kênh đào"}
    for line in lines:
        assert line.left + line.match + line.right == line.sentence.text
    places = [(line.sentence.source, line.sentence.position) for line in lines]
    assert places == sorted(places)


def test_the_concordance_finds_every_place_that_a_reader_would(
    index: Index, documents: list[Document]
) -> None:
    phrase = compile_phrase("sanctions")
    texts = [text for document in documents for text in document.texts]
    expected = sum(len(phrase.spans(text)) for text in texts)
    assert len(list(index.concordance(phrase))) == expected > 0


def test_a_line_tells_how_its_counterpart_renders_the_phrase(index: Index) -> None:
    lines = [line for line in index.concordance("lệnh ngừng bắn") if line.counterpart]
    assert any("ceasefire" in line.rendering.casefold() for line in lines)


def test_accents_typed_are_honoured_and_others_forgiven(index: Index) -> None:
    accented = {line.match for line in index.concordance("lệnh ngừng bắn")}
    plain = {line.match for line in index.concordance("lenh ngung ban")}
    assert accented
    assert accented <= plain
    assert not list(index.concordance("lệnh ngừng bán"))


def test_a_vietnamese_syllable_is_found_whole_and_an_english_word_with_its_ending(
    index: Index,
) -> None:
    assert {line.match.casefold() for line in index.concordance("ban", lang="vi")} <= {
        *("ban", "bán", "bàn", "bản", "bạn", "bắn", "bằn", "bân", "bần", "bẩn", "bận"),
    }
    assert {line.match for line in index.concordance("sanction", lang="en")} == {"sanctions"}


def test_a_regular_expression_looks_at_every_sentence(index: Index) -> None:
    lines = list(index.concordance(compile_phrase(r"\d{3} km", regex=True)))
    assert {line.match for line in lines} >= {"193 km"}


# Changes


def test_an_update_without_changes_writes_no_vectors(
    own: Path, documents: list[Document], bitexts: list[Bitext], embedder: CachedEmbedder
) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in own.glob("*.faiss")}
    changes = index_articles(own, documents, bitexts, embedder)
    assert changes == Changes(0, 0, sum(len(document.sentences) for document in documents))
    assert {path.name: path.stat().st_mtime_ns for path in own.glob("*.faiss")} == before


def test_an_article_that_is_gone_is_found_no_more(
    own: Path, documents: list[Document], bitexts: list[Bitext], embedder: CachedEmbedder
) -> None:
    (gone,) = (d for d in documents if d.name == "talks_vienna.txt")
    left = [d for d in documents if d is not gone]
    kept = [b for b in bitexts if b.en.name != "talks_vienna.txt"]
    changes = index_articles(own, left, kept, embedder)
    assert (changes.added, changes.removed) == (0, len(gone.sentences))
    with Index.open(own, embedder) as index:
        assert "talks_vienna.txt" not in {name for name, *_ in index.sources()}
        hits = index.search("The ceasefire takes effect at midnight", 10)
        assert all(hit.sentence.source != "talks_vienna.txt" for hit in hits)
        assert all(hit.counterpart is None or hit.counterpart.source in
                   {d.name for d in left} for hit in hits)  # fmt: skip
        assert not list(index.concordance("takes effect at midnight"))


def test_an_article_that_changes_is_found_as_it_is_now(
    own: Path, documents: list[Document], bitexts: list[Bitext], embedder: CachedEmbedder
) -> None:
    old = next(d for d in documents if d.name == "hoi_nghi_hue.txt")
    text = old.sentences[0].text + "\nMột con voi trắng đi qua cầu Trường Tiền."
    new = segment(replace(old.article, text=text))
    changed_documents = [new if d is old else d for d in documents]
    changes = index_articles(own, changed_documents, bitexts, embedder)
    assert (changes.added, changes.removed) == (len(new.sentences), len(old.sentences))
    with Index.open(own, embedder) as index:
        assert "voi trắng" in found(index, "a white elephant on a bridge")[0]
        assert not list(index.concordance(old.sentences[-1].text))


def test_no_id_is_given_twice(
    own: Path, documents: list[Document], bitexts: list[Bitext], embedder: CachedEmbedder
) -> None:
    def ids() -> set[int]:
        store = Store(own / FILE)
        return set(store.texts("vi")) | set(store.texts("en"))

    first = ids()
    index_articles(own, [], [], embedder)
    assert not ids()
    index_articles(own, documents, bitexts, embedder)
    assert len(ids()) == len(first)
    assert not ids() & first


def test_a_memory_is_found_beside_the_articles_and_stays_when_they_change(
    own: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    assert index_memory(own, "old.tmx", MEMORY, embedder).added == 4
    index_articles(own, documents[:2], [], embedder)
    with Index.open(own, embedder) as index:
        (hit, *_) = index.search("giá gạo tăng")
        assert hit.sentence.source == "old.tmx"
        assert hit.counterpart is not None
        assert hit.counterpart.text == "Rice prices rose for the third week in a row."
        (line,) = index.concordance("Giá gạo")
        assert line.rendering == "Rice prices"


def test_a_memory_is_named_by_its_file_wherever_that_lies(
    own: Path, documents: list[Document], embedder: CachedEmbedder, tmp_path: Path
) -> None:
    index_memory(own, "old.tmx", MEMORY, embedder)
    index_articles(own, documents[:2], [], embedder)
    (tmp_path / "old.tmx").touch()
    with Index.open(own, embedder) as index:
        assert index.sources_in([str(tmp_path / "old.tmx")]) == ["old.tmx"]
        assert index.sources_in(["old.tmx"]) == ["old.tmx"]


def test_a_memory_of_the_same_name_takes_its_place(own: Path, embedder: CachedEmbedder) -> None:
    index_memory(own, "old.tmx", MEMORY, embedder)
    changes = index_memory(own, "old.tmx", MEMORY[:1], embedder)
    assert (changes.added, changes.removed) == (2, 4)
    assert index_memory(own, "old.tmx", MEMORY[:1], embedder).added == 0


def test_a_memory_can_be_forgotten_once(own: Path, embedder: CachedEmbedder) -> None:
    index_memory(own, "old.tmx", MEMORY, embedder)
    assert index_memory(own, "old.tmx", [], embedder).removed == 4
    with pytest.raises(SearchError, match=r"no translation memory old\.tmx"):
        index_memory(own, "old.tmx", [], embedder)


def test_a_reader_who_opened_before_an_update_still_finds_the_old_state(
    own: Path, embedder: CachedEmbedder
) -> None:
    with Index.open(own, embedder) as index:
        before = found(index, "lệnh ngừng bắn")
        index_memory(own, "old.tmx", MEMORY, embedder)
        assert found(index, "lệnh ngừng bắn") == before


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
def test_killed_fifty_times_during_an_update_it_is_the_old_or_the_new(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    for units in STATES:
        embedder.encode([text for unit in units for text in unit])
        list(link_words(units, embedder))
    script = Path(__file__).with_name("kill_updates.py")
    result = subprocess.run(
        [sys.executable, script, tmp_path / "index"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    old, new = map(int, result.stdout.split())
    assert old + new == 50
    assert min(old, new) > 0  # else the kills came all before or all after the change


def test_two_updates_at_once_are_both_done(own: Path, embedder: CachedEmbedder) -> None:
    code = (
        "import sys; from pathlib import Path; from aligner import load_embedder\n"
        "from aligner.search.update import index_memory\n"
        f"index_memory(Path(sys.argv[1]), sys.argv[2], {MEMORY!r}, load_embedder())"
    )
    index_memory(own, "first.tmx", MEMORY, embedder)  # so that the vectors are known
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(own), f"{n}.tmx"]) for n in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    with Index.open(own, embedder) as index:
        names = {name for name, _, kind, _ in index.sources() if kind == "memory"}
        assert names == {"first.tmx", "0.tmx", "1.tmx", "2.tmx"}
        assert len(list(index.concordance("Bản Hạ"))) == 4


# What is refused


def test_another_model_is_refused_with_how_to_rebuild(
    own: Path, tmp_path: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    other = load_embedder(str(tiny_model(tmp_path / "tiny", seed=3)))
    index_memory(own, "old.tmx", MEMORY, embedder)
    said = r"made with the model e5-small, not with tiny@.*aligner run --model"
    with Index.open(own, other) as index, pytest.raises(SearchError, match=said):
        index.search("lệnh ngừng bắn")
    with pytest.raises(SearchError, match=said):
        index_memory(own, "new.tmx", MEMORY, other)
    index_articles(own, documents[:1], [], other)  # a run makes it anew
    with Index.open(own, other) as index:
        assert index.search("rice prices rose", 1)[0].sentence.source == "old.tmx"


def test_no_index_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="there is no index; make one with `aligner run`"):
        Index.open(tmp_path)


def test_an_index_that_was_closed_is_not_taken_for_a_damaged_one(
    folder: Path, embedder: CachedEmbedder
) -> None:
    with Index.open(folder, embedder) as index:
        pass
    with pytest.raises(SearchError, match="the index is not open here") as caught:
        index.search("lệnh ngừng bắn")
    assert "delete" not in str(caught.value)


def test_an_index_of_another_thread_is_not_taken_for_a_damaged_one(
    folder: Path, embedder: CachedEmbedder
) -> None:
    with Index.open(folder, embedder) as index, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(index.search, "lệnh ngừng bắn")
        with pytest.raises(SearchError, match=r"the index is not open here .* once in each thread"):
            asked.result()


@pytest.mark.parametrize("name", [FILE, "vi"])
def test_a_damaged_index_is_said_in_one_sentence(
    own: Path, name: str, embedder: CachedEmbedder
) -> None:
    path = next(path for path in own.iterdir() if path.name.startswith(name))
    path.write_bytes(b"no index at all " * 1_000)
    with pytest.raises(SearchError, match="the index is damaged; delete this folder"):  # noqa: SIM117
        with Index.open(own, embedder) as index:
            index.search("lệnh ngừng bắn", lang="vi")


def test_vectors_that_are_gone_are_said_in_one_sentence(
    own: Path, embedder: CachedEmbedder
) -> None:
    for path in own.glob("*.faiss"):
        path.unlink()
    with Index.open(own, embedder) as index, pytest.raises(SearchError, match="damaged"):
        index.search("lệnh ngừng bắn")
    with pytest.raises(SearchError, match="damaged"):
        index_memory(own, "old.tmx", MEMORY, embedder)


def test_vectors_cut_short_are_made_again_by_the_next_run(
    own: Path, documents: list[Document], embedder: CachedEmbedder
) -> None:
    for path in own.glob("*.faiss"):
        path.write_bytes(path.read_bytes()[:100])
    index_articles(own, documents, [], embedder)
    with Index.open(own, embedder) as index:
        assert index.search("lệnh ngừng bắn")


def test_a_damaged_index_whose_error_is_no_text_is_said_in_one_sentence(
    own: Path, embedder: CachedEmbedder
) -> None:
    path = own / FILE
    data = bytearray(path.read_bytes())
    table = data.find(b"CREATE TABLE document")
    data[data.rfind(b"documentdocument", 0, table)] = 0xDB
    data[table] = 0x58
    path.write_bytes(data)
    with pytest.raises(SearchError, match="the index is damaged; delete this folder"):
        Index.open(own, embedder)


@pytest.mark.parametrize(
    ("query", "lang", "text", "share"),
    [
        ("giá gạo", "vi", "Rice prices rose again.", 1.0),
        ("rice price", "en", "Giá gạo lại tăng.", 1.0),
        ("Putin rice", "en", "Ông Putin nói về gạo.", 1.0),
        ("giá gạo", "vi", "The storm made landfall.", 0.0),
        ("", "vi", "Rice", 0.0),
    ],
)
def test_a_text_renders_the_words_of_a_query_that_the_list_knows_and_names(
    query: str, lang: Lang, text: str, share: float
) -> None:
    found = tokens(query, lang)
    words = Words(lang, found, [Unit([token], 1.0, [token.key]) for token in found])
    assert words.rendered(text) == pytest.approx(share)


# Vectors


def rows_like_sentences(count: int, seed: int) -> np.ndarray:
    """Return unit rows around some hundred centres, as sentences lie around topics."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((200, 64))
    rows = centres[rng.integers(200, size=count)] + 0.7 * rng.standard_normal((count, 64))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_a_small_index_gives_exactly_the_nearest() -> None:
    rows, ids = rows_like_sentences(1_000, 1), np.arange(1_000) * 3 + 7
    index = make_nearest(ids, rows)
    scores = rows @ rows[0]
    assert nearest(index, rows[0], 10).ids.tolist() == (np.argsort(-scores)[:10] * 3 + 7).tolist()


def test_a_large_index_finds_nearly_all_of_the_ten_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_module, "FLAT_LIMIT", 5_000)
    rows, ids = rows_like_sentences(8_000, 1), np.arange(8_000) + 100
    index = make_nearest(ids, rows)
    assert not is_exact(index)
    queries = rows_like_sentences(8_200, 1)[8_000:]
    answers = np.array([nearest(index, query, 25).ids for query in queries])
    assert found_share(answers, exact_nearest(ids, rows, queries, 10)) >= 0.98


@pytest.mark.parametrize("limit", [100, 1_000_000])
def test_rows_that_go_and_come_leave_what_a_new_index_would_hold(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest_module, "FLAT_LIMIT", limit)
    rows, ids = rows_like_sentences(2_000, 2), np.arange(2_000)
    index = make_nearest(ids[:1_500], rows[:1_500])
    index = changed(index, ids[:500], ids[1_500:], rows[1_500:], 1_500)
    left, kept = stored(index)
    order = np.argsort(left)
    assert left[order].tolist() == list(range(500, 2_000))
    cosines = (kept[order] * rows[500:]).sum(axis=1)
    assert cosines.mean() > 0.999  # eight bits a number
    assert cosines.min() > 0.9


def test_an_index_that_grows_beyond_the_limit_becomes_a_large_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearest_module, "FLAT_LIMIT", 1_000)
    rows, ids = rows_like_sentences(2_000, 3), np.arange(2_000)
    index = make_nearest(ids[:900], rows[:900])
    assert is_exact(index)
    index = changed(index, ids[:0], ids[900:], rows[900:], 2_000)
    assert not is_exact(index)
    assert index.ntotal == 2_000


def test_an_index_that_shrinks_below_the_limit_becomes_exact_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearest_module, "FLAT_LIMIT", 1_000)
    rows, ids = rows_like_sentences(1_100, 3), np.arange(1_100)
    index = make_nearest(ids, rows)
    index = changed(index, ids[:200], ids[:0], rows[:0], 900)
    assert is_exact(index)
    assert stored(index)[0].tolist() == list(range(200, 1_100))


def test_a_large_index_answers_as_a_small_one_also_when_articles_go(
    own: Path,
    documents: list[Document],
    bitexts: list[Bitext],
    embedder: CachedEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queries = ["lệnh ngừng bắn", "The Suez Canal was blocked", "độ mặn", "sanctions", "Ever Given"]
    kept = [document for document in documents if document.name != "hoi_nghi_hue.txt"]
    index_articles(own, kept, bitexts, embedder)
    monkeypatch.setattr(nearest_module, "FLAT_LIMIT", 20)
    index_articles(tmp_path / "large", documents, bitexts, embedder)
    index_articles(tmp_path / "large", kept, bitexts, embedder)
    with Index.open(own, embedder) as small, Index.open(tmp_path / "large", embedder) as large:
        for query in queries:
            wanted = found(small, query, k=5)
            assert found(large, query, k=5) == wanted
            within = ["01-kenh-dao.txt", "suez-six-days.txt"]
            assert found(large, query, sources=within) == found(small, query, sources=within)


def test_only_the_asked_ids_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, ids = rows_like_sentences(2_000, 4), np.arange(2_000)
    for limit in (10_000, 100):
        monkeypatch.setattr(nearest_module, "FLAT_LIMIT", limit)
        index = make_nearest(ids, rows)
        assert set(nearest(index, rows[0], 5, [3, 5, 8]).ids) == {3, 5, 8}


def test_the_index_file_names_the_model_that_made_it(folder: Path) -> None:
    store = Store(folder / FILE)
    assert store.meta("model") == "e5-small"
    assert set(json.loads(store.meta("vectors") or "{}")) == {"vi", "en"}
