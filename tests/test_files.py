"""Files are written whole or not at all, and archives that lie or are damaged are refused."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from tolmach.archives import unpack
from tolmach.errors import TolmachError
from tolmach.files import locked, write_atomic


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_new_file_gets_what_the_umask_leaves_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new.txt", "Минск\n")
        (tmp_path / "old.txt").write_text("Minsk", encoding="utf-8")
        (tmp_path / "old.txt").chmod(0o664)
        write_atomic(tmp_path / "old.txt", "Минск\n")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "new.txt"), mode(tmp_path / "old.txt")) == (0o640, 0o664)
    assert (tmp_path / "old.txt").read_bytes() == "Минск\n".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.txt", "old.txt"]


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "sub" / "target.txt")
    write_atomic(tmp_path / "link.txt", "Minsk")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "sub" / "target.txt").read_text(encoding="utf-8") == "Minsk"


@pytest.mark.parametrize("place", ["file/new.txt", "folder"])
def test_where_nothing_can_be_written_nothing_is_left(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("Minsk", encoding="utf-8")
    (tmp_path / "folder" / "sub").mkdir(parents=True)
    with pytest.raises(TolmachError) as raised:
        write_atomic(tmp_path / place, "Brest")
    assert raised.value.hint
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder", "sub"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "Minsk"


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no folder for files below /dev")
def test_a_file_in_memory_is_no_device() -> None:
    path = Path(f"/dev/shm/tolmach-test-{os.getpid()}.txt")
    try:
        write_atomic(path, "Minsk")
        write_atomic(path, "Brest")
        assert path.read_text(encoding="utf-8") == "Brest"
    finally:
        path.unlink()


def test_a_lock_makes_the_folder_and_leaves_nothing_in_it(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b"):
        pass
    with locked(tmp_path / "a" / "b"):
        assert list((tmp_path / "a" / "b").iterdir()) == []


def packed(path: Path, name: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "Nasarbajew schwieg. " * 100)
    return path


def test_an_archive_is_unpacked(tmp_path: Path) -> None:
    unpack(packed(tmp_path / "a.zip", "texts/lage.txt"), tmp_path / "out")
    assert (tmp_path / "out" / "texts" / "lage.txt").read_text(encoding="utf-8").startswith("Nasarbajew")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x", "C:/x", "..\\x", "\\x"])
def test_an_entry_cannot_leave_its_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(TolmachError, match="leaves its folder"):
        unpack(packed(tmp_path / "a.zip", name), tmp_path / "out" / "sub")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_damaged_compressed_content_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", "a.txt")
    content = bytearray(path.read_bytes())
    content[35:45] = b"\xff" * 10  # the header of the entry is 30 bytes and its name
    path.write_bytes(content)
    with pytest.raises(TolmachError, match="not a readable zip archive"):
        unpack(path, tmp_path / "out")


def test_too_much_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolmachError, match="too large"):
        unpack(packed(tmp_path / "a.zip", "a.txt"), tmp_path / "out", limit=100)
