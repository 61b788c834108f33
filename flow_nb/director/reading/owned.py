"""What is somebody's own. In: "raises his sword", "in a red coat". Out: that he holds it; what she is like.

A hat, a helmet and shoes are things that stand on the stage; a coat is only seen on whom wears it.
"""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrase import NounPhrase

_HANDLED = ("lift", "drop", "swing", "throw", "lower", "shake", "spin", "put down", "point")
_ALSO = (
    "draw",
    "read",
    "play",
    "strum",
    "brandish",
    "tip",
    "sheathe",
    "load",
    "lose",
    "eat",
    "drink",
    "sip",
    "clean",
    "take off",
    "remove",
    "pull off",
    "doff",
    "adjust",
    "bang",
    "tap",
    "rap",
    "slam",
    "thump",
    "pound",
    "drum",
    "wave",
    "hold out",
)
_OWN = ("his", "her", "its", "their")
_NOT_HELD = ("table", "shelf", "sofa", "bed", "desk", "car", "truck", "bus", "boat", "ship", "train", "horse",
             "dog", "wall", "door", "window", "house", "motorcycle", "piano", "fence")  # fmt: skip
_WORN = ("hat", "helmet", "crown", "glasses", "scarf", "shoe", "backpack")


_NEAR = 24
"""So many letters behind somebody his clothes are named with him."""


def kept(clause: Clause, frame: Draft, phrases: list[NounPhrase], ids: Ids) -> None:
    """ "raises his sword": he holds it before he does so."""
    row, agents, cast = frame.row, frame.agents, clause.desk.cast
    handled = row is not None and (row.done in _HANDLED or frame.lemma in _ALSO)
    if not handled or len(ids) != 1 or ids[0] < 0 or ids[0] != len(cast.entries) - 1:
        return
    phrase, thing = phrases[0], cast.entry(ids[0]).thing
    own = phrase.determiner in _OWN and phrase.owner is None and not phrase.body
    known = thing.row is not None and thing.row.kind == "thing"
    if not own or not known or thing.span != (phrase.at, phrase.upto) or not agents:
        return
    prop = thing.row.prop if thing.row is not None else ""
    if not all(cast.is_person(i) for i in agents) or prop in _NOT_HELD:
        return
    lemma = "wear" if phrase.word in clause.words.listed("clothes") else "hold"
    verb = clause.desk.lookup.vocabulary.verb(lemma)
    draft = Draft(lemma, phrase.at, phrase.upto, verb, agents=agents, patients=ids, state=True)
    clause.desk.frames.insert(clause.desk.frames.index(frame), draft)


def only_seen(clause: Clause, owners: Ids, phrase: NounPhrase) -> bool:
    """Whether it is worn and no thing of its own: then it is a quality of whom wears it."""
    prop = phrase.row.prop if phrase.row is not None else ""
    if prop in _WORN or phrase.word not in clause.words.listed("clothes") or not owners:
        return False
    words = clause.desk.text[phrase.at : phrase.upto].lower()
    for owner in owners:
        if owner >= 0:
            thing = clause.desk.cast.entry(owner).thing
            start, end = thing.span
            near = end < phrase.at <= end + _NEAR
            clause.desk.cast.change(
                owner, qualities=(*thing.qualities, f"in {words}"),
                span=(start, phrase.upto) if near else thing.span,
            )  # fmt: skip
    clause.desk.passed.append((phrase.at, phrase.upto))
    return True


_ABOARD = (
    "cockpit",
    "cab",
    "cabin",
    "deck",
    "seat",
    "mast",
    "rigging",
    "saddle",
    "stern",
    "prow",
    "bow",
    "hull",
)
""" "In the cockpit of a biplane" is in the biplane."""


def aboard(clause: Clause, phrase: NounPhrase) -> bool:
    """Whether it is where one sits or stands in a vehicle."""
    row = phrase.of.row if phrase.of is not None and phrase.word in _ABOARD else None
    return row is not None and row.prop in clause.words.rows["ridden"]["props"]


_OFF = ("fall", "slip", "fly", "blow", "tumble", "slide", "come", "drop", "pop", "sail")


def worn_until(clause: Clause, phrase: NounPhrase, owners: Ids, found: Ids) -> None:
    """ "The clown's hat falls off": he wears it until then."""
    at = clause.skip(phrase.end, "RB", "BE", "HV")
    leaves = at < len(clause.units) and clause.units[at].lemma in _OFF
    if not leaves or phrase.word not in clause.words.listed("clothes"):
        return
    row, span = clause.desk.lookup.vocabulary.verb("wear"), (phrase.at, phrase.upto)
    clause.add(Draft("wear", *span, row, agents=owners, patients=found, state=True))
