"""A studio without a solver or a renderer: real plans, motions, takes and MP4s, made in a second.

It can stand in for `flow_nb.studio` as a module: the browser tests put it there in their kernels.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
from PIL import Image

from flow_nb.engines.base import Progress, Watcher
from flow_nb.errors import PlanError
from flow_nb.film.cutting import cut
from flow_nb.plan.base import Origin, content_hash
from flow_nb.plan.cues import cues_of
from flow_nb.plan.edit import WHOLE, Edit
from flow_nb.plan.motion import CONTACT, RUB, Event, Motion
from flow_nb.plan.plan import Action, Body, Camera, Gap, Light, Line, Placement, Plan, SetDesign
from flow_nb.plan.shot import Shot
from flow_nb.plan.take import Take
from flow_nb.store import Store

WIDTH, HEIGHT, FPS = 640, 360, 24
IMPACT_S = 1.2
SAMPLE_RATE_HZ = 48_000
NOT_UNDERSTOOD = "majestically"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shooting:
    """As `flow_nb.studio.Shooting`."""

    plan: Plan
    motion: Motion
    take: Take
    cached: bool


class Studio:
    """As `flow_nb.studio.Studio`, as far as the notebook room uses it."""

    pause_s = 0.02

    def __init__(self, folder: Path | str = ".") -> None:
        self.folder = Path(folder)
        self.order: list[str] = []
        self.store = Store(self.folder)
        self._takes: dict[str, Take] = {}

    director = SimpleNamespace(name="grammar", costs=False)

    def plan(self, shot: Shot, progress: Progress | None = None, *, growing: object = None) -> Plan:
        if "nothing" in shot.text:
            raise PlanError("nothing in it can be staged.", fix="Say what falls.", shot=shot.name)
        return fake_plan(shot)

    def direct(self, director: object) -> None:
        """As the studio's: nobody here reads otherwise."""

    def motion(self, plan: Plan) -> Motion:
        return fake_motion(plan.duration_s)

    def shoot(
        self, shot: Shot, progress: Progress | None = None, *, plan: Plan | None = None
    ) -> Shooting:
        plan = plan or self.plan(shot)
        kept = self._takes.get(shot.name)
        made_from = (content_hash(plan), shot.tier)
        cached = kept is not None and (kept.plan_hash, kept.tier) == made_from
        for share in np.linspace(0, 1, 1 if cached else 25):
            if progress:
                progress("draw", float(share))
            if isinstance(progress, Watcher):
                progress.see(picture(float(share) * 2))
            time.sleep(self.pause_s)
        motion = fake_motion(plan.duration_s)
        take = kept if cached else self._take(shot.name, shot.tier, plan)
        self._takes[shot.name] = take
        if shot.name not in self.order:
            self.order.append(shot.name)
        return Shooting(plan=plan, motion=motion, take=take, cached=cached)

    def film(
        self,
        shots: Sequence[str] | None = None,
        *,
        name: str = "film",
        progress: Progress | None = None,
        profiles: Sequence[str] = (),
        edits: Mapping[str, Edit] | None = None,
    ) -> Take:
        takes = [self._takes[shot] for shot in shots or self.order]
        if progress:
            progress("cut", 0.5)
        cuts = [(edits or {}).get(t.shot, WHOLE) for t in takes]
        names, frames = [t.shot for t in takes], [t.frames for t in takes]
        end = cut(names, frames, cuts, Fraction(FPS)).strips[-1].end
        plan = fake_plan(Shot(name=name, text="film", duration_s=end / FPS))
        return self._take(name, "film", plan)

    def take_of(self, name: str) -> Take | None:
        return self._takes.get(name)

    def find(self, shot: Shot, plan: Plan) -> Take | None:
        return self._takes.get(shot.name)

    def takes(self, name: str) -> list[Take]:
        return self.store.takes_of(name)

    def pick(self, name: str, take_id: str) -> Take:
        self._takes[name] = next(take for take in self.takes(name) if take.id == take_id)
        return self._takes[name]

    def path(self, take: Take) -> Path:
        return self.folder / take.clip

    def _take(self, name: str, tier: str, plan: Plan) -> Take:
        clip = Path("takes") / f"{name}-{content_hash(plan)[:8]}.mp4"
        poster = clip.with_suffix(".png")
        (self.folder / "takes").mkdir(exist_ok=True)
        write_clip(self.folder / clip, self.folder / poster, plan.duration_s)
        data = (self.folder / clip).read_bytes()
        take = Take(
            id=hashlib.sha256(f"{name} {content_hash(plan)}".encode()).hexdigest()[:16],
            shot=name,
            plan_hash=content_hash(plan),
            engine="stage",
            tier=tier,
            seed=0,
            clip=clip.as_posix(),
            poster=poster.as_posix(),
            clip_sha256=hashlib.sha256(data).hexdigest(),
            width=WIDTH,
            height=HEIGHT,
            fps=(FPS, 1),
            frames=round(plan.duration_s * FPS),
            duration_s=plan.duration_s,
            cues=cues_of(plan),
        )
        self.store.put_take(content_hash(plan), take)
        return take


def fake_plan(shot: Shot) -> Plan:
    """A glass at the edge of a table, a line of dialogue, and one word that nobody knows."""
    gap = Gap(words=NOT_UNDERSTOOD, reason="no such way to move.", fix="Leave it out.")
    return Plan(
        text=shot.text,
        duration_s=shot.duration_s or 4.0,
        set=SetDesign(kind="kitchen"),
        light=Light(time_of_day="golden hour"),
        bodies=(
            Body(name="glass", noun="glass", prop="glass", material="glass"),
            Body(name="table", noun="table", prop="table", material="wood", fixed=True),
        ),
        placements=(Placement(body="glass", relation="edge of", anchor="table"),),
        actions=(
            Action(verb="slide", body="glass", source="table", origin=Origin(words="slides off")),
        ),
        camera=Camera(angle="low", move="dolly in", pace="slow"),
        lines=(Line(speaker="MARA", text="That was my grandmother's.", start_s=2.0),),
        gaps=(gap,) if NOT_UNDERSTOOD in shot.text else (),
    )


def fake_motion(duration_s: float) -> Motion:
    """Two bodies that stand still, and four events that say otherwise."""
    n = int(duration_s * 240) + 1
    return Motion(
        duration_s=duration_s,
        names=("glass", "table"),
        materials=("glass", "wood"),
        masses_kg=np.array([0.3, 20.0]),
        sizes_m=np.ones((2, 3)),
        positions_m=np.zeros((n, 2, 3), np.float32),
        quaternions=np.tile(np.array([1, 0, 0, 0], np.float32), (n, 2, 1)),
        born_s=np.zeros(2),
        gone_s=np.full(2, duration_s),
        contacts=np.zeros(0, CONTACT),
        rubs=np.zeros(0, RUB),
        energy_j=np.zeros(n),
        floor_material="wood",
        events=(
            Event(time_s=0.5, kind="release", body="glass", text="the glass is let go"),
            Event(time_s=0.79, kind="leave", body="glass", other="table", text="it slides off"),
            Event(
                time_s=IMPACT_S, kind="impact", body="glass", other="set", speed_m_s=3.84,
                impulse_n_s=1.15, closed_form_s=1.1996, text="the glass hits the hardwood floor",
            ),
            Event(time_s=IMPACT_S, kind="break", body="glass", text="it shatters into 38 pieces"),
            Event(time_s=2.6, kind="rest", body="glass", text="the last piece comes to rest"),
        ),
    )  # fmt: skip


def write_clip(clip: Path, poster: Path, duration_s: float) -> None:
    """H.264 and AAC: a disc that falls and a ring when it lands; the poster is that frame."""
    with av.open(str(clip), "w", options={"movflags": "+faststart"}) as out:
        video = out.add_stream("libx264", rate=FPS, options={"crf": "30", "preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = out.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        for i in range(round(duration_s * FPS)):
            frame = av.VideoFrame.from_ndarray(picture(i / FPS), format="rgb24")
            out.mux(video.encode(frame))
        sound = av.AudioFrame.from_ndarray(samples(duration_s), format="fltp", layout="stereo")
        sound.sample_rate, sound.time_base = SAMPLE_RATE_HZ, Fraction(1, SAMPLE_RATE_HZ)
        sound.pts = 0
        out.mux(audio.encode(sound))
        out.mux(video.encode(None))
        out.mux(audio.encode(None))
    write_png(poster, picture(IMPACT_S))


def write_png(path: Path, pixels: np.ndarray) -> None:
    Image.fromarray(pixels).save(path)


def picture(time_s: float) -> np.ndarray:
    """A warm wall, a floor, and a disc falling onto it."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    glow = np.exp(-(((x - 430) / 260) ** 2) - ((y - 90) / 200) ** 2)[..., None]
    image = np.array([52, 44, 46], np.float32) + glow * np.array([150, 96, 44], np.float32)
    floor = (y > 280)[..., None]
    image = np.where(floor, image * 0.62 + np.array([16, 8, 2], np.float32), image)
    fall = min(max(time_s - 0.79, 0) / (IMPACT_S - 0.79), 1) ** 2
    disc = (x - 300) ** 2 + (y - (120 + fall * 150)) ** 2 < 26**2
    image[disc] = (214, 226, 226)
    return np.clip(image, 0, 255).astype(np.uint8)


def samples(duration_s: float) -> np.ndarray:
    """Silence, then a struck glass: 2240 Hz, dying in a tenth of a second."""
    t = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ - IMPACT_S
    ring = np.where(t > 0, np.sin(2 * np.pi * 2240 * t) * np.exp(-t / 0.1) * 0.5, 0)
    return np.stack([ring, ring]).astype(np.float32)
