"""The sound of a shot. In: plan, solved motion, listener, speech. Out: stereo on the picture's clock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.ambience import ambience
from flow_nb.engines.stage.sound.ear import FRONT, Ear
from flow_nb.engines.stage.sound.foley import foley
from flow_nb.engines.stage.sound.mix import mix
from flow_nb.engines.stage.sound.score.score import score
from flow_nb.engines.stage.sound.speaking import dialogue
from flow_nb.engines.stage.voice.spoken import Spoken
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets


def soundtrack(
    plan: Plan, motion: Motion, *, camera: Ear | None = None, speech: Sequence[Spoken] = ()
) -> NDArray[np.float32]:
    """Everything that is heard: (m, 2) float32 within +-1 at 48 kHz, m = round(48000 duration_s).

    A touch at time t begins at sample round(48000 t), a line at its ``start_s``. The same plan,
    motion, camera and speech give the same samples. Without a camera one listens from `FRONT`.
    """
    ear = camera or FRONT
    # A stream each: what one maker draws must not change what the others get.
    streams = np.random.default_rng(plan.seed).spawn(8)
    row = sets().get(plan.set.kind, sets()["studio"])
    effects = foley(plan, motion, ear=ear, rng=streams[0])
    air = ambience(plan, len(effects), streams[5])
    voices = dialogue(speech, plan, motion, row=row, ear=ear, rng=streams[6])
    return mix(effects, air, dialogue=voices, score=score(plan, motion, streams[7]))
