"""Writes the embedded 4-bit model out as an ordinary sentence-transformers model directory.

The weights are those of intfloat/multilingual-e5-small (MIT; Wang et al. 2024, "Multilingual E5
Text Embeddings"); float16 holds the 4-bit values to within 2^-11 of each, far below what the
4-bit form itself costs.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.embed.weights import PackedModel, read_packed
from aligner.errors import ModelError

if TYPE_CHECKING:
    import torch

# Our name of a tensor -> the BERT name; "{i}" is the layer.
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def unpack_model(packed: Path, directory: Path) -> None:
    """Write `packed` as a model directory; it appears whole or not at all."""
    model = read_packed(packed)
    directory.parent.mkdir(parents=True, exist_ok=True)
    # A folder of its own for every process, so that two first runs do not meet.
    with tempfile.TemporaryDirectory(dir=directory.parent, ignore_cleanup_errors=True) as folder:
        partial = Path(folder, directory.name)
        partial.mkdir()
        _save_encoder(model, partial)
        _save_tokenizer(model, partial)
        with contextlib.suppress(OSError):  # another process has finished first
            partial.replace(directory)
    if not directory.is_dir():
        raise ModelError(
            f"{directory}: the unpacked model cannot be put there; make room and retry"
        )


def _save_encoder(model: PackedModel, directory: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    sizes = model.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.feed_forward,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.norm_epsilon,
    )
    with torch.device("meta"):
        encoder = BertModel(config, add_pooling_layer=False)
    shapes = {name: tensor.shape for name, tensor in encoder.named_parameters()}
    encoder.load_state_dict(_state(model, shapes), strict=False, assign=True)
    encoder.half().save_pretrained(directory)


def _state(model: PackedModel, shapes: dict[str, Any]) -> dict[str, torch.Tensor]:
    import torch

    names = dict(EMBEDDING_NAMES)
    for i in range(model.sizes.layers):
        for ours, theirs in LAYER_NAMES.items():
            names[f"l{i}.{ours}.w"] = f"encoder.layer.{i}.{theirs}.weight"
            names[f"l{i}.{ours}.b"] = f"encoder.layer.{i}.{theirs}.bias"
    return {
        theirs: torch.from_numpy(model.tensors[ours].copy()).reshape(shapes[theirs])
        for ours, theirs in names.items()
    }


def _save_tokenizer(model: PackedModel, directory: Path) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(model.pieces, unk_id=model.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    special = {piece: i for i, (piece, _) in enumerate(model.pieces[:4])}
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", special["<s>"]), ("</s>", special["</s>"])],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=model.sizes.positions,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
    ).save_pretrained(directory)
