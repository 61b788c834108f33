"""Where. In: a preposition and what stands behind it. Out: `Place`s on the right frame, or what else it tells."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flow_nb.director.frame import GROUND, VIEW, Part, Place
from flow_nb.director.reading.bodily import (
    bent,
    faces,
    of_nothing,
    off_himself,
    own_body,
    rebounds,
    side_of,
    sits,
)
from flow_nb.director.reading.carried import HANDS
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.company import company
from flow_nb.director.reading.details import Named, describes, follows, stand_at
from flow_nb.director.reading.drafts import Draft, standing
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.mentions import mention, part_of
from flow_nb.director.reading.phrase import NounPhrase

_RESTING = ("in", "on", "at", "beside", "above", "under", "along", "across", "through", "around",
            "against", "behind", "in front of", "past")  # fmt: skip
_HANGING = ("hang", "dangle", "swing", "suspend", "sway")
_LINES = (
    "string",
    "thread",
    "cord",
    "chain",
    "wire",
    "hook",
    "clothesline",
    "ribbon",
    "cable",
    "line",
    "rope",
)
_TARGETS = ("at", "for", "after", "against", "toward", "to", "of", "into", "on", "with")
_COMPANY = ("with", "in", "without", "like", "as", "for", "about", "by", "using", "except", "during",
            "before", "after", "until", "of")  # fmt: skip


def on_place(clause: Clause, way: str, at: int, *, part: Part = "", begins: bool = False) -> bool:
    """Reads the noun phrase at the unit as the goal, source or place of ``way``; False where none is."""
    phrases = noun_list(clause, clause.i, place=True, pair=way == "between", having=way == "with")
    if not phrases:
        return False
    clause.i = phrases[-1].end
    if way in ("to", "on", "at") and (side := side_of(phrases, way)):
        way = side
    way = bent(clause, way)
    if way == "before" and faces(phrases[0]):
        way = "in front of"
    if way in _COMPANY and company(clause, way, phrases, at):
        return True
    places = []
    for phrase in phrases:
        ids = _meant(clause, way, phrase)
        clause.last, clause.role = ids, "place"
        if phrase.note is not None or (phrase.framing and not ids):
            windy = phrase.note is not None and phrase.note.kind == "nouns:wind"
            clause.windy = clause.windy or windy
            continue
        places += _places(clause, way, phrase, ids, at, part)
    upto = phrases[-1].upto
    before, clause.named = clause.named, (clause.last, upto)
    if phrases[0].pronoun == "reciprocal" and clause.frame is not None:
        clause.frame.reciprocal = True
    if own_body(clause, phrases) and not off_himself(clause, way, phrases, at):
        words = clause.desk.text[at:upto].lower()
        clause.then(lambda draft: draft.manners.append(words))
        return True
    if way == "between" and len(places) == 2:
        places = [replace(places[0], other=places[1].thing)]
    places = [replace(place, begins=begins) for place in places if _tells(place)]
    if of_nothing(clause, before, at):
        clause.desk.passed.append((at, upto))
        return True
    if places and not begins and describes(clause, before, places[0], at):
        stand_at(clause, before[0], places, at, upto)
    else:
        _attach(clause, places, at, upto, before)
    return True


def _tells(place: Place) -> bool:
    """ "in the kitchen" is said by the set; "on the floor" and "into the kitchen" are places."""
    return (
        place.thing != GROUND or bool(place.part) or place.way not in ("in", "at", "beside", "of")
    )


def _meant(clause: Clause, way: str, phrase: NounPhrase) -> Ids:
    desk = clause.desk
    surface = clause.words.sense(phrase.noun, "surface")
    given = clause.desk.cast.gender_of_name(phrase.name)
    if phrase.name and way in ("in", "at") and not given and not clause.desk.cast.has(phrase.name):
        desk.passed.append((phrase.at, phrase.upto))
        return (GROUND,)
    row = phrase.row
    solid = row is not None and row.kind in ("thing", "person", "animal") and row.prop not in (
        "", "cutout",
    )  # fmt: skip
    told = row is not None and row.kind == "place" and bool(row.sets)
    plain = not (solid or told or phrase.pronoun or phrase.part)
    if surface is not None and plain:
        desk.say("set", surface.value, phrase.at, phrase.upto, inferred=True)
        for sense, at, upto in phrase.notes:
            desk.note(sense, at, upto)
        return (GROUND,)
    part = clause.words.sense(phrase.word, "part")
    known = phrase.definite or (phrase.word == "top" and not phrase.determiner)
    if part is not None and known and phrase.of is None and not phrase.pronoun:
        desk.passed.append((phrase.at, phrase.upto))
        return mention(clause, phrase.owner) if phrase.owner is not None else ()
    inside = row is not None and row.kind == "place" and row.sets
    if inside and way in ("in", "at") and phrase.noun != "window":
        phrase.ground = phrase.ground or ""
    if (
        phrase.noun == "wall"
        and way in ("on", "from", "along", "hanging from", "off")
        and phrase.definite
        and not rebounds(clause)
        and not (way == "on" and sits(clause))
    ):
        phrase.ground = "wall"
    return mention(clause, phrase, place=True)


def _places(
    clause: Clause, way: str, phrase: NounPhrase, ids: Ids, at: int, part: Part
) -> list[Place]:
    found = part or part_of(clause, phrase, ids)
    if ids and phrase.owner is not None:
        found = _part_word(clause, phrase) or found
    elif (phrase.part and phrase.of is None) or (
        not ids and clause.words.sense(phrase.word, "part")
    ):
        ids, found = _whole(clause), phrase.part or _part_word(clause, phrase)
    span = (at, phrase.upto)
    frame = clause.frame if not clause.boundary else None
    if phrase.body and phrase.owner is not None and way in ("in", "on") and phrase.word in HANDS:
        return [Place(way="held by", thing=index, span=span) for index in ids]
    return [
        Place(way=way_from(clause, way, index, found, frame), thing=index, part=found, span=span)
        for index in ids
    ]


def _part_word(clause: Clause, phrase: NounPhrase) -> Part:
    sense = clause.words.sense(phrase.word, "part")
    return sense.value if sense is not None and sense.value != "outline" else ""


def _whole(clause: Clause) -> Ids:
    """ "the edge", of what was named last and has one; else of the set."""
    cast, pronouns = clause.desk.cast, clause.desk.pronouns
    for frame in reversed(clause.desk.frames):
        stood = [p.thing for p in frame.places if p.thing >= 0 and not cast.alive(p.thing)]
        if stood:
            return (stood[-1],)
    for said in reversed(cast.said):
        if pronouns.furniture(said[-1]):
            return (said[-1],)
    return (GROUND,)


def way_from(
    clause: Clause, way: str, index: int, part: Part = "", frame: Draft | None = None
) -> str:
    """The plan's word: "from" is off, out of, away from or hanging from, as the thing asks."""
    if way == "on" and index >= 0 and _hangs(clause, index, frame):
        return "hanging from"
    if way != "from":
        return "beside" if way == "by" else way
    if frame is not None and frame.lemma in _HANGING:
        return "hanging from"
    if index == GROUND:
        return "off"
    if frame is not None and frame.lemma.endswith(" away"):
        return "away from"
    thing = clause.desk.cast.entry(index).thing
    if clause.desk.cast.alive(index):
        return "away from"
    prop = thing.row.prop if thing.row is not None else ""
    inside = prop in clause.words.rows["containers"]["words"] and part != "edge"
    return "out of" if inside else "off"


def _hangs(clause: Clause, index: int, frame: Draft | None) -> bool:
    """ "a ball on a string", "a spider on a thread": from it."""
    noun = clause.desk.cast.entry(index).thing.noun.rsplit(" ", maxsplit=1)[-1]
    owners = clause.fresh if frame is None else frame.agents or frame.patients
    people = any(clause.desk.cast.is_person(i) for i in owners)
    hung = frame is not None and frame.lemma in _HANGING
    return noun in _LINES and bool(owners) and (hung or not people)


def _attach(clause: Clause, places: list[Place], at: int, upto: int, before: Named) -> None:
    if not places:
        if clause.frame is not None and not clause.boundary:
            clause.frame.reach(upto)
        return
    frame = clause.frame
    if clause.airy and not clause.fresh and (clause.boundary or frame is None):
        clause.desk.passed.append((at, upto))
        return
    if clause.fresh and (frame is None or clause.boundary or clause.role == "subject"):
        _stand(clause, clause.fresh, places, at, upto, before)
    elif clause.inverts():
        clause.fronted += places
        clause.inverted = True
    elif frame is not None and (not clause.boundary or not clause.starts_clause_after_comma()):
        frame.places += [_meanwhile(frame, place) for place in places]
        frame.reach(upto)
    else:
        clause.fronted += places


def _meanwhile(frame: Draft, place: Place) -> Place:
    """ "Walking behind a cart" is behind it from the first; "walks behind the cart" gets there."""
    there = place.way in _ASIDE or (frame.form == "VG" and place.way in _BESIDE)
    return replace(place, begins=place.begins or (there and place.thing >= 0))


_ASIDE = ("left of", "right of")
_BESIDE = ("behind", "in front of", "beside", "above")


def _stand(
    clause: Clause, ids: Ids, places: list[Place], at: int, upto: int, before: Named
) -> None:
    """ "a ball on the table": it is only so; more places go to the same frame."""
    for draft in clause.own:
        if draft.state and draft.lemma == "be" and draft.agents == ids and draft.unit == -2:
            if follows(clause, before, draft.places[-1], places[0], at):
                stand_at(clause, before[0], places, at, upto)
                return
            draft.places += places
            draft.reach(upto)
            return
    draft = standing(ids, places[0], clause.fresh_at or at, upto)
    draft.unit, draft.places = -2, places
    clause.add(draft)


def on_depth(clause: Clause) -> None:
    """ "in the background": how near the picture."""
    unit, before = clause.unit, clause.named
    clause.i += 1
    way = str(unit.sense.value) if unit.sense is not None else "behind"
    span = (unit.at, unit.upto)
    _attach(clause, [Place(way=way, thing=VIEW, span=span)], *span, before)


def on_measured_place(clause: Clause, way: str, value: float) -> None:
    """ "2 metres above the table": how far from it."""
    name = "height_m" if way in ("above", "over", "under") else "distance_m"
    clause.then(partial(_set, name=name, value=value))


def _set(draft: Draft, *, name: str, value: float) -> None:
    setattr(draft, name, value)
