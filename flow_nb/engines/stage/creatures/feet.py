"""The feet of an animal, for those who only hear it. In: a body, the motion. Out: its `Steps`, or None."""

from __future__ import annotations

from flow_nb.engines.stage.creatures import crawling, flight, pose
from flow_nb.engines.stage.creatures.bones import Frame
from flow_nb.engines.stage.creatures.breeds import breed_of
from flow_nb.engines.stage.creatures.critters import critter_of
from flow_nb.engines.stage.creatures.flocks import flock_of
from flow_nb.engines.stage.creatures.fowl import Fowl
from flow_nb.engines.stage.creatures.gaits import Steps
from flow_nb.engines.stage.creatures.jointed import Jointed
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan


def feet_of(plan: Plan, body: Body, motion: Motion) -> Steps | None:
    """Where every foot of a body is through a shot; None for what is no live animal, and for what flies."""
    column = motion.index(body.name)
    if column < 0 or any(a.verb == "fly" for a in plan.actions if body.name in (a.body, a.agent)):
        return None
    if (flock := flock_of(body)) is not None:
        return flight.walked(Fowl(flock=flock, unit_m=flock.body_m * body.scale), motion, column)
    if (breed := breed_of(body)) is not None:
        return pose.walked(Frame(breed=breed, height_m=breed.height_m * body.scale), motion, column)
    if (critter := critter_of(body)) is not None and critter.legs:
        frame = Jointed(critter=critter, prop=body.prop, scale=body.scale)
        return crawling.walked(frame, motion, column)
    return None
