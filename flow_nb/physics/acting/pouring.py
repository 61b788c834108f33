"""Pouring. In: an action on a vessel that stands. Out: its script: the hand goes with it.

The vessel is lifted and tipped by the liquid's own device (`liquids.tilt`), which knows where its lip must
be; whoever pours takes hold of it before, and keeps the hand on it.
"""

from __future__ import annotations

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.going import go_up_to
from flow_nb.physics.acting.handling import handle
from flow_nb.physics.acting.hands import free_side, lean, thing_of, touch_point, up_again
from flow_nb.physics.liquids.tilt import TAKEN_S, WHOLE_S
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD


def pour(company: Company, figure: Figure, action: Action) -> Script:
    """Takes hold of a vessel, goes along while it is tipped, and lets go when it stands again."""
    live, thing = company.live, thing_of(action, figure)
    if thing is None or not live.free(thing):
        yield from handle(company, figure, action)
        return
    yield from go_up_to(company, figure, thing, action)
    side = free_side(company, figure, thing)
    target = action.target if action.target not in (None, WORLD) else thing
    figure.looks_at = lambda: live.middle(str(target))
    company.grips.hushed.append((thing, figure.name))
    share = lean(company, figure, live.middle(thing), side, 0.5)
    figure.busy.add(side)
    figure.reach(side, touch_point(company, figure, thing, side), TAKEN_S)
    company.tell(figure, "grasp", f"takes {say(thing)}", thing)
    left_s = action.start_s + TAKEN_S + WHOLE_S - figure.now_s
    yield from wait(figure, max(left_s, TAKEN_S) + 0.1)
    figure.busy.discard(side)
    figure.let_hang(side, 0.6)
    if share:
        up_again(figure, 0.6)
    yield from wait(figure, 0.5)
