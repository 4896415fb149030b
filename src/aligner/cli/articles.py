"""The commands about articles: run, align, pair, show."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.cli.model import make_embedder
from aligner.cli.notes import note
from aligner.formats.choice import BITEXT_FORMATS, format_of

if TYPE_CHECKING:
    from aligner.model import Bitext, Document
    from aligner.vectors import Model

RESULTS = Path("glossary")  # the default results folder


def run(options: argparse.Namespace) -> int:
    """Do the whole job on a folder."""
    from aligner.job import run
    from aligner.tables.articles import print_report

    embedder = make_embedder(options)
    report = run(options.texts, options.out, embedder)
    print_report(report)
    return 0


def align(options: argparse.Namespace) -> int:
    """Align two files."""
    from aligner.formats.bitext.output import write_bitext
    from aligner.overwriting import check_output, replacing
    from aligner.tables.articles import print_bitext

    form = format_of(options.format, options.output, BITEXT_FORMATS)
    check_output(options.output, (options.vi, options.en))
    embedder = make_embedder(options)
    first, bitext = align_two(options, embedder)
    if first.lang == "en":
        note("the English file was given first; the two were swapped")
    say_relation(bitext)
    if form == "table":
        print_bitext(bitext)
    elif options.output is None:
        write_bitext(bitext, form, None, sys.stdout)
    else:
        with replacing(options.output, note):
            write_bitext(bitext, form, options.output, sys.stdout)
    return 0


def pair(options: argparse.Namespace) -> int:
    """Decide which articles of a folder belong together."""
    from aligner.article_folder import pair_folder
    from aligner.tables.articles import print_pairs, print_pairs_jsonl

    embedder = make_embedder(options)
    folder = pair_folder(options.texts, embedder, options.glossary)
    if options.format == "table":
        print_pairs(folder)
    else:
        print_pairs_jsonl(folder)
    return 0


def show(options: argparse.Namespace) -> int:
    """Show what is read from one file."""
    from aligner.formats.articles.read import read_article
    from aligner.tables.articles import print_document
    from aligner.text.document import segment

    print_document(segment(read_article(options.file)))
    return 0


def align_two(options: argparse.Namespace, embedder: Model) -> tuple[Document, Bitext]:
    """Align the two files in the options; return the document given first, and the bitext."""
    from aligner.formats.articles.read import read_article
    from aligner.pipeline import align
    from aligner.text.document import segment, segment_lines

    cut = segment_lines if options.lines else segment
    first, second = (cut(read_article(path)) for path in (options.vi, options.en))
    return first, align(first, second, embedder, relation=options.relation)


def say_relation(bitext: Bitext) -> None:
    """Print whether two texts were aligned as a translation or as reports, and why."""
    note(f"{bitext.relation} ({bitext.reason})")
