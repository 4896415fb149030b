"""Two texts as the algorithms see them: embedded, or with vectors that are made up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.background import Background
from aligner.alignment.side import Side, make_side
from aligner.alignment.spans import MAX_SPAN
from aligner.text.lexicon import load_lexicon
from aligner.vectors import Embedder, Matrix, unit_rows

DIM = 384  # of made-up vectors, as of the embedded model
LENGTH = 90  # characters of a made-up sentence
WORDS = 12  # of a made-up sentence, drawn from the word list


def sides(
    vi: Sequence[str], en: Sequence[str], embedder: Embedder, background: Background
) -> tuple[Side, Side]:
    """Return the sentences of two texts, embedded."""
    return make_side(vi, "vi", embedder, background), make_side(en, "en", embedder, background)


def made_sides(size: int) -> tuple[Side, Side]:
    """Return a text of `size` sentences and its translation: some merged, left out, put in.

    The vectors are made up; the words are drawn from the word list, a dozen a sentence, some far
    oftener than others (Zipf), so that 300 sentences hold some 1,300 words, as news do.
    """
    rng = np.random.default_rng(size)
    ours, rendered = _texts(size, rng)
    foreign = " ".join(rendered[0].split()[::-1])
    rows = unit_rows(rng.standard_normal((size, DIM)))
    noise = unit_rows(rng.standard_normal((size, DIM)))
    near = unit_rows(0.65 * rows + 0.76 * noise)
    texts, theirs, k = [], [], 0
    while k < size:
        lot = rng.random()
        if lot > 0.96:
            theirs.append(unit_rows(rng.standard_normal((1, DIM)))[0])
            texts.append(foreign)
        if lot < 0.08 and k + 1 < size:
            theirs.append(near[k] + near[k + 1])
            texts.append(f"{rendered[k]} {rendered[k + 1]}")
            k += 2
        elif lot < 0.16:
            k += 1
        else:
            theirs.append(near[k])
            texts.append(rendered[k])
            k += 1
    return _made(ours, rows), _made(texts, unit_rows(np.array(theirs)))


def _texts(size: int, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return Vietnamese sentences of drawn words, and their English renderings word by word."""
    entries = list(load_lexicon().entries.items())
    chances = 1 / np.arange(10, len(entries) + 10)
    places = rng.choice(rng.permutation(len(entries)), (size, WORDS), p=chances / chances.sum())
    drawn = [[entries[k] for k in row] for row in places]
    ours = [" ".join(word for word, _ in words) for words in drawn]
    return ours, [" ".join(known.split("; ")[0] for _, known in words) for words in drawn]


def _made(texts: Sequence[str], vectors: Matrix) -> Side:
    """Return numbered sentences with their vectors [n, DIM].

    The vectors of merged sentences are ready made, because embedding is not what is timed.
    """
    n = len(vectors)
    spans = {
        a: unit_rows(sum(vectors[k : n - a + 1 + k] for k in range(a)))
        for a in range(2, MAX_SPAN + 1)
    }

    def embed(merged: Sequence[str]) -> np.ndarray:
        places = [(text.count("."), int(text.split(" ", 1)[0])) for text in merged]
        return np.array([spans[a][k] for a, k in places]).reshape(-1, DIM)

    numbered = [f"{k} {text}." for k, text in enumerate(texts)]
    lengths = np.full(n, LENGTH, dtype=np.float32)
    return Side(numbered, vectors, lengths, 0 * lengths, [{}] * n, embed)
