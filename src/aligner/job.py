"""The whole job on a folder: read, pair and align articles, extract terms, write the results."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from aligner.article_folder import FolderPairs, pair_folder, pair_texts
from aligner.errors import ArticleError, OutputError, SizeError
from aligner.exports import write_workbook
from aligner.formats.atomic import atomic_path, check_writable, stamp
from aligner.formats.bitext.html import write_bitext_html
from aligner.formats.bitext.tmx import write_tmx
from aligner.formats.bitext.xlsx import write_bitext_xlsx
from aligner.formats.glossary.csv import write_glossary
from aligner.formats.lock import locked
from aligner.formats.workbook.last_read import FILE as READ
from aligner.formats.workbook.last_read import LastRead
from aligner.glossary import Glossary
from aligner.model import Bitext
from aligner.pipeline import align
from aligner.progress import progress
from aligner.results_folder import (
    PREVIOUS,
    TABLE,
    WORKBOOK,
    Kept,
    find_glossary,
    keep_previous,
    keep_saved,
    read_kept,
    remember,
    state,
)
from aligner.search.contents import word_links
from aligner.search.index import FOLDER as INDEX
from aligner.search.update import check_index, index_articles
from aligner.term_pair import Decision
from aligner.terms.attested import with_attested
from aligner.terms.decided_forms import in_decided_forms
from aligner.terms.extract import extract_terms
from aligner.vectors import TokenEmbedder

_BITEXT_FILES: Mapping[str, Callable[[Sequence[Bitext], Path], None]] = {
    "bitext.xlsx": write_bitext_xlsx,
    "bitext.tmx": write_tmx,
    "bitext.html": write_bitext_html,
}
#: The files that a run writes into the results folder; what a person opens first comes first.
RESULT_FILES = (WORKBOOK, TABLE, *_BITEXT_FILES)


@dataclass(frozen=True, slots=True)
class Terms:
    """The term pairs of some articles, with the article pairs and bitexts they were found in."""

    folder: FolderPairs
    bitexts: list[Bitext]
    glossary: Glossary


@dataclass(frozen=True, slots=True)
class JobReport:
    """What a run read, found and wrote.

    `decisions` counts the rows of the workbook that a reviewer had edited. `previous` are copies of
    the files in which there was something to keep. `sentences` is the size of the index.
    """

    folder: FolderPairs
    bitexts: list[Bitext]
    glossary: Glossary
    files: list[Path]
    decisions: int
    previous: list[Path]
    sentences: int
    seconds: float


def find_terms(texts: Sequence[Path], embedder: TokenEmbedder, results: Path) -> Terms:
    """Return the term pairs of a folder or of several files, with a reviewer's decisions applied.

    The decisions are read from a results folder, or from one table or workbook, and nothing is
    written there. Raises AlignerError if the articles or the decisions cannot be read.
    """
    known = find_glossary(results) if results.is_file() else read_kept(results).glossary
    folder = pair_texts(texts, embedder, results)
    folder, bitexts = _align(folder, embedder)
    extracted = in_decided_forms(extract_terms(_watched(bitexts), embedder), known)
    found = {pair.id for pair in extracted}
    merged = with_attested(known.merge(extracted), bitexts)
    seen = (pair for pair in merged if pair.id in found or pair.count)
    return Terms(folder, bitexts, Glossary(tuple(seen)))


def align_folder(
    texts: Path, embedder: TokenEmbedder, results: Path
) -> tuple[FolderPairs, list[Bitext]]:
    """Align the articles of a folder that belong together; a results folder in it is not read.

    Raises AlignerError if no article can be read.
    """
    return _align(pair_folder(texts, embedder, results), embedder)


def _align(folder: FolderPairs, embedder: TokenEmbedder) -> tuple[FolderPairs, list[Bitext]]:
    """Align all pairs; those that are too long are added to the problems of the folder."""
    bitexts, problems = [], list(folder.problems)
    for pair in progress(folder.pairs, "aligning", unit="pair"):
        try:
            bitexts.append(align(pair.vi, pair.en, embedder, pair.relation))
        except SizeError as error:
            problems.append(ArticleError(f"{pair.vi.name}, {pair.en.name}", str(error)))
    return replace(folder, problems=problems), bitexts


def _watched(bitexts: Sequence[Bitext]) -> Iterator[Bitext]:
    return progress(bitexts, "finding terms", unit="pair")


def _with_words_linked(bitexts: Iterable[Bitext], embedder: TokenEmbedder) -> Iterator[Bitext]:
    """Yield the bitexts, and link the words of each for the index after it was used.

    The vectors of its tokens are still in memory then, and need not be computed again.
    """
    for bitext in bitexts:
        yield bitext
        word_links(bitext, embedder)


def run(texts: Path, out: Path, embedder: TokenEmbedder) -> JobReport:
    """Do the whole job on a folder; what was embedded before is not embedded again.

    Decisions in an existing glossary.csv or workbook are read first, and kept. A workbook in which
    a person has worked is copied to glossary.previous.xlsx before it is replaced, and so are
    the sentences side by side.

    Raises AlignerError if a file of the results cannot be read or written, which is checked before
    any long work and before anything is written, or if no article can be read.
    """
    started = time.monotonic()
    _check_apart(texts, out)
    kept = read_kept(out)
    for name in (*RESULT_FILES, PREVIOUS, READ):
        check_writable(out / name)
    check_index(out / INDEX)
    folder = pair_folder(texts, embedder, results=out)
    folder, bitexts = _align(folder, embedder)
    extracted = extract_terms(_with_words_linked(_watched(bitexts), embedder), embedder)
    with locked(out):
        if state(out) != kept.state:  # a reviewer has saved something meanwhile
            kept = read_kept(out)
        glossary = _updated(kept, extracted, bitexts)
        # The reviewer's own cells beside a pair that is no longer in the table are lost otherwise.
        gone = kept.own.cells.keys() - {pair.id for pair in glossary}
        copies = (
            keep_previous(out / WORKBOOK, kept.edited, for_good=bool(gone)),
            *(keep_saved(out / name) for name in _BITEXT_FILES),
        )
        files = write_results(bitexts, glossary, out, kept)
    searched = index_articles(out / INDEX, folder.documents, bitexts, embedder)
    return JobReport(
        folder=folder,
        bitexts=bitexts,
        glossary=glossary,
        files=files,
        decisions=len(kept.edited),
        previous=[copy for copy in copies if copy],
        sentences=searched.sentences,
        seconds=time.monotonic() - started,
    )


def _check_apart(texts: Path, out: Path) -> None:
    """Raise an error if the articles are no folder, or if it is to hold the results as well."""
    if texts.is_file():
        raise ArticleError(
            texts, "is one file; name the folder with the articles of both languages"
        )
    if texts.is_dir() and os.path.realpath(out) == os.path.realpath(texts):
        raise OutputError(
            f"cannot write into {out}: it holds the articles, and the results would be read as "
            "such; name another folder with --out"
        )


def _updated(kept: Kept, extracted: Glossary, bitexts: Sequence[Bitext]) -> Glossary:
    """Return the glossary of a folder with a new extraction, and every decision applied."""
    merged = kept.glossary.merge(in_decided_forms(extracted, kept.glossary))
    return with_attested(merged.apply(_corrections(kept, merged)), bitexts)


def _corrections(kept: Kept, glossary: Glossary) -> list[Decision]:
    """Return the corrections of pairs that were extracted for the first time only now.

    Without a table, they could not be applied before to the pairs that they correct.
    """
    new = {pair.id for pair in glossary if pair.state == "new"}
    return [row for row in kept.unread if row.target != row.id and row.id in new]


def write_results(
    bitexts: Sequence[Bitext], glossary: Glossary, out: Path, kept: Kept
) -> list[Path]:
    """Write the glossary and the bitexts in every format; return the paths, the workbook first.

    `kept` is what was read from the folder before. Raises OutputError if a file cannot be written,
    or if somebody has saved the workbook after it was read.
    """
    # The table comes first: if the workbook is open in Excel by now, the decisions are safe.
    writers: list[Callable[[], object]] = [
        lambda: write_glossary(glossary, out / TABLE),
        lambda: remember(kept, out),
        lambda: _write_workbook(bitexts, glossary, out / WORKBOOK, kept),
        *(partial(write, bitexts, out / name) for name, write in _BITEXT_FILES.items()),
    ]
    for write in progress(writers, "writing", unit="file"):
        write()
    return [out / name for name in RESULT_FILES]


def _write_workbook(bitexts: Sequence[Bitext], glossary: Glossary, path: Path, kept: Kept) -> None:
    with atomic_path(path) as temporary:
        read = LastRead.load(path.parent).editions()
        write_workbook(glossary, temporary, bitexts, kept.own, read)
        if stamp(path) != kept.state.workbook:
            raise OutputError(
                f"cannot write {path}: somebody has just saved it, and what is new in it would be "
                "lost; run it again"
            )
