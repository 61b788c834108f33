"""What kind the losses are. In: a row of the prompt files, its `Plan`. Out: counts by cause, without a word of a
prompt or a label.

A missed motion is "another verb" where its body does something that was not wanted, "another body" where
another one does what was wanted, "idle" where its body is there and does nothing more, "no such body" else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flow_nb.plan.plan import Plan
from tests.bench.reading import score as scoring

_CLASSES = {
    "posture": ("rest", "hold", "stand", "sit", "lie", "crouch", "look"),
    "going": ("walk", "run", "jump", "crawl", "climb", "swim", "dance", "drive", "turn"),
    "showing": ("wave", "point", "reach", "gesture"),
    "working": (
        "handle", "pick up", "put down", "carry", "catch", "kick", "hit", "throw", "push", "pull",
        "lift", "lower", "knock over", "open", "close", "pour",
    ),
}  # fmt: skip
_CLASS_OF = {verb: name for name, verbs in _CLASSES.items() for verb in verbs}
_LONG = (12, 25, 50)


def losses(rows: Iterable[tuple[dict[str, Any], Plan | None]]) -> list[str]:
    """Lines to print: motions missed and too many by cause, relations missed by cause, both by length."""
    motion, extra, relation, length = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row, plan in rows:
        causes = list(_missed(row, plan))
        motion.update(causes)
        extras = list(_too_many(row, plan))
        extra.update(extras)
        relation.update(_unplaced(row, plan))
        size = _size(row)
        length[f"{size}: wanted"] += len(row.get("do", []))
        length[f"{size}: missed"] += len(causes)
        length[f"{size}: extra"] += len(extras)
    return [
        f"  {name}: " + ", ".join(f"{what} {n}" for what, n in sorted(counts.items()))
        for name, counts in (
            ("motions missed", motion), ("motions extra", extra), ("relations missed", relation),
            ("motions by words", length),
        )
    ]  # fmt: skip


def _size(row: dict[str, Any]) -> str:
    words = len(row["text"].split())
    return next((f"up to {most}" for most in _LONG if words <= most), "more")


def _sorted_out(row: dict[str, Any], plan: Plan | None) -> tuple[list[str], list[scoring.Found]]:
    """The missed entries and the motions that answered none."""
    found = scoring.motions_of(plan)
    missed = []
    for entry in row.get("do", []):
        hit = next((f for f in found if _answers(f, entry)), None)
        if hit is None:
            missed.append(entry)
        else:
            found.remove(hit)
    return missed, found


def _answers(found: scoring.Found, entry: str) -> bool:
    return any(scoring.same(found, wanted) for wanted in scoring.alternatives(entry))


def _missed(row: dict[str, Any], plan: Plan | None) -> Iterable[str]:
    missed, found = _sorted_out(row, plan)
    names = list(scoring.names_of(plan).values())
    for entry in missed:
        wanted = scoring.alternatives(entry)
        nouns = [noun for _, noun in wanted]
        mine = [f for f in found if any(_called(f[1], noun) for noun in nouns)]
        others = [f for f in found if f[0] in {verb for verb, _ in wanted}]
        kind = _class(wanted[0][0])
        if plan is None:
            yield "refused"
        elif any(_answers(f, entry) for f in scoring.motions_of(plan)):
            yield "told once for twice"
        elif _by(plan, wanted):
            yield f"told of what it is done to ({kind})"
        elif mine:
            yield f"another verb ({kind} as {_class(mine[0][0])})"
        elif others:
            yield f"another body ({kind})"
        elif any(_called(n, noun) for n in names for noun in nouns):
            yield f"idle ({kind})" + (" with a verb not understood" if _dumb(plan) else "")
        else:
            yield f"no such body ({kind})"


def _by(plan: Plan, wanted: list[scoring.Motion]) -> bool:
    """Whether the wanted body does it, and the plan tells it of its object: "handle woman", "handle apple"."""
    names = scoring.names_of(plan)
    doers = [(a.verb, names[a.agent]) for a in plan.actions if a.agent in names]
    return any(scoring.same(doer, one) for doer in doers for one in wanted)


def _class(verb: str) -> str:
    return _CLASS_OF.get(verb, "thing's")


def _called(names: scoring.Names, wanted: str) -> bool:
    return any(scoring.same_noun(name, wanted) for name in names)


def _dumb(plan: Plan) -> bool:
    return any("verb" in gap.reason or "understood" in gap.reason for gap in plan.gaps)


def _too_many(row: dict[str, Any], plan: Plan | None) -> Iterable[str]:
    missed, found = _sorted_out(row, plan)
    every = [wanted for entry in row.get("do", []) for wanted in scoring.alternatives(entry)]
    for verb, names in found:
        if verb in scoring.POSTURES or any(scoring.same((verb, names), wanted) for wanted in every):
            continue
        kind = _class(verb)
        if any(_called(names, noun) for m in missed for _, noun in scoring.alternatives(m)):
            yield f"for another verb ({kind})"
        elif any(_called(names, noun) for _, noun in every):
            yield f"one more of a mover ({kind})"
        elif any(verb == wanted for m in missed for wanted, _ in scoring.alternatives(m)):
            yield f"for another body ({kind})"
        else:
            yield f"of one who should not move ({kind})"


def _unplaced(row: dict[str, Any], plan: Plan | None) -> Iterable[str]:
    names = scoring.names_of(plan) | {"set": ("set",)}
    found = scoring.placed(plan)
    for entry in row.get("where", []):
        wanted = [scoring.told_apart(one) for one in entry.split("|")]
        if any(scoring.stands(f, one) for f in found for one in entry.split("|")):
            continue
        relation = wanted[0][1]
        bodies = [w[0] for w in wanted]
        anchors = [w[2] for w in wanted]
        here = any(_called(n, b) for n in names.values() for b in bodies)
        there = any(_called(n, a) for n in names.values() for a in anchors)
        pair = [f for f in found if _pairs(f, bodies, anchors)]
        mine = [f for f in found if any(scoring.same_noun(f[0], b) for b in bodies)]
        if plan is None:
            yield "refused"
        elif not here or not there:
            yield f"{relation}: no such " + ("anchor" if here else "body" if there else "pair")
        elif pair:
            yield f"{relation}: as {pair[0][1]}"
        elif any(_linked(a, bodies, anchors, names) for a in plan.actions):
            yield f"{relation}: only where its motion ends"
        elif mine:
            yield f"{relation}: elsewhere ({mine[0][1]})"
        else:
            yield f"{relation}: not placed"


def _pairs(found: tuple[str, str, str], bodies: list[str], anchors: list[str]) -> bool:
    first, _, last = found
    ways = ((first, last), (last, first))
    return any(
        any(scoring.same_noun(one, b) for b in bodies)
        and any(scoring.same_noun(other, a) for a in anchors)
        for one, other in ways
    )


def _linked(
    action: Any, bodies: list[str], anchors: list[str], names: dict[str, scoring.Names]
) -> bool:
    mine = any(_called(names[action.body], b) for b in bodies)
    rest = action.names - {action.body}
    return mine and any(_called(names[name], a) for name in rest for a in anchors if name in names)
