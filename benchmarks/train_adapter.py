"""Trains the model to read reports: sentences of two newsrooms with a common fact come near.

python benchmarks/train_adapter.py [--data ../shared/data]

Low-rank additions to the upper layers (LoRA, Hu et al. 2022), learned by contrast over several
positives (Khosla et al. 2020) on sentence vectors and on late interaction, where the sentences of
the same event that report something else are what has to be told apart. Positives are sentences
that share a fact, the facts themselves as they were noted, and translations from alt-train. Three
trainings: two halves of the events, each for what it reads of the other half
(data/overlaps.npz, from which `calibrate.py` learns), and all, whose additions ship. About forty
minutes on two cores. Only numbers are written, none of the data's text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from aligner.alignment.overlap import overlap
from aligner.embed.adapter import PLACES, SPREAD
from aligner.progress import progress
from aligner.vectors import FactRows
from data_sets import (
    DEFAULT_DATA,
    OWN_DATA,
    ROOT,
    event_of,
    given_entries,
    held_back,
    need,
    sentence_pairs,
    written_entries,
)
from unpacked import sentence_transformer

TARGET = ROOT / "src/aligner/embed/data/adapter-e5-small.npz"
OVERLAPS = OWN_DATA / "overlaps.npz"
LOWER = 4  # layers below that stay as they are
RANK = 16
EPOCHS = 2
RATE, SALIENCE_RATE = 5e-4, 1e-3
EVENTS, TRANSLATIONS = 2, 12  # in a step
SHARPNESS = 20.0  # 1 / temperature .05
PROMPT_TOKENS = 4  # <s> and "query:"
LONGEST = 256  # tokens of a sentence
BATCH = 32


@dataclass(frozen=True, slots=True)
class Noted:
    """An event: what its reports say, the facts in words, and which text holds which fact."""

    name: str
    texts: tuple[list[str], list[str], list[str]]  # Vietnamese, English, facts
    facts: tuple[list[set[str]], list[set[str]], list[set[str]]]

    @classmethod
    def of(cls, entry: Any) -> Noted:
        """Return a labelled event with its facts as texts beside the sentences."""
        event, name = event_of(entry), entry["id"]
        vi, en = ([{f"{name}/{fact}" for fact in some} for some in side] for side in event.facts)
        notes = entry["facts"]
        facts = (vi, en, [{f"{name}/{fact}"} for fact in notes])
        return cls(name, (event.vi, event.en, list(notes.values())), facts)


class Added(nn.Module):
    """A linear map with a low-rank addition."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        scale = base.in_features**-0.5
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) * scale)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, rows: Tensor) -> Tensor:
        """Return [..., out_features]."""
        return self.base(rows) + (rows @ self.down.T) @ self.up.T


Read = tuple[Tensor, Tensor, Tensor]  # whole [n, dim], token rows [n, tokens, dim], weights


class Reader(nn.Module):
    """The upper layers with additions over the lower ones, whose output is computed once."""

    def __init__(self, transformer: Any, tokenizer: Any) -> None:
        super().__init__()
        self.below: dict[str, Tensor] = {}
        self._frozen = [transformer.eval().requires_grad_(False), tokenizer]
        self.upper = deepcopy(transformer.encoder.layer[LOWER:])
        transformer.encoder.layer = transformer.encoder.layer[:LOWER]
        self.added: dict[str, Added] = {}
        for number, layer in enumerate(self.upper):
            for place in PLACES:
                parent = layer.get_submodule(place.rpartition(".")[0])
                added = Added(layer.get_submodule(place))
                setattr(parent, place.rpartition(".")[2], added)
                self.added[f"{LOWER + number}.{place}"] = added
        self.salience = nn.Linear(transformer.config.hidden_size, 1)
        nn.init.zeros_(self.salience.weight)
        nn.init.zeros_(self.salience.bias)
        self.judge = nn.Parameter(torch.tensor([10.0, 10.0, 10.0, -20.0]))

    @torch.no_grad()
    def prepare(self, texts: Sequence[str]) -> None:
        """Run the lower layers on what they have not seen."""
        transformer, tokenizer = self._frozen
        todo = sorted({text for text in texts if text not in self.below}, key=len)
        for start in progress(range(0, len(todo), BATCH), "reading", unit=f"×{BATCH} sentences"):
            part = todo[start : start + BATCH]
            batch = tokenizer(
                ["query: " + text for text in part],
                padding=True,
                truncation=True,
                max_length=LONGEST,
                return_tensors="pt",
            )
            rows = transformer(**batch).last_hidden_state
            counts = batch["attention_mask"].sum(dim=1).tolist()
            for text, row, count in zip(part, rows, counts, strict=True):
                self.below[text] = row[:count].half()

    def forward(self, texts: Sequence[str]) -> Read:
        """Return texts as they are read, those of like length together."""
        order = sorted(range(len(texts)), key=lambda n: len(self.below[texts[n]]))
        longest = len(self.below[texts[order[-1]]])
        parts = []
        for start in range(0, len(order), BATCH):
            rows = [self.below[texts[n]].float() for n in order[start : start + BATCH]]
            state = nn.utils.rnn.pad_sequence(rows, batch_first=True)
            lengths = torch.tensor([len(row) for row in rows])
            there = torch.arange(state.shape[1]) < lengths[:, None]
            closed = (~there)[:, None, None, :] * torch.finfo(torch.float32).min
            for layer in self.upper:
                state = layer(state, attention_mask=closed)
                state = state[0] if isinstance(state, tuple) else state
            whole = (state * there[..., None]).sum(dim=1) / lengths[:, None]
            logs = self.salience(state).squeeze(-1).clamp(-SPREAD, SPREAD)
            places = torch.arange(state.shape[1])
            own = (places >= PROMPT_TOKENS) & (places < lengths[:, None] - 1)
            wide = (0, longest - state.shape[1])
            parts.append(
                (
                    functional.normalize(whole, dim=-1),
                    functional.pad(functional.normalize(state, dim=-1), (0, 0, *wide)),
                    functional.pad(logs.exp() * own, wide),
                )
            )
        back = torch.tensor(np.argsort(order))
        whole, rows, weights = (torch.cat(part)[back] for part in zip(*parts, strict=True))
        return whole, rows, weights

    def read(self, texts: Sequence[str]) -> list[FactRows]:
        """Return texts as `SentenceEmbedder.encode_facts` would."""
        with torch.no_grad():
            whole, rows, weights = self(texts)
        return [
            FactRows(w.numpy(), r[k > 0].numpy(), k[k > 0].numpy())
            for w, r, k in zip(whole, rows, weights, strict=True)
        ]


def cover(ours: Read, theirs: Read) -> tuple[Tensor, Tensor]:
    """Return how much of either text is in the other, [ours, theirs] and [ours, theirs]."""
    (_, a, a_weights), (_, b, b_weights) = ours, theirs
    cosines = (a.flatten(0, 1) @ b.flatten(0, 1).T).view(*a.shape[:2], *b.shape[:2])
    of_ours = (cosines - 2 * (b_weights == 0).float()).amax(dim=3)
    of_theirs = (cosines - 2 * (a_weights == 0).float()[:, :, None, None]).amax(dim=1)
    ahead = (of_ours * a_weights[:, :, None]).sum(dim=1) / a_weights.sum(dim=1)[:, None]
    behind = (of_theirs * b_weights).sum(dim=2) / b_weights.sum(dim=1)
    return ahead, behind


def contrast(scores: Tensor, same: Tensor) -> Tensor:
    """Return the loss over rows and columns that have a partner, both directions."""
    losses = []
    for table, wanted in ((scores, same), (scores.T, same.T)):
        kept = wanted.any(dim=1)
        if kept.any():
            logs = (SHARPNESS * table[kept]).log_softmax(dim=1)
            share = wanted[kept].float()
            losses.append(-((logs * share).sum(dim=1) / share.sum(dim=1)).mean())
    return torch.stack(losses).mean() if losses else torch.zeros(())


def shared(ours: Sequence[set[str]], theirs: Sequence[set[str]]) -> Tensor:
    """Return which texts have a fact in common, [ours, theirs]."""
    return torch.tensor([[bool(a & b) for b in theirs] for a in ours])


def step_loss(reader: Reader, events: Sequence[Noted], pairs: list[tuple[str, str]]) -> Tensor:
    """Return the loss over some events and translations, read together."""
    translated = [{f"translation {n}"} for n in range(len(pairs))]
    texts = [[text for event in events for text in event.texts[side]] for side in range(3)]
    facts = [[some for event in events for some in event.facts[side]] for side in range(3)]
    for side in (0, 1):
        texts[side] += [pair[side] for pair in pairs]
        facts[side] += translated
    read = reader([text for side in texts for text in side])
    ends = np.cumsum([len(side) for side in texts])
    vi, en, notes = (
        tuple(part[end - len(side) : end] for part in read)
        for side, end in zip(texts, ends, strict=True)
    )
    loss = contrast(vi[0] @ en[0].T, shared(facts[0], facts[1]))
    for side, whole in ((0, vi[0]), (1, en[0])):
        loss = loss + 0.5 * contrast(whole @ notes[0].T, shared(facts[side], facts[2]))
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
        loss = loss + contrast((ahead + behind) / 2, same) / len(groups)
        if not sizes[2]:
            continue
        for side, theirs in ((a, labels[0]), (b, labels[1])):
            both = sum(cover(side, c)) / 2
            loss = loss + 0.5 * contrast(both, shared(theirs, labels[2])) / len(groups)
        near, ours, back, bias = reader.judge
        odds = near * (a[0] @ b[0].T) + ours * ahead + back * behind + bias
        wrong = functional.binary_cross_entropy_with_logits(odds, same.float(), reduction="sum")
        loss = loss + wrong / same.sum().clamp(min=1) / len(events)
    return loss


def train(events: list[Noted], pairs: list[tuple[str, str]], seed: int = 0) -> Reader:
    """Return a reader trained on events and translations."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    base = sentence_transformer()  # a fresh one: the reader takes it apart
    reader = Reader(base[0].auto_model, base.tokenizer)
    reader.prepare([text for event in events for side in event.texts for text in side])
    low_rank = [p for added in reader.added.values() for p in (added.down, added.up)]
    steps = EPOCHS * -(-len(events) // EVENTS)
    optimiser = torch.optim.AdamW(
        [
            {"params": low_rank, "lr": RATE},
            {"params": reader.salience.parameters(), "lr": SALIENCE_RATE},
            {"params": [reader.judge], "lr": 3e-2},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 20) * (1 - step / steps)
    )
    reader.train()
    order: list[Noted] = []
    for _ in progress(range(steps), f"training on {len(events)} events", unit="step"):
        if not order:
            order = rng.sample(events, len(events))
        some, order = order[:EVENTS], order[EVENTS:]
        translations = rng.sample(pairs, TRANSLATIONS)
        reader.prepare([text for pair in translations for text in pair])
        loss = step_loss(reader, some, translations)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(low_rank, 1.0)
        optimiser.step()
        schedule.step()
    return reader.eval()


def save(reader: Reader) -> None:
    """Write the additions and the weights of tokens."""
    numbers = {
        "salience": reader.salience.weight.detach().numpy()[0],
        "bias": reader.salience.bias.detach().numpy()[0],
    }
    for place, added in reader.added.items():
        numbers[f"{place}.down"] = added.down.detach().numpy()
        numbers[f"{place}.up"] = added.up.detach().numpy()
    np.savez_compressed(TARGET, **{name: x.astype(np.float16) for name, x in numbers.items()})


def what_is_read(reader: Reader, events: Sequence[Noted]) -> dict[str, np.ndarray]:
    """Return what two reports of each event have in common, as `read_overlap` would."""
    reader.prepare([text for event in events for side in event.texts[:2] for text in side])
    return {
        event.name: overlap(*(reader.read(side) for side in event.texts[:2])).astype(np.float16)
        for event in events
    }


def main() -> None:
    """Train, then read what was held back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    pairs = sentence_pairs(data, "alt-train.tsv")
    given, written = (
        [Noted.of(entry) for entry in entries]
        for entries in (given_entries(data), written_entries())
    )
    unseen = held_back(given + written)
    reader = train([event for event in given + written if event not in unseen], pairs)
    save(reader)
    tables = what_is_read(reader, unseen)
    reader = train([event for event in written if event not in unseen], pairs)
    tables |= what_is_read(reader, [event for event in given if event not in unseen])
    np.savez_compressed(OVERLAPS, **tables)


if __name__ == "__main__":
    main()
