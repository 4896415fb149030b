"""The commands about the index: search, concord, tmx."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from aligner.cli.model import make_embedder
from aligner.cli.notes import note
from aligner.formats.choice import SEARCH_FORMATS, format_of

if TYPE_CHECKING:
    from aligner.search.index import Index

HITS = 10  # the default number of hits
UNLIKELY = 0.1  # confidence below which the best hit is not called one


def search(options: argparse.Namespace) -> int:
    """Show the sentences that most likely answer a query; return 1 if there is none."""
    from aligner.formats.search_output import write_hits
    from aligner.overwriting import check_output
    from aligner.tables.search import print_hits, without_poor

    form = format_of(options.format, options.output, SEARCH_FORMATS)
    check_output(options.output)
    with _open(options) as index:
        query = index.understand(" ".join(options.query))
        if query.is_restored:
            note(f"read as {query.text!r}")
        sources = index.sources_in(options.within)
        hits = index.search(query, options.k or HITS, options.lang, sources)
    if form == "table":
        shown = hits if options.k else without_poor(hits)
        print_hits(shown)
        if hits and hits[0].confidence < UNLIKELY:
            note("none of these may be what you mean; the nearest comes first")
        if len(shown) < len(hits):
            count = len(hits) - len(shown)
            note(f"left out {count} less likely ones; `-k {HITS}` shows them")
    else:
        write_hits(hits, form, options.output, sys.stdout)
    return 0 if hits else 1


def concord(options: argparse.Namespace) -> int:
    """Show every occurrence of a phrase in context; return 1 if there is none."""
    from aligner.formats.search_output import write_lines
    from aligner.overwriting import check_output
    from aligner.search.phrase import compile_phrase
    from aligner.tables.search import print_lines

    form = format_of(options.format, options.output, SEARCH_FORMATS)
    check_output(options.output)
    phrase = compile_phrase(
        " ".join(options.phrase), whole_word=options.whole_word, regex=options.regex
    )
    with _open(options) as index:
        sources = index.sources_in(options.within)
        lines = list(index.concordance(phrase, options.lang, sources))
    if form == "table":
        print_lines(lines)
        if not lines:
            note("no sentence has these words; `aligner search` finds what is said in other words")
    else:
        write_lines(lines, form, options.output, sys.stdout)
    return 0 if lines else 1


def tmx(options: argparse.Namespace) -> int:
    """Add a translation memory to the index, or remove it."""
    from aligner.memories import forget_memory, import_memory
    from aligner.tables.search import print_memory

    embedder = make_embedder(options)
    change = forget_memory if options.forget else import_memory
    changes = change(options.file, options.glossary, embedder)
    print_memory(options.file, changes)
    return 0


def _open(options: argparse.Namespace) -> Index:
    from aligner.search.index import Index

    embedder = None
    if getattr(options, "model", None) or getattr(options, "precision", None):
        embedder = make_embedder(options)
    return Index.open(options.glossary, embedder)
