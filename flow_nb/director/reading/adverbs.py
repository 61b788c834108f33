"""How, how fast, how far, how long. In: adverbs and measures. Out: what they add to the frame that is open."""

from __future__ import annotations

from functools import partial
from typing import Any

from flow_nb.director.reading.clause import VERBS, Clause
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrasal import separated
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Match

_FALLING = ("fall", "drop", "bounce", "lift", "lower", "rise", "float", "jump", "climb")
_LEADING = (
    "out",
    "off",
    "up",
    "down",
    "over",
    "through",
    "across",
    "around",
    "past",
    "along",
    "under",
)
_PLAIN = frozenset(
    ("just", "also", "too", "very", "really", "quite", "again", "still", "already", "now", "even",
     "only", "here", "there", "so", "else", "ever", "instead", "rather", "then", "next", "well",
     "yet", "as", "about", "around", "by", "on", "in", "more", "most", "much", "enough", "far")
)  # fmt: skip


def on_adverb(clause: Clause) -> None:
    """One adverb: a particle, a direction, a pace, a mood, "then", or a manner by its own name."""
    unit = clause.unit
    if unit.text in ("nearly", "almost") and clause.tag(clause.i + 1) in VERBS:
        clause.negated = True
    if clause.frame is not None and not clause.boundary and separated(clause, clause.frame):
        clause.i += 1
        return
    leads = clause.tag(clause.i + 1) in ("D", "D1", "NAME")
    aims = clause.frame is not None and (not clause.frame.patients or unit.text == "out")
    if leads and unit.text in _LEADING and aims:
        clause.unit.tag = "IN"
        return
    senses = Match(1, clause.words.senses(unit.text))
    if (joint := senses.get("conjunction")) is not None and unit.text not in ("so", "as"):
        _then(clause, joint.value)
    elif (turns := senses.get("turns")) is not None:
        clause.then(partial(_put, name="turns", value=float(turns.value), upto=unit.upto))
    elif (arranged := senses.get("arranged")) is not None:
        _arrange(clause, arranged.value)
    elif (direction := senses.get("direction")) is not None:
        _direct(clause, direction.value, unit)
    else:
        _manner(clause, unit, senses)
    clause.i += 1


def _then(clause: Clause, value: str) -> None:
    if value in ("while", "then"):
        clause.ends()
        clause.joint = "while" if value == "while" else "then"
        clause.subject, clause.main = clause.main or clause.subject, ()


def _put(draft: Draft, *, name: str, value: Any, upto: int) -> None:
    if getattr(draft, name) is None:
        setattr(draft, name, value)
    draft.reach(upto)


def _repeat(draft: Draft, *, value: float, upto: int) -> None:
    draft.turns = value
    draft.reach(upto)


def _direct(clause: Clause, direction: Any, unit: Unit) -> None:
    if clause.windy:
        source = unit.text.startswith("from the") or unit.text.startswith("from")
        side = unit.text.split()[-1] if source else direction
        clause.desk.wind_from(side, unit.at, unit.upto, source=source)
        return
    if clause.filming and (clause.frame is None or clause.boundary):
        return
    opens = clause.boundary and not clause.fresh and clause.tag(clause.i + 1) in ("VZ", "VD")
    clause.inverted = clause.inverted or (opens and clause.nouns.at(clause.i + 2) is not None)
    clause.then(partial(_put, name="direction", value=direction, upto=unit.upto))


def _manner(clause: Clause, unit: Unit, senses: Match) -> None:
    pace, mood = senses.get("pace"), senses.get("mood")
    if pace is not None and only_filmed(clause):
        clause.desk.say("camera.pace", str(pace.value), unit.at, unit.upto)
        return
    known = unit.text in _PLAIN or (clause.filming and pace is not None and clause.frame is None)
    if known or (unit.kind == "" and unit.tag == "RB" and unit.text in _HEDGES):
        return

    def change(draft: Draft) -> None:
        draft.manners.append(unit.text)
        if pace is not None:
            draft.pace = pace.value
        if mood is not None:
            draft.mood = mood.value
        if draft.at <= unit.at:
            draft.reach(unit.upto)

    clause.then(change)


def only_filmed(clause: Clause) -> bool:
    """Whether the sentence so far speaks of the camera alone: "tilt down, fast"."""
    notes, start = clause.desk.notes, clause.units[0].at
    told = bool(notes) and notes[-1].kind.startswith("camera.") and notes[-1].span[0] >= start
    return told and clause.frame is None and not clause.fresh


_HEDGES = frozenset(("almost", "nearly", "perhaps", "maybe", "always", "often", "usually", "soon"))


def _arrange(clause: Clause, arrangement: Any) -> None:
    """ "stand in a row"."""
    frame = clause.frame
    ids = (frame.patients or frame.agents) if frame is not None else clause.fresh
    for index in ids:
        if index >= 0 and (clause.desk.cast.entry(index).thing.count > 1 or len(ids) > 1):
            clause.desk.cast.change(index, arrangement=arrangement)
    if frame is not None:
        frame.reach(clause.unit.upto)


def on_measure(clause: Clause, preposition: str = "") -> None:
    """A number with a unit, and the preposition before it."""
    unit = clause.unit
    kind = str(unit.sense.value) if unit.sense is not None else ""
    clause.i += 1
    sign = clause.desk.text[max(unit.at - 2, 0) : unit.at]
    if sign[-1:] in ("-", "−") and not sign[:-1].strip():
        why = f"{unit.text} less than nothing cannot be staged"
        clause.desk.miss(unit.at - 1, unit.upto, why, "Write it without the minus.")
        return
    if kind == "turns" or unit.kind == "turns":
        clause.then(partial(_repeat, value=unit.value, upto=unit.upto))
    elif kind == "angle":
        clause.then(partial(_put, name="turns", value=round(unit.value, 4), upto=unit.upto))
    elif kind == "speed":
        _speed(clause, unit)
    elif kind == "time":
        _time(clause, unit, preposition)
    elif kind == "lens":
        clause.desk.say("camera.lens", unit.value, unit.at, unit.upto)
    elif kind == "length":
        _length(clause, unit, preposition)
    elif clause.last and clause.last[0] >= 0:
        clause.desk.cast.change(clause.last[0], mass_kg=unit.value)


def _speed(clause: Clause, unit: Unit) -> None:
    if clause.windy:
        clause.desk.passed += [note.span for note in clause.desk.notes if note.kind == "wind"]
        clause.desk.notes = [note for note in clause.desk.notes if note.kind != "wind"]
        clause.desk.say("wind", round(unit.value, 4), unit.at, unit.upto)
    else:
        clause.then(partial(_put, name="speed_m_s", value=round(unit.value, 4), upto=unit.upto))


def _time(clause: Clause, unit: Unit, preposition: str) -> None:
    later = clause.text(clause.i) in ("later", "after", "afterwards")
    if later or preposition == "after":
        clause.i += 1 if later else 0
        behind = preposition == "after" and clause.frame is not None and not clause.boundary
        change = partial(_put, name="delay_s", value=unit.value, upto=unit.upto)
        if behind:
            clause.then(change)
        else:
            clause.ends()
            clause.early.append(change)
    elif clause.frame is None and not clause.fresh and clause.i >= len(clause.units):
        clause.desk.say("duration", unit.value, unit.at, unit.upto)
    elif preposition in ("for", "during", "over", "in", "within", "") and clause.frame is not None:
        _put(clause.frame, name="lasts_s", value=unit.value, upto=unit.upto)
    else:
        clause.early.append(partial(_put, name="lasts_s", value=unit.value, upto=unit.upto))


def _camera_height(clause: Clause, unit: Unit) -> None:
    """ "the camera, 35 cm above the ground"."""
    clause.desk.say("camera.height", round(unit.value, 4), unit.at, unit.upto)
    phrase = clause.nouns.at(clause.i + 1)
    if phrase is not None and phrase.ground is not None:
        clause.desk.passed.append((clause.unit.at, phrase.upto))
        clause.i = phrase.end


def _length(clause: Clause, unit: Unit, preposition: str) -> None:
    after = clause.text(clause.i)
    if (
        clause.filming
        and clause.frame is None
        and after in ("above", "off", "over", "from", "high")
    ):
        _camera_height(clause, unit)
        return
    frame = clause.frame
    if after in ("tall", "high", "long", "wide", "deep", "thick", "big"):
        clause.i += 1
        if frame is None or frame.lemma == "be":
            ids = (frame.agents if frame is not None else ()) or clause.fresh or clause.last
            for index in ids:
                if index >= 0:
                    clause.desk.cast.change(index, size_m=unit.value)
            return
    falls = frame is not None and frame.row is not None and (
        frame.row.does in _FALLING or frame.row.done in _FALLING
    )  # fmt: skip
    high = (
        after == "high"
        or (preposition == "from" and frame is None)
        or clause.text(clause.i) in ("above", "over")
    )
    up = clause.text(clause.i) in ("up", "into") or clause.text(clause.i - 2) == "high"
    name = "height_m" if falls or high or up else "distance_m"
    if after in ("away", "apart", "long", "across"):
        name = "distance_m"
    clause.then(partial(_put, name=name, value=unit.value, upto=unit.upto))
