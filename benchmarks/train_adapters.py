"""Trains the two readers of reports: one for single sentences, one for two sentences together.

python benchmarks/train_adapters.py [--reader facts | pairs] [--data ../shared/data]

Both are low-rank additions to the embedded model, learned from four fifths of the labelled events
(`data/training`, comparable-train) and from alt-train; the other events are left for
`calibrate.py`. `facts` is trained by contrast with several positives (Khosla et al. 2020), on
sentence vectors and on late interaction: sentences with a common fact come near to each other and
to the fact as it was noted, and so do translations; other sentences of the same event are the
negatives. `pairs` learns whether two sentences, read together, have a fact in common; its negatives
are sentences of the same event, of its sibling and of one article. On a GPU, each takes some
minutes; on two cores, `facts` takes a night, and `pairs` two. Only numbers are written, none of the
data's text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from aligner.embed.adapter import READERS, SPREAD, Reader
from aligner.embed.bundled import PROMPT, packed_file
from aligner.embed.encoder import Batch, batches, pair_batches
from aligner.embed.prepared import make_tokenizer
from aligner.embed.weights import PackedModel, read_packed
from aligner.progress import progress
from data_sets import (
    DEFAULT_DATA,
    ROOT,
    event_of,
    given_entries,
    held_back,
    need,
    sentence_pairs,
    story,
    written_entries,
)
from torch_encoder import DEVICE, LearningEncoder

TARGET = ROOT / "src/aligner/embed/data"
EPOCHS = 4
RATE, HEAD_RATE, JUDGE_RATE = 5e-4, 1e-3, 3e-2
EVENTS = 2  # in each step
TRANSLATIONS = 12  # in a step of `facts`
NEIGHBOURS = 16  # consecutive translations in a step of `pairs`, each compared with all
SHARPNESS = 20.0  # of a cosine: 1 / temperature .05
STEEPNESS = 4.0  # factor for what the head reads, so that it learns faster
TOKENS = 100_000 if DEVICE == "cuda" else 4_000  # in one pass, padding among them
FEWEST = 12  # a group with fewer right pairs is weighted as if it had so many
Labels = Sequence[set[str]]
Row = tuple[Tensor, Tensor]  # ids [tokens], which of them are of the text itself
Read = tuple[Tensor, Tensor, Tensor]  # whole [n, dim], token rows [n, tokens, dim], weights
Loss = Callable[["Learner", "Sequence[Noted]", random.Random], Tensor]


@dataclass(frozen=True, slots=True)
class Noted:
    """An event: the sentences of its reports, its facts in words, and which text has which fact."""

    name: str
    texts: tuple[list[str], list[str], list[str]]  # Vietnamese, English, facts
    facts: tuple[Labels, Labels, Labels]

    @classmethod
    def of(cls, entry: Any) -> Noted:
        """Return a labelled event with its facts as texts beside the sentences."""
        event, name = event_of(entry), entry["id"]
        vi, en = ([{f"{name}/{fact}" for fact in some} for some in side] for side in event.facts)
        notes = entry["facts"]
        facts = (vi, en, [{f"{name}/{fact}"} for fact in notes])
        return cls(name, (event.vi, event.en, list(notes.values())), facts)


@cache
def packed() -> tuple[PackedModel, Any]:
    """Return the embedded model and its tokenizer."""
    model = read_packed(packed_file())
    return model, make_tokenizer(model)


class Learner(nn.Module):
    """The encoder in training, with the weights of three measures of nearness."""

    def __init__(self, rank: int, lowest: int, translations: list[tuple[str, str]]) -> None:
        super().__init__()
        self.encoder = LearningEncoder(packed()[0], rank, lowest)
        self.judge = nn.Parameter(torch.tensor([10.0, 10.0, 10.0, -20.0]))
        self.translations = translations

    def read(self, texts: Sequence[str]) -> Read:
        """Return texts as `encode_facts` reads them, padded to the longest."""
        rows = _rows(batches(packed()[1], texts, PROMPT), len(texts))
        longest = max(len(ids) for ids, _ in rows)
        found: list[Read] = []
        order: list[int] = []
        for part, last, whole in self._passes(rows):
            order += part
            own = nn.utils.rnn.pad_sequence([rows[n][1] for n in part], batch_first=True)
            logs = self.encoder.head(last).squeeze(-1).clamp(-SPREAD, SPREAD)
            wide = (0, longest - last.shape[1])
            found.append(
                (
                    functional.normalize(whole, dim=-1),
                    functional.pad(functional.normalize(last, dim=-1), (0, 0, *wide)),
                    functional.pad(logs.exp() * own.to(DEVICE), wide),
                )
            )
        back = torch.tensor(np.argsort(order), device=DEVICE)
        whole, tokens, weights = (torch.cat(part)[back] for part in zip(*found, strict=True))
        return whole, tokens, weights

    def odds(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Return the log odds of a common fact [pairs], as `judge_pairs` does."""
        rows = _rows(pair_batches(packed()[1], pairs, PROMPT), len(pairs))
        found, order = [], []
        for part, _, whole in self._passes(rows):
            order += part
            found.append(self.encoder.head(STEEPNESS * whole).squeeze(-1))
        return torch.cat(found)[torch.tensor(np.argsort(order), device=DEVICE)]

    def _passes(self, rows: Sequence[Row]) -> Iterator[tuple[list[int], Tensor, Tensor]]:
        """Yield the numbers of some rows of similar length, their last layer, and its means."""
        for part in _parts(rows):
            last, there = self.encoder([rows[n][0] for n in part])
            yield part, last, (last * there[..., None]).sum(dim=1) / there.sum(dim=1, keepdim=True)


def _rows(parts: Iterable[Batch], count: int) -> list[Row]:
    """Return the tokens of each text without padding."""
    rows: dict[int, Row] = {}
    for batch in parts:
        for n, number in enumerate(batch.numbers):
            there = batch.mask[n]
            rows[number] = (
                torch.from_numpy(batch.ids[n][there]),
                torch.from_numpy(batch.own[n][there]),
            )
    return [rows[number] for number in range(count)]


def _parts(rows: Sequence[Row]) -> list[list[int]]:
    """Return the numbers of the rows that go through the encoder together, of similar length."""
    parts: list[list[int]] = []
    for n in sorted(range(len(rows)), key=lambda n: len(rows[n][0])):
        if not parts or (len(parts[-1]) + 1) * len(rows[n][0]) > TOKENS:
            parts.append([])
        parts[-1].append(n)
    return parts


def cover(ours: Read, theirs: Read) -> tuple[Tensor, Tensor]:
    """Return how much of either text is in the other, [ours, theirs] and [ours, theirs]."""
    (_, a, a_weights), (_, b, b_weights) = ours, theirs
    cosines = torch.einsum("itd,jsd->itjs", a, b)
    of_ours = (cosines - 2 * (b_weights == 0).float()).amax(dim=3)
    of_theirs = (cosines - 2 * (a_weights == 0).float()[:, :, None, None]).amax(dim=1)
    ahead = (of_ours * a_weights[:, :, None]).sum(dim=1) / a_weights.sum(dim=1)[:, None]
    behind = (of_theirs * b_weights).sum(dim=2) / b_weights.sum(dim=1)
    return ahead, behind


def contrast(scores: Tensor, same: Tensor) -> Tensor:
    """Return the loss over the rows and the columns that have a partner."""
    losses = []
    for table, wanted in ((scores, same), (scores.T, same.T)):
        kept = wanted.any(dim=1)
        if kept.any():
            logs = table[kept].log_softmax(dim=1)
            share = wanted[kept].float()
            losses.append(-((logs * share).sum(dim=1) / share.sum(dim=1)).mean())
    return torch.stack(losses).mean() if losses else torch.zeros((), device=DEVICE)


def shared(ours: Labels, theirs: Labels) -> Tensor:
    """Return which texts have a fact in common, [ours, theirs]."""
    return torch.tensor([[bool(a & b) for b in theirs] for a in ours], device=DEVICE)


def fact_loss(learner: Learner, events: Sequence[Noted], rng: random.Random) -> Tensor:
    """Return the loss over some events and translations, each sentence read by itself."""
    pairs = rng.sample(learner.translations, TRANSLATIONS)
    translated = [{f"translation {n}"} for n in range(len(pairs))]
    texts = [[text for event in events for text in event.texts[side]] for side in range(3)]
    facts = [[some for event in events for some in event.facts[side]] for side in range(3)]
    for side in (0, 1):
        texts[side] += [pair[side] for pair in pairs]
        facts[side] += translated
    read = learner.read([text for side in texts for text in side])
    ends = np.cumsum([len(side) for side in texts])
    vi, en, notes = (
        tuple(part[end - len(side) : end] for part in read)
        for side, end in zip(texts, ends, strict=True)
    )
    loss = contrast(SHARPNESS * vi[0] @ en[0].T, shared(facts[0], facts[1]))
    for side, whole in ((0, vi[0]), (1, en[0])):
        loss = loss + 0.5 * contrast(SHARPNESS * whole @ notes[0].T, shared(facts[side], facts[2]))
    at = [0, 0, 0]
    groups = [(event.facts, [len(side) for side in event.texts]) for event in events]
    groups.append(((translated, translated, []), [len(pairs), len(pairs), 0]))
    for labels, sizes in groups:
        a, b, c = (
            tuple(part[start : start + size] for part in side)
            for side, start, size in zip((vi, en, notes), at, sizes, strict=True)
        )
        at = [start + size for start, size in zip(at, sizes, strict=True)]
        ahead, behind = cover(a, b)
        same = shared(labels[0], labels[1])
        loss = loss + contrast(SHARPNESS * (ahead + behind) / 2, same) / len(groups)
        if not sizes[2]:
            continue
        for side, theirs in ((a, labels[0]), (b, labels[1])):
            both = SHARPNESS * sum(cover(side, c)) / 2
            loss = loss + 0.5 * contrast(both, shared(theirs, labels[2])) / len(groups)
        near, ours, back, bias = learner.judge
        odds = near * (a[0] @ b[0].T) + ours * ahead + back * behind + bias
        wrong = functional.binary_cross_entropy_with_logits(odds, same.float(), reduction="sum")
        loss = loss + wrong / same.sum().clamp(min=1) / len(events)
    return loss


def pair_loss(learner: Learner, events: Sequence[Noted], rng: random.Random) -> Tensor:
    """Return the loss over all sentence pairs of some events, of strangers and of translations."""
    groups = [(e.texts[0], e.texts[1], shared(e.facts[0], e.facts[1])) for e in events]
    if len(events) > 1:
        src, tgt = events[0], events[1]
        groups.append((src.texts[0], tgt.texts[1], shared(src.facts[0], tgt.facts[1])))
    start = rng.randrange(len(learner.translations) - NEIGHBOURS)
    vi, en = map(list, zip(*learner.translations[start : start + NEIGHBOURS], strict=True))
    groups.append((vi, en, torch.eye(NEIGHBOURS, dtype=torch.bool, device=DEVICE)))
    pairs = [(a, b) for ours, theirs, _ in groups for a in ours for b in theirs]
    sizes = [same.numel() for _, _, same in groups]
    loss = torch.zeros((), device=DEVICE)
    for odds, (_, _, same) in zip(learner.odds(pairs).split(sizes), groups, strict=True):
        table = odds.view(same.shape)
        wrong = functional.binary_cross_entropy_with_logits(table, same.float(), reduction="sum")
        loss = loss + wrong / same.sum().clamp(min=FEWEST) + 0.5 * contrast(table, same)
    return loss / len(groups)


def one_epoch(events: Sequence[Noted], rng: random.Random, together: bool) -> list[list[Noted]]:
    """Return the events in steps, at random; with `together`, siblings in one step."""
    order = rng.sample(list(events), len(events))
    if not together:
        return [order[n : n + EVENTS] for n in range(0, len(order), EVENTS)]
    stories: dict[str, list[Noted]] = {}
    for event in order:
        stories.setdefault(story(event.name), []).append(event)
    alone = [some[0] for some in stories.values() if len(some) == 1]
    steps = [some for some in stories.values() if len(some) > 1]
    steps += [alone[n : n + EVENTS] for n in range(0, len(alone), EVENTS)]
    return rng.sample(steps, len(steps))


# The loss of each reader, the rank of its additions, and the lowest layer that has them.
LESSONS: dict[Reader, tuple[Loss, int, int]] = {
    "facts": (fact_loss, 16, 4),
    "pairs": (pair_loss, 32, 0),
}


def train(
    reader: Reader, events: list[Noted], pairs: list[tuple[str, str]], seed: int = 0
) -> LearningEncoder:
    """Return an encoder trained on events and translations."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    loss_of, rank, lowest = LESSONS[reader]
    learner = Learner(rank, lowest, pairs).to(DEVICE).train()
    if reader == "pairs":  # most have no fact in common
        nn.init.normal_(learner.encoder.head.weight, std=0.02)
        nn.init.constant_(learner.encoder.head.bias, -2.0)
    low_rank = list(learner.encoder.layers.parameters())
    steps = [
        step for _ in range(EPOCHS) for step in one_epoch(events, rng, together=reader == "pairs")
    ]
    optimiser = torch.optim.AdamW(
        [
            {"params": low_rank, "lr": RATE},
            {"params": learner.encoder.head.parameters(), "lr": HEAD_RATE},
            {"params": [learner.judge], "lr": JUDGE_RATE},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 20) * (1 - step / len(steps))
    )
    for some in progress(steps, f"training {reader}", unit="step"):
        loss = loss_of(learner, some, rng)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(low_rank, 1.0)
        optimiser.step()
        schedule.step()
    return learner.encoder.eval()


def main() -> None:
    """Train what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=READERS, help="this one alone")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    options = parser.parse_args()
    data = need(options.data)
    pairs = sentence_pairs(data, "alt-train.tsv")
    entries = given_entries(data) + written_entries()
    unseen = {entry["id"] for entry in held_back(entries)}
    events = [Noted.of(entry) for entry in entries if entry["id"] not in unseen]
    for reader in [options.reader] if options.reader else READERS:
        numbers = train(reader, events, pairs).numbers()
        if reader == "pairs":
            numbers["head"] *= np.float16(STEEPNESS)
        np.savez_compressed(TARGET / f"{reader}-e5-small.npz", **numbers)


if __name__ == "__main__":
    main()
