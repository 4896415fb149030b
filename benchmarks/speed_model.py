"""Measures the embedded model; two sections of `speed.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from aligner.embed.background import background_texts
from aligner.embed.bundled import BundledEmbedder
from aligner.embed.reading import LIKELY, read_overlap
from aligner.model import LANGS
from aligner.settings import PRECISIONS
from data_sets import articles, own_events
from timing import REPEATS, best

TIMED = 3  # every so many texts are timed; the distance is measured on all
PRODUCT = (1_024, 384, 1_536)  # the largest matrix product of the encoder, at a batch
WEIGHTS = 21.3e6  # numbers that every token is multiplied by
Encode = Callable[[list[str]], np.ndarray]


def engines(data: Path) -> None:
    """Sentences a second of each way to run the embedded model, and the distance to float32."""
    from unpacked import sentence_transformer  # torch, whose memory only this section needs

    texts = [text for lang in LANGS for text in background_texts(lang)]
    if data.is_dir():
        beads = [bead for article in articles(data, "ntrex-dev-docs.json", 1) for bead in article]
        texts = [" ".join(side) for bead in beads for side in bead]
    plain = sentence_transformer()
    tokens = sum(len(ids) for ids in plain.tokenizer(["query: " + t for t in texts])["input_ids"])
    print(f"{len(texts)} texts of {tokens / len(texts):.0f} tokens")
    print(f"matrix product in float32: {_matrix_product():.0f} GFLOP/s")

    ways: dict[str, Encode] = {
        "sentence-transformers, float32": lambda texts: plain.encode(
            texts, prompt="query: ", show_progress_bar=False
        ),
        **{f"aligner, {precision}": BundledEmbedder(precision).encode for precision in PRECISIONS},
    }
    wanted = next(iter(ways.values()))(texts)
    near = {name: (encode(texts) * wanted).sum(axis=1) for name, encode in ways.items()}
    texts = texts[::TIMED]
    seconds = _seconds(ways, texts)
    for name in ways:
        flops = 2 * WEIGHTS * (tokens // TIMED) / seconds[name] / 1e9
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


def _matrix_product() -> float:
    """Return the GFLOP/s of the largest matrix product of the encoder."""
    a, b = (
        np.random.default_rng(0).random(size, np.float32) for size in (PRODUCT[:2], PRODUCT[1:])
    )
    return 2 * np.prod(PRODUCT) / best(lambda: a @ b, 50) / 1e9


def _seconds(ways: Mapping[str, Encode], texts: list[str]) -> dict[str, float]:
    """Return the least seconds of each way to encode some texts."""
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(REPEATS):  # one after the other, so that all see the same neighbours
        for name, encode in ways.items():
            seconds[name] = min(seconds[name], best(partial(encode, texts), 1))
    return seconds


def reading(data: Path) -> None:
    """Seconds to embed and to read two reports that are new, for each pair of the own events."""
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
