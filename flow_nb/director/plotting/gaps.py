"""What stays without effect. In: stretches of text and reasons, as they are met. Out: `Gap`s in the text's order."""

from __future__ import annotations

from flow_nb.director.frame import Span
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import Gap

MAX_ORIGIN_CHARS = 400
LEAVE_OUT = "Leave it out, or say it in other words."


class Gaps:
    """Collects gaps; the first reason for a stretch counts, neighbours with one reason become one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[Span, tuple[str, str]] = {}

    def say(self, span: Span, reason: str, fix: str = "") -> None:
        """Notes that a stretch of text stays without effect."""
        if span[0] < span[1]:
            self._found.setdefault(span, (reason, fix or LEAVE_OUT))

    def spans(self) -> list[Span]:
        """Where all of them stand."""
        return list(self._found)

    def listed(self) -> tuple[Gap, ...]:
        """All gaps; none lies inside another."""
        merged: list[tuple[int, int, str, str]] = []
        for (start, end), (reason, fix) in sorted(
            self._found.items(), key=lambda item: (item[0][0], -item[0][1])
        ):
            if merged and end <= merged[-1][1]:
                continue
            if merged and self._touches(merged[-1], start, reason):
                first, last, _, its_fix = merged[-1]
                merged[-1] = (first, max(last, end), reason, its_fix)
            else:
                merged.append((start, end, reason, fix))
        return tuple(
            Gap(words=self.text[start:end], at=start, reason=reason, fix=fix)
            for start, end, reason, fix in merged
        )

    def _touches(self, before: tuple[int, int, str, str], start: int, reason: str) -> bool:
        return before[2] == reason and not self.text[before[1] : start].strip(" -")

    def origin(self, span: Span, *, inferred: bool = False, confidence: float = 1.0) -> Origin:
        """An origin that points at a stretch of text."""
        start, end = span
        if not 0 <= start < end:
            return Origin(provenance="inferred", confidence=confidence)
        words = self.text[start:end][:MAX_ORIGIN_CHARS]
        provenance = "inferred" if inferred else "literal"
        return Origin(provenance=provenance, words=words, at=start, confidence=confidence)
