"""The renderer's own process. In: jobs on a private wire. Out: frames in shared memory.

``python -m flow_nb.engines.stage.worker WIRE_FD MEMORY_FD``. It ends when the wire does. Filament
writes to stdout and stderr; both are the log file of the parent.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.link import Hangup, Link, Message
from flow_nb.engines.stage.ring import SLOTS, Ring
from flow_nb.errors import FlowError
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

if TYPE_CHECKING:
    from flow_nb.engines.stage.draw import Drawer


def main(wire_fd: int, memory_fd: int) -> None:
    """Serves one parent until it hangs up."""
    link = Link(socket.socket(fileno=wire_fd))
    try:
        device = vulkan.best_device()
        from flow_nb.engines.stage.draw import Drawer  # loads MuJoCo: only where a driver is

        drawer = Drawer(software=device.software)
    except FlowError as error:
        link.send(_told(error))
        return
    link.send({"device": f"{device.name} ({device.kind})"})
    desk = _Desk(link, memory_fd)
    while (order := link.receive()) is not None:
        message, payload = order
        if message["do"] == "draw":
            desk.serve(drawer, message, payload)


class _Desk:
    """Where jobs come in and frames go out."""

    def __init__(self, link: Link, memory_fd: int) -> None:
        self._link = link
        self._fd = memory_fd
        self._free: list[int] = []
        self._stopped = False

    def serve(self, drawer: Drawer, message: Message, payload: bytes) -> None:
        """Draws one job and says how it ended."""
        self._free, self._stopped = list(range(SLOTS)), False
        started = time.perf_counter()
        try:
            drawn = self._draw(drawer, message, payload)
        except FlowError as error:
            self._link.send(_told(error))
        else:
            seconds = time.perf_counter() - started
            self._link.send({"done": drawn, "seconds": seconds, "stopped": self._stopped})

    def _draw(self, drawer: Drawer, message: Message, payload: bytes) -> int:
        from flow_nb.engines.stage.scene import stage_picture
        from flow_nb.engines.stage.tiers import TIERS

        tier = TIERS[message["tier"]]
        head = int(message["plan_bytes"])
        plan = Plan.model_validate(json.loads(payload[:head]))
        motion = Motion.from_bytes(payload[head:])
        picture = stage_picture(plan, motion, tier, Path(message["cache"]))
        ring = Ring(self._fd, tier.format.width, tier.format.height)
        drawer.load(picture, tier, [ring.slot(i) for i in range(SLOTS)])
        for frame in range(len(picture.cameras)):
            slot = self._slot() if message["readout"] else frame % SLOTS
            if slot is None:
                return frame
            drawer.draw(frame, slot)
            if message["readout"]:
                self._link.send({"frame": frame, "slot": slot})
        return len(picture.cameras)

    def _slot(self) -> int | None:
        """A free slot, waited for; None when the job is to stop."""
        self._listen(0.0)
        while not self._free and not self._stopped:
            self._listen(None)
        return None if self._stopped else self._free.pop(0)

    def _listen(self, timeout_s: float | None) -> None:
        while (arrived := self._link.receive(timeout_s)) is not None:
            message = arrived[0]
            if message["do"] == "stop":
                self._stopped = True
            elif message["do"] == "free":
                self._free.append(message["slot"])
            timeout_s = 0.0


def _told(error: FlowError) -> Message:
    return {"error": type(error).__name__, "what": error.what, "fix": error.fix}


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
    except Hangup:
        sys.exit(0)
