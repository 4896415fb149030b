"""The embedded model in PyTorch, with trainable low-rank additions (LoRA, Hu et al. 2022)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from aligner.embed.weights import PackedModel

PLACES = ("q", "k", "v", "ao", "fi", "fo")  # the linear maps of a layer
DROPPED = 0.1  # share of numbers left out while training, as BERT was trained
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


class Added(nn.Module):
    """A linear map that stays as it is, with a low-rank addition where `rank` is not 0."""

    def __init__(self, model: PackedModel, name: str, rank: int) -> None:
        super().__init__()
        bias = model.floats(f"{name}.b")
        table = model.floats(f"{name}.w").reshape(len(bias), -1)
        self.register_buffer("bias", _tensor(bias))
        self.register_buffer("table", _tensor(table))
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.randn(rank, table.shape[1]) * table.shape[1] ** -0.5)
            self.up = nn.Parameter(torch.zeros(len(bias), rank))

    def forward(self, rows: Tensor) -> Tensor:
        """Return [..., outputs]."""
        mapped = functional.linear(rows, self.table, self.bias)
        return mapped + (rows @ self.down.T) @ self.up.T if self.rank else mapped


class Norm(nn.Module):
    """Layer normalisation, which stays as it is."""

    def __init__(self, model: PackedModel, name: str) -> None:
        super().__init__()
        self.register_buffer("scale", _tensor(model.floats(f"{name}.w")))
        self.register_buffer("shift", _tensor(model.floats(f"{name}.b")))
        self.epsilon = model.sizes.norm_epsilon

    def forward(self, rows: Tensor) -> Tensor:
        """Return [..., dim]."""
        shape = rows.shape[-1:]
        return functional.layer_norm(rows.float(), shape, self.scale, self.shift, self.epsilon)


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019)."""

    def __init__(self, model: PackedModel, number: int, rank: int) -> None:
        super().__init__()
        self.maps = nn.ModuleDict({p: Added(model, f"l{number}.{p}", rank) for p in PLACES})
        self.attended = Norm(model, f"l{number}.aln")
        self.fed = Norm(model, f"l{number}.oln")
        self.heads = model.sizes.heads

    def forward(self, rows: Tensor, there: Tensor) -> Tensor:
        """Return [texts, tokens, dim]; `there` [texts, 1, 1, tokens] is False for padding."""
        dropped = DROPPED if self.training else 0.0
        parts = (
            self.maps[place](rows).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for place in "qkv"
        )
        heard = functional.scaled_dot_product_attention(*parts, attn_mask=there, dropout_p=dropped)
        heard = self.maps["ao"](heard.transpose(1, 2).flatten(2))
        rows = self.attended(rows + functional.dropout(heard, dropped))
        fed = self.maps["fo"](functional.gelu(self.maps["fi"](rows)))
        return self.fed(rows + functional.dropout(fed, dropped))


class LearningEncoder(nn.Module):
    """The encoder with additions of `rank` from layer `lowest` upwards, and a head [dim] -> 1."""

    def __init__(self, model: PackedModel, rank: int, lowest: int) -> None:
        super().__init__()
        sizes = model.sizes
        words, places = (
            model.floats(f"emb.{n}").reshape(-1, sizes.hidden) for n in ("word", "pos")
        )
        self.register_buffer("words", _tensor(words))
        self.register_buffer("places", _tensor(places + model.floats("emb.type")[: sizes.hidden]))
        self.norm = Norm(model, "emb.ln")
        layers = range(sizes.layers)
        self.layers = nn.ModuleList(Layer(model, n, rank if n >= lowest else 0) for n in layers)
        self.head = nn.Linear(sizes.hidden, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, texts: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """Return the last layer [texts, tokens, dim], and which tokens are no padding."""
        ids = nn.utils.rnn.pad_sequence(list(texts), batch_first=True).to(DEVICE)
        lengths = torch.tensor([len(text) for text in texts], device=DEVICE)
        there = torch.arange(ids.shape[1], device=DEVICE) < lengths[:, None]
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            rows = self.norm(self.words[ids] + self.places[: ids.shape[1]])
            for layer in self.layers:
                rows = layer(rows, there[:, None, None])
        return rows.float(), there

    def numbers(self) -> dict[str, np.ndarray]:
        """Return what was learned, as `embed/adapter.py` reads it."""
        found = {"head": self.head.weight[0], "bias": self.head.bias[0]}
        for n, layer in enumerate(self.layers):
            for place, added in layer.maps.items():
                if added.rank:
                    found |= {f"l{n}.{place}.down": added.down, f"l{n}.{place}.up": added.up}
        return {name: x.detach().cpu().numpy().astype(np.float16) for name, x in found.items()}


def _tensor(numbers: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(numbers))
