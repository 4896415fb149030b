"""What the tests share: a cache folder, a loaded model a session, and the sample articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Read when huggingface_hub is first imported: no test may wait for a network.
os.environ["HF_HUB_OFFLINE"] = "1"

from aligner.embed import CachedEmbedder, load_embedder
from aligner.embed.bundled import BundledEmbedder
from aligner.formats.articles.read import read_articles
from aligner.model import Article

# The first example loads tables and models: hypothesis would take that for slowness.
settings.register_profile("aligner", deadline=None)
settings.load_profile("aligner")

pytest.register_assert_rewrite("embedder_contract")

TEXTS = Path(__file__).parents[1] / "texts"


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the model's files and all vectors in one folder, for subprocesses as well.

    All compute in float32, on whatever machine: which arithmetic is faster is no part of a test.
    """
    folder = tmp_path_factory.mktemp("aligner cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGNER_CACHE", str(folder))
        BundledEmbedder().prepared.remember("float32")
        yield folder


@pytest.fixture(scope="session")
def embedder(cache_folder: Path) -> CachedEmbedder:
    """The embedded model behind its cache; unpacked once, at the first vector."""
    return load_embedder()


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of sample articles; docs/texts.md describes them."""
    return TEXTS


@pytest.fixture(scope="session")
def articles(texts: Path) -> dict[str, Article]:
    """The sample articles by name."""
    return {article.name: article for article in read_articles(texts)}
