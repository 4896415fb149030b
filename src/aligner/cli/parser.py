"""The commands with their arguments and options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aligner import __version__
from aligner.characters import harmless
from aligner.cli import articles, doctor, glossary, search
from aligner.cli.articles import RESULTS
from aligner.errors import AlignerError
from aligner.formats.choice import (
    BITEXT_FORMATS,
    EXPORT_FORMATS,
    SEARCH_FORMATS,
    TERM_FORMATS,
)
from aligner.model import LANGS, RELATIONS
from aligner.settings import PRECISIONS

EXAMPLES = """examples:
  aligner run texts                         the whole job on a folder, into glossary/
  aligner review                            read the decisions in the workbook
  aligner check bai.txt translation.txt     check a translation, also against the glossary
  aligner terms texts                       the term pairs and their conflicts, as a table
  aligner import terms.xlsx                 import a term list as approved pairs
  aligner export tbx                        the glossary for other programs
  aligner align vi.txt en.txt -o both.tmx   which sentences say the same thing
  aligner pair texts                        which articles report the same event
  aligner show report.html                  what was read, what was left out, and why
  aligner search "lệnh trừng phạt"          sentences of both languages that say so
  aligner concord "Minsk agreements"        every occurrence of a phrase, and its renderings
  aligner tmx memory.tmx                    make a translation memory searchable
  aligner doctor                            versions, processor, arithmetic and its speed
"""

_Commands = argparse._SubParsersAction  # argparse has no public name for it


class _Parser(argparse.ArgumentParser):
    """A parser without abbreviated options (--out is not --output) that prints no controls."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(harmless(message), file)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser, whose result has a function `command` that takes the result itself."""
    parser: argparse.ArgumentParser = _Parser(
        prog="aligner",
        description="Aligns Vietnamese and English articles and builds a glossary from them.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aligner {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands)
    _add_review(commands)
    _add_glossary_commands(commands)
    _add_article_commands(commands)
    _add_search_commands(commands)
    diagnosis = commands.add_parser(
        "doctor", help="show versions, processor and the speed of the model"
    )
    diagnosis.set_defaults(command=doctor.doctor)
    return parser


def _add_run(commands: _Commands[argparse.ArgumentParser]) -> None:
    run = commands.add_parser("run", help="do the whole job on a folder, and keep finished work")
    run.add_argument(
        "texts",
        nargs="?",
        type=_path,
        default=Path("texts"),
        metavar="TEXTS",
        help="the folder of articles in both languages (default: texts)",
    )
    run.add_argument(
        "--out", type=_path, default=RESULTS, metavar="DIR", help="results (default: glossary)"
    )
    _add_model(run)
    run.set_defaults(command=articles.run)


def _add_review(commands: _Commands[argparse.ArgumentParser]) -> None:
    review = commands.add_parser("review", help="read the decisions in a workbook")
    review.add_argument(
        "workbook",
        nargs="?",
        type=_path,
        metavar="WORKBOOK",
        help=f"default: that of the folder named by --glossary, or {RESULTS}/glossary.xlsx",
    )
    review.add_argument(
        "--glossary",
        type=_path,
        metavar="DIR",
        help="the folder of the results (default: that of the workbook)",
    )
    review.set_defaults(command=glossary.review)


def _add_glossary_commands(commands: _Commands[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="check translations, also against the glossary")
    check.add_argument(
        "vi",
        type=_path,
        metavar="SOURCE",
        help="one text, or a folder with both",
    )
    check.add_argument(
        "en", nargs="?", type=_path, metavar="TRANSLATION", help="the text in the other language"
    )
    check.add_argument(
        "--source",
        choices=LANGS,
        default="vi",
        help="of a folder: the language that was translated from (default: vi)",
    )
    _add_alignment(check)
    check.add_argument("--format", choices=("table", "jsonl"), default="table")
    _add_glossary(check, "the folder of the results, or one table or workbook")
    _add_model(check)
    check.set_defaults(command=glossary.check)

    terms = commands.add_parser("terms", help="show the term pairs of a folder or of several files")
    terms.add_argument("texts", nargs="+", type=_path, metavar="TEXTS", help="a folder, or files")
    terms.add_argument("--format", choices=("table", *TERM_FORMATS), help="default: by -o")
    terms.add_argument("-o", "--output", type=_path, metavar="FILE")
    _add_glossary(
        terms, "the folder of the results, whose decisions are shown; nothing is written there"
    )
    _add_model(terms)
    terms.set_defaults(command=glossary.terms)

    import_ = commands.add_parser("import", help="import a term list as approved pairs")
    import_.add_argument("file", type=_path, metavar="FILE", help=".xlsx, .csv, .tsv, .txt or .tbx")
    _add_glossary(import_, "the folder of the results")
    import_.set_defaults(command=glossary.import_)

    export = commands.add_parser("export", help="write the glossary for other programs")
    export.add_argument(
        "format",
        choices=EXPORT_FORMATS,
        help="TBX-Basic for term bases, a table, a workbook, or a glossary for OmegaT",
    )
    export.add_argument(
        "-o", "--output", type=_path, metavar="FILE", help="default: a name in that folder"
    )
    _add_glossary(export, "the folder of the results")
    export.set_defaults(command=glossary.export)


def _add_article_commands(commands: _Commands[argparse.ArgumentParser]) -> None:
    align = commands.add_parser("align", help="align a Vietnamese and an English file")
    _add_two_files(align, "VI", "EN")
    align.add_argument(
        "--format", choices=("table", *BITEXT_FORMATS), help="default: by -o, else table"
    )
    align.add_argument("-o", "--output", type=_path, metavar="FILE")
    _add_model(align)
    align.set_defaults(command=articles.align)

    pair = commands.add_parser("pair", help="decide which articles of a folder belong together")
    pair.add_argument("texts", type=_path, metavar="TEXTS", help="the folder of articles")
    pair.add_argument("--format", choices=("table", "jsonl"), default="table")
    _add_glossary(pair, "the folder of the results, which is not read for articles")
    _add_model(pair)
    pair.set_defaults(command=articles.pair)

    show = commands.add_parser(
        "show", help="show what is read from a file, what is left out, and why"
    )
    show.add_argument("file", type=_path, metavar="FILE", help="an article")
    show.set_defaults(command=articles.show)


def _add_search_commands(commands: _Commands[argparse.ArgumentParser]) -> None:
    find = commands.add_parser("search", help="find sentences of both languages by their meaning")
    find.add_argument("query", nargs="+", metavar="QUERY", help="a sentence or a few words")
    find.add_argument(
        "-k",
        type=_count,
        metavar="N",
        help="hits shown (default: the best 10; of a table, only those that are likely)",
    )
    _add_scope(find)
    _add_model(find, "the model that made the index")
    find.set_defaults(command=search.search)

    concord = commands.add_parser("concord", help="show every occurrence of a phrase, in context")
    concord.add_argument("phrase", nargs="+", metavar="PHRASE")
    concord.add_argument("-w", "--whole-word", action="store_true", help="whole words only")
    concord.add_argument("--regex", action="store_true", help="PHRASE is a regular expression")
    _add_scope(concord)
    concord.set_defaults(command=search.concord)

    memory = commands.add_parser("tmx", help="make a translation memory searchable")
    memory.add_argument("file", type=_path, metavar="FILE", help=".tmx, .xlsx, .tsv or .csv")
    memory.add_argument("--forget", action="store_true", help="take it out of the index again")
    _add_glossary(memory, "the folder of the results, where the index is")
    _add_model(memory)
    memory.set_defaults(command=search.tmx)


def _add_scope(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("vi", "en", "both"), default="both")
    command.add_argument(
        "--in",
        dest="within",
        type=_name,
        action="append",
        metavar="TEXTS",
        help="look only in this article, folder of articles or memory; may be repeated",
    )
    formats = ("table", *SEARCH_FORMATS)
    command.add_argument("--format", choices=formats, help="default: by -o, else table")
    command.add_argument("-o", "--output", type=_path, metavar="FILE")
    _add_glossary(command, "the folder of the results, where the index is")


def _count(text: str) -> int:
    """Parse a number of hits; argparse reports anything else."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _name(text: str) -> str:
    """Return the name of a file or folder. Raises AlignerError if it is blank."""
    if not text.strip():
        raise AlignerError("the name of a file or folder is blank; write it out, or leave it away")
    return text


def _path(text: str) -> Path:
    """Return a path. Raises AlignerError if it is blank: "" would be the current folder."""
    return Path(_name(text))


def _add_two_files(command: argparse.ArgumentParser, first: str, second: str) -> None:
    command.add_argument("vi", type=_path, metavar=first, help="one text")
    command.add_argument("en", type=_path, metavar=second, help="the text in the other language")
    _add_alignment(command)


def _add_alignment(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--relation",
        choices=RELATIONS,
        default="auto",
        help="translation (parallel), two reports of one event (comparable), or find out (auto)",
    )
    command.add_argument("--lines", action="store_true", help="each line of a file is a sentence")


def _add_glossary(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--glossary", type=_path, default=RESULTS, metavar="DIR", help=what)


def _add_model(command: argparse.ArgumentParser, default: str = "the embedded e5-small") -> None:
    command.add_argument(
        "--model",
        metavar="NAME",
        help=f"a sentence-transformers model, by name or folder (default: {default})",
    )
    command.add_argument(
        "--precision",
        choices=PRECISIONS,
        help="the embedded model's arithmetic (default: the faster one here, see doctor)",
    )
