"""Who looks into a file, from the outside. In: a path, a studio. Out: `Seen`, whatever the file is.

Nothing of a file is decoded in this process. A helper process is started with the first file and kept;
each file is looked at by a fresh copy of it (`flow_nb.shield.child`), within limits of time and memory.
The keys of the marks go to it through a pipe, never on a command line.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flow_nb.errors import MediaError
from flow_nb.shield.child import MOST_S
from flow_nb.shield.credentials import NONE, Credentials, Statement
from flow_nb.shield.looking import Mark, Media
from flow_nb.shield.secret import ID_CHARS, MarkSecret
from flow_nb.shield.signer import Trust

START_S = 60.0
"""How long the helper may take to come up on a busy machine."""
_SLACK_S = 10.0
MOST_IDS = 20_000
"""More are not compared: every id that is makes a faint mark harder to believe."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What was found in a file. ``looked`` names the kinds of marks that were searched to the end."""

    credentials: Credentials = NONE
    media: Media | None = None
    marks: tuple[Mark, ...] = ()
    looked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    heat_png: bytes = b""


def witness(
    path: Path,
    trust: Trust,
    secret: MarkSecret | None,
    *,
    ids: Sequence[str] = (),
    visible: bool = False,
) -> Seen:
    """Looks into a file; ``ids`` are those of the takes that its picture may bear.

    Raises MediaError only where the helper itself cannot be started.
    """
    request = {
        "path": str(path.absolute()),
        "anchors": trust.anchors.decode(),
        "serials": sorted(trust.serials),
        "picture_key": secret.picture_key.hex() if secret else "",
        "sound_key": secret.sound_key.hex() if secret else "",
        "ids": [id for id in ids if len(id) == ID_CHARS][-MOST_IDS:],
        "visible": visible,
    }
    with _lock:
        return _seen(list(_asked(request)))


class _Helper:
    """The helper process, and what it says."""

    def __init__(self) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flow_nb.shield.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._rest = b""
        if "ready" not in self.line(START_S):
            self.close()
            raise MediaError("no process could be started to look into the file.", fix="Try again.")

    def ask(self, request: dict[str, Any]) -> None:
        """Sends a request."""
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()

    def line(self, within_s: float) -> dict[str, Any]:
        """The next thing it says; empty where it says nothing any more."""
        pipe = self.process.stdout
        while pipe is not None and b"\n" not in self._rest:
            if not select.select([pipe], [], [], within_s)[0]:
                return {}
            data = os.read(pipe.fileno(), 65536)
            if not data:
                return {}
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        with suppress(ValueError):
            found = json.loads(line)
            return found if isinstance(found, dict) else {}
        return {}

    def close(self) -> None:
        """Ends the process."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.process.wait()


_lock = threading.Lock()
_kept: dict[int, _Helper] = {}


def _asked(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    helper = _helper()
    try:
        helper.ask(request)
        while told := helper.line(MOST_S + _SLACK_S):
            yield told
            if "end" in told:
                return
    except BaseException:
        end()  # it may still be at work on what nobody waits for any more
        raise
    end()
    yield {"end": "reading it ended the process"}


def _helper() -> _Helper:
    kept = _kept.get(os.getpid())
    if kept is None or kept.process.poll() is not None:
        end()
        kept = _kept[os.getpid()] = _Helper()
    return kept


@atexit.register
def end() -> None:
    """Lets the helper go; the next file starts another."""
    kept = _kept.pop(os.getpid(), None)
    if kept is not None:
        kept.close()


def _seen(told: list[dict[str, Any]]) -> Seen:
    notes, marks, looked = [], [], []
    credentials, media, heat = NONE, None, b""
    for one in told:
        if "credentials" in one:
            credentials = _credentials(one["credentials"])
        if "media" in one:
            media = Media(**one["media"])
        for kind in ("sound", "picture"):
            if kind in one:
                looked.append(kind)
                marks += [Mark(**mark) for mark in one[kind]]
        heat = base64.b64decode(one.get("heat", "")) or heat
        notes += [one["note"]] if "note" in one else []
        notes += [f"It was not looked at to the end: {one['end']}."] if one.get("end") else []
    return Seen(
        credentials=credentials,
        media=media,
        marks=tuple(marks),
        looked=tuple(looked),
        notes=tuple(notes),
        heat_png=heat,
    )


def _credentials(told: dict[str, Any]) -> Credentials:
    statement = None
    if told["statement"] is not None:
        with suppress(ValidationError):
            statement = Statement.model_validate(told["statement"])
    rows = {key: tuple(told[key]) for key in ("codes", "ingredients", "bindings")}
    return Credentials(**{**told, **rows, "statement": statement})
