"""What the solver reads. In: a `Plan`. Out: JSON that is another one only where the motion would be."""

from __future__ import annotations

from flow_nb.plan.plan import Plan

_SOLVED = ("set", "air", "bodies", "placements", "actions")


def solved_json(plan: Plan) -> str:
    """What the solver reads of a plan: a new camera, light or line solves nothing again."""
    return plan.model_dump_json(
        include={"duration_s", "seed", "gravity_m_s2", "timestep_s", *_SOLVED},
        exclude={
            **{part: {"__all__": {"origin"}} for part in _SOLVED[2:]},
            "set": {"origin"},
            "air": {"origin", "gravity_origin"},
        },
    )
