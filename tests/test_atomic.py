"""A file is written whole or not at all, and a refusal says what to do."""

import errno
import os
from pathlib import Path

import pytest

from aligner.errors import OutputError
from aligner.formats import atomic
from aligner.formats.atomic import atomic_path


def write(path: Path, text: str = "new") -> None:
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def test_a_new_file_appears_in_folders_that_were_not_there(tmp_path: Path) -> None:
    path = tmp_path / "kết quả" / "2031" / "bão.tsv"
    write(path)
    assert path.read_text(encoding="utf-8") == "new"
    assert os.listdir(path.parent) == ["bão.tsv"]


def test_an_old_file_is_replaced_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with atomic_path(path) as temporary:
        temporary.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
        assert temporary.parent == tmp_path
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("error", [ValueError("odd"), KeyboardInterrupt()])
def test_a_failure_keeps_the_old_file_and_leaves_no_other(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def fail() -> None:
        with atomic_path(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_what_killed_runs_had_begun_is_removed_a_day_later(tmp_path: Path) -> None:
    old, recent = tmp_path / ".aligner-0.tmp", tmp_path / ".aligner-1.tmp"
    old.touch()
    recent.touch()
    os.utime(old, times=(0, 0))
    write(tmp_path / "a.txt")
    assert sorted(os.listdir(tmp_path)) == [".aligner-1.tmp", "a.txt"]


def test_a_file_open_in_excel_is_named_and_excel_is_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr(atomic.os, "replace", locked)
    path = tmp_path / "glossary.xlsx"
    with pytest.raises(OutputError) as caught:
        write(path)
    assert str(caught.value) == (
        f"cannot write {path}: it is open in another program or write-protected; "
        "close it in Excel (or lift the protection) and try again"
    )
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is write-protected for root"
)
def test_a_write_protected_file_is_refused_before_the_work_starts(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch(mode=0o400)
    with pytest.raises(OutputError, match="write-protected"), atomic_path(path):
        pytest.fail("the body must not run")


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "the disk is full; make room and try again"),
        (errno.EROFS, "the place is read-only; choose another folder"),
    ],
)
def test_an_error_while_writing_becomes_one_sentence(
    tmp_path: Path, number: int, advice: str
) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(OutputError) as caught, atomic_path(path):
        raise OSError(number, "no")
    assert str(caught.value) == f"cannot write {path}: {advice}"
    assert os.listdir(tmp_path) == []


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="it is a folder; give the name of a file"):
        write(tmp_path)


def test_a_folder_that_does_not_allow_writing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", forbidden)
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "a.txt")
    assert f"the folder {os.path.realpath(tmp_path)} does not allow writing" in str(caught.value)


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="out cannot be a folder, a file is in its way"):
        write(tmp_path / "out" / "a.txt")


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_stays_a_link_and_its_target_gets_the_text(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write(tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs a device")
def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(OutputError, match="not an ordinary file"):
        write(Path("/dev/null"))


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX modes")
def test_a_file_keeps_its_mode_and_a_new_one_is_as_readable_as_any(tmp_path: Path) -> None:
    (tmp_path / "old.txt").touch()
    (tmp_path / "old.txt").chmod(0o640)
    write(tmp_path / "old.txt")
    assert (tmp_path / "old.txt").stat().st_mode & 0o777 == 0o640
    (tmp_path / "other.txt").touch()
    write(tmp_path / "new.txt")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode
