"""How well the grammar reads. In: the prompts, by who wrote them and when. Out: a line a measure, and what the
losses are.

``python -m tests.bench.reading [before|after|seen|unseen|strangers] [MEASURE ...]``; a named measure prints what
it misses.
"""

from __future__ import annotations

import sys
import time

from flow_nb.director.grammar import Grammar
from flow_nb.errors import FlowError
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from tests.bench.reading.losses import losses
from tests.bench.reading.score import prompts, total

HALVES = ("before", "after", "seen", "unseen", "strangers")


def report(halves: tuple[str, ...] = HALVES, told: tuple[str, ...] = ()) -> None:
    """F1 of motions and props, the share of the rest that is right, by half."""
    for half in halves:
        rows = prompts(half)
        begin = time.thread_time()
        read = [(row, plan_of(row["text"])) for row in rows]
        each_ms = 1000 * (time.thread_time() - begin) / len(rows)
        scores = total(read)
        print(f"reading, {half}: {len(rows)} prompts, {each_ms:.0f} ms each")
        for name, score in scores.items():
            if not score.hits + score.missing:
                continue
            print(
                f"  {name:9} F1 {score.f1:.3f}  share {score.share:.3f}  of {score.hits + score.missing}"
            )
            if name in told:
                print("    " + "\n    ".join(score.told))
        print("\n".join(losses(read)))


def plan_of(text: str) -> Plan | None:
    """The plan of a text; None where it is refused."""
    try:
        return Grammar().read(make_shot("prompt", text))
    except FlowError:
        return None


if __name__ == "__main__":
    asked = sys.argv[1:]
    chosen = tuple(word for word in asked if word in HALVES) or HALVES
    report(chosen, tuple(asked))
