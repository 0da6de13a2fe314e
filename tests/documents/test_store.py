"""Files are kept whole or not at all, once, under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huiyin.documents.store import FileStore, TooLarge

LETTER = "尊敬的同志：".encode()
SHA256 = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def in_store(store: FileStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_what_is_put_in_comes_out_and_lies_where_the_layout_says(store: FileStore) -> None:
    assert store.put(io.BytesIO(LETTER)) == (SHA256, len(LETTER))
    assert store.path(SHA256) == store.root / SHA256[:2] / SHA256[2:4] / SHA256
    with store.open(SHA256) as stream:
        assert stream.read() == LETTER
    assert SHA256 in store
    assert store.is_whole(SHA256)
    assert in_store(store) == [store.path(SHA256)]


def test_the_same_content_is_kept_once(store: FileStore) -> None:
    store.put(io.BytesIO(LETTER))
    before = store.path(SHA256).stat().st_ino
    store.put(io.BytesIO(LETTER))
    assert store.path(SHA256).stat().st_ino == before
    assert list(store.names()) == [SHA256]


def test_many_writers_of_the_same_content_all_succeed(store: FileStore) -> None:
    big = os.urandom(3 << 20)
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: store.put(io.BytesIO(big)), range(24)))
    assert results == {(hashlib.sha256(big).hexdigest(), len(big))}
    assert len(in_store(store)) == 1
    assert store.is_whole(hashlib.sha256(big).hexdigest())


def test_a_copy_cut_short_by_the_disk_is_replaced_by_the_whole_one(store: FileStore) -> None:
    store.put(io.BytesIO(LETTER))
    store.path(SHA256).write_bytes(LETTER[:5])
    assert not store.is_whole(SHA256)
    store.put(io.BytesIO(LETTER))
    assert store.is_whole(SHA256)


def test_a_stream_that_breaks_off_leaves_nothing(store: FileStore) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    with pytest.raises(ConnectionResetError):
        store.put(Broken(LETTER))
    assert in_store(store) == []


def test_more_than_allowed_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(bytes(3 << 20)), most=2 << 20)
    assert in_store(store) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", SHA256.upper(), SHA256[:-1], SHA256 + "\n", "é" * 64])
def test_only_a_hash_is_a_name(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.open(name)


def test_what_is_not_there_is_not_found(store: FileStore) -> None:
    assert SHA256 not in store
    assert not store.is_whole(SHA256)
    with pytest.raises(FileNotFoundError):
        store.open(SHA256)


def test_a_writer_killed_at_any_moment_leaves_only_whole_files(store: FileStore) -> None:
    program = (
        "import io, os, sys; from pathlib import Path; from huiyin.documents.store import FileStore\n"
        "store = FileStore(Path(sys.argv[1]))\n"
        "while True: print(store.put(io.BytesIO(os.urandom(2_000_000)))[0], flush=True)"
    )
    acknowledged: list[str] = []
    for pause in (0.25, 0.3, 0.33):
        command = [sys.executable, "-c", program, str(store.root)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged.append(writer.stdout.readline().strip())
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert all(store.is_whole(name) for name in store.names())
    assert set(acknowledged) <= set(store.names())
    store.drop_unfinished(before=time.time() + 1)
    assert len(in_store(store)) == len(list(store.names()))


def test_only_old_unfinished_files_are_dropped(store: FileStore) -> None:
    store.put(io.BytesIO(LETTER))
    half = store.root / "incoming" / "half"
    half.write_bytes(b"x")
    assert store.drop_unfinished(before=time.time() - 3600) == 0
    assert store.drop_unfinished(before=time.time() + 1) == 1
    assert list(store.names()) == [SHA256]


def test_what_nothing_names_is_dropped_unless_it_came_again(store: FileStore) -> None:
    store.put(io.BytesIO(LETTER))
    os.utime(store.path(SHA256), (1000, 1000))
    store.put(io.BytesIO(LETTER))  # somebody brought it again
    assert not store.drop(SHA256, before=time.time() - 3600) and store.is_whole(SHA256)
    os.utime(store.path(SHA256), (1000, 1000))
    assert store.drop(SHA256, before=time.time() - 3600) and not in_store(store)
    assert not store.drop(SHA256, before=time.time())
