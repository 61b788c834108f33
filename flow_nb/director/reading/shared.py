"""One object for several verbs. In: the frames of a sentence. Out: "dribbles, jumps and throws the ball": both it.

A verb that needs an object and has none takes that of the next one of the same doer.
"""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.cast import Cast
from flow_nb.director.reading.drafts import Draft

_WANTING = ("bounce", "catch", "reach", "hold", "fall")
_FAR = 3


def share(drafts: Sequence[Draft], cast: Cast) -> None:
    """Gives objects to verbs that wait for one."""
    for i, draft in enumerate(drafts):
        if not _wants(draft, cast):
            continue
        behind = [d for d in drafts[i + 1 : i + 1 + _FAR] if d.agents == draft.agents]
        found = next((d.patients for d in behind if d.patients and not d.state), ())
        if found and not set(found) & set(draft.agents):
            draft.patients = found


def _wants(draft: Draft, cast: Cast) -> bool:
    row = draft.row
    free = not (draft.patients or draft.places or draft.passive or draft.state or draft.itself)
    if row is None or row.done is None or row.meets or not free or draft.direction is not None:
        return False
    living = bool(draft.agents) and all(cast.alive(i) for i in draft.agents)
    dropped = row.does == "fall" and draft.lemma not in ("drop", "release")
    return living and not dropped and (row.does is None or row.does in _WANTING)
