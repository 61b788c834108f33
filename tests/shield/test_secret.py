import stat
from pathlib import Path

import pytest

from flow_nb.errors import SealError
from flow_nb.shield.keys import CHAIN, KEY, ROOT, Authority
from flow_nb.shield.secret import NAME, MarkSecret


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    first = MarkSecret.of(keys)
    assert MarkSecret.of(keys) == first == MarkSecret.find(keys)
    assert stat.S_IMODE((keys / NAME).stat().st_mode) == 0o600
    assert {p.name for p in keys.iterdir()} == {NAME, CHAIN, KEY, ROOT}


def test_a_secret_that_became_readable_is_closed_again(tmp_path: Path) -> None:
    MarkSecret.of(tmp_path / "keys")
    (tmp_path / "keys" / NAME).chmod(0o644)
    MarkSecret.of(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys" / NAME).stat().st_mode) == 0o600


def test_the_secret_is_never_printed_and_its_keys_tell_nothing_of_each_other(
    tmp_path: Path,
) -> None:
    found = MarkSecret.of(tmp_path / "keys")
    assert repr(found) == "MarkSecret()"
    assert len({found.secret, found.picture_key, found.sound_key}) == 3
    assert len(found.picture_key) == len(found.sound_key) == 32


def test_an_order_has_one_id_in_one_studio_and_another_elsewhere(tmp_path: Path) -> None:
    here, there = MarkSecret.of(tmp_path / "a"), MarkSecret.of(tmp_path / "b")
    assert here.take_id("order") == here.take_id("order")
    assert len({s.take_id(o) for s in (here, there) for o in ("order", "other")}) == 4
    assert here.take_id("order", 1) != here.take_id("order")
    assert len(here.take_id("order")) == 16


def test_a_damaged_secret_says_what_is_lost(tmp_path: Path) -> None:
    MarkSecret.of(tmp_path / "keys")
    (tmp_path / "keys" / NAME).write_bytes(b"short")
    assert MarkSecret.find(tmp_path / "keys") is None
    with pytest.raises(SealError, match="5 bytes and not 32"):
        MarkSecret.of(tmp_path / "keys")


def test_a_studio_without_marks_has_no_secret(tmp_path: Path) -> None:
    assert MarkSecret.find(tmp_path / "keys") is None
    assert not (tmp_path / "keys").exists()


def test_a_new_signing_key_leaves_the_mark_secret_alone(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    secret, old = MarkSecret.of(keys), Authority.of(keys)
    for name in (ROOT, CHAIN, KEY):
        (keys / name).unlink()
    assert Authority.of(keys) != old
    assert MarkSecret.of(keys) == secret
