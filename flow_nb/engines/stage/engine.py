"""The embedded soundstage as an engine. In: an `Order`. Out: a `Quote`, then `Chunk`s.

Picture comes from the renderer's child process, sound from the solver's contacts; both are cut from
one clock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Box, Capabilities, Chunk, Format, Order, Progress, Quote, watching
from flow_nb.engines.stage.link import Message
from flow_nb.engines.stage.passes import PassKind, unpacked
from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.renderer import Frame, shared_renderer
from flow_nb.engines.stage.tiers import TIERS, Tier
from flow_nb.engines.stage.voice.model import installed
from flow_nb.engines.stage.voice.speech import Speech
from flow_nb.engines.stage.voice.spoken import Spoken
from flow_nb.engines.stage.voice.wording import unsayable
from flow_nb.errors import EngineError, choices, quote
from flow_nb.identity.casting import cast_by_name
from flow_nb.identity.voice import VoiceTag
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Line, Plan
from flow_nb.plan.shot import MAX_DURATION_S
from flow_nb.timebase import frame_count, sample_at_frame

if TYPE_CHECKING:
    from flow_nb.engines.stage.sound.ear import Ear

CHUNK_S, CHUNK_BYTES = 0.5, 25_000_000
"""How much is handed over at once: half a second, but no more than one frame of ultra takes."""
NO_SPEECH = (
    "speech: nobody speaks the lines, they are subtitles; "
    'for voices run: pip install "flow_nb[voice]"'
)


class Stage:
    """MuJoCo's renderer on a GPU or a processor; free, offline."""

    name = "stage"
    version = "5"

    def __init__(self, cache: Path | None = None) -> None:
        self.cache = cache or default_cache()
        self.speech = Speech(self.cache.parent / "speech")
        self.capabilities = Capabilities(
            tiers=tuple(TIERS),
            max_duration_s=MAX_DURATION_S,
            speech="native" if installed() else "text only",
        )

    def quote(self, order: Order) -> Quote:
        """Free; says what it leaves out. Raises EngineError for a tier it has not."""
        form = _tier(order).format
        return Quote(
            credits=0,
            format=form,
            frames=frame_count(order.plan.duration_s, form.fps),
            cannot_keep=_unspoken(order.plan),
        )

    def line_seconds(self, line: Line, voice: VoiceTag) -> float | None:
        """It says the line, once; None without the extra, and for a line that it cannot say."""
        if not installed():
            return None
        said = self.speech.utter(line.text, voice, line.manner)
        return said.duration_s if len(said.samples) else None

    def speak(self, order: Order) -> tuple[Spoken, ...]:
        """The lines that are spoken, each in its place; one that was said before is found again."""
        if not installed():
            return ()
        found = []
        for i, line in enumerate(order.plan.lines):
            voice = order.voices.get(line.speaker) or cast_by_name(line.speaker, ())
            said = self.speech.utter(line.text, voice, line.manner)
            if len(said.samples):
                found.append(said.at(line.start_s, line=i, speaker=line.speaker))
        return tuple(found)

    def shoot(self, order: Order, progress: Progress) -> Generator[Chunk, None, None]:
        """Half a second at a time, or less of large frames. Closing the iterator stops the renderer at
        its next frame."""
        form = _tier(order).format
        total, size = frame_count(order.plan.duration_s, form.fps), chunk_frames(form)
        with closing(self.draw(order, progress)) as frames:
            sound, watcher = None, watching(progress)
            for first in range(0, total, size):
                held = np.empty((min(size, total - first), form.height, form.width, 3), np.uint8)
                for place, frame in zip(held, frames, strict=False):
                    place[:] = frame
                    if watcher:
                        watcher.see(frame)
                    if sound is None:  # while the renderer goes on drawing into its free slots
                        sound = _sound(order, self.speak(order))
                if sound is not None:
                    yield _chunk(held, first, form, sound)
                del held, place  # the receiver's alone, while the next frames come
            next(frames, None)  # the renderer says that it is done

    def draw(self, order: Order, progress: Progress) -> Generator[Frame, None, None]:
        """The frames alone; each is good until the next one is asked for."""
        form = _tier(order).format
        total = frame_count(order.plan.duration_s, form.fps)
        progress("draw", 0.0)
        job, payload = self._job(order)
        with closing(shared_renderer().draw(job, payload, form.width, form.height)) as frames:
            for count, frame in enumerate(frames, start=1):
                progress("draw", count / total)
                yield frame

    def planes(
        self, order: Order, kind: PassKind, progress: Progress
    ) -> Generator[NDArray[np.uint8] | NDArray[np.uint16], None, None]:
        """A pass of a take, frame by frame: uint16 (h, w), of normals uint8 (h, w, 3)."""
        form = _tier(order).format
        total = frame_count(order.plan.duration_s, form.fps)
        job, payload = self._job(order)
        drawn = shared_renderer().draw({**job, "pass": kind}, payload, form.width, form.height)
        with closing(drawn) as frames:
            for count, frame in enumerate(frames, start=1):
                progress(kind, count / total)
                yield frame.copy() if kind == "normals" else unpacked(frame)

    def bare_draw_seconds(self, order: Order) -> float:
        """How long the renderer alone takes for the frames of this order, handing none over."""
        job, payload = self._job(order)
        return shared_renderer().draw_alone(job, payload)

    def faces(self, order: Order) -> Sequence[Sequence[Box]]:
        """Where the figures' heads are, frame by frame."""
        from flow_nb.engines.stage.camera import camera_track
        from flow_nb.engines.stage.faces import faces
        from flow_nb.engines.stage.sets.catalogue import stage_set

        form = _tier(order).format
        views = camera_track(order.plan, order.motion, form, stage_set(order.plan).room)
        return faces(order.plan, order.motion, views, form)

    def device(self) -> str:
        """What draws here, in Vulkan's words. Raises DriverMissing or EngineCrashed."""
        return shared_renderer().device

    def _job(self, order: Order) -> tuple[Message, bytes]:
        plan = order.plan.model_dump_json(by_alias=True).encode()
        spoken = [
            [
                s.speaker,
                s.start_s,
                s.end_s,
                [[p.symbol, p.start_s, p.end_s, p.stress] for p in s.phones],
            ]
            for s in self.speak(order)
        ]
        job = {
            "tier": order.tier,
            "cache": str(self.cache),
            "plan_bytes": len(plan),
            "speech": spoken,
        }
        return job, plan + order.motion.to_bytes()


def default_cache() -> Path:
    """Where painted textures are kept between sessions."""
    if sys.platform == "darwin":
        home = Path.home() / "Library" / "Caches"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "flow_nb" / "textures"


def _tier(order: Order) -> Tier:
    if order.tier not in TIERS:
        raise EngineError(f'the stage has no tier "{order.tier}".', fix=choices(order.tier, TIERS))
    return TIERS[order.tier]


def _unspoken(plan: Plan) -> tuple[str, ...]:
    """What of the dialogue is not heard, and why."""
    if not plan.lines:
        return ()
    if not installed():
        return (NO_SPEECH,)
    mute = ((line, unsayable(line.text)) for line in plan.lines)
    return tuple(
        f'speech: "{quote(line.text)}" is a subtitle only: {why}; the voices speak English'
        for line, why in mute
        if why
    )


def _sound(order: Order, speech: Sequence[Spoken]) -> NDArray[np.float32]:
    """The whole sound track, (m, 2) at 48 kHz."""
    from flow_nb.engines.stage.sound.soundtrack import soundtrack

    heard = soundtrack(order.plan, order.motion, camera=_ear(order), speech=speech)
    return np.asarray(heard, dtype=np.float32)


def _ear(order: Order) -> Ear:
    """The listener sits on the camera: its place and its right hand at every pose of the motion."""
    from flow_nb.engines.stage.camera import camera_track
    from flow_nb.engines.stage.sets.catalogue import stage_set
    from flow_nb.engines.stage.sound.ear import Ear

    form = _tier(order).format
    views = camera_track(order.plan, order.motion, form, stage_set(order.plan).room)
    shown = np.arange(len(views)) / float(form.fps)
    times = np.arange(len(order.motion.positions_m)) / POSE_RATE_HZ
    at = np.array([view.at_m for view in views])
    right = np.array([np.cross(view.forward, view.up) for view in views])
    return Ear(position_m=_between(times, shown, at), right=_between(times, shown, right))


def _between(times: Floats, shown: Floats, values: Floats) -> Floats:
    return np.stack([np.interp(times, shown, column) for column in values.T], axis=1)


def chunk_frames(form: Format) -> int:
    """How many frames are handed over at once.

    >>> from fractions import Fraction
    >>> sizes = (640, 360), (1920, 1080), (3840, 2160)
    >>> [chunk_frames(Format(width=w, height=h, fps=Fraction(24))) for w, h in sizes]
    [12, 4, 1]
    """
    few = CHUNK_BYTES // (form.width * form.height * 3)
    return max(1, min(round(CHUNK_S * form.fps), few))


def _chunk(frames: Frame, first: int, form: Format, sound: NDArray[np.float32]) -> Chunk:
    start = sample_at_frame(first, form.fps)
    end = sample_at_frame(first + len(frames), form.fps)
    samples = np.zeros((end - start, 2), np.float32)
    part = sound[start:end]
    samples[: len(part)] = part
    return Chunk(frames=frames, samples=samples, first_frame=first)
