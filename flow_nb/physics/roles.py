"""Who does what in a plan. In: a `Plan`. Out: `Roles`: causes, anchors, targets, kin, for blocking.

Bodies that act by themselves (persons, animals, vehicles) are moved by others; here they only stand.
What such an actor does to a thing is no cause of the solver's either.
"""

from __future__ import annotations

from collections.abc import Iterator

from flow_nb.errors import PlanError
from flow_nb.physics.limbless import limbless
from flow_nb.physics.mechanisms.hollow import holds
from flow_nb.plan.plan import WORLD, Action, Body, Placement, Plan, Verb
from flow_nb.props.archetypes import archetypes

ACTORS = ("figure", "animal", "vehicle")
LAUNCHED: tuple[Verb, ...] = (
    "drop", "fall", "roll", "slide", "bounce", "throw", "push", "swing", "collide", "kick", "hit",
    "sink", "flutter", "splash",
)  # fmt: skip
"""What the solver starts by letting go or by a velocity."""
CARRIED: tuple[Verb, ...] = (
    "spin", "shake", "lift", "lower", "pull", "rise", "fly", "float", "pick up", "put down", "carry",
)  # fmt: skip
"""What is done to a thing by an unseen hand, over time."""
CAUSES = LAUNCHED + CARRIED
FALLING = ("drop", "fall", "bounce", "sink", "flutter", "splash")
RAISED = (*FALLING, "lower", "put down")
"""What is in the air when it begins."""
BLOWS = ("hit", "push", "knock over", "kick", "collide", "shatter", "bounce")
"""What one thing does to another by going at it."""
SUPPORTS = ("on", "edge of", "in", "above", "hanging from", "under")
FROM_HAND = (
    "throw",
    "drop",
    "hold",
    "carry",
    "handle",
    "pour",
    "put down",
    "lower",
    "shake",
    "wave",
)


_LAID = frozenset(name for name, row in archetypes().items() if row.cloth is not None)


class Roles:
    """Questions about a plan, answered from the plan alone."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.actors = frozenset(b.name for b in plan.bodies if archetypes()[b.prop].kind in ACTORS)
        told = (a for a in plan.actions if not a.expected)
        self.told = tuple(a if a.body in self.actors else limbless(a) for a in told)
        self.relatives: dict[str, Placement] = {}
        self.placements: dict[str, Placement] = {}
        for placement in plan.placements:
            self._note(placement)
        self.causes = self._causes()
        self.targets = [
            cause.target
            for cause in self._all_causes()
            if cause.target not in (None, WORLD, cause.body, cause.source)
        ]
        self.containers = frozenset(self._containers())

    def _note(self, placement: Placement) -> None:
        """What it stands on comes before what it stands beside; of two, the first that was told."""
        if placement.relation in SUPPORTS:
            there = self.placements.get(placement.body)
            if there is None or there.relation not in SUPPORTS:
                self.placements[placement.body] = placement
        else:
            self.relatives.setdefault(placement.body, placement)
            self.placements.setdefault(placement.body, placement)

    def _causes(self) -> dict[str, Action]:
        """The first action that sets a thing going by itself, by name."""
        causes: dict[str, Action] = {}
        struck = set()
        for action in self.told:
            agent = action.agent
            if agent is not None and agent != action.body and agent not in self.actors:
                struck |= {action.body} if action.verb in BLOWS else set()
        for action in self._all_causes():
            if action.body not in struck or action.agent is None:
                causes.setdefault(action.body, action)
        return causes

    def _all_causes(self) -> Iterator[Action]:
        for action in self.told:
            agent = action.agent
            if action.body in self.actors or agent in self.actors:
                continue
            if agent is not None and agent != action.body and action.verb in BLOWS:
                yield self._blow(agent, action)
            elif action.verb in CAUSES:
                yield action

    def _blow(self, agent: str, action: Action) -> Action:
        """A thing that strikes another goes at it: it swings, rolls or flies."""
        body = self.plan.body(agent)
        hangs = self.placements.get(agent)
        verb: Verb = "throw"
        if hangs is not None and hangs.relation == "hanging from":
            verb = "swing"
        elif archetypes()[body.prop].rolls:
            verb = "roll"
        return action.model_copy(
            update={"verb": verb, "body": agent, "agent": None, "target": action.body}
        )

    def _containers(self) -> Iterator[str]:
        """What something is in, falls into or is poured into."""
        for placement in self.plan.placements:
            if placement.relation == "in" and self._holds(placement.anchor, told=True):
                yield placement.anchor
        for action in self.plan.actions:
            goes = action.verb in (*FALLING, "throw", "put down", "pour", "lower", "roll")
            into = goes and action.how in (None, "into", "in")
            if into and action.target and self._holds(action.target, told=action.how is not None):
                yield action.target

    def _holds(self, name: str, *, told: bool) -> bool:
        return name != WORLD and holds(archetypes()[self.plan.body(name).prop], told=told)

    def cause(self, name: str) -> Action | None:
        """The first action that sets a body going by itself."""
        return self.causes.get(name)

    def anchor_of(self, name: str) -> str:
        """What a body stands on: its placement, else what it leaves, else what its neighbour stands
        on, else the floor. Nothing stands on a person."""
        placement, cause = self.placements.get(name), self.cause(name)
        if placement is not None and placement.relation in ("on", "edge of", "in"):
            return WORLD if placement.anchor in self.actors else placement.anchor
        if cause is not None and cause.source and cause.source not in self.actors:
            return cause.source
        return self._neighbours_anchor(name)

    def _neighbours_anchor(self, name: str) -> str:
        """What the first neighbour that stands on something stands on."""
        seen = {name}
        while (beside := self.relatives.get(name)) is not None and beside.anchor not in seen:
            if beside.relation in ("held by", "worn by"):
                break
            name = beside.anchor
            seen.add(name)
            near = self.placements.get(name)
            if near is not None and near.relation in ("on", "edge of"):
                return WORLD if near.anchor in self.actors | seen else near.anchor
        return WORLD

    @property
    def free(self) -> list[Body]:
        """All bodies that are not furniture."""
        return [body for body in self.plan.bodies if not body.fixed]

    def leaves(self, name: str) -> bool:
        """Whether something sets it going off what it stands on."""
        cause, placement = self.cause(name), self.placements.get(name)
        at_edge = placement is not None and placement.relation == "edge of"
        return (
            cause is not None
            and cause.verb in LAUNCHED
            and (at_edge or cause.source not in (None, WORLD))
        )

    def needs(self, name: str) -> Iterator[tuple[str, bool]]:
        """Who must have a mark before this one; True: it stands on that one."""
        anchor = self.anchor_of(name)
        if anchor != WORLD:
            yield anchor, True
        for placement in (self.placements.get(name), self.relatives.get(name)):
            if placement is not None:
                yield from ((n, False) for n in (placement.anchor, placement.other) if n)
        cause = self.cause(name)
        if cause is not None:
            yield from ((n, False) for n in (cause.target, *(leg.body for leg in cause.path)) if n)
        for action in self.told:
            yield from ((other, False) for other in self._company(name, action))

    def _company(self, name: str, action: Action) -> Iterator[str]:
        """Whom an actor needs to stand by, and who needs to be at hand."""
        if name in self.actors and name in (action.agent, action.body):
            yield from (n for n in (action.target, action.source) if n)
            if action.agent == name and action.verb != "catch" and not self.in_hand(action):
                yield action.body
        elif name == action.body and action.agent in self.actors and self.in_hand(action):
            yield str(action.agent)

    def in_hand(self, action: Action) -> bool:
        """Whether an actor has the thing in hand when it begins."""
        if action.agent not in self.actors or action.verb not in FROM_HAND:
            return False
        relation = getattr(self.placements.get(action.body), "relation", "held by")
        return relation in ("held by", "worn by")

    def order(self) -> list[Body]:
        """Anchors before what stands on them, targets before what goes at them.

        Raises:
            PlanError: a body stands on itself.
        """
        done: dict[str, Body] = {}
        for body in self.plan.bodies:
            self._visit(body.name, done, ())
        return list(done.values())

    def _visit(self, name: str, done: dict[str, Body], path: tuple[tuple[str, bool], ...]) -> None:
        if name in done or name == WORLD:
            return
        for other, stands in self.needs(name):
            seen = [i for i, (step, _) in enumerate(path) if step == other]
            if other == name or seen:
                ring = path[seen[0] :] if seen else ()
                if stands and all(on for _, on in ring):
                    raise PlanError(
                        f'"{other}" stands on itself.',
                        fix="Say what stands on the floor or a table.",
                    )
                continue
            self._visit(other, done, (*path, (name, stands)))
        done.setdefault(name, self.plan.body(name))

    @staticmethod
    def falls_freely(cause: Action | None, placement: Placement | None) -> bool:
        """Whether it begins in the air."""
        if placement is not None and placement.relation == "above":
            return True
        told = placement is not None and not (
            cause is not None
            and cause.verb in ("splash", "sink", "flutter")
            and (placement.anchor, placement.origin.provenance) == (WORLD, "default")
        )
        if told and placement.relation in ("on", "edge of", "in", "under"):  # type: ignore[union-attr]
            return False
        return cause is not None and cause.verb in RAISED and not cause.source

    @property
    def fallers(self) -> list[str]:
        """All bodies that begin in the air, in the plan's order; they must not begin in each other."""
        return [
            body.name
            for body in self.free
            if body.name not in self.actors
            and self.falls_freely(self.cause(body.name), self.placements.get(body.name))
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
        if placement and placement.relation not in ("on", "edge of", "in"):
            return False
        return (
            self.anchor_of(name) == anchor
            and name not in self.actors
            and self.plan.body(name).prop not in _LAID
            and name not in self.relatives
            and not self.cause(name)
            and name not in self.targets
            and not self.in_formation(self.plan.body(name))
        )
