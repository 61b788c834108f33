"""The cast of a shot. In: a plan, its motion, the instants of the frames, what is said. Out: `Pliant`s that
follow the bones of every figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.figures.attention import attention
from flow_nb.engines.stage.figures.gripping import closed
from flow_nb.engines.stage.figures.people import Utterance, body_skeleton, is_figure
from flow_nb.engines.stage.figures.pose import transforms
from flow_nb.engines.stage.figures.puppet import Part, Puppet, puppet
from flow_nb.engines.stage.figures.speaking import mouth_at
from flow_nb.engines.stage.picture import Floats, Pliant, Singles, Skin
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

ROUGH = {
    "extreme wide": 2.4, "wide": 2.0, "full": 1.6, "medium": 1.3, "medium close-up": 1.15,
    "close-up": 1.0, "extreme close-up": 0.9,
}  # fmt: skip

PICTURES = {
    "extreme wide": 5.2, "wide": 2.1, "full": 1.28, "medium": 0.66, "medium close-up": 0.42,
    "close-up": 0.25, "extreme close-up": 0.12,
}  # fmt: skip
"""Height of the picture by size, in heights of the figure that it shows."""
LEAST_PIXEL_M = 0.0012
"""Where a pixel shows less, all is as fine as it is made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Skinned:
    """A part that follows its puppet's bones: ``bones`` (frames, bones, 3, 4), from ``first`` frame
    on until ``last``."""

    part: Part
    bones: Singles
    first: int
    last: int

    def at(self, frame: int) -> Skin | None:
        """Linear blend of the bones' transforms."""
        if not self.first <= frame < self.last:
            return None
        bones = self.bones[frame, self.part.used].reshape(-1, 12)
        # not by matrix product: its threads would wait for those of the renderer
        blend = np.einsum("nb,bk->nk", self.part.weights, bones).reshape(-1, 3, 4)
        turn = blend[:, :, :3]
        vertices = np.einsum("nij,nj->ni", turn, self.part.vertices) + blend[:, :, 3]
        normals = np.einsum("nij,nj->ni", turn, self.part.normals)
        length = np.sqrt(np.einsum("ij,ij->i", normals, normals))
        return Skin(vertices, normals / np.maximum(length, 1e-6)[:, None])


def skinned(
    parts: Iterable[Part], bones: Singles, motion: Motion, column: int, times: Floats
) -> Iterator[Pliant]:
    """The parts of a puppet that follow its bones (frames, bones, 3, 4) while its body is there."""
    first = int(np.searchsorted(times, motion.born_s[column] - 1e-9))
    last = int(np.searchsorted(times, motion.gone_s[column]))
    for part in parts:
        yield Pliant(
            look=part.look,
            faces=part.faces,
            surface_m=part.surface_m,
            shape=Skinned(part=part, bones=bones, first=first, last=last),
            body=column,
        )


def body_puppet(body: Body, seed: int, rough: float = 1.0, pixel_m: float = 0.0) -> Puppet:
    """The puppet of a body: the same for the same plan."""
    own = seed + sum(map(ord, body.name)) * 7919
    return puppet(
        body.noun, body.age, body.mood, body.colour, body.scale, own, rough, pixel_m, body.traits
    )


def roughness(plan: Plan, height_px: int) -> float:
    """How wide the meshes may be that nobody sees it: by the size of the shot, of the picture, and by
    how many share it."""
    crowd = sum(is_figure(body) for body in plan.bodies)
    sharp = min(1.0, (360 / height_px) ** 0.35)
    return float(
        min(2.6, max(0.8, ROUGH[plan.camera.size] * sharp * (1 + 0.12 * max(0, crowd - 1))))
    )


def pixel_m(plan: Plan, body: Body, height_px: int) -> float:
    """What a pixel of a picture of that height shows of a figure."""
    return PICTURES[plan.camera.size] * body_skeleton(body).height_m / height_px


def figures(
    plan: Plan,
    motion: Motion,
    times: Floats,
    height_px: int,
    *,
    unseen: str | None = None,
    said: Sequence[Utterance] = (),
    lens_m: Floats | None = None,
) -> tuple[Pliant, ...]:
    """All figures of a shot but ``unseen``, for a picture of that height, saying what is ``said``, seen
    from ``lens_m`` (frames, 3)."""
    found: list[Pliant] = []
    attending = attention(plan, motion, times, said, lens_m)
    rough = roughness(plan, height_px)
    for body in plan.bodies:
        if not is_figure(body) or body.name not in motion.names or body.name == unseen:
            continue
        pixel = pixel_m(plan, body, height_px)
        made = body_puppet(body, plan.seed, rough, pixel if pixel > LEAST_PIXEL_M else 0.0)
        seed = plan.seed + sum(map(ord, body.name))
        mouth = mouth_at(times, [line for line in said if line.body == body.name])
        bones = transforms(
            made, motion, body.name, times, seed=seed, mouth=mouth, seen=attending.get(body.name),
            grip=closed(plan, motion, body, times),
        )  # fmt: skip
        found += skinned(made.parts, bones, motion, motion.index(body.name), times)
    return tuple(found)
