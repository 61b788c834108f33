"""Verbs that lean on others. In: a verb's unit. Out: the helper passed over, or the frame of what it leads to.

"begins to roll" rolls; "sends it flying" makes it fly; "takes a sip" sips.
"""

from __future__ import annotations

from flow_nb.director.frame import GROUND
from flow_nb.director.reading.clause import FINITE, Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrasal import phrasal, row_of
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.vocabulary import VerbRow


def helped(clause: Clause) -> bool:
    """ "begins to", "tries to", "keeps": passes it over; the next verb takes its form."""
    aspect, lemma = clause.words.rows["aspect"], clause.unit.lemma
    after = clause.skip(clause.i + 1, "RB", "NG")
    gerund = clause.tag(after) == "VG" and lemma in aspect["ing"]
    gerund = gerund or (lemma in ("fall", "drop") and clause.text(after).endswith("asleep"))
    infinitive = lemma in aspect["to"] and clause.tag(after) == "TO"
    if not gerund and not (infinitive and clause.tag(clause.skip(after + 1, "RB")) in ("VB", "BE")):
        return False
    unit = clause.unit
    clause.carried = clause.carried or (unit.tag if unit.tag != "VB" or clause.helper else "")
    if clause.carried not in FINITE:
        clause.carried = clause.carried if clause.carried == "VG" and not clause.helper else "VZ"
    if unit.tag == "VB" and not clause.helper:
        clause.carried = ""
    clause.negated = clause.negated or lemma in aspect["negating"]
    clause.desk.passed.append((unit.at, unit.upto))
    clause.helped_at = unit.at if clause.helped_at < 0 else clause.helped_at
    clause.i = clause.skip(clause.i + 1, "RB", "NG")
    if infinitive:
        clause.i += 1
    return True


def caused(clause: Clause) -> bool:
    """ "makes the ball roll", "sending it flying", "causing the tower to collapse"."""
    rows, unit = clause.words.rows["causing"], clause.unit
    if unit.lemma not in rows["words"] or clause.helper.startswith("be"):
        return False
    start = clause.skip(clause.i + 1, "RB")
    phrase = clause.nouns.at(start)
    if phrase is None or (phrase.body and unit.lemma not in ("cause", "allow")):
        return False
    verb = clause.skip(phrase.end, "RB")
    if unit.lemma == "send" and clause.tag(verb) == "IN":
        verb = _behind_place(clause, verb)
    if (
        unit.lemma == "let"
        and phrase.word.endswith("self")
        and clause.text(verb).startswith("down")
    ):
        clause.units[phrase.start].tag, unit.lemmas[unit.tag] = "RB", "abseil"
        clause.desk.passed.append((phrase.at, phrase.upto))
        return False
    to = clause.tag(verb) == "TO"
    verb = verb + 1 if to else verb
    strong = unit.lemma in rows["strong"]
    if unit.lemma == "send" and (several := _sends(clause, start)):
        return _sent(clause, several)
    if clause.tag(verb) not in ("VB", "VG", "VN") or not (strong or to):
        return False
    form, relative = unit.tag, clause.antecedent is not None
    result = form == "VG" or relative or not (clause.fresh or clause.boundary)
    causers: Ids = () if result else (clause.fresh or clause.subject)
    clause.antecedent = None
    if causers and not any(_real(clause, i) for i in causers):
        causers, clause.fresh, result = (), (), bool(clause.own)
    if not result and clause.fresh:
        clause.subject, clause.fresh = clause.fresh, ()
    if clause.outer and not result:
        causers, clause.outer = clause.outer, ()
    clause.desk.passed.append((unit.at, unit.upto))
    ids = _other(clause, phrase)
    clause.i = verb
    lemma, row, end = phrasal(clause)
    if unit.lemma == "let" and lemma == "go":
        lemma, row, result = "let go", row_of(clause, "let go"), False
    draft = Draft(lemma, unit.at, clause.units[end - 1].upto, row, form="VZ", unit=verb)
    draft.result = result and bool(clause.own or clause.desk.frames)
    living = any(clause.desk.cast.alive(i) for i in causers)
    draft.passive = clause.tag(verb) == "VN"
    alone = row is not None and row.done is None and row.does is not None
    alone = alone or (unit.lemma == "let" and (row is None or row.done is None or row.meets))
    if draft.passive or (not alone and (living or (causers and causers != (GROUND,)))):
        draft.agents, draft.patients = causers, ids
    else:
        draft.agents = ids
    clause.begin(draft)
    clause.last, clause.role = ids, "subject"
    clause.carried = clause.helper = ""
    clause.to = clause.airy = False
    clause.i = end
    return True


def _other(clause: Clause, phrase: NounPhrase) -> Ids:
    """ "jumps on a plank, making it wobble": it is not the one who jumps."""
    before = clause.fresh
    if phrase.pronoun and not before and (clause.frame is None or clause.boundary):
        clause.fresh = clause.subject or (clause.own[-1].agents if clause.own else ())
    ids = mention(clause, phrase)
    clause.fresh = before
    return ids


def _behind_place(clause: Clause, at: int) -> int:
    """ "sends the papers on the desk flying": the verb stands behind where they are."""
    place = clause.nouns.at(at + 1)
    led = place is not None and clause.text(at) in ("on", "in", "of", "under", "around")
    return place.end if place is not None and led and clause.tag(place.end) == "VG" else at


def _real(clause: Clause, index: int) -> bool:
    """Whether it is a thing: a kick and an explosion are none."""
    row = clause.desk.cast.entry(index).thing.row if index >= 0 else None
    return index < 0 or row is None or row.kind != "abstract"


_PATHS = (
    "into",
    "across",
    "over",
    "through",
    "off",
    "onto",
    "down",
    "toward",
    "out of",
    "against",
    "up",
    "to",
)


def _flies(clause: Clause, phrase: NounPhrase, at: int) -> bool:
    sense = clause.words.sense(clause.text(at), "preposition", "direction")
    behind = clause.nouns.at(at + 1)
    given = behind is not None and (behind.person or behind.pronoun in ("he", "she", "they"))
    given = given and clause.text(at) in ("to", "back to")
    return sense is not None and not phrase.person and not given and sense.value in _PATHS


def _sends(clause: Clause, start: int) -> list[NounPhrase]:
    """What is sent somewhere, or nothing: "springs and gears in all directions"."""
    phrases = noun_list(clause, start)
    if not phrases:
        return []
    verb = clause.skip(phrases[-1].end, "RB")
    led = clause.tag(verb) in ("IN", "RB") and _flies(clause, phrases[0], verb)
    apart = clause.text(phrases[-1].end) in _APART and not phrases[0].person
    return phrases if led or apart else []


_APART = ("in all directions", "in every direction", "everywhere", "up", "away", "high into the air", "into the air",
          "all over the place", "aloft", "skyward")  # fmt: skip


def _sent(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "sends the ball into the stands": it flies there."""
    unit = clause.unit
    clause.antecedent, clause.outer = None, ()
    clause.desk.passed.append((unit.at, unit.upto))
    ids = tuple(i for phrase in phrases for i in mention(clause, phrase))
    draft = Draft(
        "send", unit.at, phrases[-1].upto, row_of(clause, "fly"), form="VZ", unit=clause.i
    )
    draft.result, draft.agents = bool(clause.own), ids
    clause.fresh = ()
    clause.begin(draft)
    clause.last, clause.role = ids, "subject"
    clause.carried = clause.helper = ""
    clause.to = clause.airy = False
    clause.i = phrases[-1].end
    return True


def light(clause: Clause) -> tuple[str, VerbRow | None, int] | None:
    """ "takes a sip", "gives the ball a kick": the noun is the verb; what stands between is its object."""
    rows, unit = clause.words.rows["light"], clause.unit
    if unit.lemma not in rows["verbs"]:
        return None
    first = clause.nouns.at(clause.i + 1)
    if first is None:
        return None
    if verb := _verb_in(clause, first.noun, first.determiner):
        of = clause.text(_noun_end(clause, clause.i + 1)) == "of"
        end = _noun_end(clause, clause.i + 1) + (1 if of else 0)
        clause.desk.passed.append((first.at, clause.units[end - 1].upto))
        return verb, row_of(clause, verb), end
    second = clause.nouns.at(first.end)
    if second is None or unit.lemma not in ("give", "throw"):
        return None
    verb = _verb_in(clause, second.noun, second.determiner)
    if not verb:
        return None
    ids = mention(clause, first)
    clause.desk.passed.append((second.at, second.upto))
    clause.early.append(lambda draft: setattr(draft, "patients", draft.patients or ids))
    return verb, row_of(clause, verb), second.end


def _noun_end(clause: Clause, start: int) -> int:
    """Where a noun ends without its "of"."""
    i = clause.skip(start, "D", "D1", "J", "Q", "QV", "VG", "VN")
    return clause.skip(i, "N", "NS")


def _verb_in(clause: Clause, noun: str, determiner: str) -> str:
    plain = determiner in ("a", "an", "another", "one", "")
    last = noun.rsplit(" ", maxsplit=1)[-1]
    told = clause.words.rows["light"]["nouns"]
    known = [name for name in told if last == name or (len(name) > _SHORT and last.endswith(name))]
    word = max(known, key=len, default="")
    own = word == last or clause.desk.lookup.vocabulary.noun(last) is None
    return str(told[word]) if word and plain and own else ""


_SHORT = 3
"""A kickflip is a flip; what ends in a shorter word need not be one."""
