"""The renderer as seen from the studio. In: a drawing job. Out: frames, one after the other.

The drawing happens in a child process that stays warm between takes. Whatever ends it (a driver's
crash, a kill, no memory) becomes one clear error here, and the next job gets a new child.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.link import Hangup, Link, Message
from flow_nb.engines.stage.ring import Ring, memory_fd
from flow_nb.errors import DriverMissing, EngineCrashed, EngineError, one_line

START_LIMIT_S = 60.0
FRAME_LIMIT_S = 600.0
STOP_LIMIT_S = 5.0
POLL_S = 0.1
LOG_TAIL_BYTES = 2_000

Frame = NDArray[np.uint8]


class Renderer:
    """One child process and the memory it draws into. Used by one thread at a time."""

    def __init__(self) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile(prefix="flow_nb-renderer-")  # noqa: SIM115
        self._fd = memory_fd()
        self._process, self._link = self._spawn()
        self.device = ""
        self._busy = False
        self.device = str(self._await(START_LIMIT_S, "start")["device"])

    @property
    def alive(self) -> bool:
        """Whether it can take another job."""
        return self._process.poll() is None and not self._busy

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def draw(
        self, job: Message, payload: bytes, width: int, height: int
    ) -> Generator[Frame, None, None]:
        """Frames (height, width, 3) in order; each is the ring's own memory until the next is asked
        for. Closing the iterator stops the child at its next frame."""
        ring = Ring(self._fd, width, height)
        self._send({**job, "do": "draw", "readout": True}, payload)
        self._busy = True
        try:
            while "slot" in (message := self._await(FRAME_LIMIT_S, "draw a frame")):
                yield ring.slot(message["slot"])
                self._send({"do": "free", "slot": message["slot"]})
            self._busy = False
        finally:
            if self._busy:
                self._stop()

    def draw_alone(self, job: Message, payload: bytes) -> float:
        """Seconds the child needs for the same frames when nobody takes them from it."""
        self._send({**job, "do": "draw", "readout": False}, payload)
        return float(self._await(3600.0, "draw")["seconds"])

    def close(self) -> None:
        """Ends the child; waits for it."""
        self._link.close()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with suppress(OSError):
            os.close(self._fd)
        self._log.close()

    def _spawn(self) -> tuple[subprocess.Popen[bytes], Link]:
        here, there = socket.socketpair()
        with there:
            process = subprocess.Popen(
                [sys.executable, "-m", "flow_nb.engines.stage.worker"]
                + [str(there.fileno()), str(self._fd)],
                pass_fds=(there.fileno(), self._fd),
                env={**os.environ, "PYTHONPATH": _import_path()},
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,  # an interrupt at the terminal is the studio's to handle
            )
        return process, Link(here)

    def _send(self, message: Message, payload: bytes = b"") -> None:
        try:
            self._link.send(message, payload)
        except Hangup:
            raise self._crashed() from None

    def _await(self, limit_s: float, what: str) -> Message:
        """The child's next message; its errors are raised here."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            try:
                arrived = self._link.receive(POLL_S)
            except Hangup:
                raise self._crashed() from None
            if arrived is not None:
                return _checked(arrived[0])
            if self._process.poll() is not None:
                raise self._crashed()
        self._process.kill()
        raise EngineCrashed(f"the renderer did not {what} within {limit_s:g} s.", fix=_AGAIN)

    def _stop(self) -> None:
        """Has the child drop its job; kills it when it does not answer."""
        self._busy = False
        end = time.monotonic() + STOP_LIMIT_S
        try:
            self._link.send({"do": "stop"})
            while time.monotonic() < end and self._process.poll() is None:
                arrived = self._link.receive(POLL_S)
                if arrived is not None and "done" in arrived[0]:
                    return
        except Hangup:
            pass
        self._process.kill()
        self._process.wait()

    def _crashed(self) -> EngineCrashed:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_LIMIT_S)
        code = self._process.poll()
        end = _ending(code)
        said = one_line(self._last_words())
        return EngineCrashed(f"the renderer's process {end}{said and f' ({said})'}.", fix=_AGAIN)

    def _last_words(self) -> str:
        self._log.flush()
        size = os.fstat(self._log.fileno()).st_size
        tail = os.pread(self._log.fileno(), LOG_TAIL_BYTES, max(0, size - LOG_TAIL_BYTES))
        lines = [line for line in tail.decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1][:200] if lines else ""


def _import_path() -> str:
    """The child finds the package where this process found it."""
    root = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])


_AGAIN = "Run the cell again; flow-nb doctor checks the driver."


def _checked(message: Message) -> Message:
    if "error" not in message:
        return message
    kinds: dict[str, type[EngineError]] = {"DriverMissing": DriverMissing}
    raise kinds.get(message["error"], EngineError)(message["what"], fix=message.get("fix", ""))


def _ending(code: int | None) -> str:
    if code is None:
        return "stopped answering"
    if code < 0:
        names = {item.value: item.name for item in signal.Signals}
        return f"was ended by {names.get(-code, f'signal {-code}')}"
    return f"ended with code {code}"


_shared: list[tuple[int, Renderer]] = []


def shared_renderer() -> Renderer:
    """This process's warm renderer; a new one where there is none, it died, or it is at work."""
    while _shared:
        owner, renderer = _shared[0]
        if owner == os.getpid() and renderer.alive:
            return renderer
        _shared.pop()
        if owner == os.getpid():
            renderer.close()
    renderer = Renderer()
    _shared.append((os.getpid(), renderer))
    return renderer


@atexit.register
def close_shared() -> None:
    """Ends the warm renderer, if there is one."""
    while _shared:
        owner, renderer = _shared.pop()
        if owner == os.getpid():
            renderer.close()
