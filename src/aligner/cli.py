"""The command line: parse, call, print. Data goes to standard output, all else to standard error.

Exit codes: 0 done, 1 findings, 2 something the user must mend (one sentence), 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from aligner import __version__
from aligner.errors import AlignerError, ArticleError

if TYPE_CHECKING:
    from aligner.model import Article
    from aligner.vectors import Embedder

ALIGN_FORMATS = ("table", "jsonl", "tsv", "tmx", "xlsx", "html")
EXAMPLES = """examples:
  aligner run texts                         the whole job on a folder, into glossary/
  aligner align bai.txt report.txt          which sentences say the same thing
  aligner align vi.txt en.txt -o both.tmx   the same as a translation memory
  aligner pair texts                        which articles report the same event
  aligner show report.html                  what was read, dropped and why
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except AlignerError as error:
        print(f"aligner: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("aligner: interrupted; what is done so far is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _drop_output()
        return 0
    except OSError as error:  # a full disk behind standard output, a cache folder not to be made
        print(f"aligner: {error.strerror}: {error.filename or 'the output'}", file=sys.stderr)
        _drop_output()
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aligner",
        description="Aligns Vietnamese and English articles and builds a glossary from them.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aligner {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    run = commands.add_parser("run", help="the whole job on a folder, incremental")
    run.add_argument("texts", nargs="?", type=Path, default=Path("texts"), metavar="TEXTS")
    run.add_argument("--out", type=Path, default=Path("glossary"), metavar="DIR")
    run.set_defaults(command=_run)

    align = commands.add_parser("align", help="align a Vietnamese and an English file")
    align.add_argument("vi", type=Path, metavar="VI")
    align.add_argument("en", type=Path, metavar="EN")
    align.add_argument(
        "--relation",
        choices=("auto", "parallel", "comparable"),
        default="auto",
        help="a translation (parallel), two reports of one event (comparable), or find out",
    )
    align.add_argument("--lines", action="store_true", help="each line of the files is a sentence")
    align.add_argument("--format", choices=ALIGN_FORMATS, help="default: by -o, else table")
    align.add_argument("-o", "--output", type=Path, metavar="FILE")
    align.set_defaults(command=_align)

    pair = commands.add_parser("pair", help="decide which articles of a folder belong together")
    pair.add_argument("texts", type=Path, metavar="TEXTS")
    pair.add_argument("--format", choices=("table", "jsonl"), default="table")
    pair.set_defaults(command=_pair)

    show = commands.add_parser("show", help="show what is read of a file, dropped and why")
    show.add_argument("file", type=Path, metavar="FILE")
    show.set_defaults(command=_show)

    for command in (run, align, pair):
        command.add_argument(
            "--model",
            metavar="NAME",
            help="a sentence-transformers model by name or folder (default: the embedded e5-small)",
        )
    return parser


def _run(options: argparse.Namespace) -> int:
    from aligner.job import run
    from aligner.tables import print_report

    embedder = _embedder(options)
    report = run(options.texts, options.out, embedder)
    _sign(embedder)
    print_report(report)
    return 2 if report.folder.problems and not options.texts.is_dir() else 0


def _align(options: argparse.Namespace) -> int:
    from aligner.formats.bitext_output import format_of, write_bitext
    from aligner.pipeline import align
    from aligner.tables import print_bitext
    from aligner.text.document import segment, segment_lines

    form = format_of(options.format, options.output)
    cut = segment_lines if options.lines else segment
    first, second = (cut(_read_one(path)) for path in (options.vi, options.en))
    embedder = _embedder(options)
    bitext = align(first, second, embedder, relation=options.relation)
    _sign(embedder)
    if first.lang == "en":
        print("aligner: the files were given in the other order; put right", file=sys.stderr)
    print(f"aligner: {bitext.relation} ({bitext.reason})", file=sys.stderr)
    if form == "table":
        print_bitext(bitext)
    else:
        write_bitext(bitext, form, options.output, sys.stdout)
    return 0


def _pair(options: argparse.Namespace) -> int:
    from aligner.job import pair_folder
    from aligner.tables import print_pairs, print_pairs_jsonl

    embedder = _embedder(options)
    folder = pair_folder(options.texts, embedder)
    _sign(embedder)
    print_pairs(folder) if options.format == "table" else print_pairs_jsonl(folder)
    return 0


def _show(options: argparse.Namespace) -> int:
    from aligner.tables import print_document
    from aligner.text.document import segment

    print_document(segment(_read_one(options.file)))
    return 0


def _read_one(path: Path) -> Article:
    from aligner.formats.articles import read_articles

    if path.is_dir():
        raise ArticleError(path, "is a folder; name one file, or use `aligner run` for a folder")
    return read_articles(path)[0]


def _embedder(options: argparse.Namespace) -> Embedder:
    from aligner.embed import load_embedder

    return load_embedder(options.model)


def _sign(embedder: Embedder) -> None:
    """Say what made the result: version, model, and a digest of every setting."""
    from aligner.model import content_id
    from aligner.pipeline import signature

    digest = content_id(signature(embedder))[:6]
    print(f"aligner {__version__}|model:{embedder.name}|settings:{digest}", file=sys.stderr)


def _drop_output() -> None:
    """Let what is still buffered go nowhere, so that leaving the program raises nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Windows consoles and pipes would otherwise fail on Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
