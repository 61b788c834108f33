"""The plan, put together. In: a shot, its script and reading. Out: `Plan`.

::

    things ──cast──▶ bodies ─┐
    frames ──deeds─▶ drafts ─┼─ handling, clock ─▶ placements, actions ─▶ camera, beats ─▶ Plan
    notes  ──noted─▶ set, light, air, duration ─┘                missed ─▶ gaps
"""

from __future__ import annotations

from flow_nb.director.frame import Note, Reading
from flow_nb.director.plotting.air import air_of, gravity_of, light_of
from flow_nb.director.plotting.beats import beats_of
from flow_nb.director.plotting.camera import camera_of
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.covered import lay_under
from flow_nb.director.plotting.deeds import Deeds
from flow_nb.director.plotting.depth import set_back
from flow_nb.director.plotting.enliven import enliven
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.handling import hand_out
from flow_nb.director.plotting.implied import imply
from flow_nb.director.plotting.kinds import is_wet
from flow_nb.director.plotting.lines import bring_speakers, lines_of
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.noted import Noted
from flow_nb.director.plotting.refusals import is_english, not_english, nothing_to_show
from flow_nb.director.plotting.scenery import scenery_of
from flow_nb.director.plotting.slug import slug_notes
from flow_nb.director.plotting.sweep import sweep
from flow_nb.director.plotting.wardrobe import wardrobe_of
from flow_nb.director.plotting.where import set_of
from flow_nb.director.script.script import Script
from flow_nb.errors import PlanError
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import DEFAULT_DURATION_S, MAX_DURATION_S, MIN_DURATION_S, Shot


def compose(shot: Shot, reading: Reading, script: Script) -> Plan:
    """The plan of a reading. The same reading gives the same plan.

    Raises:
        PlanError: there is nothing to show, or a number is beyond its limit.
    """
    if not is_english(script.prose, script.vocabulary):
        raise not_english(shot.text)
    gaps = Gaps(shot.text)
    for missed in reading.missed:
        gaps.say(missed.span, missed.reason, missed.fix)
    slugged = slug_notes(script.slugs, script.vocabulary, gaps)
    noted = Noted(script.directives.notes, (*slugged, *reading.notes), gaps)
    wardrobe = wardrobe_of(reading)
    absent, scenery = _absent(reading) | wardrobe.garments, scenery_of(reading)
    cast = Cast(reading.things, gaps, absent, script.vocabulary, scenery)
    cast.dress(wardrobe)
    bring_speakers(script.said, cast, shot.text)
    marks = Marks(cast, gaps)
    design = set_of(
        shot,
        reading,
        [n for n in noted.all if n.kind == "set"] + _weather(noted),
        cast,
        gaps,
        scenery,
    )
    if not cast.bodies and design.origin.provenance == "default":
        raise nothing_to_show(shot.text, gaps)
    gravity_m_s2, gravity_origin = gravity_of(noted, design.kind)
    cast.set_kind, cast.wet = design.kind, is_wet(design.kind, script.prose)
    enliven(reading.frames, cast)
    deeds = Deeds(cast, marks, gaps, gravity_m_s2)
    deeds.play(reading.frames)
    set_back(reading.frames, cast, marks)
    marks.arrange()
    hand_out(deeds.clock.drafts, cast, marks)
    imply(deeds.clock.drafts, cast, marks)
    lay_under(deeds.clock.drafts, cast, marks)
    cast.shapeless()
    lines, spoken_s = lines_of(script.said, cast, shot.text)
    duration_s = _duration_s(shot, noted, max(deeds.clock.needed_s(), spoken_s), gaps)
    actions = deeds.clock.finished(duration_s, gaps)
    light = light_of(noted)
    plan = Plan(
        text=shot.text,
        duration_s=duration_s,
        seed=shot.seed if script.directives.seed is None else script.directives.seed,
        gravity_m_s2=gravity_m_s2,
        set=design,
        light=light,
        air=air_of(noted, design.kind, gravity_origin, gaps),
        bodies=tuple(cast.bodies.values()),
        placements=marks.listed(),
        actions=actions,
        camera=camera_of(noted, cast, actions, duration_s, gaps),
        lines=lines,
        beats=beats_of(reading, noted, cast, deeds.drafts, lines, light, duration_s, gaps),
        music=script.directives.music,
    )
    sweep(plan, reading, script, gaps, cast.shown)
    return plan.model_copy(update={"gaps": gaps.listed()})


def _weather(noted: Noted) -> list[Note]:
    return [note for note in noted.all if note.kind == "weather"]


def _absent(reading: Reading) -> frozenset[int]:
    """Things of which the text says only that they are not there."""
    denied = {t for f in reading.frames if f.negated and f.state for t in (*f.agents, *f.patients)}
    for frame in reading.frames:
        if not (frame.negated and frame.state):
            places = [place.thing for place in frame.places]
            denied -= {
                *frame.agents,
                *frame.patients,
                *frame.recipients,
                *frame.instruments,
                *places,
            }
    return frozenset(denied)


def _duration_s(shot: Shot, noted: Noted, needed_s: float, gaps: Gaps) -> float:
    """The cell's, else the text's, else the default or as long as everything needs."""
    note = noted.of("duration")
    if shot.duration_s is not None:
        if note is not None and note.value != shot.duration_s:
            gaps.say(note.span, f"the cell's own duration is {shot.duration_s:g} s", "Keep one.")
        return shot.duration_s
    if note is not None:
        value = float(note.value)
        if not MIN_DURATION_S <= value <= MAX_DURATION_S:
            raise PlanError(
                f"a duration of {value:g} s is not between {MIN_DURATION_S:g} and {MAX_DURATION_S:g} s.",
                fix='Write another, as in "for 6 seconds".',
            )
        return value
    return round(min(max(DEFAULT_DURATION_S, needed_s), MAX_DURATION_S), 3)
