"""How it is seen. In: camera words and camera sentences. Out: notes, with the things they aim at."""

from __future__ import annotations

from dataclasses import replace

from flow_nb.director.reading.aiming import aim
from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.focusing import focus, rack
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Sense

_FILMS = ("verbs:camera.move", "verbs:camera.target")


def on_note(clause: Clause) -> None:
    """A phrase that stands for itself: "low angle", "dolly in on the cup", "in slow motion"."""
    unit = clause.unit
    assert unit.sense is not None
    clause.i += 1
    kind = unit.sense.kind.partition(":")[2]
    if not kind.startswith("camera"):
        clause.desk.note(unit.sense, unit.at, unit.upto)
        return
    if unit.text == "overhead" and _flies(clause):
        return
    if kind == "camera.focus_to":
        rack(clause, unit)
        return
    if kind == "camera.focus":
        focus(clause, unit)
        return
    clause.desk.note(unit.sense, unit.at, unit.upto)
    if unit.text.endswith(" camera"):
        clause.filming = True
    _pace_before(clause, clause.i - 2)
    _pace_in(clause, unit)
    if kind == "camera.move" and unit.sense.value in ("pan right", "whip pan right", "truck right"):
        _side(clause, len(clause.desk.notes) - 1)
    if kind == "camera.lens":
        return
    if clause.tag(clause.i) in ("VG", "VZ", "VP") and clause.words.sense(
        clause.unit.lemma, *_FILMS
    ):
        clause.filming = True
        if unit.text.endswith("shot") and clause.desk.notes[-1].kind == "camera.move":
            note = clause.desk.notes.pop()
            clause.desk.said.pop((note.kind, note.value, note.thing), None)
            clause.desk.passed.append(note.span)
        return
    aim(clause, move=kind == "camera.move", value=str(unit.sense.value))


def _pace_in(clause: Clause, unit: Unit) -> None:
    """ "slow push-in": the pace is a word of the move."""
    camera = clause.words.notes["camera"]
    for pace in ("slow", "fast"):
        if unit.text.split()[0] in camera[f"pace_{pace}"]:
            clause.desk.say("camera.pace", pace, unit.at, unit.upto)


def _flies(clause: Clause) -> bool:
    """ "Birds fly overhead": that is where they are, and not where the camera is."""
    frame = clause.frame
    flies = frame is not None and frame.row is not None and frame.row.does == "fly"
    return flies and not clause.boundary and not clause.filming


def _side(clause: Clause, at: int) -> None:
    """ "whip pan to the left": the side stands behind."""
    if clause.tag(clause.i) == "RB" and clause.text(clause.i) in ("left", "to the left"):
        note = clause.desk.notes[at]
        value = str(note.value).replace("right", "left")
        clause.desk.notes[at] = replace(note, value=value)
        clause.i += 1
    elif clause.text(clause.i) in ("right", "to the right"):
        clause.i += 1


def _pace_before(clause: Clause, i: int) -> None:
    camera = clause.words.notes["camera"]
    near = (i, clause.i)
    for j in near:
        for pace in ("slow", "fast"):
            if clause.text(j) in camera[f"pace_{pace}"]:
                unit = clause.units[j]
                clause.desk.say("camera.pace", pace, unit.at, unit.upto)
                if j == clause.i:
                    clause.i += 1
                return


def is_camera(clause: Clause, word: str, end: int) -> bool:
    """Whether a noun is what films: "the camera follows", "the shot tightens"."""
    camera = clause.words.notes["camera"]
    if word not in camera["subjects"]:
        return False
    at = clause.skip(end, "RB", "BE")
    if word in ("drone",):
        return False
    lemma = clause.units[at].lemma if at < len(clause.units) else ""
    return word in camera["sure"] or clause.words.sense(lemma, *_FILMS) is not None


def on_camera_verb(clause: Clause) -> None:
    """ "the camera slowly pushes in on her face"."""
    unit = clause.unit
    length, sense = _move(clause)
    before = clause.i - 1
    clause.i += length
    upto = clause.units[clause.i - 1].upto
    if sense is None:
        reason = "the camera cannot do this"
        fix = "It can dolly, pan, tilt, truck, crane, orbit, zoom and follow."
        clause.desk.miss(unit.at, upto, reason, fix)
    elif sense.kind == "verbs:camera.target":
        clause.desk.passed.append((unit.at, upto))
    else:
        _say_move(clause, str(sense.value), unit.at, upto)
    _pace_before(clause, before)
    _side(clause, len(clause.desk.notes) - 1) if sense is not None else None
    value = str(sense.value or "follow") if sense is not None else "follow"
    direct = "follow" if clause.tag(clause.i) in ("D", "D1", "NAME", "PS", "PP", "NS") else value
    aim(clause, move=True, value=direct)
    clause.helper = clause.carried = ""


def _move(clause: Clause) -> tuple[int, Sense | None]:
    """The longest move that begins here, and how many units it takes whole."""
    ends, words = [0, 1], [clause.unit.lemma]
    for j in range(clause.i + 1, min(clause.i + 5, len(clause.units))):
        more = clause.text(j).split()
        words += more
        ends += [j - clause.i] * (len(more) - 1) + [j - clause.i + 1]
    for n in range(len(words), 0, -1):
        sense = clause.words.sense(" ".join(words[:n]), *_FILMS, "phrases:camera.move")
        if sense is not None:
            return max(ends[n], 1), sense
    return 1, None


def _say_move(clause: Clause, value: str, at: int, upto: int) -> None:
    if value == "handheld":
        clause.desk.say("camera.handheld", "handheld", at, upto)
    else:
        clause.desk.say("camera.move", value, at, upto)
