"""The process that looks into files. In: one request a line. Out: findings as JSON lines, then ``end``.

What is needed is loaded once; every file is then looked at by a copy of this process, which is gone
afterwards: it may use so much memory and so much time, and whatever a file does to it, it does not do
to the next. The time grows with what a healthy file holds, and is short for a damaged one.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY_BYTES, HEALTHY_MEMORY_BYTES = 850 * 2**20, 2 * 2**30
FIRST_S, BYTES_PER_S = 1.6, 100e6
"""For a file that is damaged, or of which nobody knows yet; and what it costs to read its bytes."""
HEALTHY_S, PER_SECOND_S, MOST_S = 30.0, 0.6, 240.0
"""For a healthy file: a base, so much for every second of Full HD, and the most."""
_FULL_HD = 1920 * 1080


def main() -> None:
    """Answers requests until there are no more."""
    from flow_nb.shield import looking  # what every request needs, once

    print(json.dumps({"ready": looking.__name__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if hasattr(os, "fork"):
            print(json.dumps({"end": _watched(request)}), flush=True)
        else:  # without copies of itself, a process serves one request
            _look(request, sys.stdout.fileno())
            print(json.dumps({"end": ""}), flush=True)
            return


def allowed_s(size_bytes: int, told: dict[str, Any]) -> float:
    """How long looking at a file may take in all, after what it has told so far.

    Where its own credentials say that it was made here and changed, its marks could add little.
    """
    base, media = FIRST_S + size_bytes / BYTES_PER_S, told.get("media")
    proof = told.get("credentials", {})
    known = proof.get("trusted") and proof.get("state") == "invalid"
    if not media or not media["whole"] or known or "broken" in told:
        return base
    pixels = media["width"] * media["height"] / _FULL_HD
    content = media["duration_s"] * PER_SECOND_S * max(pixels, 0.25)
    return float(min(base + HEALTHY_S + content, MOST_S))


def _watched(request: dict[str, Any]) -> str:
    """Looks at one file in a copy of this process; the reason why it did not end well, if so."""
    began_s = time.monotonic()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _confined(request, writing)
    os.close(writing)
    size, rest = _size(request["path"]), b""
    told: dict[str, Any] = {}
    why = "it took too long"
    while (left_s := began_s + allowed_s(size, told) - time.monotonic()) > 0:
        if not select.select([reading], [], [], left_s)[0]:
            continue
        data = os.read(reading, 65536)
        if not data:
            why = ""
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            told |= json.loads(line)
            print(line.decode(), flush=True)
    if why:
        os.kill(pid, signal.SIGKILL)
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    return why or _fate(status)


def _fate(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"reading it crashed ({signal.Signals(os.WTERMSIG(status)).name})"
    return "" if os.WEXITSTATUS(status) == 0 else "reading it failed"


def _confined(request: dict[str, Any], writing: int) -> None:
    """The copy's whole life."""
    status = 1
    try:
        _limit(MEMORY_BYTES)
        _look(request, writing)
        status = 0
    except MemoryError:
        os.write(writing, b'{"note": "It asks for more memory than it may have."}\n')
        status = 0
    finally:
        os._exit(status)


def _look(request: dict[str, Any], writing: int) -> None:
    from flow_nb.shield.looking import look
    from flow_nb.shield.signer import Trust

    def tell(name: str, value: object) -> None:
        if name == "media" and isinstance(value, dict) and value["whole"]:
            _limit(HEALTHY_MEMORY_BYTES)
        os.write(writing, json.dumps({name: value}).encode() + b"\n")

    trust = Trust(anchors=request["anchors"].encode(), serials=frozenset(request["serials"]))
    picture_key, sound_key = (
        bytes.fromhex(request[f"{kind}_key"]) for kind in ("picture", "sound")
    )
    path, visible = Path(request["path"]), bool(request["visible"])
    ids = [int(id, 16) for id in request["ids"]]
    look(path, trust, picture_key, sound_key, tell, ids=ids, visible=visible)


def _limit(size_bytes: int) -> None:
    """At most so much memory of its own; where the system knows no such limit, none."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size_bytes, HEALTHY_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size(path: str) -> int:
    with suppress(OSError):
        return os.stat(path).st_size
    return 0


if __name__ == "__main__":
    main()
