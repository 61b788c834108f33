"""What is done to things. In: a frame, who does it, what it is done to. Out: drafts of actions."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.departures import Departures
from flow_nb.director.plotting.drafting import Drafting
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.meetings import Meetings
from flow_nb.director.plotting.routes import route_of
from flow_nb.director.plotting.suited import AGAIN, BY_ACTORS, suited
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb
from flow_nb.plan.plan import WORLD
from flow_nb.props.archetypes import archetypes

DRAWN = ("pull", "lift", "lower")
"""What a machine does to a thing without going at it."""
TOGETHER = ("carry", "push", "pull", "lift")
"""What several do to one thing at once; of other work only one does it, and the rest look on."""


class Work:
    """Turns what somebody or something does to another into drafts."""

    def __init__(
        self,
        cast: Cast,
        marks: Marks,
        gaps: Gaps,
        made: Drafting,
        leave: Departures,
        meetings: Meetings,
    ) -> None:
        self._cast = cast
        self._marks = marks
        self._gaps = gaps
        self._made = made
        self._leave = leave
        self._meetings = meetings

    def by_hand(
        self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]
    ) -> None:
        """Somebody does it to something: a cause each time."""
        made, verb = self._made, row.done or "handle"
        if made.in_row(patients) and verb in ("push", "knock over", "hit", "kick"):
            made.tip_first(patients, agents[0])
            return
        for i, name in enumerate(patients):
            agent = agents[i % len(agents)]
            if name == agent:
                continue
            if verb == "drive" and self._cast.kind(name) == "animal":
                verb = self._mount(name, slow=frame.pace == "slow")
            elif verb in ("walk", "run") and not self._cast.acts(name):
                verb = "slide" if self._cast.kind(name) == "thing" else "drive"
            route = route_of(frame, self._cast, name)
            self._leave.from_hand(frame, verb, name, agent, route)
            recipient = next(iter(made.bodies(frame.recipients)), None)
            target = recipient or route.target or (WORLD if verb == "shatter" else None)
            how = "to" if recipient else route.how
            draft = made.add(verb, name, agent=agent, target=target, how=how, route=route)
            made.hitters.pop(name, None)
            made.causes[name] = draft
            if route.meets and route.meets != agent:
                made.hitters.setdefault(route.meets, name)
        for helper in agents[len(patients) :]:
            if verb in TOGETHER:
                made.add(
                    verb, patients[0], agent=helper, route=route_of(frame, self._cast, patients[0])
                )
            else:
                made.add("look", helper, target=patients[0], how="at")

    def _mount(self, name: str, *, slow: bool) -> Verb:
        """How an animal goes that somebody rides."""
        row = archetypes().get(self._cast.bodies[name].prop)
        if row is not None and row.flies:
            return "fly"
        if row is not None and row.swims and self._cast.wet:
            return "swim"
        return "walk" if slow else "run"

    def by_thing(
        self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]
    ) -> None:
        """A thing does it to another: it goes there, and the rest is expected."""
        verb: Verb = row.done or "push"
        if verb in BY_ACTORS:
            self._bears(frame, verb, agents[0], patients)
            return
        if verb in DRAWN and self._cast.kind(agents[0]) == "vehicle":
            self._draws(frame, verb, agents[0], patients)
            return
        if verb in (*AGAIN, *DRAWN, "drop") and self._cast.kind(agents[0]) != "vehicle":
            for name in patients:
                self._made.add(verb, name, agent=agents[0], route=route_of(frame, self._cast, name))
            return
        for name in agents:
            self._meetings.hit(row, name, patients, route_of(frame, self._cast, patients[0]))
        if verb not in ("collide", "hit"):
            self._meetings.follow_blow(frame, verb, agents[0], patients)

    def _draws(self, frame: Frame, verb: Verb, agent: str, patients: Sequence[str]) -> None:
        """A tractor that pulls a cart drives, and the cart goes with it."""
        route = route_of(frame, self._cast, agent)
        if verb == "pull":
            self._made.add("drive", agent, target=route.target, how=route.how, route=route)
        for name in patients:
            self._marks.default(name, "behind" if verb == "pull" else "in front of", agent)
            self._made.add(verb, name, agent=agent, route=route_of(frame, self._cast, name))

    def _bears(self, frame: Frame, verb: Verb, agent: str, patients: Sequence[str]) -> None:
        """A truck that carries logs has them on it; other work needs somebody with hands."""
        if verb not in ("carry", "hold", "pick up"):
            suited(verb, agent, frame, self._cast, self._gaps)
            return
        for name in patients:
            self._marks.place(name, "on", agent, frame.span, sure=False)
        if self._cast.kind(agent) == "vehicle" and verb == "carry":
            route = route_of(frame, self._cast, agent)
            self._made.add("drive", agent, target=route.target, how=route.how, route=route)
