"""What was asked for. In: the options of ``%%shot`` or of a shell's verb, a text. Out: a `Shot`."""

from __future__ import annotations

import argparse

from flow_nb.plan.shot import Shot, make_shot


def shot_of(options: argparse.Namespace, *, name: str, text: str) -> Shot:
    """The shot of that name and text, as the options say. Raises ShotError."""
    return make_shot(
        name,
        text,
        tier=options.tier,
        scene=options.scene,
        engine=options.engine,
        duration=options.duration,
        seed=options.seed,
        score=options.score,
        lines=options.lines,
        profile=options.profile,
    )
