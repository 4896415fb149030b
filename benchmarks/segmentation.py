"""Measures sentence splitting: which boundaries between gold segments are found, and what is extra.

The segments of a document are joined with one blank and split again.

    python benchmarks/segmentation.py
    python benchmarks/segmentation.py --show --splitter aligner --set ntrex --lang vi
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from aligner.model import Lang
from aligner.text.segment import split_sentences

Splitter = Callable[[str, Lang], list[int]]

SETS = {"ntrex": "ntrex-dev-segments.json", "flores": "flores-devtest-docs.json"}
LANGS: tuple[Lang, ...] = ("en", "vi")
# A boundary without these marks (or quotes and brackets after them) is that of a headline or a
# colon, which no splitter can find once line breaks are gone. It counts in `recall`, not in
# `marked`.
STOPS = ".?!…"
CLOSERS = "\"'”’»›)] "


@dataclass
class Score:
    """Boundaries of one set in one language, as one splitter found them."""

    segments: int = 0
    boundaries: int = 0
    found: int = 0
    marked: int = 0
    marked_found: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of all boundaries that were found."""
        return self.found / max(1, self.boundaries)

    @property
    def marked_recall(self) -> float:
        """Share of the boundaries after a stop that were found."""
        return self.marked_found / max(1, self.marked)

    @property
    def extra_per_hundred(self) -> float:
        """Splits inside segments for every hundred segments; some of them are right."""
        return 100 * len(self.extra) / max(1, self.segments)

    def row(self) -> str:
        """Return the four figures as one piece of a table row."""
        return (
            f"{self.segments:8} {self.recall:6.3f} {self.marked_recall:6.3f}"
            f" {self.extra_per_hundred:9.2f}"
        )

    def add(self, segments: list[str], splitter: Splitter, lang: Lang) -> None:
        """Join the segments of one document, split them, count."""
        text, starts = " ".join(segments), [0]
        for segment in segments[:-1]:
            starts.append(starts[-1] + len(segment) + 1)
        gold, cuts = set(starts[1:]), set(splitter(text, lang)) - {0}
        self.segments += len(segments)
        self.boundaries += len(gold)
        self.found += len(gold & cuts)
        for cut in sorted(gold | cuts):
            marked = text[:cut].rstrip(CLOSERS)[-1:] in tuple(STOPS)
            if cut in gold:
                self.marked += marked
                self.marked_found += marked and cut in cuts
            shown = f"{text[max(0, cut - 50) : cut]}| {text[cut : cut + 40]}"
            if cut not in cuts:
                self.missed.append(f"{'marked  ' if marked else 'unmarked'} {shown}")
            elif cut not in gold:
                self.extra.append(shown)


def measure(documents: list[dict[str, list[str]]], splitter: Splitter, lang: Lang) -> Score:
    """Score a splitter on all documents of a set."""
    score = Score()
    for document in documents:
        score.add(document[lang], splitter, lang)
    return score


def our_cuts(text: str, lang: Lang) -> list[int]:
    """Return where the sentences begin according to `aligner`."""
    return [start for start, _ in split_sentences(text, lang)]


def other_splitters() -> Iterator[tuple[str, Splitter]]:
    """Yield the other tools that are installed here."""
    if find_spec("pysbd"):
        import pysbd

        # pySBD has no Vietnamese; its English rules are the nearest that it offers.
        segmenter = pysbd.Segmenter(language="en", clean=False)
        yield "pysbd", lambda text, lang: begins(text, segmenter.segment(text))
    if find_spec("underthesea"):
        from underthesea import sent_tokenize

        yield "underthesea", lambda text, lang: begins(text, sent_tokenize(text))


def begins(text: str, pieces: list[str]) -> list[int]:
    """Find where pieces returned as strings begin in the text, blanks aside."""
    cuts, position = [], 0
    for piece in pieces:
        found = text.find(piece.strip(), position)
        if found >= 0 and piece.strip():
            cuts.append(found)
            position = found + len(piece.strip())
    return cuts


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default, help="folder of the labelled sets")
    parser.add_argument("--show", action="store_true", help="list missed and extra boundaries")
    parser.add_argument("--splitter", choices=["aligner", "pysbd", "underthesea"], help="only it")
    parser.add_argument("--set", choices=SETS, help="only this set")
    parser.add_argument("--lang", choices=LANGS, help="only this language")
    return parser.parse_args()


def main() -> int:
    """Print one row for each splitter, set and language."""
    options = arguments()
    absent = [name for name in SETS.values() if not (options.data / name).is_file()]
    if absent:
        print(f"{options.data} does not hold {' and '.join(absent)}; name the folder with --data.")
        return 2
    print(f"{'splitter':12} {'set':7} {'lang':4} {'segments':>8} recall marked extra/100")
    for name, splitter in [("aligner", our_cuts), *other_splitters()]:
        if options.splitter in (None, name):
            for set_name in [options.set] if options.set else SETS:
                documents = json.loads((options.data / SETS[set_name]).read_text(encoding="utf-8"))
                for lang in [options.lang] if options.lang else LANGS:
                    score = measure(documents, splitter, lang)
                    print(f"{name:12} {set_name:7} {lang:4} {score.row()}")
                    if options.show:
                        print(*(f"  missed {line}" for line in score.missed), sep="\n")
                        print(*(f"  extra  {line}" for line in score.extra), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
