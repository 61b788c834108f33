"""What is tied to what. In: a plan. Out: what hangs from a cord, and between which bodies a cord spans."""

from __future__ import annotations

from flow_nb.plan.plan import Plan


def hangs(plan: Plan, name: str, cord: str) -> bool:
    """Whether a body hangs from a cord."""
    return any(
        p.body == name and p.anchor == cord and p.relation == "hanging from"
        for p in plan.placements
    )


def spans(plan: Plan, cord: str) -> tuple[str, str] | None:
    """The two bodies between which a cord is tied."""
    for p in plan.placements:
        if p.body == cord and p.relation == "between" and p.other is not None:
            return p.anchor, p.other
    return None


def swings(plan: Plan, cord: str) -> float | None:
    """When a cord, or what hangs from it, is let swing; None where it hangs still."""
    for action in plan.actions:
        meant = action.body == cord or hangs(plan, action.body, cord)
        if meant and action.verb == "swing" and not action.expected:
            return action.start_s
    return None


def hung(plan: Plan, cord: str) -> bool:
    """Whether a cord hangs: it is told to, it swings, or something hangs from it."""
    told = any(p.body == cord and p.relation == "hanging from" for p in plan.placements)
    carries = any(p.anchor == cord and p.relation == "hanging from" for p in plan.placements)
    return told or carries or swings(plan, cord) is not None
