"""When there is nothing to show. In: a text and what was not understood. Out: a `PlanError` that says why."""

from __future__ import annotations

import re

from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.vocabulary import Vocabulary
from flow_nb.errors import PlanError, quote
from flow_nb.plan.shot import EXAMPLE

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "a an the and or of in on at to from with is are was were it he she they this that there".split()  # noqa: SIM905
)


def is_english(prose: str, vocabulary: Vocabulary) -> bool:
    """Whether at least half of the words are.

    A word of another script, and one that no lemma has, is not.
    """
    found = [word.lower() for word in _WORD.findall(prose)]
    known = sum(1 for word in found if word in _ENGLISH or vocabulary.lemmas(word))
    return known * 2 >= len(found)


def nothing_to_show(text: str, prose: str, gaps: Gaps, vocabulary: Vocabulary) -> PlanError:
    """Names no thing, or is not English."""
    why = (
        "names nobody and nothing that could be shown."
        if is_english(prose, vocabulary)
        else "was not understood; only English is read."
    )
    near = next((gap.fix for gap in gaps.listed() if gap.fix.startswith("Did you")), "")
    return PlanError(f'"{quote(text)}" {why}', fix=f"{near} {EXAMPLE}".strip())
