"""A plan against what its text says. In: a row of the prompt files, a `Plan`. Out: `Score`s that add up.

A motion is a verb and the noun of what moves. Postures that a text only implies (somebody stands, holds)
are not counted against a plan; those that it says must be there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from flow_nb.plan.plan import Action, Plan, Relation, Verb
from flow_nb.props.archetypes import sets

HERE = Path(__file__).parent
VERBS = sorted(get_args(Verb), key=len, reverse=True)
POSTURES = {"rest", "hold", "stand", "sit", "lie", "look"}
SETS = frozenset(sets())
RELATIONS = sorted(get_args(Relation), key=len, reverse=True)
Motion = tuple[str, str]
Names = tuple[str, ...]
"""What a body may be called: its noun, its name, the words of the text that brought it."""
Found = tuple[str, Names]
Standing = tuple[str, str, str]


def prompts(half: str) -> list[dict[str, Any]]:
    """The rows of a file beside this one: ``before``, ``after``, ``seen``, ``unseen``, ``strangers``."""
    rows: list[dict[str, Any]] = tomllib.loads((HERE / f"{half}.toml").read_text())["prompt"]
    return rows


@dataclass(slots=True)
class Score:
    """Hits, what was too much, what was missing; and which, in words."""

    hits: int = 0
    wrong: int = 0
    missing: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """2 hits / (2 hits + wrong + missing)."""
        return 2 * self.hits / max(2 * self.hits + self.wrong + self.missing, 1)

    @property
    def share(self) -> float:
        """Of what was expected, how much is there."""
        return self.hits / max(self.hits + self.missing, 1)

    def add(self, other: Score) -> None:
        """Adds another text's."""
        self.hits += other.hits
        self.wrong += other.wrong
        self.missing += other.missing
        self.told += other.told


def scores(row: dict[str, Any], plan: Plan | None) -> dict[str, Score]:
    """Every measure of one text. None: the text was refused."""
    return {
        "motion": _motions(row, plan),
        "prop": _props(row, plan),
        "relation": _relations(row, plan),
        "camera": _camera(row, plan),
        "set": _one_of(row.get("set"), plan.set.kind if plan else ""),
        "time": _said(row, "time", plan and (plan.light.time_of_day, plan.light.origin)),
        "weather": _said(row, "weather", plan and (plan.light.weather, plan.light.weather_origin)),
        "speaker": _speakers(row, plan),
    }


def _motions(row: dict[str, Any], plan: Plan | None) -> Score:
    found = motions_of(plan)
    score = Score()
    for entry in row.get("do", []):
        wanted = alternatives(entry)
        hit = next((f for f in found if any(same(f, w) for w in wanted)), None)
        if hit is None:
            score.missing += 1
            score.told.append(f"not {entry}")
        else:
            found.remove(hit)
            score.hits += 1
    every = [w for entry in row.get("do", []) for w in alternatives(entry)]
    for verb, names in found:
        if verb not in POSTURES and not any(same((verb, names), w) for w in every):
            score.wrong += 1
            score.told.append(f"but {verb} {names[0]}")
    return score


def names_of(plan: Plan | None) -> dict[str, Names]:
    """What every body may be called."""
    bodies = plan.bodies if plan else ()
    return {b.name: (b.noun, b.name, b.origin.words or b.noun) for b in bodies}


def motions_of(plan: Plan | None) -> list[Found]:
    """One motion for all bodies of a noun that do the same; whom the text names does his own."""
    nouns = names_of(plan)
    actions: Sequence[Action] = plan.actions if plan else ()
    first = {
        (a.verb, _kin(nouns[a.body])): nouns[a.body] for a in reversed(actions) if a.body in nouns
    }
    return [(verb, names) for (verb, _), names in reversed(first.items())]


def _kin(names: Names) -> str:
    return names[1].rstrip("-0123456789") if names[0] == "person" else names[0]


def alternatives(entry: str) -> list[Motion]:
    """ "sit|stand woman" and "pour milk|pour bowl": a verb without a noun takes the next one's."""
    pieces = [_cut(piece.strip()) for piece in entry.split("|")]
    noun = next((noun for _, noun in reversed(pieces) if noun), "")
    return [(verb, own or noun) for verb, own in pieces]


def _cut(piece: str) -> Motion:
    verb = next(v for v in VERBS if piece == v or piece.startswith(f"{v} "))
    return verb, piece[len(verb) :].strip()


def same(found: Found, wanted: Motion) -> bool:
    """The same verb of a body that may be called so."""
    return found[0] == wanted[0] and any(same_noun(name, wanted[1]) for name in found[1])


def same_noun(name: str, wanted: str) -> bool:
    """The same noun, or the same head: "soccer ball" is the text's "ball", "two kids" are its "kid"."""
    name, wanted = name.replace("-", " ").lower(), wanted.lower()
    last, head = name.split()[-1], wanted.split()[-1]
    return name == wanted or head in (last, last.removesuffix("s")) or wanted in name.split()


def _props(row: dict[str, Any], plan: Plan | None) -> Score:
    left = [body.prop for body in plan.bodies] if plan else []
    score = Score()
    if "props" not in row:
        return score
    for entry in sorted(row["props"], key=lambda entry: entry.count("|")):
        hit = next((name for name in entry.split("|") if name in left), None)
        if hit is None:
            score.missing += 1
            score.told.append(f"no {entry}")
        else:
            left.remove(hit)
            score.hits += 1
    score.wrong = len(left)
    score.told += [f"but a {name}" for name in left]
    return score


def _relations(row: dict[str, Any], plan: Plan | None) -> Score:
    found = placed(plan)
    return _each(row.get("where", []), lambda wanted: any(stands(f, wanted) for f in found))


def placed(plan: Plan | None) -> list[Standing]:
    """Body, relation, anchor of every placement, in every name that they have; what somebody holds by an
    action and wears as a trait too, and the set by the words that tell it."""
    if plan is None:
        return []
    nouns = names_of(plan) | {"set": ("set", plan.set.kind, plan.set.origin.words or "set")}
    pairs = [(nouns[p.body], str(p.relation), nouns[p.anchor]) for p in plan.placements]
    pairs += [
        (nouns[a.body], "held by", nouns[a.agent])
        for a in plan.actions
        if a.verb in ("hold", "carry") and a.agent is not None
    ]
    pairs += [((t.word,), "worn by", nouns[b.name]) for b in plan.bodies for t in b.traits]
    return [
        (body, relation, anchor)
        for bodies, relation, anchors in pairs
        for body in bodies
        for anchor in anchors
    ]


def stands(found: Standing, wanted: str) -> bool:
    """Also from the other side: behind the man is the tree that he stands in front of; what stands at the
    edge of a table is on it, and what stands on a set is in it."""
    body, relation, anchor = found
    ways = [found]
    if relation in _SIDES:
        ways.append((anchor, _SIDES[relation], body))
    if relation == "edge of":
        ways.append((body, "on", anchor))
    if relation == "on" and anchor in SETS:
        ways.append((body, "in", anchor))
    return any(_told(way, wanted) for way in ways)


_SIDES = {
    "beside": "beside", "behind": "in front of", "in front of": "behind", "left of": "right of",
    "right of": "left of", "above": "under", "under": "above",
}  # fmt: skip


def _told(found: Standing, wanted: str) -> bool:
    body, relation, anchor = found
    left, middle, right = told_apart(wanted)
    return middle == relation and same_noun(body, left) and same_noun(anchor, right)


def told_apart(wanted: str) -> Standing:
    """ "cup on table" in its three pieces."""
    relation = next(r for r in RELATIONS if f" {r} " in wanted)
    left, _, right = wanted.partition(f" {relation} ")
    return left, relation, right


def _camera(row: dict[str, Any], plan: Plan | None) -> Score:
    def holds(wanted: str) -> bool:
        name, _, value = wanted.partition("=")
        found = getattr(plan.camera, name) if plan else None
        if name.startswith("focus"):
            return bool(found) and same_noun(str(found), value)
        return str(found) == value or (isinstance(found, float) and found == float(value))

    return _each(row.get("camera", []), holds)


def _said(row: dict[str, Any], name: str, found: Any) -> Score:
    """What is said must be there; what is not said must not be claimed as said."""
    wanted = row.get(name)
    if wanted is not None:
        return _one_of(wanted, found[0] if found else "")
    claimed = bool(found) and found[1].provenance == "literal"
    return Score(missing=1, told=[f"{name} {found[0]} was not said"]) if claimed else Score(hits=1)


def _speakers(row: dict[str, Any], plan: Plan | None) -> Score:
    found = sorted({line.speaker.upper() for line in plan.lines}) if plan else []
    wanted = sorted(row.get("who", []))
    return Score(hits=1) if found == wanted else Score(missing=1, told=[f"{found} for {wanted}"])


def _one_of(wanted: str | None, found: str) -> Score:
    if wanted is None:
        return Score()
    if found in wanted.split("|"):
        return Score(hits=1)
    return Score(missing=1, told=[f"{found} for {wanted}"])


def _each(wanted: Sequence[str], holds: Any) -> Score:
    score = Score()
    for entry in wanted:
        if any(holds(one) for one in entry.split("|")):
            score.hits += 1
        else:
            score.missing += 1
            score.told.append(f"not {entry}")
    return score


def total(rows: Iterable[tuple[dict[str, Any], Plan | None]]) -> dict[str, Score]:
    """All texts together; ``told`` says which text each complaint is about."""
    whole: dict[str, Score] = {}
    for row, plan in rows:
        for name, score in scores(row, plan).items():
            score.told = [f"{row['text'][:60]!r}: {line}" for line in score.told]
            whole.setdefault(name, Score()).add(score)
    return whole
