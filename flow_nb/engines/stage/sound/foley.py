"""Everything that the physics makes heard. In: plan, solved motion, listener. Out: the effects, (m, 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.blast import blast
from flow_nb.engines.stage.sound.calls import call
from flow_nb.engines.stage.sound.coil import twang
from flow_nb.engines.stage.sound.ear import Ear
from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.hinge import creak
from flow_nb.engines.stage.sound.instrument import instruments
from flow_nb.engines.stage.sound.liquid import pour
from flow_nb.engines.stage.sound.motor import drive
from flow_nb.engines.stage.sound.noise import noise_bank
from flow_nb.engines.stage.sound.paws import footfalls
from flow_nb.engines.stage.sound.rooms import room_of
from flow_nb.engines.stage.sound.rub import rub
from flow_nb.engines.stage.sound.screens import screens
from flow_nb.engines.stage.sound.shatter import crack
from flow_nb.engines.stage.sound.splash import splash
from flow_nb.engines.stage.sound.steps import shod, trodden
from flow_nb.engines.stage.sound.strike import Orchestra, orchestra, play
from flow_nb.engines.stage.sound.touch import Touches, touches
from flow_nb.engines.stage.sound.wind import blow
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

MAKERS = 14


def foley(plan: Plan, motion: Motion, *, ear: Ear, rng: np.random.Generator) -> NDArray[np.float64]:
    """The effects of a shot as the ear hears them in the set; a touch at time t begins at sample
    round(48000 t)."""
    # A stream each: what one maker draws must not change what the others get.
    streams = rng.spawn(MAKERS)
    hits, players = performance(plan, motion, streams[0])
    row = sets().get(plan.set.kind, sets()["studio"])
    room = room_of(row, np.atleast_2d(ear.position_m).mean(axis=0))
    field = Field(room, ear, screens(plan, motion), motion.duration_s)
    play(hits, players, field=field, rng=streams[1])
    crack(motion, players, field=field, rng=streams[2])
    rub(motion, players, field=field, rng=streams[3])
    pour(motion, players, field=field, rng=streams[4])
    splash(motion, players.noise, field=field, rng=streams[5])
    blow(plan, motion, players.noise, field=field, rng=streams[6])
    creak(motion, players, field=field, rng=streams[7])
    twang(plan, motion, hits, field=field, rng=streams[8])
    blast(motion, players.noise, field=field, rng=streams[9])
    drive(plan, motion, players.noise, field=field, rng=streams[10])
    call(plan, motion, field=field, rng=streams[11])
    return field.heard(streams[13])


def performance(plan: Plan, motion: Motion, rng: np.random.Generator) -> tuple[Touches, Orchestra]:
    """All touches of a shot, and the bodies that play them: the motion's columns, the feet of animals,
    the set last."""
    bodies = shod(plan, motion, instruments(plan, motion))
    feet, treads = footfalls(plan, motion, len(bodies) - 1)
    bodies = (*bodies[:-1], *feet, bodies[-1])
    contacts = np.concatenate([trodden(motion, bodies), treads])
    return touches(motion, bodies, contacts), orchestra(bodies, noise_bank(rng), plan.seed)
