"""How it is seen. In: camera words and camera sentences. Out: notes, with the things they aim at."""

from __future__ import annotations

from dataclasses import replace

from flow_nb.director.frame import VIEW, Note, Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft, standing
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrasal import row_of
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Sense

_AIMED = ("of", "on", "at", "from", "over", "around", "to", "into", "toward", "towards", "with",
          "past", "across", "behind", "alongside", "along", "through", "above", "onto", "up to",
          "in front of", "out to", "down to", "up at", "down on", "down at", "over to")  # fmt: skip
_ALONG = ("through", "along", "across", "down", "up", "around", "over", "past", "into", "toward", "towards", "under",
          "out of", "round", "between", "onto", "up to")  # fmt: skip
"""Where somebody goes whom the camera follows there."""
_ENDS = ("to", "up to", "over to", "down to", "onto", "back to", "out to", "across to")
_LINKS = ("camera.size", "camera.angle", "camera.move", "camera.handheld", "camera.focus")
_FILMS = ("verbs:camera.move", "verbs:camera.target")
_FOLLOWS = ("follow", "orbit right", "orbit left")


def on_note(clause: Clause) -> None:
    """A phrase that stands for itself: "low angle", "dolly in on the cup", "in slow motion"."""
    unit = clause.unit
    assert unit.sense is not None
    clause.i += 1
    kind = unit.sense.kind.partition(":")[2]
    if not kind.startswith("camera"):
        clause.desk.note(unit.sense, unit.at, unit.upto)
        return
    if kind == "camera.focus_to":
        _rack(clause, unit)
        return
    if kind == "camera.focus":
        _focus(clause, unit)
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
    _aim(clause, move=kind == "camera.move", value=str(unit.sense.value))


def _pace_in(clause: Clause, unit: Unit) -> None:
    """ "slow push-in": the pace is a word of the move."""
    camera = clause.words.notes["camera"]
    for pace in ("slow", "fast"):
        if unit.text.split()[0] in camera[f"pace_{pace}"]:
            clause.desk.say("camera.pace", pace, unit.at, unit.upto)


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


def _aim(clause: Clause, *, move: bool, value: str) -> None:
    """What the camera looks at, where the words behind name it."""
    i = clause.i
    aimed = clause.text(i) in _AIMED and clause.tag(i) in ("IN", "RB")
    led = clause.text(i - 1).split()[-1:] in (
        ["to"],
        ["on"],
        ["from"],
        ["over"],
        ["reveal"],
        ["toward"],
    )
    direct = (value in _FOLLOWS or led) and clause.tag(i) in (
        "D",
        "D1",
        "N",
        "NS",
        "NAME",
        "PS",
        "PP",
        "Q",
        "QV",
        "J",
    )
    if clause.text(i) == "shot":
        clause.desk.passed.append((clause.unit.at, clause.unit.upto))
        clause.i += 1
        return _aim(clause, move=move, value=value)
    if not aimed and not direct:
        if clause.tag(i) not in ("C", "", "NOTE"):
            clause.target = not move
        return None
    start = i + 1 if aimed else i
    if clause.tag(start) == "RB":
        start += 1
    phrases = noun_list(clause, start, place=move)
    if not phrases:
        clause.i = start
        return None
    if not move or clause.text(i) == "of":
        clause.i, clause.target = start, True
        return None
    ids: Ids = ()
    for phrase in phrases:
        ids += mention(clause, phrase)
    clause.i = phrases[-1].end
    clause.boundary = False if clause.frame is not None else clause.boundary
    _target(clause, ids, phrases[0].at, phrases[-1].upto)
    clause.aiming = True
    if value == "follow" and clause.text(clause.i) in _ALONG and any(i >= 0 for i in ids):
        row = row_of(clause, "go")
        span = (phrases[0].at, phrases[-1].upto)
        clause.begin(Draft("go", *span, row, form="VG", agents=ids, joint="while"))
        clause.aiming = False
        return None
    _say_more(clause, ids, phrases[0].at)
    return None


def _say_more(clause: Clause, ids: Ids, at: int) -> None:
    """ "pan across a shelf with a trumpet on it": what stands behind tells of what the camera sees."""
    clause.last, clause.role = ids, "subject"
    more = clause.tag(clause.i) in ("VG", "VN", "IN", "WH") and any(i >= 0 for i in ids)
    if more and clause.text(clause.i) not in (*_ENDS, "of", "as", "until", "before", "after"):
        clause.fresh, clause.fresh_at = ids, at


def ends_at(clause: Clause) -> bool:
    """ "from her boots to her face": where the camera's way ends."""
    if not clause.aiming or clause.text(clause.i) not in _ENDS:
        return False
    phrases = noun_list(clause, clause.i + 1, place=True)
    if not phrases:
        return False
    ids: Ids = ()
    for phrase in phrases:
        ids += mention(clause, phrase)
    clause.i, clause.fresh = phrases[-1].end, ()
    _say_more(clause, ids, phrases[0].at)
    return True


def aim_at(clause: Clause, ids: Ids, at: int, upto: int) -> None:
    """The first thing named behind "close-up of"."""
    if clause.target and ids:
        clause.target = False
        _target(clause, ids, at, upto)


def _target(clause: Clause, ids: Ids, at: int, upto: int) -> None:
    real = [i for i in ids if i >= 0]
    if real:
        clause.desk.say("camera.target", "", at, upto, thing=real[0])
    elif ids:
        clause.desk.passed.append((at, upto))


def _rack(clause: Clause, unit: Unit) -> None:
    """ "rack focus from the cup to the window"."""
    found: dict[str, tuple[Ids, int, int]] = {}
    if clause.tag(clause.i) in ("X", "C") and clause.text(clause.i + 1) == "from":
        clause.i += 1
    ids: Ids = ()
    while clause.tag(clause.i) == "IN" or clause.text(clause.i) in ("to", "and") or _deep(clause):
        word = clause.text(clause.i)
        if _deep(clause) and ids:
            _in_depth(clause, ids)
            continue
        phrase = clause.nouns.at(clause.i + 1)
        if phrase is None:
            break
        if word in ("in", "at") and found and phrase.framing:
            clause.desk.passed.append((phrase.at, phrase.upto))
            clause.i = phrase.end
            continue
        there = tuple(i for i in mention(clause, phrase, place=bool(found)) if i >= 0)
        clause.i = phrase.end
        if found and word not in (*_ENDS, "between", "and"):
            _there(clause, word, ids, there, phrase)
            continue
        ids = there
        first = word in ("from", "between") or (word == "on" and not found)
        found["from" if first else "to"] = (ids, phrase.at, phrase.upto)
        clause.fresh, clause.fresh_at = (), phrase.at
        clause.last, clause.role = ids, "subject"
    start, end = found.get("from"), found.get("to")
    if start and start[0]:
        clause.desk.say("camera.focus", "", start[1], start[2], thing=start[0][0])
    thing = end[0][0] if end and end[0] else None
    clause.desk.notes.append(
        Note(kind="camera.focus_to", value="", span=(unit.at, unit.upto), thing=thing)
    )
    clause.ends()
    _say_more(clause, ids, clause.fresh_at)


def _deep(clause: Clause) -> bool:
    return clause.i < len(clause.units) and clause.unit.kind == "depth"


def _in_depth(clause: Clause, ids: Ids) -> None:
    """ "from the flowers in the foreground"."""
    unit = clause.unit
    way = str(unit.sense.value) if unit.sense is not None else "behind"
    place = Place(way=way, thing=VIEW, span=(unit.at, unit.upto))
    clause.add(standing(ids, place, unit.at, unit.upto))
    clause.i += 1


def _there(clause: Clause, word: str, ids: Ids, there: Ids, phrase: NounPhrase) -> None:
    """ "from the key on the table": where it is that becomes sharp."""
    sense = clause.words.sense(word, "preposition")
    if sense is None or not ids or not there:
        return
    place = Place(way=str(sense.value), thing=there[0], span=(phrase.at, phrase.upto))
    clause.add(standing(ids, place, phrase.at, phrase.upto))


def _focus(clause: Clause, unit: Unit) -> None:
    """ "focus on the cup", "the cup in sharp focus"."""
    thing = None
    if unit.text.endswith("on"):
        phrase = clause.nouns.at(clause.i)
        if phrase is not None:
            ids = mention(clause, phrase)
            clause.i = phrase.end
            thing = next((i for i in ids if i >= 0), None)
    else:
        thing = next((i for i in clause.last if i >= 0), None)
    clause.desk.say("camera.focus", "", unit.at, unit.upto, thing=thing)


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
    _aim(clause, move=True, value=direct)
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
