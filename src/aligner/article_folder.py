"""Reads a folder of articles, or several files, and decides which of them are pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.errors import ArticleError, PairsError
from aligner.formats.articles.pairs import ChosenPairs, read_pairs
from aligner.formats.articles.read import name_of, read_article, scan_articles
from aligner.model import ArticlePair, Document
from aligner.pipeline import rated_pairs
from aligner.progress import progress
from aligner.text.document import segment
from aligner.vectors import TokenEmbedder


@dataclass(frozen=True, slots=True)
class FolderPairs:
    """The documents of a folder, its pairs, those too weak to be aligned, and unreadable files."""

    documents: list[Document]
    pairs: list[ArticlePair]
    weak: list[ArticlePair]
    problems: list[ArticleError]

    @property
    def alone(self) -> list[Document]:
        """The documents that are in no pair (weak ones do not count)."""
        paired = {document.name for p in self.pairs for document in (p.vi, p.en)}
        return [document for document in self.documents if document.name not in paired]


def pair_folder(texts: Path, embedder: TokenEmbedder, results: Path | None = None) -> FolderPairs:
    """Read a folder and decide which articles belong together; its pairs.toml takes precedence.

    A results folder among the articles is not read. Raises ArticleError if no article can be read,
    PairsError if pairs.toml is wrong.
    """
    articles, problems = scan_articles(texts, skip=results)
    if not articles:
        raise problems[0]
    documents = [segment(a) for a in progress(articles, "splitting", unit="article")]
    names = {lang: [d.name for d in documents if d.lang == lang] for lang in ("vi", "en")}
    chosen = read_pairs(texts, names["vi"], names["en"])
    strong, weak = rated_pairs(documents, embedder)
    return FolderPairs(
        documents,
        _chosen(chosen, documents) + [pair for pair in strong if not _is_settled(pair, chosen)],
        [pair for pair in weak if not _is_settled(pair, chosen)],
        problems,
    )


def _is_settled(pair: ArticlePair, chosen: ChosenPairs) -> bool:
    return pair.vi.name in chosen.decided or pair.en.name in chosen.decided


def _chosen(chosen: ChosenPairs, documents: Sequence[Document]) -> list[ArticlePair]:
    by_name = {document.name: document for document in documents}
    for name in sorted({name for pair in chosen.pairs for name in pair}):
        if not by_name[name].sentences:
            raise PairsError(f"pairs.toml names {name}, which has no sentence left after cleaning")
    return [
        ArticlePair(by_name[vi], by_name[en], 1.0, "chosen in pairs.toml", relation)
        for (vi, en), relation in sorted(chosen.pairs.items())
    ]


def pair_files(files: Sequence[Path], embedder: TokenEmbedder) -> FolderPairs:
    """Read two or more files and decide which belong together; two files are always a pair.

    Raises ArticleError if one of them cannot be read, if two hold the same text, or if all are in
    one language.
    """
    articles = [read_article(path) for path in files]
    first: dict[str, Path] = {}
    for article, path in zip(articles, files, strict=True):
        if first.setdefault(article.id, path) is not path:
            raise ArticleError(path, f"holds the same text as {first[article.id]}; name it once")
    if len({article.name for article in articles}) < len(articles):
        named = zip(articles, files, strict=True)
        articles = [replace(article, name=name_of(path)) for article, path in named]
    documents = [segment(article) for article in articles]
    if len({document.lang for document in documents}) < 2:
        raise ArticleError(files[-1], "has no counterpart; name files in Vietnamese and in English")
    if len(documents) == 2:
        vi, en = sorted(documents, key=lambda document: document.lang, reverse=True)
        return FolderPairs(documents, [ArticlePair(vi, en, 1.0, "named together")], [], [])
    return FolderPairs(documents, *rated_pairs(documents, embedder), [])


def pair_texts(texts: Sequence[Path], embedder: TokenEmbedder, results: Path) -> FolderPairs:
    """Read a folder or several files; see `pair_folder` and `pair_files`."""
    if len(texts) == 1 and not texts[0].is_file():
        return pair_folder(texts[0], embedder, results)
    return pair_files(texts, embedder)
