"""What was not understood. In: tokens and a reason, as they are met. Out: `Gap`s in the text's order."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.lexicon import Elsewhere, Lexicon
from flow_nb.director.phrase import NO_PROP
from flow_nb.director.tokens import Token, words_of
from flow_nb.plan.plan import Gap

ANY_PROP = 'Choose one of the props, as in "a glass" or "a ball".'


class Gaps:
    """Collects gaps; neighbours with the same reason become one."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._found: dict[tuple[int, int], tuple[str, str]] = {}

    def add(self, tokens: Sequence[Token], why: Elsewhere) -> None:
        """Notes tokens that stay without effect."""
        fix = why.fix
        if why is NO_PROP:
            near = self._lexicon.near(tokens[-1].lower)
            fix = f'Did you mean "{near}"?' if near else ANY_PROP
        self._found[(tokens[0].at, tokens[-1].end)] = (why.reason, fix)

    def say(self, tokens: Sequence[Token], reason: str, fix: str = "") -> None:
        """Notes tokens with a reason made for them."""
        self.add(tokens, Elsewhere(reason=reason, fix=fix))

    def listed(self) -> tuple[Gap, ...]:
        """All gaps, in order."""
        merged: list[tuple[int, int, str, str]] = []
        for (start, end), (reason, fix) in sorted(self._found.items()):
            if merged and self._touches(merged[-1], start, reason):
                first, last, _, its_fix = merged[-1]
                merged[-1] = (first, max(last, end), reason, its_fix)
            else:
                merged.append((start, end, reason, fix))
        return tuple(
            Gap(words=self._text[start:end], at=start, reason=reason, fix=fix)
            for start, end, reason, fix in merged
        )

    def _touches(self, before: tuple[int, int, str, str], start: int, reason: str) -> bool:
        between = self._text[before[1] : start]
        return before[2] == reason and not between.strip(" -")

    def words(self, tokens: Sequence[Token]) -> str:
        """The piece of text that the tokens span."""
        return words_of(self._text, tokens)
