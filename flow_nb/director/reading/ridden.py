"""What somebody drives who drives nothing that is named. In: a frame, its riders. Out: the bicycle of a cyclist."""

from __future__ import annotations

from flow_nb.director.frame import GROUND
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrase import NounPhrase


def ridden(desk: Desk, draft: Draft) -> None:
    """ "A cyclist pedals along a canal" is on a bicycle; who names what she drives is on that."""
    row, cast = draft.row, desk.cast
    alone = row is not None and row.does == "drive" and not (draft.patients or draft.state)
    if not alone or draft.negated or not draft.agents:
        return
    if not all(map(cast.is_person, draft.agents)) or _aboard(desk, draft):
        return
    told = desk.lookup.words.rows["ridden"]
    nouns = (cast.entry(i).thing.noun.rsplit(" ", maxsplit=1)[-1] for i in draft.agents)
    noun = next((told["riders"][n] for n in nouns if n in told["riders"]), None)
    noun = noun or told["lemmas"].get(draft.lemma.split(" ", maxsplit=1)[0])
    if noun is None:
        return
    phrase = NounPhrase(-1, -1, draft.at, draft.upto, noun=noun, word=noun, determiner="a")
    phrase.row = desk.lookup.vocabulary.noun(noun)
    phrase.count = sum(cast.entry(i).thing.count for i in draft.agents)
    draft.patients = (cast.enter(phrase),)


def _aboard(desk: Desk, draft: Draft) -> bool:
    """Whether a vehicle or a mount is named already, or one that they were on before."""
    cast, before = desk.cast, desk.frames
    named = {p.thing for p in draft.places}
    for frame in before:
        if set(frame.agents) & set(draft.agents):
            named |= {*frame.patients, *(p.thing for p in frame.places)}
    rows = [cast.entry(i).thing.row for i in named if i != GROUND and i >= 0]
    props = desk.lookup.words.rows["ridden"]["props"]
    return any(row is not None and row.prop in props for row in rows)
