"""The solver. In: a `Plan`. Out: a `Motion`: poses at 240 Hz, every touch, every break, told as events."""

from __future__ import annotations

from collections.abc import Callable

from flow_nb.physics.bounds import left
from flow_nb.physics.checks.check import check
from flow_nb.physics.device import Report, together
from flow_nb.physics.launch import launch
from flow_nb.physics.run import Run
from flow_nb.physics.tell import tell
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan

VERSION = "9"
"""Changes when the same plan would give another motion."""


def solve(plan: Plan, *, progress: Callable[[float], None] | None = None) -> Motion:
    """Solves a plan from its first frame to its last.

    ``progress`` hears the share done, 0 to 1, some thirty times; it may raise to stop.

    Raises:
        PlanError: a body stands on itself.
        SolveError: the numbers run away.
    """
    stands, warnings = launch(plan)
    run = Run(plan, {stand.body.name: stand for stand in stands})
    samples = round(plan.duration_s * POSE_RATE_HZ)
    steps = max(1, round(1 / (plan.timestep_s * POSE_RATE_HZ)))
    for sample in range(samples):
        run.keep(sample / POSE_RATE_HZ)
        run.go_on(sample * steps, steps)
        if progress is not None and sample % max(1, samples // 30) == 0:
            progress(sample / samples)
    run.keep(plan.duration_s)
    reports = [device.report() for device in run.devices]
    said = [*warnings, *run.guard.warnings, *left(plan, run.stands, run.record.poses)]
    own = Report(events=tell(plan, run.stands, run.story()), warnings=said)
    told = together([own, *reports])
    checks, unmet = check(run.evidence(), told.events)
    told = together([told, Report(checks=checks, warnings=unmet)])
    return run.record.motion(plan, run.stands, run.touches, told)
