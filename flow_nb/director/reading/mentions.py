"""Naming. In: noun phrases. Out: the things they mean, with the notes and the frames that come with a name."""

from __future__ import annotations

from flow_nb.director.frame import GROUND, Part, Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft, standing
from flow_nb.director.reading.moving import also_moves
from flow_nb.director.reading.owned import aboard, worn_until
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.spectacles import spectacles
from flow_nb.director.vocabulary import VerbRow


def mention(
    clause: Clause,
    phrase: NounPhrase,
    *,
    subject: bool = False,
    place: bool = False,
    verb: VerbRow | None = None,
) -> Ids:
    """What a phrase means; the ground for pieces of the set, nothing for weather and for nobody."""
    desk = clause.desk
    desk.passed.append((phrase.at, phrase.upto))
    for sense, at, upto in phrase.notes:
        desk.note(sense, at, upto)
    if phrase.note is not None:
        desk.note(phrase.note, phrase.at, phrase.upto)
        return ()
    if _of_sky(clause, phrase, place=place):
        return ()
    if phrase.pronoun:
        return _pronoun(clause, phrase, subject=subject, verb=verb, place=place)
    spectacles(clause, phrase)
    if phrase.body and (owner := _owner(clause, phrase)):
        return owner
    if subject and verb is not None:
        _somebody(clause, phrase, verb)
    owners = _belongs(clause, phrase.owner) if phrase.owner is not None else ()
    if phrase.part and phrase.of is not None:
        return mention(clause, phrase.of)
    if place and phrase.of is not None and aboard(clause, phrase):
        return mention(clause, phrase.of)
    loose = phrase.noun in clause.words.listed("loose") and not place
    solid = phrase.row is not None and bool(phrase.row.prop)
    shown = loose or (phrase.ground == "" and not place and solid)
    if (phrase.ground is not None and not shown) or (
        phrase.sets and not (phrase.row and phrase.row.prop)
    ):
        return _ground(clause, phrase)
    if phrase.sets and not phrase.definite:
        desk.say("set", phrase.sets[0], phrase.at, phrase.upto, inferred=True)
    _fill(clause, phrase)
    known = len(desk.cast.entries)
    found = desk.cast.named(phrase)
    if owners and len(desk.cast.entries) > known:
        worn_until(clause, phrase, owners, found)
    _with_contents(clause, phrase, found)
    also_moves(clause, phrase, found)
    return found


def _of_sky(clause: Clause, phrase: NounPhrase, *, place: bool) -> bool:
    """ "the moon" that is looked at, and "a tense mood": told to the light and the beats."""
    desk, span = clause.desk, (phrase.at, phrase.upto)
    if phrase.noun in ("moon", "sun") and phrase.definite and not place:
        desk.say("time", "night" if phrase.noun == "moon" else "noon", *span, inferred=True)
        return True
    if phrase.noun in _FEELINGS and phrase.mood:
        desk.say("mood", phrase.mood, *span)
        return True
    return False


def _somebody(clause: Clause, phrase: NounPhrase, verb: VerbRow) -> None:
    """ "The pitcher winds up": a player, and no jug."""
    other = clause.words.rows["homonyms"].get(phrase.noun)
    if other and (verb.does in _WILLED or verb.done in _WILLED):
        phrase.row = clause.desk.lookup.vocabulary.noun(other)


_WILLED = ("walk", "run", "jump", "climb", "sit", "crouch", "look", "wave", "point", "reach", "pick up", "put down",
           "carry", "catch", "kick", "hit", "gesture", "handle", "throw", "dance", "pull")  # fmt: skip


def _one_more(phrase: NounPhrase) -> bool:
    """ "the one on the right": where only one was named, there is a second."""
    return phrase.pronoun == "one" and phrase.ordinal is None and not phrase.plural


def _another(clause: Clause, phrase: NounPhrase, *, living: bool = False) -> Ids:
    """ "from one lily pad to another": one more of what was named last; ``living``: of who was."""
    cast = clause.desk.cast
    last = next((said[-1] for said in reversed(cast.said) if cast.alive(said[-1]) == living), -1)
    if last < 0:
        return ()
    thing = cast.entry(last).thing
    phrase.noun, phrase.row, phrase.guessed, phrase.pronoun = (
        thing.noun,
        thing.row,
        thing.guessed,
        "",
    )
    phrase.colour, phrase.material, phrase.scale = thing.colour, thing.material, thing.scale
    return cast.touch((cast.enter(phrase),))


_FEELINGS = ("mood", "atmosphere", "feeling", "vibe", "tone", "feel")


def _belongs(clause: Clause, owner: NounPhrase) -> Ids:
    """ "the boy's hat" has a boy; "the water's surface" only tells the set."""
    surface = clause.words.sense(owner.noun, "surface")
    if surface is None or (owner.row is not None and owner.row.kind == "thing"):
        return mention(clause, owner)
    clause.desk.say("set", surface.value, owner.at, owner.upto, inferred=True)
    return ()


def _pronoun(
    clause: Clause, phrase: NounPhrase, *, subject: bool, verb: VerbRow | None, place: bool
) -> Ids:
    if phrase.pronoun == "reciprocal":
        return ()
    if phrase.pronoun == "somebody":
        phrase.row = clause.desk.lookup.vocabulary.noun("person")
        phrase.pronoun = ""
        return clause.desk.cast.named(phrase)
    willed = subject and verb is not None and (verb.does in _WILLED or verb.done in _WILLED)
    if phrase.word == "another" and (again := _another(clause, phrase, living=willed)):
        return again
    if phrase.pronoun == "nobody":
        return ()
    frame = clause.frame if not clause.boundary else None
    acting = (*frame.agents, *frame.patients) if frame is not None else clause.fresh
    if frame is not None and phrase.word.endswith(("self", "selves")):
        acting = frame.agents or frame.patients
    found = clause.desk.pronouns.meant(
        phrase, subject=subject, but=() if subject else acting, verb=verb
    )
    if not found and _one_more(phrase) and (again := _another(clause, phrase)):
        return again
    somebody = {"he": "man", "she": "woman", "they": "person"}.get(phrase.pronoun, "")
    if phrase.pronoun == "they" and (clause.desk.cast.entries or phrase.word != "they"):
        return found
    if found or not somebody or phrase.word.endswith("self"):
        return found
    doers = frame.agents if frame is not None else ()
    if place and _is(clause, doers, phrase.pronoun):
        return clause.desk.cast.touch(doers)
    phrase.noun, phrase.row = somebody, clause.desk.lookup.vocabulary.noun(somebody)
    if phrase.pronoun == "they":
        phrase.count, phrase.vague = 2, True
    return clause.desk.cast.touch((clause.desk.cast.enter(phrase),))


def _owner(clause: Clause, phrase: NounPhrase) -> Ids:
    """Whose hand, head or tail it is; nobody's where nobody is named."""
    desk, frame = clause.desk, clause.frame
    if phrase.owner is not None:
        return mention(clause, phrase.owner)
    acting = frame.agents if frame is not None else clause.fresh or clause.outer or clause.subject
    word = phrase.determiner
    if word in ("his", "her", "its", "their"):
        kind = {"his": "he", "her": "she", "its": "it", "their": "they"}[word]
        tame = kind in ("he", "she") and acting and not clause.desk.cast.is_person(acting[0])
        tame = tame and phrase.word not in _BEASTLY
        if _is(clause, acting, kind) and not tame:
            return acting
        pronoun = NounPhrase(
            phrase.start, phrase.end, phrase.at, phrase.upto, pronoun=kind, word=word
        )
        found = desk.pronouns.meant(pronoun, subject=True) or _before(clause, acting, kind)
        return found or acting or _stranger(clause, phrase, kind)
    for ids in (acting, frame.patients) if frame is not None else ():
        if any(desk.cast.alive(i) for i in ids):
            return tuple(i for i in ids if desk.cast.alive(i))
    return ()


_BEASTLY = ("tail", "paw", "paws", "wing", "wings", "beak", "fur", "snout", "whiskers", "mane", "hooves", "claws",
            "fins", "trunk", "antlers", "horns", "feathers")  # fmt: skip
"""What a dog wags is its own."""


def _before(clause: Clause, acting: Ids, kind: str) -> Ids:
    """ "A scarecrow, crows sitting on its arms": who was there before those that act."""
    cast = clause.desk.cast
    several = len(acting) > 1 or (bool(acting) and acting[0] >= 0 and cast.entry(acting[0]).plural)
    if kind != "it" or not several:
        return ()
    said = (ids for ids in reversed(cast.said) if len(ids) == 1 and ids[0] not in acting)
    return next((ids for ids in said if cast.alive(ids[0]) and not cast.entry(ids[0]).plural), ())


def _stranger(clause: Clause, phrase: NounPhrase, kind: str) -> Ids:
    """ "Her fingers drum on the table": a woman whom nobody named before."""
    noun = {"he": "man", "she": "woman"}.get(kind, "")
    if not noun:
        return ()
    row = clause.desk.lookup.vocabulary.noun(noun)
    somebody = NounPhrase(
        phrase.start, phrase.end, phrase.at, phrase.upto, noun=noun, word=noun, row=row
    )
    return clause.desk.cast.touch((clause.desk.cast.enter(somebody),))


def _is(clause: Clause, ids: Ids, kind: str) -> bool:
    cast = clause.desk.cast
    if not ids or ids[0] < 0:
        return False
    entry = cast.entry(ids[0])
    several = len(ids) > 1 or entry.plural
    if kind == "they":
        return several or entry.person
    if kind == "it":
        return not several and not entry.person
    return not several and (entry.gender == kind or (not entry.gender and cast.alive(ids[0])))


def _ground(clause: Clause, phrase: NounPhrase) -> Ids:
    """Floor, sky, or a place that is a set."""
    desk = clause.desk
    surface = desk.lookup.words.sense(phrase.noun, "surface")
    if phrase.sets:
        desk.say("set", phrase.sets[0], phrase.at, phrase.upto)
    elif surface is not None:
        desk.say("set", surface.value, phrase.at, phrase.upto, inferred=True)
    return (GROUND,)


def _fill(clause: Clause, phrase: NounPhrase) -> None:
    """ "a glass of milk": the glass is filled and the milk is no thing of its own."""
    inner = phrase.contents
    if inner is None:
        return
    liquid = clause.words.sense(inner.noun, "liquid")
    row = inner.row
    if liquid is not None:
        phrase.filled = liquid.value
    elif row is not None and row.kind == "liquid" and row.material:
        phrase.filled = row.material
    if phrase.filled:
        phrase.contents = None
        clause.desk.passed.append((inner.at, inner.upto))


def _with_contents(clause: Clause, phrase: NounPhrase, found: Ids) -> None:
    """ "a bowl of apples": apples that are in a bowl; "the door of the house": a house that has one."""
    inner, whole = phrase.contents, phrase.of
    if inner is not None and found:
        inside = mention(clause, inner)
        if inside and inside != found:
            flat = phrase.row is not None and phrase.row.prop in clause.words.listed("flat")
            way = "on" if flat else "in"
            place = Place(way=way, thing=found[0], span=(phrase.at, phrase.upto))
            clause.add(standing(inside, place, phrase.at, phrase.upto))
    if whole is not None and not phrase.part and found:
        owner = mention(clause, whole)
        solid = not (_abstract(phrase) or _abstract(whole))
        if owner and owner != found and owner[0] != GROUND and solid:
            row = clause.desk.lookup.vocabulary.verb("have")
            clause.add(
                Draft("have", phrase.at, phrase.upto, row, agents=owner, patients=found, state=True)
            )


def _abstract(phrase: NounPhrase) -> bool:
    return phrase.row is not None and phrase.row.kind == "abstract"


def part_of(clause: Clause, phrase: NounPhrase, ids: Ids) -> Part:
    """Which piece of the set or of a thing a phrase names."""
    if phrase.part:
        return phrase.part
    ground = phrase.ground
    if ids == (GROUND,) and ground in ("floor", "ceiling", "wall"):
        return ground  # type: ignore[return-value]
    return ""
