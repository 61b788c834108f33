import ast
import json
import os
import signal
import socket
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import av
import imageio.v3 as iio
import numpy as np
import pytest

import flow_nb
from flow_nb.engines.base import Format
from flow_nb.errors import MediaError, SealError, StoreError
from flow_nb.files import sha256_of
from flow_nb.media import decode
from flow_nb.plan.take import Take
from flow_nb.shield import credentials
from flow_nb.shield.seal import seal
from flow_nb.shield.signer import trust_in
from flow_nb.shield.verify import verify
from flow_nb.store import Store
from tests.media.clips import SMALL, clip, picture
from tests.shield.studio import PLAN_HASH, debris, sealed

ROOT = Path(__file__).parents[2]


def test_a_take_says_where_it_came_from(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    found = credentials.read(store.path(take), trust_in(store.keys))
    assert (found.state, found.trusted, found.codes) == ("valid", True, ())
    assert found.generator == f"flow_nb {flow_nb.__version__}"
    assert found.statement == credentials.Statement(
        id=take.id, kind="take", engine="stage", tier="fast", plan_hash=PLAN_HASH, seed=12
    )


def test_a_record_leads_to_clip_and_poster(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    assert take.clip == f"takes/glass-{take.id[:8]}.mp4"
    assert sha256_of(store.path(take)) == take.clip_sha256
    assert iio.imread(tmp_path / take.poster).shape[:2] == (96, 160)
    assert (take.frames, take.fps, take.duration_s) == (12, (24, 1), 0.5)
    assert take.stages_s["draw"] == 1.5
    assert 0 < take.stages_s["seal"] < 10
    assert not debris(tmp_path)


def test_sealing_changes_neither_picture_nor_sound(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass", 30, clicks=[20_000])
    bare = clip(tmp_path / "bare.mp4", 30, clicks=[20_000])
    assert decode.frames_sha256(store.path(take)) == decode.frames_sha256(bare)
    assert np.array_equal(decode.samples(store.path(take)), decode.samples(bare))
    data = store.path(take).read_bytes()
    assert data.find(b"moov") < data.find(b"mdat")


def test_the_container_says_that_it_is_generated(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with av.open(str(store.path(sealed(store, "glass")))) as file:
        assert file.metadata["title"] == "glass"
        assert file.metadata["comment"].startswith("Generated media, not a recording.")
        assert "engine stage" in file.metadata["comment"]


@pytest.mark.parametrize("source", credentials.SOURCE_TYPES)
def test_the_digital_source_type_is_in_the_credentials(tmp_path: Path, source: str) -> None:
    store = Store(tmp_path)
    part = clip(tmp_path / "a.mp4", 5)
    take = seal(
        part,
        store,
        shot="a",
        plan_hash=PLAN_HASH,
        engine="veo",
        tier="fast",
        seed=0,
        format=SMALL,
        frames=5,
        poster_frame=picture(0, SMALL),
        source_type=source,  # type: ignore[arg-type]
    )
    assert f"digitalsourcetype/{source}".encode() in store.path(take).read_bytes()


@pytest.mark.parametrize("name", ["../../etc/cron", "a/b", "<script>", "ü" * 50, "", "x" * 500])
def test_a_name_from_anywhere_is_never_a_path(tmp_path: Path, name: str) -> None:
    take = sealed(Store(tmp_path), name)
    assert Path(take.clip).parent == Path("takes")
    assert len(Path(take.clip).name) < 80


def test_a_clip_that_is_not_what_was_ordered_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    part = clip(tmp_path / "a.mp4", 5)
    order = {
        "shot": "a",
        "plan_hash": PLAN_HASH,
        "engine": "stage",
        "tier": "fast",
        "seed": 0,
        "poster_frame": picture(0, SMALL),
    }
    with pytest.raises(SealError, match="holds 5 frames"):
        seal(part, store, format=SMALL, frames=6, **order)  # type: ignore[arg-type]
    wide = Format(width=320, height=96, fps=Fraction(24))
    with pytest.raises(SealError, match="160×96"):
        seal(part, store, format=wide, frames=5, **order)  # type: ignore[arg-type]
    with pytest.raises(MediaError, match="there is no file"):
        seal(tmp_path / "no.mp4", store, format=SMALL, frames=5, **order)  # type: ignore[arg-type]
    assert list((tmp_path / "takes").iterdir()) == []


def test_when_the_record_cannot_be_kept_no_clip_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)

    def refuse(_key: str, _take: Take) -> None:
        raise StoreError("the disk is full.")

    monkeypatch.setattr(store, "put_take", refuse)
    with pytest.raises(StoreError):
        sealed(store, "glass")
    assert list((tmp_path / "takes").iterdir()) == []
    assert list(store.takes()) == []


def test_nothing_reaches_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    store = Store(tmp_path)
    assert verify(store.path(sealed(store, "glass")), store).verdict == "made here and whole"


def test_only_the_seal_makes_a_take() -> None:
    makers = set()
    for file in Path(flow_nb.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and _called(node) in {"Take", "model_construct"}:
                makers.add(str(file.relative_to(ROOT / "flow_nb")))
    assert makers == {"shield/seal.py"}


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


_SEALER = """
import sys
from pathlib import Path
from flow_nb.store import Store
from tests.shield.studio import sealed
store = Store(Path(sys.argv[1]))
sealed(store, "first", 4)
print("ready", flush=True)
for number in range(1000):
    sealed(store, f"shot{number}", 4)
"""


def test_a_process_killed_while_it_encodes_and_seals_leaves_a_whole_store(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", _SEALER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(float(rng.uniform(0.02, 0.35)))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        store = Store(tmp_path)
        assert not debris(tmp_path)
        assert all(store.is_whole(take) for take in store.takes())
        assert all((tmp_path / take.poster).stat().st_size for take in store.takes())
        for record in (tmp_path / ".flow_nb" / "takes").iterdir():
            assert json.loads(record.read_text())["schema"] == "flow_nb.Take.1"
    assert len(list(store.takes())) > 3
    assert sealed(store, "after").shot == "after"
