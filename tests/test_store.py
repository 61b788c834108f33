import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flow_nb.errors import StoreError
from flow_nb.files import temporary_name
from flow_nb.store import Store, take_key
from tests.shield.studio import debris, sealed

KEY = "0123456789abcdef" * 4
ROOT = Path(__file__).parents[1]


def test_bytes_come_back_as_they_were_put(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for data in (b"", b"\n", os.urandom(100_000)):
        store.put_bytes("motions", KEY, data)
        assert Store(tmp_path).get_bytes("motions", KEY) == data
    assert store.get_bytes("plans", KEY) is None


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "noise"])
def test_a_damaged_entry_counts_as_absent(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    store.put_bytes("plans", KEY, b"a plan" * 100)
    entry = tmp_path / ".flow_nb" / "plans" / KEY
    whole = entry.read_bytes()
    flipped = whole[:200] + bytes([whole[200] ^ 1]) + whole[201:]
    bad = {"cut": whole[:-1], "flip": flipped, "empty": b"", "noise": b"\xff\xfe" * 50}
    entry.write_bytes(bad[damage])
    assert store.get_bytes("plans", KEY) is None


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "XYZ", "a/b", KEY + "0"])
def test_only_hashes_are_keys(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a content hash"):
        Store(tmp_path).put_bytes("plans", key, b"")


def test_a_take_is_found_by_order_id_and_bytes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    again = Store(tmp_path)
    assert again.get_take(take_key(take.plan_hash, "stage", "fast", take.seed)) == take
    assert again.find_take_by_id(take.id) == take
    assert again.find_take_by_sha256(take.clip_sha256) == take
    assert list(again.takes()) == [take]
    assert again.get_take(KEY) is None


def test_a_take_whose_clip_is_gone_or_changed_is_no_answer(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    key = take_key(take.plan_hash, "stage", "fast", take.seed)
    clip = store.path(take)
    data = clip.read_bytes()
    clip.write_bytes(data[:-1])
    assert store.get_take(key) is None
    clip.unlink()
    assert store.get_take(key) is None
    clip.write_bytes(data)
    assert store.get_take(key) == take


def test_a_new_take_for_the_same_order_keeps_the_old_record(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = sealed(store, "glass"), sealed(store, "glass")
    assert first.id != second.id
    assert {take.id for take in store.takes()} == {first.id, second.id}
    assert store.get_take(take_key(first.plan_hash, "stage", "fast", first.seed)) == second


@pytest.mark.parametrize("clip", ["../../secret.mp4", "/etc/passwd"])
def test_a_record_cannot_lead_out_of_the_project(tmp_path: Path, clip: str) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    record = tmp_path / ".flow_nb" / "takes" / f"{take.id}.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"clip": clip}))
    assert store.find_take_by_id(take.id) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"schema": "flow_nb.Take.9"}'])
def test_a_damaged_record_is_skipped(tmp_path: Path, data: bytes) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    (tmp_path / ".flow_nb" / "takes" / "00112233.json").write_bytes(data)
    assert list(store.takes()) == [take]


def test_keys_and_temporary_files_stay_out_of_version_control(tmp_path: Path) -> None:
    Store(tmp_path)
    assert (tmp_path / ".flow_nb" / ".gitignore").read_text().split() == ["keys/", "work/"]


def test_what_dead_processes_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path)
    dead = ".flow_nb-4194300-1-0123456789ab.mp4"
    mine = temporary_name(".mp4")
    (store.work / dead).write_bytes(b"x")
    (store.work / mine).write_bytes(b"x")
    (tmp_path / "takes" / dead).write_bytes(b"x")
    (tmp_path / "takes" / "mine.mp4").write_bytes(b"x")
    Store(tmp_path)
    assert [p.name for p in store.work.iterdir()] == [mine]
    assert [p.name for p in (tmp_path / "takes").iterdir()] == ["mine.mp4"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "project").write_text("a file")
    with pytest.raises(StoreError, match=r"project.*a file stands where a folder should be"):
        Store(tmp_path / "project")
    (tmp_path / ".flow_nb").write_text("a file")
    with pytest.raises(StoreError, match=r"\.flow_nb.*a file stands where a folder should be"):
        Store(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full. Free some space"),
        (errno.EROFS, "the disk is read-only. Work in a folder on a writable disk"),
        (errno.EACCES, "it may not be written. Make it writable"),
    ],
)
def test_a_refusal_names_the_folder_and_the_fix_and_keeps_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    store = Store(tmp_path)
    store.put_bytes("plans", KEY, b"old")

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError) as caught:
        store.put_bytes("plans", KEY, b"new")
    assert str(tmp_path) in str(caught.value)
    assert words in str(caught.value)
    assert store.get_bytes("plans", KEY) == b"old"
    assert not debris(tmp_path)


def test_a_store_is_found_around_a_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    found = Store.around(store.path(sealed(store, "glass")))
    assert found is not None
    assert found.folder == tmp_path
    assert Store.around(Path("/nowhere/clip.mp4")) is None


_WRITER = """
import sys, random
from pathlib import Path
from flow_nb.store import Store
from flow_nb.shield.keys import Authority
random.seed(sys.argv[2])
store = Store(Path(sys.argv[1]))
assert Authority.of(store.keys)
for _ in range(150):
    key = f"{random.randrange(4):064x}"
    found = store.get_bytes("plans", key)
    assert found is None or found == key.encode() * 500, len(found)
    store.put_bytes("plans", key, key.encode() * 500)
    Store(Path(sys.argv[1]))
"""


def test_two_processes_share_one_store(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "p")]
    both = [subprocess.Popen([*command, seed], cwd=ROOT) for seed in "12"]
    assert [process.wait(60) for process in both] == [0, 0]
    store = Store(tmp_path / "p")
    assert all(store.get_bytes("plans", f"{n:064x}") for n in range(4))
    assert not debris(tmp_path)
