"""The encoder as a graph for ONNX Runtime: in float32, or in eight bits a number.

The layers are BERT's (Devlin et al. 2019). In eight bits the weights of every output column have a
scale of their own. So has every column that goes into a product, measured beforehand on ordinary
news and shared between weights and inputs (SmoothQuant, Xiao et al. 2023); what goes into the last
product of a layer varies too much for that and is scaled token by token (ZeroQuant, Yao et al.
2022). No number depends on what else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.embed.tokens import middle_layer
from aligner.embed.weights import PackedModel
from aligner.vectors import Matrix

#: The name of a product's weight in layer {i} -> what the matrix [outputs, inputs] is.
Weights = Callable[[str], Matrix]
Ranges = Mapping[str, Matrix]

MICROSOFT = "com.microsoft"  # where the runtime keeps attention and products in eight bits
OPSETS = {"": 18, MICROSOFT: 1}
IR_VERSION = 9
SMOOTH = 0.7  # share of a column's range that the weights take over; .5 to 1 were tried
# 7 bits a weight, as processors without VNNI add two products in 16 bits: 2 * 255 * 63 fits.
GREATEST_WEIGHT = 63
GREATEST, ZERO = 127, 128  # an input is 128 + round(127 * share of its range)


class EncoderGraph:
    """Builds the graph: inputs `embedded` [b, t, dim] and `mask` [b, t], outputs `last`, `middle`.

    With `ranges` (the greatest absolute value of each column of what goes into a product) it
    computes in eight bits, without them in float32. `inputs` are the names of what goes into the
    products; with `watch` they are outputs too.
    """

    def __init__(
        self,
        model: PackedModel,
        weights: Weights,
        ranges: Ranges | None = None,
        watch: bool = False,
    ) -> None:
        self._model = model
        self._weights = weights
        self._ranges = ranges
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self.inputs: list[str] = []
        self._layers()
        outputs = dict.fromkeys(["last", "middle", *(self.inputs if watch else [])])
        self.bytes = self._whole(list(outputs))

    def _layers(self) -> None:
        sizes = self._model.sizes
        self._constant("one", np.float32(1))
        self._constant("zero", np.uint8(ZERO))
        self._constant("step", np.float32(1 / GREATEST))
        self._constant("last axis", np.array([-1]))
        rows = self._norm("embedded", "emb.ln", "layer 0")
        for n in range(sizes.layers):
            heads = self._product(rows, [f"l{n}.q", f"l{n}.k", f"l{n}.v"])
            parts = [f"{heads} {part}" for part in "qkv"]
            self._add("Split", [heads], *parts, axis=-1, num_outputs=3)
            (heard,) = self._add(
                "MultiHeadAttention",
                [*parts, "", "mask"],
                f"l{n} heard",
                domain=MICROSOFT,
                num_heads=sizes.heads,
            )
            heard = self._product(heard, [f"l{n}.ao"])
            (heard,) = self._add("Add", [heard, rows], f"l{n} both")
            rows = self._norm(heard, f"l{n}.aln", f"l{n} attended")
            wide = self._product(rows, [f"l{n}.fi"])
            (wide,) = self._add("Gelu", [wide], f"l{n} wide", domain=MICROSOFT)
            (fed,) = self._add("Add", [self._product(wide, [f"l{n}.fo"]), rows], f"l{n} fed")
            name = {sizes.layers: "last", middle_layer(sizes.layers): "middle"}.get(n + 1)
            rows = self._norm(fed, f"l{n}.oln", name or f"layer {n + 1}")

    def _product(self, rows: str, names: list[str]) -> str:
        """Add rows times the weights of some maps side by side, plus their bias."""
        table = np.concatenate([self._weights(name) for name in names]).T  # [inputs, outputs]
        bias = np.concatenate([self._model.floats(f"{name}.b") for name in names])
        name = "+".join(names)
        self.inputs.append(rows)
        if self._ranges is None:
            (raw,) = self._add("MatMul", [rows, self._constant(f"{name} w", table)], f"{name} raw")
            return self._add("Add", [raw, self._constant(f"{name} b", bias)], name)[0]
        if names[0].endswith(".fo"):
            return self._by_token(rows, table, bias, name)
        return self._by_column(rows, table, bias, name)

    def _by_column(self, rows: str, table: Matrix, bias: Matrix, name: str) -> str:
        """Add a product in eight bits whose inputs have fixed scales."""
        assert self._ranges is not None
        range_, weight = self._ranges[rows], np.abs(table).max(axis=1)
        share = np.maximum(range_, 1e-5) ** SMOOTH / np.maximum(weight, 1e-5) ** (1 - SMOOTH)
        step = np.float32((range_ / share).max() / GREATEST)
        small, scales = _in_bits(table * share[:, None])
        smooth = self._constant(f"{name} smooth", (1 / share).astype(np.float32))
        step_name = self._constant(f"{name} step", step)
        (even,) = self._add("Mul", [rows, smooth], f"{name} even")
        (bits,) = self._add("QuantizeLinear", [even, step_name, "zero"], f"{name} bits")
        bias_name = self._constant(f"{name} b", bias)
        return self._small_product(bits, small, step_name, scales, name, bias_name)

    def _by_token(self, rows: str, table: Matrix, bias: Matrix, name: str) -> str:
        """Add a product in eight bits whose inputs are scaled token by token."""
        small, scales = _in_bits(table)
        (size,) = self._add("Abs", [rows], f"{name} size")
        (most,) = self._add("ReduceMax", [size, "last axis"], f"{name} most", keepdims=1)
        (step,) = self._add("Mul", [most, "step"], f"{name} step")
        (even,) = self._add("Div", [rows, step], f"{name} even")
        (bits,) = self._add("QuantizeLinear", [even, "one", "zero"], f"{name} bits")
        raw = self._small_product(bits, small, "one", scales, f"{name} raw")
        (full,) = self._add("Mul", [raw, step], f"{name} full")
        return self._add("Add", [full, self._constant(f"{name} b", bias)], name)[0]

    def _small_product(
        self,
        bits: str,
        table: NDArray[np.int8],
        step: str,
        scales: Matrix,
        name: str,
        bias: str = "",
    ) -> str:
        weights = self._constant(f"{name} w", table)
        inputs = [bits, weights, step, self._constant(f"{name} scales", scales), "zero", "", bias]
        return self._add("MatMulIntegerToFloat", inputs, name, domain=MICROSOFT)[0]

    def _norm(self, rows: str, tensor: str, name: str) -> str:
        scale, shift = (
            self._constant(f"{tensor} {part}", self._model.floats(f"{tensor}.{part}"))
            for part in "wb"
        )
        epsilon = self._model.sizes.norm_epsilon
        return self._add("LayerNormalization", [rows, scale, shift], name, epsilon=epsilon)[0]

    def _add(
        self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **settings: Any
    ) -> tuple[str, ...]:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **settings))
        return outputs

    def _constant(self, name: str, numbers: NDArray[Any] | np.generic) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.asarray(numbers, order="C"), name))
        return name

    def _whole(self, outputs: list[str]) -> bytes:
        from onnx import TensorProto, helper

        dim = self._model.sizes.hidden
        inputs = [
            helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["b", "t", dim]),
            helper.make_tensor_value_info("mask", TensorProto.INT32, ["b", "t"]),
        ]
        found = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs]
        used = {name for node in self._nodes for name in node.input}
        constants = [constant for constant in self._constants if constant.name in used]
        graph = helper.make_graph(self._nodes, "encoder", inputs, found, constants)
        opsets = [helper.make_opsetid(*opset) for opset in OPSETS.items()]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        return bytes(model.SerializeToString())


def _in_bits(table: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Return weights [inputs, outputs] as small integers, and the scale of every column."""
    scales = np.maximum(np.abs(table).max(axis=0) / GREATEST_WEIGHT, 1e-12)
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)
