"""The commands about the glossary: review, check, terms, import, export."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from aligner.characters import harmless
from aligner.cli.articles import RESULTS, align_two, say_relation
from aligner.cli.model import make_embedder
from aligner.cli.notes import note
from aligner.errors import ArticleError
from aligner.formats.choice import TERM_FORMATS, format_of
from aligner.prose import counted

if TYPE_CHECKING:
    from aligner.glossary import Glossary
    from aligner.model import Bitext, Lang
    from aligner.vectors import Model


def review(options: argparse.Namespace) -> int:
    """Read the decisions of a workbook into the table of a results folder."""
    from aligner.review import review
    from aligner.tables.glossary import print_review

    workbook = options.workbook or options.glossary or RESULTS
    print_review(review(workbook, options.glossary))
    return 0


def check(options: argparse.Namespace) -> int:
    """Check translations against the glossary and their source; return 1 if anything disagrees."""
    from aligner.results_folder import find_glossary

    glossary = find_glossary(options.glossary)
    embedder = make_embedder(options)
    if options.en is None:
        bitexts = _translations(options, embedder)
        _hint(glossary, bitexts[0])
        return max([_check(options, text, glossary, options.source, embedder) for text in bitexts])
    source, bitext = align_two(options, embedder)
    if options.relation == "auto" and not bitext.links:
        raise ArticleError(
            options.en,
            f"no sentence of it has a counterpart in {options.vi}, so there is nothing to check; "
            "name the two that belong together, or choose a --relation",
        )
    say_relation(bitext)
    _hint(glossary, bitext)
    return _check(options, bitext, glossary, source.lang, embedder)


def _translations(options: argparse.Namespace, embedder: Model) -> list[Bitext]:
    """Return the translations in a folder, and say which pairs are none."""
    from aligner.job import align_folder
    from aligner.tables.articles import print_problems

    if options.vi.is_file():
        raise ArticleError(options.vi, "name its translation behind it, or a folder with both")
    if options.lines or options.relation != "auto":
        raise ArticleError(options.vi, "is a folder; --lines and --relation are for two files")
    folder, bitexts = align_folder(options.vi, embedder, options.glossary)
    print_problems(folder)
    found = [bitext for bitext in bitexts if bitext.relation == "parallel"]
    if not found:
        raise ArticleError(options.vi, "holds no translation; name two files to have them checked")
    if len(found) < len(bitexts):
        note(f"{counted(len(bitexts) - len(found), 'pair')} of reports left out, not translations")
    return found


def _check(
    options: argparse.Namespace, bitext: Bitext, glossary: Glossary, source: Lang, embedder: Model
) -> int:
    """Print the findings in one bitext; return 1 if there are any."""
    from aligner.tables.glossary import print_findings, print_findings_jsonl
    from aligner.terms.check import check

    findings = check(bitext, glossary, source, embedder)
    if options.format == "table":
        print_findings(findings, bitext)
    else:
        print_findings_jsonl(findings)
    return 1 if findings else 0


def _hint(glossary: Glossary, bitext: Bitext) -> None:
    """Explain why little can be found if nothing was reviewed, or hardly anything aligned."""
    if not bitext.links:
        note(
            "no sentence of one text has a counterpart in the other, so hardly anything can be "
            "checked"
        )
    elif bitext.relation == "comparable":
        note(
            "two reports need not say the same, so neither missing terms nor figures nor "
            "sentences left out are looked for (--relation parallel for a translation)"
        )
    if not any(pair.status in ("approved", "forbidden") for pair in glossary):
        note(
            "no pair of the glossary is approved or forbidden yet, so neither missing nor "
            "forbidden terms can be found"
        )


def terms(options: argparse.Namespace) -> int:
    """Show the term pairs of a folder or of several files."""
    from aligner.exports import write_terms
    from aligner.job import find_terms
    from aligner.overwriting import check_article, check_replaceable
    from aligner.tables.articles import print_problems
    from aligner.tables.glossary import print_terms
    from aligner.terms.conflicts import find_conflicts

    form = format_of(options.format, options.output, TERM_FORMATS)
    if options.output is not None:
        check_article(options.output, options.texts)
        check_replaceable(options.output, options.glossary)
    embedder = make_embedder(options)
    found = find_terms(options.texts, embedder, options.glossary)
    print_problems(found.folder)
    if form == "table":
        print_terms(found.glossary, find_conflicts(found.glossary))
    else:
        write_terms(found.glossary, found.bitexts, options.output, form, sys.stdout)
    return 0


def import_(options: argparse.Namespace) -> int:
    """Import a term list as approved pairs."""
    from aligner.review import import_terms
    from aligner.tables.glossary import print_import

    print_import(import_terms(options.file, options.glossary))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the glossary for other programs."""
    from aligner.exports import EXPORTS, export_path
    from aligner.overwriting import check_article, check_replaceable, replacing
    from aligner.results_folder import find_glossary

    path = export_path(options.format, options.output, options.glossary)
    glossary = find_glossary(options.glossary)
    check_article(path)
    check_replaceable(path, options.glossary, glossary)
    with replacing(path, note, glossary):
        EXPORTS[options.format](glossary, path)
    print(harmless(f"wrote {path}"))
    return 0
