"""The cast of a shot. In: a plan, its motion, the instants of the frames. Out: `Pliant`s that follow the
bones of every figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.figures.pose import transforms
from flow_nb.engines.stage.figures.puppet import Part, Puppet, puppet
from flow_nb.engines.stage.picture import Floats, Pliant, Singles
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes

@dataclass(frozen=True, kw_only=True, slots=True)
class Skinned:
    """A part that follows its puppet's bones: ``bones`` (frames, bones, 3, 4), from ``first`` frame
    on until ``last``."""

    part: Part
    bones: Singles
    first: int
    last: int

    def at(self, frame: int) -> tuple[Singles, Singles] | None:
        """Linear blend of the bones' transforms."""
        if not self.first <= frame < self.last:
            return None
        blend = self.part.weights @ self.bones[frame].reshape(-1, 12)
        blend = blend.reshape(-1, 3, 4)
        turn = blend[:, :, :3]
        vertices = np.einsum("nij,nj->ni", turn, self.part.vertices) + blend[:, :, 3]
        normals = np.einsum("nij,nj->ni", turn, self.part.normals)
        length = np.sqrt(np.einsum("ij,ij->i", normals, normals))
        return vertices, normals / np.maximum(length, 1e-6)[:, None]


def is_figure(body: Body) -> bool:
    """Whether it is a person, drawn as a puppet."""
    return archetypes()[body.prop].kind == "figure"


def body_puppet(body: Body, seed: int) -> Puppet:
    """The puppet of a body: the same for the same plan."""
    own = seed + sum(map(ord, body.name)) * 7919
    return puppet(body.noun, body.age, body.mood, body.colour, body.scale, own)


def figures(plan: Plan, motion: Motion, times: Floats) -> tuple[Pliant, ...]:
    """All figures of a shot."""
    found: list[Pliant] = []
    for body in plan.bodies:
        if not is_figure(body) or body.name not in motion.names:
            continue
        made = body_puppet(body, plan.seed)
        seed = plan.seed + sum(map(ord, body.name))
        bones = transforms(
            made, motion, body.name, times, seed=seed, spoken=_spoken(plan, body)
        )
        column = motion.index(body.name)
        first = int(np.searchsorted(times, motion.born_s[column] - 1e-9))
        last = int(np.searchsorted(times, motion.gone_s[column]))
        for part in made.parts:
            shape = Skinned(part=part, bones=bones, first=first, last=last)
            found.append(
                Pliant(look=part.look, faces=part.faces, surface_m=part.surface_m, shape=shape)
            )
    return tuple(found)


def _spoken(plan: Plan, body: Body) -> list[tuple[float, str]]:
    """When the figure speaks and what; with one figure in the shot every line is its own."""
    people = [other for other in plan.bodies if is_figure(other)]
    names = {body.name.lower(), body.noun.lower()}
    alone = len(people) == 1
    return [
        (line.start_s, line.text) for line in plan.lines
        if alone or line.speaker.lower().replace(" ", "-") in names or line.speaker.lower() in names
    ]  # fmt: skip
