"""How fast. In: a frame. Out: metres a second, or None where the deed itself says it."""

from __future__ import annotations

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.errors import PlanError

MAX_SPEED_M_S = 100.0
GRAVITYS_OWN = ("fall", "drop")


def speed_m_s(frame: Frame, gaps: Gaps, *, acts: bool) -> float | None:
    """The speed that is told; else the verb's, where the text says slow or fast; else, for those who
    act by themselves, the verb's usual one.

    Raises:
        PlanError: it is faster than a stage.
    """
    if frame.speed_m_s is not None:
        if not 0 <= frame.speed_m_s <= MAX_SPEED_M_S:
            raise PlanError(
                f"a speed of {frame.speed_m_s:g} m/s is more than {MAX_SPEED_M_S:g} m/s.",
                fix='Write a smaller one, as in "at 5 m/s".',
            )
        return round(frame.speed_m_s, 4)
    row = frame.row
    if row is None:
        return None
    speeds = row.speeds_m_s
    if speeds is not None:
        slow, usual, fast = speeds
        told = {"slow": slow, "fast": fast}.get(frame.pace)
        return told if told is not None else (usual if acts else None)
    if frame.pace and row.does in GRAVITYS_OWN and not acts:
        gaps.say(
            frame.span,
            "gravity says how fast this goes",
            'Change the height instead, as in "from 2 metres".',
        )
    return None
