"""How far a take is. In: stages and their shares, as they are told. Out: one share of the whole, seconds left.

Each stage weighs what it is expected to take: at first by a table, then as the takes of this kernel took.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

STAGES = ("plan", "speak", "solve", "draw", "seal")

SOLVE_S, SEAL_S = 1.2, 0.3
"""Seconds of work for a second of film, on two processor cores."""

DRAW_S = {"sketch": 4.0, "fast": 30.0, "portrait": 30.0, "light": 75.0, "ultra": 300.0}
PLAN_S, SPEAK_S = 0.5, 1.5
"""Seconds for a shot, however long it is."""

SURE_AFTER_S, SURE_FROM_SHARE = 0.8, 0.02
"""What must be known of a stage before its end is foretold."""


class Pace:
    """What stages take here, in seconds for a second of film, by tier; learned from every take."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, float]] = {}

    def expected_s(self, tier: str, duration_s: float) -> dict[str, float]:
        """The seconds that each stage of a take is expected to take."""
        usual = {"solve": SOLVE_S, "draw": DRAW_S.get(tier, DRAW_S["fast"]), "seal": SEAL_S}
        timed = {**usual, **self._known.get(tier, {})}
        once = {"plan": PLAN_S, "speak": SPEAK_S}
        return once | {stage: per_s * duration_s for stage, per_s in timed.items()}

    def learn(self, tier: str, duration_s: float, spent_s: Mapping[str, float]) -> None:
        """Remembers what the stages of a take have taken; what was found again took nothing."""
        known = self._known.setdefault(tier, {})
        for stage in ("solve", "draw", "seal"):
            if spent_s.get(stage, 0.0) > SURE_AFTER_S:
                known[stage] = spent_s[stage] / max(duration_s, 0.1)

    def knows(self, tier: str) -> bool:
        """Whether a take of that tier was drawn here: only then is its drawing foretold."""
        return "draw" in self._known.get(tier, {})


class Whole:
    """One take's stages as one share. ``told`` is called for every report of every stage, in order."""

    def __init__(
        self, expected_s: Mapping[str, float], sure: bool, *, clock: Callable[[], float]
    ) -> None:
        """``sure``: the drawing's time is learned, so that the end is foretold before it begins."""
        self._expected_s = dict(expected_s)
        self._sure = sure
        self._clock = clock
        self._stage, self._since_s = "", clock()
        self._share = 0.0
        self.spent_s: dict[str, float] = {}

    def expect(self, expected_s: Mapping[str, float], sure: bool) -> None:
        """More is known now: how long the shot is."""
        self._expected_s.update(expected_s)
        self._sure = sure

    def told(self, stage: str, share: float) -> tuple[float, float | None]:
        """The share of the whole (0 to 1, never less than before) and the seconds left, or None."""
        now_s = self._clock()
        if stage != self._stage:
            self._stage, self._since_s = stage, now_s
            self._expected_s.setdefault(stage, sum(self._expected_s.values()) or 1.0)
        spent_s = self.spent_s[stage] = now_s - self._since_s
        sure = spent_s >= SURE_AFTER_S and share > SURE_FROM_SHARE
        stage_s = spent_s / share if sure else max(self._expected_s[stage], spent_s)
        done_s = sum(s for name, s in self.spent_s.items() if name != stage)
        later_s = sum(self._expected_s[name] for name in self._later(stage))
        whole_s = done_s + stage_s + later_s
        if whole_s > 0:
            self._share = min(max(self._share, (done_s + stage_s * share) / whole_s), 1.0)
        known = sure and (self._sure or "draw" not in self._later(stage))
        return self._share, round(stage_s * (1 - share) + later_s, 1) if known else None

    def _later(self, stage: str) -> list[str]:
        """What is still to come; a stage that nobody expected comes last."""
        order = [*STAGES, *(name for name in self._expected_s if name not in STAGES)]
        return [n for n in order[order.index(stage) + 1 :] if n in self._expected_s]
