import json
import os
import time
from contextlib import suppress
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

from flow_nb.errors import MediaError
from flow_nb.media.mux import remux
from flow_nb.shield.verify import MAX_BYTES, verify
from flow_nb.store import Store
from tests.media.clips import clip
from tests.shield.studio import sealed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "studio")


def test_a_sealed_take_is_made_here_and_whole(store: Store) -> None:
    take = sealed(store, "glass")
    found = verify(store.path(take), store)
    assert (found.verdict, found.take) == ("made here and whole", take)
    assert found.notes == ("This studio has no mark secret: marks were not looked for.",)
    assert (found.marks, found.shots) == ((), ())
    assert json.loads(json.dumps(found.to_json()))["verdict"] == "made here and whole"


def test_every_single_bit_counts(store: Store, tmp_path: Path) -> None:
    data = store.path(sealed(store, "glass")).read_bytes()
    box = {name: data.find(name) + 4 for name in (b"ftyp", b"moov", b"mdat")}
    for at in (*box.values(), data.find(b"avcC") + 9, len(data) - 1, len(data) - 700):
        changed = bytearray(data)
        changed[at] ^= 1
        (tmp_path / "x.mp4").write_bytes(changed)
        assert verify(tmp_path / "x.mp4", store).verdict == "made here and changed", at


def test_a_bit_in_the_credentials_is_never_whole(store: Store, tmp_path: Path) -> None:
    data = store.path(sealed(store, "glass")).read_bytes()
    start, end = data.find(b"uuid"), data.find(b"moov") - 4
    for at in range(start, end, 97):
        changed = bytearray(data)
        changed[at] ^= 1
        (tmp_path / "x.mp4").write_bytes(changed)
        assert verify(tmp_path / "x.mp4", store).verdict != "made here and whole", at


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9, 0.999])
def test_a_clip_cut_off_within_its_pictures_is_known_again(
    store: Store, tmp_path: Path, share: float
) -> None:
    data = store.path(sealed(store, "glass", 60)).read_bytes()
    index = data.find(b"mdat")
    (tmp_path / "x.mp4").write_bytes(data[: index + round((len(data) - index) * share)])
    found = verify(tmp_path / "x.mp4", store)
    assert found.verdict == "made here and changed"
    assert found.take is not None


def test_appended_bytes_are_noticed(store: Store, tmp_path: Path) -> None:
    data = store.path(sealed(store, "glass")).read_bytes()
    (tmp_path / "x.mp4").write_bytes(data + b"\x00\x00\x00\x10free12345678")
    assert verify(tmp_path / "x.mp4", store).verdict == "made here and changed"


def test_a_copy_without_credentials_says_nothing(store: Store, tmp_path: Path) -> None:
    remux(store.path(sealed(store, "glass")), tmp_path / "x.mp4")
    found = verify(tmp_path / "x.mp4", store)
    assert (found.verdict, found.credentials.state) == ("nothing found", "none")
    assert any("copying a clip" in note for note in found.notes)


def test_the_take_of_another_studio_is_signed_by_others(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    found = verify(other.path(sealed(other, "glass")), store)
    assert (found.verdict, found.credentials.state) == ("signed by others", "valid")
    assert not found.credentials.trusted
    assert found.take is None


def test_an_id_that_others_copied_does_not_make_a_clip_ours(store: Store, tmp_path: Path) -> None:
    take = sealed(store, "glass")
    other = Store(tmp_path / "other")
    forged = sealed(other, "glass")
    record = other.hidden / "takes" / f"{forged.id}.json"
    (store.hidden / "takes" / record.name).write_bytes(
        record.read_bytes().replace(forged.clip_sha256.encode(), take.clip_sha256.encode())
    )
    assert verify(other.path(forged), store).verdict == "signed by others"


def test_our_signature_holds_where_the_record_was_lost(store: Store) -> None:
    take = sealed(store, "glass")
    (store.hidden / "takes" / f"{take.id}.json").unlink()
    assert verify(store.path(take), store).verdict == "made here and whole"


def test_our_record_holds_where_the_key_was_lost(store: Store) -> None:
    take = sealed(store, "glass")
    for file in store.keys.iterdir():
        file.unlink()
    assert verify(store.path(take), store).verdict == "made here and whole"


def test_without_a_studio_nothing_is_claimed_about_whose_key_it_is(store: Store) -> None:
    found = verify(store.path(sealed(store, "glass")))
    assert found.verdict == "signed, but without a studio nobody can say by whom"
    assert "--studio" in found.notes[0]


@pytest.mark.parametrize(
    "data",
    [b"hello", b"x", b"\x00\x00\x00\x18ftyp", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF"],
)
def test_foreign_files_hold_nothing(store: Store, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert verify(tmp_path / "x", store).verdict == "nothing found"


def test_unsigned_media_hold_nothing(store: Store, tmp_path: Path) -> None:
    iio.imwrite(tmp_path / "x.png", np.zeros((8, 8, 3), np.uint8))
    for path in (tmp_path / "x.png", clip(tmp_path / "x.mp4", 5)):
        assert verify(path, store).verdict == "nothing found"


def test_what_is_no_file_is_one_clear_line(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for name, words in (("", "is not a file"), ("no", "does not exist"), ("empty", "is empty")):
        with pytest.raises(MediaError, match=words):
            verify(tmp_path / name, store)
    with pytest.raises(MediaError, match="is not a file"):
        verify(tmp_path / "pipe", store)


def test_a_huge_file_is_refused_at_once(store: Store, tmp_path: Path) -> None:
    with (tmp_path / "huge.mp4").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    began_s = time.monotonic()
    with pytest.raises(MediaError, match="8 GB"):
        verify(tmp_path / "huge.mp4", store)
    assert time.monotonic() - began_s < 1


def test_damage_of_any_kind_gives_a_verdict_and_never_a_crash(store: Store, tmp_path: Path) -> None:
    data, rng = store.path(sealed(store, "glass")).read_bytes(), np.random.default_rng(5)
    for _ in range(60):
        bad = bytearray(data[: rng.integers(8, len(data) + 1)])
        for at in rng.integers(0, len(bad), rng.integers(1, 40)):
            bad[at] = rng.integers(0, 256)
        (tmp_path / "x.mp4").write_bytes(bad)
        with suppress(MediaError):
            assert verify(tmp_path / "x.mp4", store).verdict != "made here and whole"
