"""Trains the heads of the term extraction: writes src/aligner/terms/data/heads-e5-small.npz.

python benchmarks/train_heads.py [--data ../shared/data]

Phrases that often occur together in the beads of alt-train.tsv (Asian Language Treebank, Riza et
al. 2016, CC BY 4.0) are taken for translations; the heads learn to bring their vectors together.
Only the maps are written. It takes about half an hour on two cores, nearly all of it for reading
the corpus.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from aligner import load_embedder
from aligner.embed import CachedEmbedder
from aligner.model import Bead, Bitext
from aligner.settings import TermSettings
from aligner.terms.phrases import phrases
from aligner.terms.windows.observe import observe, windows
from aligner.terms.windows.signs import usual_form
from data_sets import DEFAULT_DATA, ROOT, document, need, sentence_pairs

TARGET = ROOT / "src/aligner/terms/data/heads-e5-small.npz"
PART = 300  # sentence pairs read at a time
WORD_PAIRS = 2_000  # sentence pairs whose words are trained on in context
MIN_BEADS, MIN_DICE, NEAR_BEST = 2, 0.3, 0.7  # of phrases that are taken for translations
EPOCHS, RATE = 8, 2e-3


@dataclass
class Company:
    """In how many beads phrases occur, and in how many two of them cover each other."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    vi: Counter[str] = field(default_factory=Counter)
    en: Counter[str] = field(default_factory=Counter)
    forms: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: {"vi": defaultdict(Counter), "en": defaultdict(Counter)}
    )


def bitexts(rows: list[tuple[str, str]]) -> Iterator[Bitext]:
    """Yield the corpus in parts, every line one bead."""
    for start in range(0, len(rows), PART):
        vi, en = (list(side) for side in zip(*rows[start : start + PART], strict=True))
        beads = tuple(Bead((k,), (k,), 1.0) for k in range(len(vi)))
        sides = document(f"{start}.vi", "vi", vi), document(f"{start}.en", "en", en)
        yield Bitext(*sides, beads, "parallel", "given")


def read(rows: list[tuple[str, str]], embedder: CachedEmbedder) -> Company:
    """Count which phrases cover each other in the beads of the corpus."""
    company, settings = Company(), TermSettings()
    for number, bitext in enumerate(bitexts(rows)):
        for window in windows(bitext, settings):
            seen = observe(window, embedder, settings)
            company.pairs.update({(s.vi, s.en): s.beads for s in seen.sightings})
            company.vi.update(seen.vi.beads)
            company.en.update(seen.en.beads)
            for lang, forms in (("vi", seen.vi.forms), ("en", seen.en.forms)):
                for key, counts in forms.items():
                    company.forms[lang][key].update(counts)
        print(f"\r{(number + 1) * PART} of {len(rows)}", end="", flush=True)
    print()
    return company


def lexicon(company: Company) -> list[tuple[str, str]]:
    """Return the phrase pairs that often occur together: by Dice, and near the best of both."""
    dice = {
        (vi, en): 2 * count / (company.vi[vi] + company.en[en])
        for (vi, en), count in company.pairs.items()
        if count >= MIN_BEADS
    }
    best: defaultdict[tuple[int, str], float] = defaultdict(float)
    for pair, value in dice.items():
        for place in enumerate(pair):
            best[place] = max(best[place], value)
    return [
        pair
        for pair, value in dice.items()
        if value >= MIN_DICE and all(value >= NEAR_BEST * best[place] for place in enumerate(pair))
    ]


def in_context(
    rows: list[tuple[str, str]], known: list[tuple[str, str]], embedder: CachedEmbedder
) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Return the mean token vectors of known pairs in the sentence pairs that contain both."""
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for vi, en in known:
        partners[vi].append(en)
    ours, theirs, vi_keys, en_keys = [], [], [], []
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        sides = []
        for lang, texts in (("vi", [vi for vi, _ in part]), ("en", [en for _, en in part])):
            sides.append(
                [
                    spans(t, lang, r)
                    for t, r in zip(texts, embedder.encode_tokens(texts), strict=True)
                ]
            )
        for vi_spans, en_spans in zip(*sides, strict=True):
            for vi, row in vi_spans.items():
                for en in partners.get(vi, ()):
                    if en in en_spans:
                        ours.append(row)
                        theirs.append(en_spans[en])
                        vi_keys.append(vi)
                        en_keys.append(en)
    return np.array(ours), np.array(theirs), vi_keys, en_keys


def spans(text, lang, token) -> dict[str, np.ndarray]:
    """Return the mean token vector of every phrase of a sentence."""
    found = {}
    for phrase in phrases(text, lang):
        inside = (token.starts < phrase.end) & (token.ends > phrase.start)
        if inside.any():
            found[phrase.key] = token.rows[inside].mean(axis=0)
    return found


def train(
    vi: np.ndarray, en: np.ndarray, keys: tuple[list[str], list[str]], temperature: float, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a map and two shifts, trained by contrasting each pair with the rest of its batch."""
    torch.manual_seed(0)
    ours, theirs = torch.tensor(vi), torch.tensor(en)
    same = [torch.tensor(np.unique(side, return_inverse=True)[1]) for side in keys]
    means = ours.mean(0), theirs.mean(0)
    spread = torch.cat([ours - means[0], theirs - means[1]])
    start = torch.linalg.svd(spread, full_matrices=False)[2][:size].T.clone()
    weights = torch.nn.Parameter(start)
    shifts = [torch.nn.Parameter(-(mean @ start).detach()) for mean in means]
    optimizer = torch.optim.AdamW([weights, *shifts], lr=RATE, weight_decay=0)
    batch = min(1024, len(ours))
    for _ in range(EPOCHS):
        order = torch.randperm(len(ours))
        for k in range(0, len(ours) - batch + 1, batch):
            rows = order[k : k + batch]
            a = normalize(ours[rows] @ weights + shifts[0], dim=1)
            b = normalize(theirs[rows] @ weights + shifts[1], dim=1)
            # Another sentence with the same word is no counterexample.
            twins = sum((key[rows][:, None] == key[rows][None]) for key in same) > 0
            twins.fill_diagonal_(False)
            scores = (a @ b.T / temperature).masked_fill(twins, -1e4)
            wanted = torch.arange(batch)
            loss = (cross_entropy(scores, wanted) + cross_entropy(scores.T, wanted)) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    print(f"{len(ours)} pairs, loss {loss.item():.3f}")
    numbers = [part.detach().numpy().astype(np.float16) for part in (weights, *shifts)]
    return numbers[0], numbers[1], numbers[2]


def main() -> None:
    """Read the corpus, train both heads, write the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    rows = [pair for pair in sentence_pairs(data, "alt-train.tsv") if all(map(str.strip, pair))]
    company = read(rows, embedder)
    known = lexicon(company)
    write(company, known, rows, embedder)


def write(
    company: Company,
    known: list[tuple[str, str]],
    rows: list[tuple[str, str]],
    embedder: CachedEmbedder,
) -> None:
    """Train on the lexicon and on its pairs in context; write the table."""
    texts = [
        (usual_form(company.forms["vi"][vi]), usual_form(company.forms["en"][en]))
        for vi, en in known
    ]
    kept = [n for n, (vi, en) in enumerate(texts) if vi.casefold() != en.casefold()]
    vi, en = (embedder.encode([texts[n][side] for n in kept]) for side in (0, 1))
    keys = [known[n][0] for n in kept], [known[n][1] for n in kept]
    numbers = dict(
        zip(("phrase", "phrase_vi", "phrase_en"), train(vi, en, keys, 0.05, 384), strict=True)
    )
    vi, en, *keys = in_context(rows[:WORD_PAIRS], known, embedder)
    numbers |= dict(
        zip(("word", "word_vi", "word_en"), train(vi, en, tuple(keys), 0.1, 384), strict=True)
    )
    np.savez(TARGET, **numbers)


if __name__ == "__main__":
    main()
