"""What joins clauses. In: commas, conjunctions, relatives. Out: a `Clause` that knows what may follow."""

from __future__ import annotations

from flow_nb.director.frame import Joint
from flow_nb.director.reading.adverbs import on_measure
from flow_nb.director.reading.clause import FINITE, HELPERS, Clause
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.words import Sense

_BEHIND: dict[str, Joint] = {
    "while": "while", "when": "before", "after": "before", "before": "after", "until": "until",
}  # fmt: skip
"""How a frame stands to the one before it, when its conjunction stands between them."""
_AHEAD: dict[str, Joint] = {
    "while": "while", "when": "then", "after": "after", "before": "before", "until": "then",
}  # fmt: skip
"""How the main frame stands to one that came first with its conjunction: "After it falls, ..."."""


def on_comma(clause: Clause) -> None:
    """Objects are closed; a subject that waits for its verb goes on waiting."""
    _all_said(clause)
    _one_by_one(clause)
    clause.ends()
    clause.target = False
    clause.windy = clause.windy and clause.tag(clause.i + 1) in ("IN", "RB", "ME")
    if clause.filming and not _camera_goes_on(clause):
        clause.filming = False
    clause.airy = False
    if clause.fresh and clause.tag(clause.i + 1) not in ("WH", "VG", "VN", "IN", "C"):
        clause.outer = clause.outer or clause.fresh
        clause.subject = clause.subject or clause.fresh
    clause.i += 1


def _all_said(clause: Clause) -> None:
    """ "There is a mirror above the cabinet, and to the right of it ...": the mirror is placed already."""
    frame = clause.frame
    placed = frame is not None and frame.lemma == "be" and frame.agents == clause.fresh
    if placed and clause.fresh and clause.tag(clause.skip(clause.i + 1, "CC", "RB")) == "IN":
        clause.fresh = ()


def _one_by_one(clause: Clause) -> None:
    """ "In the corner a lamp, on the table a book": each has its own place before it."""
    place = clause.nouns.at(clause.i + 2) if clause.tag(clause.i + 1) == "IN" else None
    deep = clause.i + 1 < len(clause.units) and clause.units[clause.i + 1].kind == "depth"
    if not (place or deep) or clause.frame is not None or not (clause.fronted and clause.fresh):
        return
    if clause.nouns.at(place.end if place else clause.i + 2) is None:
        return
    draft = Draft("be", clause.fresh_at, clause.unit.at, agents=clause.fresh, state=True)
    draft.places, clause.fronted, clause.fresh = clause.fronted, [], ()
    clause.add(draft)


def on_mark(clause: Clause) -> None:
    """A colon or a dash: another beginning."""
    clause.ends()
    clause.target = clause.filming = clause.airy = clause.windy = False
    if clause.fresh:
        clause.subject = clause.fresh
    clause.i += 1


def _camera_goes_on(clause: Clause) -> bool:
    after = clause.skip(clause.i + 1, "RB", "CC")
    return clause.tag(after) in (*FINITE, "VG", "VN", "RB", "NOTE", "ME")


def on_and(clause: Clause) -> None:
    """ "and", "or", "but"."""
    if clause.tag(clause.i + 1) == "RB" and clause.text(clause.i + 1) == "then":
        clause.i += 1
    _all_said(clause)
    joined = clause.filming and clause.tag(clause.skip(clause.i + 1, "RB")) not in (*FINITE, "VG")
    clause.ends()
    clause.filming = clause.filming and not joined
    clause.airy = clause.windy = False
    clause.helper = "" if clause.tag(clause.i + 1) in FINITE else clause.helper
    clause.i += 1


def on_subordinate(clause: Clause) -> None:
    """ "while", "as", "after", "until", "so that", "because"."""
    unit = clause.unit
    sense = unit.sense or clause.words.sense(unit.text, "conjunction")
    value = sense.value if isinstance(sense, Sense) else "other"
    clause.i += 1
    if unit.text in _UNREAL:
        _pass_over(clause, unit.at)
        return
    if value == "that" or unit.text == "that":
        clause.boundary = True
        return
    if clause.tag(clause.i) == "ME" and value in ("after", "before", "until"):
        on_measure(clause, unit.text)
        return
    clause.ends()
    clause.filming = clause.target = clause.airy = False
    leads = not clause.own and not clause.fresh
    if value == "result":
        clause.result = True
    elif leads:
        clause.coming = _AHEAD.get(value, "then")
        clause.joint = clause.joint if clause.desk.frames else "then"
    else:
        clause.joint = _BEHIND.get(value, "then")
        clause.main = clause.subject
    if clause.tag(clause.i) == "VG":
        clause.preposition = unit.text


_SO_FAR = 6


def _so(clause: Clause) -> bool:
    """ "shakes so much that the tea spills"."""
    return any(
        u.text in ("so", "such") for u in clause.units[max(0, clause.i - _SO_FAR) : clause.i]
    )


def _somebody(clause: Clause) -> tuple[int, ...]:
    """ "a dwarf in a sphere who rakes": whoever lives of those just named; nobody where the last does."""
    alive = clause.desk.cast.alive
    if not clause.last or any(map(alive, clause.last)):
        return ()
    acted = [draft.agents for draft in reversed(clause.own)]
    named = (clause.fresh, clause.subject, *acted)
    return next((ids for ids in named if ids and all(map(alive, ids))), ())


_UNREAL = ("as if", "as though")


def _pass_over(clause: Clause, begin: int) -> None:
    """ "as if they were birds": what only seems so is not staged."""
    clause.ends()
    while clause.i < len(clause.units) and clause.tag(clause.i) not in ("C", "X", "CS"):
        clause.i += 1
    clause.desk.passed.append((begin, clause.units[clause.i - 1].upto))


def on_relative(clause: Clause) -> None:
    """ "that", "which", "who": what was named last, or what happened."""
    if clause.text(clause.i) == "that" and _so(clause):
        clause.i += 1
        clause.ends()
        clause.result = True
        return
    whose = clause.text(clause.i) == "whose"
    clause.i += 1
    finite = clause.tag(clause.skip(clause.i, "RB")) in (*FINITE, *HELPERS)
    somebody = _somebody(clause) if clause.text(clause.i - 1) in ("who", "whom") else ()
    if somebody:
        clause.antecedent = somebody
    elif clause.last and clause.last[0] >= 0:
        clause.antecedent = clause.last
    elif clause.fresh:
        clause.antecedent = clause.fresh
    else:
        clause.antecedent = clause.subject
    if clause.fresh:
        clause.outer, clause.fresh = clause.fresh, ()
        clause.antecedent = clause.antecedent or clause.outer
    if clause.antecedent:
        clause.filming = clause.target = False
    clause.ends()
    if whose or (not finite and clause.text(clause.i - 1) in ("what",)):
        clause.antecedent = None
