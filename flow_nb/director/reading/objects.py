"""Noun phrases where they stand. In: a noun phrase in a clause. Out: its subject, its object, or a name for both."""

from __future__ import annotations

from flow_nb.director.frame import GROUND
from flow_nb.director.reading.adverbs import on_measure
from flow_nb.director.reading.aiming import aim_at
from flow_nb.director.reading.carried import absolute
from flow_nb.director.reading.clause import FINITE, HELPERS, Clause, Ids
from flow_nb.director.reading.doings import settle
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.effects import only_left
from flow_nb.director.reading.filming import is_camera
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.members import members
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.owned import kept, only_seen
from flow_nb.director.reading.phrasal import row_of
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.weather import snows
from flow_nb.director.vocabulary import VerbRow

_TELLERS = ("i", "we", "you")
"""Who tells it, and whom he tells it: they are not in the picture."""
_MEASURED = ("height", "speed", "distance", "altitude", "depth", "velocity", "pace")
_SHOWING = ("show", "depict", "capture", "reveal", "feature", "open", "start", "begin", "display",
            "present", "portray", "follow", "focus", "end")  # fmt: skip
_SELLING = ("ad", "advert", "advertisement", "commercial", "spot", "poster", "trailer", "teaser", "campaign",
            "clip", "film")  # fmt: skip
_COLOURING = ("shade", "hue", "colour", "color", "tone", "tint")
_GIVING = ("throw", "catch", "hold", "carry", "drop", "handle", "push", "gesture", "pour", "put down",
           "roll", "slide", "lift", "bounce")  # fmt: skip
_EXPRESSIVE = ("wave", "turn", "look", "gesture", "point", "reach", "sit", "crouch", "dance", "stand",
               "lie", "kick", "jump", "handle")  # fmt: skip


def on_noun(clause: Clause) -> None:
    """A noun phrase without a preposition: a subject to come, or what the open verb is done to."""
    first = clause.nouns.at(clause.i)
    if first is None:
        clause.i += 1
        return
    if _measure(clause, first) or _filming(clause, first):
        return
    opened = clause.frame is not None and not clause.boundary
    phrases = noun_list(clause, clause.i)
    if not opened and absolute(clause, phrases):
        return
    clause.i = phrases[-1].end
    if all(phrase.note is not None for phrase in phrases):
        _air(clause, phrases)
    elif opened and clause.frame is not None:
        _object(clause, clause.frame, phrases)
    else:
        _subject(clause, phrases)


def _measure(clause: Clause, phrase: NounPhrase) -> bool:
    """ "a height of 2 metres"."""
    at = clause.i
    while at < len(clause.units) and clause.text(at) != "of" and at < phrase.end:
        at += 1
    if phrase.word not in _MEASURED or clause.text(at) != "of" or clause.tag(at + 1) != "ME":
        return False
    clause.i = at + 1
    on_measure(clause, "from" if phrase.word in ("height", "altitude") else "")
    return True


def _filming(clause: Clause, phrase: NounPhrase) -> bool:
    """ "the camera ...", "a video of ...": how it is seen, no thing."""
    if is_camera(clause, phrase.word, phrase.end) and not clause.target:
        clause.i = phrase.end
        clause.desk.passed.append((phrase.at, phrase.upto))
        if clause.frame is None or clause.boundary:
            clause.filming, clause.fresh = True, ()
        return True
    of = clause.text(phrase.end) in ("of", "showing", "featuring", "depicting", "from")
    of = of or (clause.text(phrase.end) in ("for", "about") and phrase.word in _SELLING)
    after = clause.skip(phrase.end, "RB", "BE")
    shows = after < len(clause.units) and clause.units[after].lemma in _SHOWING
    opens = clause.frame is None and not clause.fresh and (shows or after >= len(clause.units))
    if not phrase.framing or not (of or opens):
        return False
    if clause.frame is not None and not clause.boundary and clause.frame.row is not None:
        done = clause.frame.row.done
        if done is not None and done != "hold":
            return False
    if opens or of:
        for sense, at, upto in phrase.notes:
            clause.desk.note(sense, at, upto)
        clause.desk.passed.append((phrase.at, phrase.upto))
        clause.i = phrase.end + (1 if of else 0)
        if not of and clause.tag(clause.i) in (*FINITE, *HELPERS):
            clause.filming = True
        return True
    return False


def _air(clause: Clause, phrases: list[NounPhrase]) -> None:
    """Weather, light and times of day: they act by themselves, and nothing is staged for it."""
    for phrase in phrases:
        mention(clause, phrase)
        if phrase.note is not None and phrase.note.kind == "nouns:wind":
            clause.windy = True
    if clause.frame is None or clause.boundary:
        clause.airy = True


def _subject(clause: Clause, phrases: list[NounPhrase]) -> None:
    verb = _verb_ahead(clause, phrases[-1].end)
    clause.negated = clause.negated or (phrases[0].determiner == "no" and not phrases[0].pronoun)
    if members(clause, phrases):
        return
    if phrases[0].noun in ("sky", "skies", "heavens") and clause.tag(clause.i) in FINITE:
        mention(clause, phrases[0])
        clause.airy = True
        return
    if phrases[0].word in _TELLERS and clause.tag(clause.skip(clause.i, "RB")) in (
        *FINITE,
        *HELPERS,
    ):
        clause.unseen, clause.fresh = True, ()
    if snows(clause, phrases[0]) or _we_see(clause, phrases[0]):
        return
    ids: Ids = ()
    for phrase in phrases:
        ids += tuple(i for i in mention(clause, phrase, subject=True, verb=verb) if i not in ids)
    clause.desk.cast.touch(ids)
    aim_at(clause, ids, phrases[0].at, phrases[0].upto)
    if clause.filming and clause.tag(clause.i) in FINITE:
        clause.filming = False
    apposed = clause.outer and clause.tag(clause.i) in ("C", "IN", "WH", "VG", "VN")
    if apposed and len(phrases) == 1 and _apposition(clause, phrases[0], ids):
        return
    skyward = phrases[0].noun in ("moon", "sun") and clause.tag(clause.i) in FINITE
    if not ids and not phrases[0].pronoun and (clause.tag(clause.i) in ("VG", "VN") or skyward):
        clause.airy = True
    clause.fresh, clause.fresh_at = ids, phrases[0].at
    clause.last, clause.role, clause.frame = ids, "subject", clause.frame
    if not ids and phrases[0].pronoun == "reciprocal" and clause.frame is not None:
        clause.frame.reciprocal = True


def _we_see(clause: Clause, phrase: NounPhrase) -> bool:
    """ "we follow a man": the camera does."""
    lemma = clause.units[clause.i].lemma if clause.i < len(clause.units) else ""
    films = clause.words.sense(lemma, "verbs:camera.move", "verbs:camera.target")
    if phrase.word != "we" or films is None:
        return False
    clause.filming, clause.fronted = True, []
    return True


def _verb_ahead(clause: Clause, at: int) -> VerbRow | None:
    at = clause.skip(at, "RB", "BE", "HV", "MD", "DO")
    if clause.tag(at) in ("VZ", "VP", "VD", "VG", "VN", "VB"):
        return row_of(clause, clause.units[at].lemma)
    return None


def _apposition(clause: Clause, phrase: NounPhrase, ids: Ids) -> bool:
    """ "Mara, a young woman, ...": one person, two names."""
    cast = clause.desk.cast
    outer = clause.outer
    if len(outer) != 1 or len(ids) != 1 or outer[0] < 0 or ids[0] != len(cast.entries) - 1:
        return False
    named = cast.entry(outer[0])
    role = named.person and phrase.determiner in ("a", "an") and clause.tag(clause.i) != "CC"
    if not ((named.thing.name or role) and phrase.person and not phrase.name):
        return False
    other = cast.entries.pop()
    cast.said = [said for said in cast.said if ids[0] not in said]
    thing = other.thing
    cast.change(
        outer[0], noun=thing.noun, row=thing.row, guessed=thing.guessed, age=thing.age,
        mood=thing.mood, qualities=thing.qualities, span=(named.thing.span[0], thing.span[1]),
    )  # fmt: skip
    named.gender = other.gender or named.gender
    clause.fresh = outer
    return True


def _object(clause: Clause, frame: Draft, phrases: list[NounPhrase]) -> None:
    first = phrases[0]
    if frame.lemma == "be" and frame.row is None and not clause.exists:
        _predicate(clause, frame, phrases)
        return
    if first.pronoun == "reciprocal":
        frame.reciprocal = True
        frame.reach(first.upto)
        return
    if first.noun in _COLOURING and first.colour:
        _coloured(clause, frame, first)
        return
    ids: Ids = ()
    for phrase in phrases:
        if frame.lemma == "wear" and only_seen(clause, frame.agents, phrase):
            continue
        found = mention(clause, phrase)
        ids += tuple(i for i in found if i not in ids)
    frame.reach(phrases[-1].upto)
    clause.last, clause.role = ids, "object"
    clause.named = (ids, phrases[-1].upto)
    if not ids:
        return
    clause.desk.cast.touch(ids)
    if first.word.endswith(("self", "selves")) and ids == frame.agents:
        frame.itself = True
        return
    if frame.itself:
        frame.itself, frame.recipients = False, frame.agents
    if frame.lemma == "have" and frame.state and first.word in clause.words.listed("clothes"):
        frame.lemma, frame.row = "wear", row_of(clause, "wear")
    kept(clause, frame, phrases, ids)
    if only_left(clause, frame, phrases, ids):
        return
    _take(clause, frame, phrases, ids)


def _take(clause: Clause, frame: Draft, phrases: list[NounPhrase], ids: Ids) -> None:
    """Who or what an object is to its verb: done to, given to, or its late subject."""
    first = phrases[0]
    if clause.exists:
        frame.agents, clause.exists = ids, False
        settle(clause, ids)
        clause.subject = clause.fresh = ids
        clause.fresh_at, clause.role = phrases[0].at, "subject"
    elif first.body and ids == frame.agents:
        _by_body(clause, frame, first)
    elif _inverted(clause, frame):
        frame.agents, clause.subject, clause.role = ids, ids, "subject"
    elif not frame.patients or (frame.relative and frame.passive):
        frame.patients = ids
    elif _gives(clause, frame):
        frame.recipients, frame.patients = frame.patients, ids
    else:
        frame.patients += tuple(i for i in ids if i not in frame.patients)


def _coloured(clause: Clause, frame: Draft, phrase: NounPhrase) -> None:
    """ "painted a warm shade of red"."""
    clause.desk.passed.append((phrase.at, phrase.upto))
    for index in frame.patients or frame.agents:
        if index >= 0:
            clause.desk.cast.change(index, colour=phrase.colour)


def _gives(clause: Clause, frame: Draft) -> bool:
    """ "throws the girl a ball"."""
    done = frame.row.done if frame.row is not None else None
    living = all(clause.desk.cast.alive(i) for i in frame.patients)
    return living and not frame.recipients and (done is None or done in _GIVING)


def _inverted(clause: Clause, frame: Draft) -> bool:
    """ "On the table stands a vase"."""
    return (
        not (frame.agents or frame.passive or frame.nobody) and frame.form in FINITE
        and not frame.patients and not clause.waiting
    )  # fmt: skip


def _by_body(clause: Clause, frame: Draft, phrase: NounPhrase) -> None:
    """ "raises her hand", "turns his head": a movement of the one who does it."""
    frame.manners.append(phrase.word)
    does = frame.row.done or frame.row.does if frame.row is not None else None
    if frame.lemma in ("hold", "keep", "clasp", "fold", "cross"):
        frame.state, frame.row = True, row_of(clause, "hold")
        return
    if does == "hit" and clause.text(clause.i) in ("against", "into", "on"):
        return
    if frame.row is None or (does not in _EXPRESSIVE and frame.row.does not in _EXPRESSIVE):
        frame.row = VerbRow(lemma=frame.lemma, does="gesture", guessed=True)


def _predicate(clause: Clause, frame: Draft, phrases: list[NounPhrase]) -> None:
    """ "The man is a chef": said of him, no second man."""
    phrase = phrases[0]
    clause.desk.passed.append((phrase.at, phrases[-1].upto))
    for sense, at, upto in phrase.notes:
        clause.desk.note(sense, at, upto)
    for index in frame.agents:
        if index == GROUND or phrase.pronoun:
            continue
        thing = clause.desk.cast.entry(index).thing
        more: dict[str, object] = {"qualities": (*thing.qualities, phrase.noun)}
        if phrase.person and thing.row is not None and thing.row.noun == "person":
            more |= {"noun": phrase.noun, "row": phrase.row, "age": phrase.age}
        clause.desk.cast.change(index, **more)
    frame.reach(phrases[-1].upto)
