"""Whether a frame waits for the one before. In: frames, their drafts, the text. Out: yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.clock import Draft

_IN_TURN = re.compile(
    r"\b(then|next|after|afterwards|finally|later|eventually|before|followed|until|once)\b",
    re.IGNORECASE,
)


def follows(
    text: str, earlier: Sequence[Frame], frame: Frame, before: Sequence[Draft], now: Sequence[Draft]
) -> bool:
    """Whether it begins when the frame before is done.

    It does where the text says so ("then", "until"), and where both speak of one body. Who has no part
    in what goes on acts at the same time: a dog runs through the park, birds fly overhead.
    """
    if frame.joint != "then" or frame.result or not before or not now:
        return frame.joint in ("after", "until")
    last = max((f.span[1] for f in earlier if f.span[1] <= frame.span[0]), default=0)
    if _IN_TURN.search(text[last : frame.span[0]]):
        return True
    if all(draft.fields["expected"] for draft in now):
        return False
    mine = {name for draft in now for name in draft.names if name != "set"}
    theirs = {name for draft in before for name in draft.names if name != "set"}
    return bool(mine & theirs)
