"""The command `doctor`: versions, processor, and the speed of the embedded model here."""

from __future__ import annotations

import argparse


def doctor(options: argparse.Namespace) -> int:
    """Print what a bug report should name, after measuring the speed of the model.

    The choice of arithmetic stays as it is, because everything would be embedded again otherwise.
    """
    from aligner.embed import load_embedder
    from aligner.embed.bundled import BundledEmbedder
    from aligner.embed.places import cache_directory
    from aligner.model import content_id
    from aligner.pipeline import signature
    from aligner.tables.console import make_console, make_table

    prepared = BundledEmbedder().prepared
    rows = [*_versions(), *_processor(), ("cache folder", f"{cache_directory()}")]
    rows.append(("settings", content_id(signature(load_embedder()))[:6]))
    for precision, speed in prepared.speeds().items():
        mark = ", chosen" if precision == prepared.chosen() else ""
        rows.append((f"e5-small, {precision}", f"{speed:,.0f} sentences a second{mark}"))
    table = make_table("", "")
    for row in rows:
        table.add_row(*row)
    make_console().print(table)
    return 0


def _versions() -> list[tuple[str, str]]:
    """Return the versions of this program, of Python, and of all dependencies."""
    import platform
    from importlib.metadata import PackageNotFoundError, requires, version

    from aligner import __version__

    rows = [("aligner", __version__), ("Python", platform.python_version())]
    rows.append(("system", f"{platform.system()} {platform.release()}, {platform.machine()}"))
    for line in requires("aligner") or ():
        if "extra ==" not in line:
            name = _name(line)
            try:
                rows.append((name, version(name)))
            except PackageNotFoundError:
                rows.append((name, "not installed"))
    return rows


def _name(requirement: str) -> str:
    """Return the package in a requirement: "torch" for "torch>=2.6,<2.14"."""
    import re

    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _processor() -> list[tuple[str, str]]:
    """Return the number of cores, and the instruction sets that numpy finds."""
    import os

    import numpy as np

    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return [("cores", str(os.cpu_count())), ("instructions", " ".join(found) or "plain")]
