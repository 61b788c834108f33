"""The renderer's own process. In: jobs on a private wire. Out: frames in shared memory.

``python -m flow_nb.engines.stage.worker WIRE_FD MEMORY_FD``. It ends when the wire does. Filament
writes to stdout and stderr; both are the log file of the parent.
"""

from __future__ import annotations

import ctypes
import json
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.link import Hangup, Link, Message
from flow_nb.engines.stage.passes import (
    PassKind,
    depth_frame,
    normals_frame,
    segmentation_frame,
)
from flow_nb.engines.stage.picture import Picture
from flow_nb.engines.stage.ring import SLOTS, Ring
from flow_nb.errors import FlowError
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

if TYPE_CHECKING:
    from flow_nb.engines.stage.draw import Drawer

Frame = NDArray[np.uint8]


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
            give_back()
            seconds = time.perf_counter() - started
            self._link.send({"done": drawn, "seconds": seconds, "stopped": self._stopped})

    def _draw(self, drawer: Drawer, message: Message, payload: bytes) -> int:
        from flow_nb.engines.stage.figures.people import voiced
        from flow_nb.engines.stage.finish.finish import Finish
        from flow_nb.engines.stage.finish.lab import Lab
        from flow_nb.engines.stage.scene import frame_times, stage_picture
        from flow_nb.engines.stage.still import Exposures
        from flow_nb.engines.stage.tiers import TIERS

        tier = TIERS[message["tier"]]
        head = int(message["plan_bytes"])
        plan = Plan.model_validate(json.loads(payload[:head]))
        motion = Motion.from_bytes(payload[head:])
        said = voiced(plan, message["speech"]) if message.get("speech") else None
        picture = stage_picture(plan, motion, tier, Path(message["cache"]), said)
        ring = Ring(self._fd, tier.format.width, tier.format.height)
        slots = [ring.slot(i) for i in range(SLOTS)]
        drawer.load(picture, tier, slots)
        picture = replace(picture, textures={})  # the renderer has its own copy by now
        if not message["readout"]:
            for frame in range(len(picture.cameras)):
                drawer.draw(frame, frame % SLOTS)
            return len(picture.cameras)
        if "pass" in message:
            return self._draw_pass(drawer, message["pass"], picture, slots)
        times = frame_times(plan, tier.format)
        finish = Finish(plan, motion, picture.cameras, times, tier) if tier.finished else None
        exposures = Exposures(drawer, picture, slots, deep=tier.deep)
        with Lab(finish, slots, self._sent) as lab:
            for frame in range(len(picture.cameras)):
                slot = self._slot()
                if slot is None:
                    return frame
                planes = exposures.take(frame, slot)
                if frame == 0:  # by now the renderer has read what it was given
                    give_back()
                if finish is not None:
                    lab.develop(frame, slot, planes)
                else:
                    self._sent(frame, slot)
        return len(picture.cameras)

    def _draw_pass(
        self, drawer: Drawer, kind: PassKind, picture: Picture, slots: Sequence[Frame]
    ) -> int:
        for frame, view in enumerate(picture.cameras):
            slot = self._slot()
            if slot is None:
                return frame
            drawer.pose(frame)
            if kind == "segmentation":
                slots[slot][:] = segmentation_frame(drawer.owners(frame))
            elif kind == "depth":
                slots[slot][:] = depth_frame(drawer.distances(frame))
            else:
                slots[slot][:] = normals_frame(drawer.distances(frame), view)
            self._sent(frame, slot)
        return len(picture.cameras)

    def _sent(self, frame: int, slot: int) -> None:
        self._link.send({"frame": frame, "slot": slot})

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


def give_back() -> None:
    """Gives free memory back to the system: the C library keeps it, 200 MB and more after a shot is loaded."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _told(error: FlowError) -> Message:
    return {"error": type(error).__name__, "what": error.what, "fix": error.fix}


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
    except Hangup:
        sys.exit(0)
