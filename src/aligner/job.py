"""The whole job on a folder: read, pair, align, extract terms, write what a person opens."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import ArticleError, PairsError
from aligner.formats.articles import scan_articles
from aligner.formats.bitext_html import write_bitext_html
from aligner.formats.bitext_xlsx import write_bitext_xlsx
from aligner.formats.glossary_csv import read_glossary_csv, write_glossary_csv
from aligner.formats.pairs import ChosenPairs, read_pairs
from aligner.formats.tmx import write_tmx
from aligner.formats.workbook import read_workbook, write_workbook
from aligner.glossary import Decision, Glossary
from aligner.model import ArticlePair, Bitext, Document
from aligner.pipeline import align, rated_pairs
from aligner.progress import progress
from aligner.settings import PairingSettings
from aligner.terms import extract_terms
from aligner.text.document import segment
from aligner.vectors import Embedder

WORKBOOK = "glossary.xlsx"
TABLE = "glossary.csv"


@dataclass(frozen=True, slots=True)
class FolderPairs:
    """What a folder holds: its documents, the pairs that stand, the weak ones, and bad files."""

    documents: list[Document]
    pairs: list[ArticlePair]
    weak: list[ArticlePair]
    problems: list[ArticleError]

    @property
    def alone(self) -> list[Document]:
        """The documents in no pair that stands."""
        paired = {document.name for p in self.pairs for document in (p.vi, p.en)}
        return [document for document in self.documents if document.name not in paired]


@dataclass(frozen=True, slots=True)
class JobReport:
    """What a run read, found and wrote."""

    folder: FolderPairs
    bitexts: list[Bitext]
    glossary: Glossary
    files: list[Path]
    seconds: float


def pair_folder(texts: Path, embedder: Embedder, results: Path | None = None) -> FolderPairs:
    """Read a folder and decide which articles belong together; its pairs.toml overrides.

    A results folder that lies among the articles is passed over.

    Raises ArticleError where nothing can be read, PairsError where pairs.toml is wrong.
    """
    articles, problems = scan_articles(texts, skip=results)
    if not articles:
        raise problems[0]
    documents = [segment(article) for article in articles]
    names = {lang: [d.name for d in documents if d.lang == lang] for lang in ("vi", "en")}
    chosen = read_pairs(texts, names["vi"], names["en"])
    rated = [
        (found, stands)
        for found, stands in rated_pairs(documents, embedder, PairingSettings())
        if not {found.vi.name, found.en.name} & chosen.decided
    ]
    strong = [found for found, stands in rated if stands]
    weak = [found for found, stands in rated if not stands]
    return FolderPairs(documents, _chosen(chosen, documents) + strong, weak, problems)


def _chosen(chosen: ChosenPairs, documents: Sequence[Document]) -> list[ArticlePair]:
    by_name = {document.name: document for document in documents}
    for name in chosen.decided:
        if not by_name[name].sentences:
            raise PairsError(f"pairs.toml names {name}, which has no sentence left after cleaning")
    return [
        ArticlePair(by_name[vi], by_name[en], 1.0, "chosen in pairs.toml")
        for vi, en in sorted(chosen.pairs)
    ]


def run(texts: Path, out: Path, embedder: Embedder) -> JobReport:
    """Do the whole job; what was embedded before is not embedded again.

    Decisions in an existing glossary.csv or workbook are read first and kept; a workbook that
    cannot be read stops the job before anything is written.
    """
    started = time.monotonic()
    decisions = read_decisions(out)
    folder = pair_folder(texts, embedder, results=out)
    bitexts = [align(p.vi, p.en, embedder) for p in progress(folder.pairs, "aligning", unit="pair")]
    glossary = extract_terms(bitexts, embedder).apply(decisions)
    files = write_results(bitexts, glossary, out)
    return JobReport(folder, bitexts, glossary, files, time.monotonic() - started)


def read_decisions(out: Path) -> list[Decision]:
    """Return the decisions kept in a results folder; the file that was edited last has its say."""
    readers = {out / TABLE: read_glossary_csv, out / WORKBOOK: read_workbook}
    kept = sorted((path for path in readers if path.exists()), key=lambda p: p.stat().st_mtime_ns)
    return [decision for path in kept for decision in readers[path](path)]


def write_results(bitexts: Sequence[Bitext], glossary: Glossary, out: Path) -> list[Path]:
    """Write the glossary and the bitext in every form; return the paths, the workbook first."""
    pairs = glossary.pairs
    # The table before the workbook: if the workbook is open in Excel, decisions are safe in it.
    write_glossary_csv(pairs, out / TABLE)
    write_workbook(pairs, out / WORKBOOK, bitexts)
    write_bitext_xlsx(bitexts, out / "bitext.xlsx")
    write_tmx(bitexts, out / "bitext.tmx")
    write_bitext_html(bitexts, out / "bitext.html")
    names = (WORKBOOK, TABLE, "bitext.xlsx", "bitext.tmx", "bitext.html")
    return [out / name for name in names]
