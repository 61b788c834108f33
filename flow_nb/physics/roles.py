"""Who does what in a plan. In: a `Plan`. Out: `Roles`: causes, anchors, targets, kin, for blocking."""

from __future__ import annotations

from flow_nb.errors import PlanError
from flow_nb.plan.plan import WORLD, Action, Body, Placement, Plan
from flow_nb.props.archetypes import archetypes

CAUSES = ("drop", "fall", "roll", "slide", "bounce", "throw", "push", "swing", "collide")

ACTORS = ("figure", "animal", "vehicle")
"""Kinds of bodies that are moved by the actions themselves, not by a launch."""


class Roles:
    """Questions about a plan, answered from the plan alone."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.placements = {p.body: p for p in plan.placements}
        acts = {b.name for b in plan.bodies if archetypes()[b.prop].kind in ACTORS}
        self.causes = {
            a.body: a
            for a in reversed(plan.actions)
            if a.verb in CAUSES and not acts & {a.body, a.agent}
        }
        self.targets = [
            a.target for a in plan.actions if a.target not in (None, WORLD, a.body, a.source)
        ]

    def cause(self, name: str) -> Action | None:
        """The first action that sets a body going by itself."""
        return self.causes.get(name)

    def anchor_of(self, name: str) -> str:
        """What a body stands on: its placement, else what it leaves, else the floor."""
        placement, cause = self.placements.get(name), self.cause(name)
        if placement is not None and placement.relation in ("on", "edge of", "in"):
            return placement.anchor
        if cause is not None and cause.source:
            return cause.source
        return WORLD

    @property
    def free(self) -> list[Body]:
        """All bodies that are not furniture."""
        return [body for body in self.plan.bodies if not body.fixed]

    def leaves(self, name: str) -> bool:
        """Whether something sets it going off what it stands on."""
        cause, placement = self.cause(name), self.placements.get(name)
        at_edge = placement is not None and placement.relation == "edge of"
        return cause is not None and (at_edge or cause.source not in (None, WORLD))

    def turn(self, body: Body) -> tuple[int, int]:
        """Anchors before what stands on them, targets before what goes at them."""
        depth, name = 0, body.name
        while (anchor := self.anchor_of(name)) != WORLD and depth <= len(self.plan.bodies):
            depth, name = depth + 1, anchor
        if depth > len(self.plan.bodies):
            raise PlanError(
                f'"{body.name}" stands on itself.', fix="Say what stands on the floor or a table."
            )
        cause = self.cause(body.name)
        aims = cause is not None and cause.target not in (None, WORLD)
        return depth, (2 if aims else 0 if body.name in self.targets else 1)

    @staticmethod
    def falls_freely(cause: Action | None, placement: Placement | None) -> bool:
        """Whether it begins in the air."""
        if placement is not None and placement.relation == "above":
            return True
        if placement is not None and placement.relation in ("on", "edge of", "in"):
            return False
        return cause is not None and cause.verb in ("drop", "fall", "bounce") and not cause.source

    @property
    def fallers(self) -> list[str]:
        """All bodies that begin in the air, in the plan's order; they must not begin in each other."""
        return [
            body.name
            for body in self.free
            if self.falls_freely(self.cause(body.name), self.placements.get(body.name))
        ]

    def kin(self, body: Body) -> list[str]:
        """The names of all free bodies of the same noun, in order: marble-1, marble-2, ..."""
        return [other.name for other in self.free if other.noun == body.noun]

    def in_formation(self, body: Body) -> bool:
        """Whether it is aimed at, or stands with its kin that are; what stands on another does not."""
        placement = self.placements.get(body.name)
        if placement is not None and placement.anchor in {b.name for b in self.free}:
            return False
        aimed_at = any(name in self.targets for name in self.kin(body))
        return body.name in self.targets or (aimed_at and not self.cause(body.name))

    def rests_on(self, name: str, anchor: str) -> bool:
        """Whether it just stands there, without a part in what happens."""
        placement = self.placements.get(name)
        if placement and placement.relation in ("beside", "against", "under", "hanging from"):
            return False
        return (
            self.anchor_of(name) == anchor
            and not self.cause(name)
            and name not in self.targets
            and not self.in_formation(self.plan.body(name))
        )
