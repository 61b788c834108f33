"""What the camera looks at. In: words behind a camera move. Out: targets, and what is told of them."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrasal import row_of

_AIMED = ("of", "on", "at", "from", "over", "around", "to", "into", "toward", "towards", "with",
          "past", "across", "behind", "alongside", "along", "through", "above", "onto", "up to",
          "in front of", "out to", "down to", "up at", "down on", "down at", "over to")  # fmt: skip


_FOLLOWS = ("follow", "orbit right", "orbit left")


_ALONG = ("through", "along", "across", "down", "up", "around", "over", "past", "into", "toward", "towards", "under",
          "out of", "round", "between", "onto", "up to")  # fmt: skip
"""Where somebody goes whom the camera follows there."""


ENDS = ("to", "up to", "over to", "down to", "onto", "back to", "out to", "across to")


def aim(clause: Clause, *, move: bool, value: str) -> None:
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
        return aim(clause, move=move, value=value)
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
    say_more(clause, ids, phrases[0].at)
    return None


def say_more(clause: Clause, ids: Ids, at: int) -> None:
    """ "pan across a shelf with a trumpet on it": what stands behind tells of what the camera sees."""
    clause.last, clause.role = ids, "subject"
    more = clause.tag(clause.i) in ("VG", "VN", "IN", "WH") and any(i >= 0 for i in ids)
    if more and clause.text(clause.i) not in (*ENDS, "of", "as", "until", "before", "after"):
        clause.fresh, clause.fresh_at = ids, at


def ends_at(clause: Clause) -> bool:
    """ "from her boots to her face": where the camera's way ends."""
    if not clause.aiming or clause.text(clause.i) not in ENDS:
        return False
    phrases = noun_list(clause, clause.i + 1, place=True)
    if not phrases:
        return False
    ids: Ids = ()
    for phrase in phrases:
        ids += mention(clause, phrase)
    clause.i, clause.fresh = phrases[-1].end, ()
    say_more(clause, ids, phrases[0].at)
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
