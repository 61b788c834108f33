"""Verbs. In: a verb and the clause so far. Out: a `Draft` with the subject that it belongs to."""

from __future__ import annotations

from flow_nb.director.frame import Thing
from flow_nb.director.reading.chains import caused, helped, light
from flow_nb.director.reading.clause import FINITE, Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.participles import of_place, participle
from flow_nb.director.reading.phrasal import phrasal, row_of
from flow_nb.director.reading.weather import acts_on, of_air, raining
from flow_nb.director.vocabulary import VerbRow

_TELLING = ("tell", "ask", "force", "help", "order", "command", "allow", "teach", "invite", "cause",
            "want", "need", "get", "let", "make", "have", "lead")  # fmt: skip
_ALONG = (
    "chase",
    "pursue",
    "follow",
    "hunt",
    "trail",
    "watch",
    "escort",
    "accompany",
    "guide",
    "lead",
    "flank",
    "surround",
)
"""What goes on while the one that it is done to does something."""
PUT = ("park", "perch", "prop", "balance", "wedge", "tuck", "nestle", "stick", "pin", "moor", "anchor", "plant",
       "lodge", "mount", "strap", "seat", "wrap", "stack", "pile", "hitch", "poise", "prop up", "dock", "place",
       "lean", "tie", "chain", "fasten", "attach", "hook", "clip", "glue", "tape", "lash", "rope", "tether", "leash",
       "impale", "drape", "string", "stretch", "suspend", "sling", "catch", "trap", "snag", "entangle",
       "jam")  # fmt: skip
_STANDING = ("park", "perch", "prop", "wedge", "nestle", "stick", "moor", "anchor", "lodge", "stack", "pile",
             "dock", "tether", "string", "drape", "impale", "trap", "entangle", "poise", "mount",
             "position", "scatter", "strew")  # fmt: skip
"""What "is parked" stands there already."""
_GONE = ("leave", "go", "depart", "vanish", "disappear", "go away", "go home", "run away")
"""Who "has left" is not there."""
_POSING = ("rest", "stand", "sit", "lie")


def on_verb(clause: Clause) -> None:
    """One verb with its particle, or a chain of helpers before it."""
    if helped(clause) or _passive_get(clause):
        return
    if raining(clause):
        return
    if clause.airy and not clause.fresh and not acts_on(clause):
        of_air(clause)
        return
    if caused(clause):
        return
    unit = clause.unit
    form = clause.carried or ("VN" if _passive_again(clause) else unit.tag)
    lemma, row, end = phrasal(clause)
    if (found := light(clause)) is not None:
        lemma, row, end = found
    place(clause, lemma, row, form, end)


def place(clause: Clause, lemma: str, row: VerbRow | None, form: str, end: int) -> Draft:
    """Opens the frame of a verb; the clause goes on behind unit ``end``."""
    unit = clause.unit
    begins = unit.at if clause.helped_at < 0 else clause.helped_at
    draft = Draft(lemma, begins, clause.units[end - 1].upto, row, form=form, unit=clause.i)
    clause.helped_at = -1
    first = not any(frame.lemma != "be" for frame in clause.own)
    _subject(clause, draft)
    draft.state = row is not None and (row.state or (draft.passive and row.does in _POSING))
    if form == "VN" and draft.passive and lemma in PUT and not clause.helper and not draft.state:
        draft.row, draft.state = row_of(clause, "rest"), True
    if draft.passive and clause.helper == "be" and lemma in _STANDING and not draft.state:
        draft.row, draft.state = row_of(clause, "rest"), True
    if lemma in _GONE and clause.helper in ("hv", "be") and form == "VN" and not clause.negated:
        draft.state = draft.negated = True
    clause.begin(draft)
    _settle_waiting(clause, draft)
    if form in ("VG", "VN") and not clause.helper and first and draft.waits:
        clause.waiting.append(draft)
        along = form == "VG" or lemma in _ALONG
        clause.coming = clause.joint = "while" if along else "then"
    clause.carried = clause.helper = ""
    clause.to = clause.airy = False
    clause.i = end
    return draft


def _passive_again(clause: Clause) -> bool:
    """ "is placed on a ramp and released": the second one is passive as well."""
    frame, unit = clause.frame, clause.unit
    after = clause.i + 1
    if frame is None or not frame.passive or not frame.patients or not clause.boundary:
        return False
    bare = clause.nouns.at(after) is None and not clause.fresh and not clause.helper
    return bare and unit.tag == "VD" and "VN" in unit.options


def _passive_get(clause: Clause) -> bool:
    """ "gets caught": a helper like "is"."""
    after = clause.skip(clause.i + 1, "RB")
    if clause.unit.lemma not in ("get", "become") or clause.tag(after) != "VN":
        return False
    clause.helper = "be"
    clause.desk.passed.append((clause.unit.at, clause.unit.upto))
    clause.i = after
    return True


def _subject(clause: Clause, draft: Draft) -> None:
    form, passive = draft.form, False
    finite = form in FINITE or bool(clause.helper)
    if form == "VN":
        alone = _by_itself(draft.row) or (_goes(draft.row) and clause.text(clause.i + 1) != "by")
        passive = ("be" in clause.helper or not clause.helper) and not alone
    if clause.antecedent is not None:
        ids = _relative(clause, draft)
    elif (clause.airy or clause.unseen) and not clause.fresh:
        ids, draft.nobody, draft.teller, clause.unseen = (), True, clause.unseen, False
    elif clause.to:
        ids = _infinitive(clause)
    elif clause.fresh and not finite and of_place(clause, draft):
        clause.outer, clause.fresh = clause.outer or clause.fresh, ()
        ids, clause.coming = clause.last, "while"
    elif clause.fresh and (clause.boundary or clause.frame is None or clause.role == "subject"):
        ids = _named(clause, draft, finite=finite)
    elif finite:
        ids = _willing(clause, draft, _again(clause, draft))
    elif form == "VB":
        ids = _base(clause)
    else:
        ids = participle(clause, draft)
    draft.passive = passive
    if passive:
        draft.patients = ids
    else:
        draft.agents = ids
    if finite and not draft.relative and not clause.to and ids:
        clause.subject = ids
    clause.last, clause.role = ids, "subject"


def _by_itself(row: VerbRow | None) -> bool:
    """ "A plumber crouched under a sink": a participle of what nobody can have done to him."""
    return row is not None and row.done is None and row.does is not None and not row.meets


def _goes(row: VerbRow | None) -> bool:
    """ "climbed into the rocket": who goes has nothing done to him."""
    return row is not None and row.done is None and row.does in ("climb", "jump", "crawl", "swim")


def _relative(clause: Clause, draft: Draft) -> Ids:
    """ "a ball that rolls", "a ball that the boy throws"."""
    antecedent = clause.antecedent or ()
    clause.antecedent = None
    draft.relative = True
    if not clause.fresh:
        return antecedent
    agents, clause.fresh = clause.fresh, ()
    draft.patients = antecedent
    return agents


def _infinitive(clause: Clause) -> Ids:
    frame = clause.frame
    if frame is None:
        return clause.subject
    if frame.lemma in _TELLING and frame.patients:
        return frame.patients
    return frame.agents or (frame.patients if frame.passive else ()) or clause.subject


def _named(clause: Clause, draft: Draft, *, finite: bool) -> Ids:
    """Somebody was named and has no verb yet."""
    ids, clause.fresh = clause.fresh, ()
    if finite:
        if clause.outer and clause.role != "with":
            clause.outer = ()
    elif clause.role != "with":
        apart = clause.boundary and clause.subject and clause.frame is not None
        clause.outer = clause.outer or (() if apart else ids)
        clause.coming = "while"
    clause.desk.cast.touch(ids)
    return ids


def _again(clause: Clause, draft: Draft) -> Ids:
    """A finite verb whose subject was named before: "and shatters"."""
    frame = clause.frame
    if clause.inverted:
        return ()
    if clause.outer:
        ids, clause.outer = clause.outer, ()
        return ids
    if clause.boundary:
        return _coordinate(clause, draft)
    if frame is not None and clause.role == "object" and frame.patients and not frame.relative:
        return clause.last
    return clause.subject


def _willing(clause: Clause, draft: Draft, ids: Ids) -> Ids:
    """ "flips a pancake so high that it sticks, looks up and shrugs": the cook does, and no pancake."""
    alive, row = clause.desk.cast.alive, draft.row
    willed = row is not None and (row.does in _FIGURES or row.done in _FIGURES)
    if not willed or draft.form == "VN" or not ids or any(i < 0 or alive(i) for i in ids):
        return ids
    if any(_tool(clause.desk.cast.entry(i).thing) for i in ids):
        return ids
    before = (d.agents for d in reversed(clause.own) if d.agents and not d.relative)
    return next((agents for agents in before if all(map(alive, agents))), ids)


_FIGURES = (
    "look",
    "gesture",
    "wave",
    "point",
    "reach",
    "pick up",
    "put down",
    "handle",
    "catch",
    "carry",
    "crouch",
)


def _tool(thing: Thing) -> bool:
    """A robot arm and a machine work by themselves."""
    return any(word in thing.noun for word in ("robot", "machine", "arm", "crane", "drone"))


def _coordinate(clause: Clause, draft: Draft) -> Ids:
    frame = clause.frame
    if frame is None:
        return clause.subject
    if frame.nobody:
        draft.nobody = True
        return ()
    if frame.form == "VB" and draft.form == "VP" and frame.agents not in ((), clause.subject):
        return frame.agents
    nobody = not frame.agents and not frame.passive and frame.form == "VB"
    if nobody and draft.form == "VP" and clause.nouns.at(clause.i + 1) is not None:
        return ()
    if nobody and frame.patients and draft.row is not None and draft.form != "VB":
        return frame.patients
    if frame.relative:
        return frame.agents or frame.patients
    return clause.subject or frame.agents or frame.patients


def _base(clause: Clause) -> Ids:
    """A base form: after an object it is what that does, else a command or one more verb."""
    frame = clause.frame
    if frame is None:
        return ()
    if clause.boundary:
        return frame.agents
    return clause.last if clause.role in ("object", "place") else frame.agents


def _settle_waiting(clause: Clause, draft: Draft) -> None:
    """ "Rolling across the table, the ball ...": now its subject is known."""
    ids = draft.agents or draft.patients
    if draft.form in ("VG", "VN") and draft.waits:
        return
    settle(clause, ids)


def settle(clause: Clause, ids: Ids) -> None:
    """Gives a subject to the participles that wait for it."""
    for waiting in clause.waiting if ids else ():
        if waiting.passive:
            waiting.patients = waiting.patients or ids
        else:
            waiting.agents = waiting.agents or ids
    if ids:
        clause.waiting.clear()
