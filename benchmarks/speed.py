"""Measures speed and memory: each section in a process of its own, ratios taken in one run.

python benchmarks/speed.py [--data ../shared/data] [SECTION ...]

Sections: engines, reading, merged, commands, align, corpus, workbook. `corpus` takes some minutes.
Indexes are measured by `search_scale.py`. Without the development data `engines` reads the
background sentences of the package, and `merged` and `corpus` are left out. Where the environment's
VECALIGN names a checkout of github.com/thompsonb/vecalign, `align` times its compiled code beside
ours (needs Cython).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from aligner.model import LANGS
from data_sets import DEFAULT_DATA, ROOT, lines_as_articles
from timing import REPEATS, best

ARTICLES = 112  # of a corpus, in both languages
ROWS = 20_000  # of a workbook
# The module of each section, imported only when it runs, so that no other counts in its memory.
SECTIONS = {
    "engines": "speed_model",
    "reading": "speed_model",
    "merged": "speed_align",
    "commands": "speed",
    "align": "speed_align",
    "corpus": "speed",
    "workbook": "speed",
}


def commands(data: Path) -> None:
    """Seconds of each command from the start of Python to its end, everything in the cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "texts", folder / "texts")
        pair = ["texts/vien-dam-phan-12-10.html", "texts/talks_vienna.txt"]
        lines = {
            "--help": ["--help"],
            "run texts (first)": ["run", "texts"],
            "run texts (again)": ["run", "texts"],
            "align": ["align", *pair],
            "search": ["search", "cuộc đàm phán"],
            "concord": ["concord", "đàm phán"],
            "terms": ["terms", "texts"],
            "review": ["review"],
            "check": ["check", *pair],
            "export": ["export", "tbx"],
            "pair": ["pair", "texts"],
            "show": ["show", pair[0]],
            "tmx": ["tmx", "glossary/bitext.tmx"],
            "import": ["import", "glossary/glossary.csv"],
        }
        for label, line in lines.items():
            once = "first" in label

            def command(line: list[str] = line) -> None:
                subprocess.run(
                    [sys.executable, "-m", "aligner", *line],
                    cwd=folder,
                    check=True,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

            print(f"aligner {label:20} {best(command, 1 if once else REPEATS):6.2f} s")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"most memory of any of them: {children / 1e6:.2f} GB")


def corpus(data: Path) -> None:
    """Seconds of the whole job on 112 translated articles of 40 sentences, first and again."""
    if not data.is_dir():
        print("left out: it needs the development data")
        return
    lot = lines_as_articles(data, "alt-train.tsv", 40)[:ARTICLES]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts").mkdir()
        for number, beads in enumerate(lot):
            for side, lang in enumerate(LANGS):
                lines = [" ".join(bead[side]) for bead in beads]
                path = folder / f"texts/{number}.{lang}.txt"
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for label in ("first", "again"):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "aligner", "run", "texts"],
                cwd=folder,
                check=True,
                env=os.environ | {"ALIGNER_CACHE": str(folder / "cache")},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            print(f"{label} {time.perf_counter() - start:4.0f} s", flush=True)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    count = sum(len(beads) for beads in lot)
    print(f"{count:,} sentences a side in {len(lot)} articles: {children / 1e6:.2f} GB at most")


def workbook(data: Path) -> None:
    """Seconds to write and to read back a workbook of 20,000 rows."""
    from aligner.exports import write_workbook
    from aligner.formats.workbook.read import read_workbook
    from aligner.glossary import Glossary
    from aligner.term_pair import Evidence, TermPair

    pairs = tuple(
        TermPair(
            f"thuật ngữ {n}",
            f"term {n}",
            count=2,
            confidence=0.8,
            evidence=(Evidence(f"Câu có thuật ngữ {n}.", f"With term {n}.", "a.txt", "b.txt"),),
        )
        for n in range(ROWS)
    )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "glossary.xlsx")
        written = best(lambda: write_workbook(Glossary(pairs), path), 1)
        size = path.stat().st_size
        read = best(lambda: read_workbook(path), 1)
    print(f"{ROWS:,} rows: written in {written:.1f} s, read in {read:.1f} s, {size / 1e6:.1f} MB")


def main() -> None:
    """Run the sections, each in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    chosen = options.sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    if options.here:
        getattr(import_module(SECTIONS[chosen[0]]), chosen[0])(options.data)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"most memory of this section: {peak:.2f} GB", flush=True)
        return
    print(f"{os.cpu_count()} cores")
    for name in chosen:
        print(f"\n# {name}", flush=True)
        line = [sys.executable, __file__, name, "--data", str(options.data), "--here"]
        one = {} if name == "engines" else {"OPENBLAS_NUM_THREADS": "1"}  # as in the commands
        subprocess.run(line, check=True, env=os.environ | one)


if __name__ == "__main__":
    main()
