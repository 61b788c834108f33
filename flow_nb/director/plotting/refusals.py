"""What is refused. In: a text and what was understood of it. Out: a `PlanError` that says why, in one line."""

from __future__ import annotations

import re

from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import Vocabulary
from flow_nb.errors import PlanError, quote
from flow_nb.plan.shot import EXAMPLE

ENOUGH_WORDS, FOREIGN = 3, 2
_WORD = re.compile(r"[^\W\d_]+")


def is_english(prose: str, vocabulary: Vocabulary) -> bool:
    """Whether a prose is: no more little words of other languages than of this one, and at least one of
    this one or half of all words known. Very short texts are taken as they are."""
    told = tables()["language"]
    found = [word.lower() for word in _WORD.findall(prose)]
    english = sum(word in told["english"] for word in found)
    foreign = sum(word in told["foreign"] for word in found)
    if foreign >= FOREIGN and foreign > english:
        return False
    known = sum(1 for word in found if vocabulary.lemmas(word))
    return len(found) < ENOUGH_WORDS or english > 0 or known * 2 >= len(found)


def not_english(text: str) -> PlanError:
    """It is written in another language."""
    return PlanError(f'"{quote(text)}" was not understood; only English is read.', fix=EXAMPLE)


def nothing_to_show(text: str, gaps: Gaps) -> PlanError:
    """It names no thing, nobody and no place."""
    near = next((gap.fix for gap in gaps.listed() if gap.fix.startswith("Did you")), "")
    why = "names nobody and nothing that could be shown."
    return PlanError(f'"{quote(text)}" {why}', fix=f"{near} {EXAMPLE}".strip())
