"""Calls the real program, in a process of its own, and returns what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import aligner


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "aligner", *map(str, arguments)]


def environment(**extra: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(aligner.__file__).parents[1])} | extra


def call(*arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, encoding="utf-8", env=environment(**extra)
    )


def output(*arguments: object, **extra: str) -> str:
    """Return the standard output of a command that succeeds."""
    done = call(*arguments, **extra)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(*arguments: object) -> str:
    """Return the one sentence of a command that refuses: exit code 2, no data, no traceback."""
    done = call(*arguments)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("aligner: ")
    return lines[0]
