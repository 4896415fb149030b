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
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aligner.model import LANGS, Lang
from data_sets import DEFAULT_DATA, ROOT, articles, lines_as_articles, own_events, perturbed

if TYPE_CHECKING:
    from aligner.alignment.side import Side

SIZES = (20, 200, 300, 2_000, 20_000, 100_000)  # sentences a side to align
REPEATS = 3
TIMED = 3  # every so many texts are timed; the distance is measured on all
ARTICLES = 112  # of a corpus, in both languages
ROWS = 20_000  # of a workbook
PRODUCT = (1_024, 384, 1_536)  # the largest matrix product of the encoder, at a batch
WEIGHTS = 21.3e6  # numbers that every token is multiplied by


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the least seconds of some runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def engines(data: Path) -> None:
    """Sentences a second of each way to run the embedded model, and the distance to float32."""
    from aligner.embed.background import background_texts
    from aligner.embed.bundled import BundledEmbedder
    from aligner.settings import PRECISIONS
    from unpacked import sentence_transformer

    texts = [text for lang in LANGS for text in background_texts(lang)]
    if data.is_dir():
        beads = [bead for article in articles(data, "ntrex-dev-docs.json", 1) for bead in article]
        texts = [" ".join(side) for bead in beads for side in bead]
    plain = sentence_transformer()
    tokens = sum(len(ids) for ids in plain.tokenizer(["query: " + t for t in texts])["input_ids"])
    print(f"{len(texts)} texts of {tokens / len(texts):.0f} tokens")
    a, b = (
        np.random.default_rng(0).random(size, np.float32) for size in (PRODUCT[:2], PRODUCT[1:])
    )
    peak = 2 * np.prod(PRODUCT) / best(lambda: a @ b, 50) / 1e9
    print(f"matrix product in float32: {peak:.0f} GFLOP/s")

    def reference() -> np.ndarray:
        return plain.encode(texts, prompt="query: ", show_progress_bar=False)

    ways: dict[str, Callable[[], np.ndarray]] = {"sentence-transformers, float32": reference}
    for precision in PRECISIONS:
        model = BundledEmbedder(precision)
        ways[f"aligner, {precision}"] = lambda model=model: model.encode(texts)
    wanted = reference()
    near = {name: (encode() * wanted).sum(axis=1) for name, encode in ways.items()}
    texts = texts[::TIMED]
    tokens //= TIMED
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(REPEATS):  # one after the other, so that all see the same neighbours
        for name, encode in ways.items():
            seconds[name] = min(seconds[name], best(encode, 1))
    for name in ways:
        flops = 2 * WEIGHTS * tokens / seconds[name] / 1e9
        ratio = next(iter(seconds.values())) / seconds[name]
        print(
            f"{name:32} {len(texts) / seconds[name]:5.0f} sentences/s   ratio {ratio:.2f}   "
            f"{flops:4.0f} GFLOP/s   cosine at least {near[name].min():.4f}, "
            f"mean {near[name].mean():.4f}"
        )
    few = texts[:40]
    one = BundledEmbedder()
    alone = best(lambda: [one.encode_query(text) for text in few], 1)
    print(f"{'C engine, one by one':32} {len(few) / alone:5.0f} sentences/s")


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


def reading(data: Path) -> None:
    """Seconds to embed and to read two reports that are new, for each pair of the own events."""
    from aligner.embed.bundled import BundledEmbedder
    from aligner.embed.reading import LIKELY, read_overlap

    model = BundledEmbedder()
    events = own_events()
    sides = [(event.vi, event.en) for event in events]
    count = sum(len(vi) + len(en) for vi, en in sides)
    model.encode(sides[0][0])
    model.encode_facts(sides[0][0])
    model.judge_pairs([(sides[0][0][0], sides[0][1][0])])
    whole = best(lambda: [model.encode(vi + en) for vi, en in sides])
    alone = best(lambda: [model.encode_facts(vi + en) for vi, en in sides])
    read = best(lambda: [read_overlap(vi, en, model) for vi, en in sides])
    each = len(events)
    print(f"{each} pairs of reports of {count / each:.0f} sentences, {model.precision}, a pair:")
    print(f"vectors {whole / each:.2f} s   read by themselves {alone / each:.2f} s", end="   ")
    print(f"{LIKELY} partners of each read at once {(read - alone) / each:.2f} s")


def merged(data: Path) -> None:
    """Characters of merged sentences that are embedded to align a translation, by set."""
    if not data.is_dir():
        print("left out: it needs the development data")
        return
    from aligner import load_embedder
    from aligner.alignment.parallel import choose_beads
    from aligner.alignment.side import make_side
    from aligner.embed.background import load_background
    from aligner.settings import ParallelSettings

    embedder = load_embedder()
    background = load_background(embedder)
    untouched = lines_as_articles(data, "alt-dev.tsv")
    sets = {
        "alt-dev untouched": [([vi for (vi,), _ in a], [en for _, (en,) in a]) for a in untouched]
    }
    for name, documents in (
        ("ntrex-dev", articles(data, "ntrex-dev-docs.json")),
        ("flores-devtest", articles(data, "flores-devtest-docs.json")),
        ("alt-dev", untouched),
    ):
        sets[f"{name} perturbed"] = [(c.vi, c.en) for c in perturbed(name, documents, 1)]
    for name, pairs in sets.items():
        count = 0

        def counted(text: Side) -> Side:
            def embed(texts: Sequence[str]) -> np.ndarray:
                nonlocal count
                count += sum(map(len, texts))
                return text.embed(texts)

            return replace(text, embed=embed)

        for vi, en in pairs:
            sides = (
                make_side(vi, "vi", embedder, background),
                make_side(en, "en", embedder, background),
            )
            choose_beads(*map(counted, sides), ParallelSettings())
        own = sum(len(text) for pair in pairs for side in pair for text in side)
        print(f"{name:26} {count / own:.2f}")


def align(data: Path) -> None:
    """Seconds to align a made-up translation, without embedding."""
    from aligner.alignment.left_over import with_left_over
    from aligner.alignment.parallel import choose_beads, judged_beads
    from aligner.settings import ParallelSettings

    for size in SIZES:
        src, tgt = made_sides(size)

        def run(src=src, tgt=tgt) -> object:
            choices = choose_beads(src, tgt, ParallelSettings())
            return judged_beads(with_left_over(choices, src, tgt, ParallelSettings()), src, tgt)

        repeats = 5 * REPEATS if size <= 300 else REPEATS if size <= 2_000 else 1
        print(f"{size:7,} by {size:7,} sentences   {1e3 * best(run, repeats):8.1f} ms", end="")
        other = vecalign_of(src, tgt) if size <= 20_000 else None
        print(f"   Vecalign {1e3 * best(other, repeats):8.1f} ms" if other else "")


def vecalign_of(src: Side, tgt: Side) -> Callable[[], object] | None:
    """Return what aligns two texts by the code of Vecalign, None where VECALIGN names no checkout.

    Beads hold up to five sentences on both sides together, as ours do; all else is as in its
    command line. Cython compiles the code when it is first imported.
    """
    checkout = os.environ.get("VECALIGN")
    if not checkout:
        return None
    sys.path.insert(0, checkout)
    from dp_utils import make_alignment_types, vecalign

    from aligner.alignment.spans import mean_spans

    most = 5
    vectors = []
    for side in (src, tgt):
        rows = np.zeros((most - 1, *side.vectors.shape), dtype=np.float32)
        for a, spans in mean_spans(side).vectors.items():
            rows[a - 1, a - 1 :] = spans  # by the last sentence
        vectors.append(rows)
    settings = {
        "final_alignment_types": make_alignment_types(most),
        "del_percentile_frac": 0.2,
        "width_over2": -(-most // 2) + 5,
        "max_size_full_dp": 300,
        "costs_sample_size": 20_000,
        "num_samps_for_norm": 100,
    }
    return lambda: vecalign(*(rows.copy() for rows in vectors), **settings)


def made_sides(size: int) -> tuple:
    """Return a text and its translation: some sentences merged, left out, put in.

    The vectors are made up; the words are drawn from the word list, a dozen a sentence, some far
    oftener than others (Zipf), so that 300 sentences hold some 1,300 words, as news do.
    """
    from aligner.alignment.side import Side
    from aligner.alignment.spans import MAX_SPAN
    from aligner.text.lexicon import load_lexicon
    from aligner.vectors import unit_rows

    rng = np.random.default_rng(size)
    entries = list(load_lexicon().entries.items())
    chances = 1 / np.arange(10, len(entries) + 10)
    places = rng.choice(rng.permutation(len(entries)), (size, 12), p=chances / chances.sum())
    drawn = [[entries[k] for k in row] for row in places]
    ours = [" ".join(word for word, _ in words) for words in drawn]
    rendered = [" ".join(known.split("; ")[0] for _, known in words) for words in drawn]
    foreign = " ".join(rendered[0].split()[::-1])
    their_texts = []
    rows = unit_rows(rng.standard_normal((size, 384)))
    noise = unit_rows(rng.standard_normal((size, 384)))
    theirs, k = [], 0
    near = unit_rows(0.65 * rows + 0.76 * noise)
    while k < size:
        lot = rng.random()
        if lot > 0.96:
            theirs.append(unit_rows(rng.standard_normal((1, 384)))[0])
            their_texts.append(foreign)
        if lot < 0.08 and k + 1 < size:
            theirs.append(near[k] + near[k + 1])
            their_texts.append(f"{rendered[k]} {rendered[k + 1]}")
            k += 2
        elif lot < 0.16:
            k += 1
        else:
            theirs.append(near[k])
            their_texts.append(rendered[k])
            k += 1

    def side(lang: Lang, vectors: np.ndarray, words: Sequence[str]) -> Side:
        n = len(vectors)

        spans = {  # of several sentences, ready made: embedding is not what is timed
            a: unit_rows(sum(vectors[k : n - a + 1 + k] for k in range(a)))
            for a in range(2, MAX_SPAN + 1)
        }

        def embed(texts: Sequence[str]) -> np.ndarray:
            places = [(text.count("."), int(text.split(" ", 1)[0])) for text in texts]
            return np.array([spans[a][k] for a, k in places]).reshape(-1, 384)

        numbered = [f"{k} {text}." for k, text in enumerate(words)]
        lengths = np.full(n, 90, dtype=np.float32)
        return Side(numbered, vectors, lengths, 0 * lengths, [{}] * n, embed)

    return side("vi", rows, ours), side("en", unit_rows(np.array(theirs)), their_texts)


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


SECTIONS = {f.__name__: f for f in (engines, reading, merged, commands, align, corpus, workbook)}


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
        SECTIONS[chosen[0]](options.data)
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
