"""What an editor does to a shot in a film. In: what was dragged or typed. Out: `Edit`; the take stays whole."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow_nb.plan.base import Part

Transition = Literal["cut", "dissolve", "fade"]

MAX_SECONDS = 3600.0
MAX_TRANSITION_S = 10.0


class Edit(Part):
    """From where to where a shot is shown, and how it goes over to the next one.

    ``in_s`` and ``out_s`` are seconds of the take, to its nearest frame; ``out_s`` None is its end.
    A dissolve shows the end of a shot and the beginning of the next at once, and makes the film
    shorter by ``transition_s``; a fade goes to black and comes back within that time. After the last
    shot a fade goes to black, and a dissolve is a cut.
    """

    in_s: float = Field(default=0.0, ge=0, le=MAX_SECONDS)
    out_s: float | None = Field(default=None, ge=0, le=MAX_SECONDS)
    transition: Transition = "cut"
    transition_s: float = Field(default=0.0, ge=0, le=MAX_TRANSITION_S)


WHOLE = Edit()
"""All of a take, and a cut."""
