"""The offline director. In: a `Shot`. Out: a `Plan`, by grammar and lexicon alone: no model, no network, no chance.

::

    text ─dialogue, sluglines─▶ tokens ─chunks─▶ clauses ─events─▶ staging ─▶ Plan
                                                    └──▶ camera, setting, gaps
"""

from __future__ import annotations

from flow_nb.director.base import Growing, Tokens
from flow_nb.director.camera import CameraNotes
from flow_nb.director.cast import Cast
from flow_nb.director.chunks import chunks_of, sentences
from flow_nb.director.circumstances import READERS
from flow_nb.director.clauses import Desk, read_sentence
from flow_nb.director.dialogue import Said, lines_of, sluglines, spoken
from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import lexicon
from flow_nb.director.setting import SettingNotes
from flow_nb.director.staging import Staging
from flow_nb.director.tokens import Token, tokenise
from flow_nb.errors import PlanError, quote
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import EXAMPLE, Shot


class Grammar:
    """Reads a shot by rules. The same shot gives the same plan, bit for bit."""

    name = "grammar"
    version = "1"
    costs = False

    def quote(self, shot: Shot) -> Tokens:
        """Nothing."""
        return Tokens(model=self.name, sent=0, received=0)

    def read(self, shot: Shot, *, growing: Growing | None = None) -> Plan:
        """The plan of a shot.

        Raises:
            PlanError: nothing can be staged, or a number is beyond its limit.
        """
        try:
            return _Reading(shot).plan()
        except PlanError as error:
            raise error.at(shot=shot.name) from None


class _Reading:
    """One text on its way to a plan."""

    def __init__(self, shot: Shot) -> None:
        self.shot = shot
        self.text = shot.text
        self.lexicon = lexicon()
        self.gaps = Gaps(self.text, self.lexicon)
        self.cast = Cast(self.text, self.lexicon, self.gaps)
        self.camera = CameraNotes(self.text, self.gaps)
        self.setting = SettingNotes(self.text, self.lexicon, self.gaps)
        self.staging = Staging(self.text, self.cast, self.gaps)

    def plan(self) -> Plan:
        said = spoken(self.text, self.lexicon)
        prose = self._prose(said)
        desk = Desk(self.lexicon, self.cast, self.gaps, self.camera, self.setting)
        for sentence in sentences(prose, self.text):
            read_sentence(desk, sentence, chunks_of(self.lexicon, sentence), READERS)
        for event in desk.events:
            self.staging.stage(event)
        if not self.cast.bodies:
            raise self._nothing(prose)
        self.staging.settle()
        return self._compose(said)

    def _prose(self, said: tuple[Said, ...]) -> tuple[Token, ...]:
        """The tokens outside dialogue and sluglines; a taken stretch ends a sentence like an empty line."""
        tokens = tokenise(self.text)
        slugs = sluglines(self.text)
        for start, end in slugs:
            self.setting.slug([t for t in tokens if start <= t.at < end])
        taken = [(one.at, one.end) for one in said] + list(slugs)
        breaks = {start: Token("\n", "\n", start, start, "newline") for start, _ in taken}
        kept = [t for t in tokens if not any(start <= t.at < end for start, end in taken)]
        doubled = [mark for mark in breaks.values() for _ in range(2)]
        return tuple(sorted([*kept, *doubled], key=lambda token: token.at))

    def _compose(self, said: tuple[Said, ...]) -> Plan:
        lines, spoken_s = lines_of(said, self.text)
        needed_s = max(self.staging.causes.needed_s(), spoken_s)
        duration_s = self.setting.duration_s(self.shot, needed_s)
        actions = self.staging.causes.finished(duration_s)
        acting = [action.body for action in actions if action.verb != "rest"]
        target = acting[0] if acting else self._first_body()
        return Plan(
            text=self.text,
            duration_s=duration_s,
            seed=self.shot.seed,
            gravity_m_s2=self.setting.gravity_m_s2(),
            set=self.setting.set_design(self.shot),
            light=self.setting.light(),
            bodies=tuple(self.cast.bodies.values()),
            placements=tuple(self.staging.marks.placements[name] for name in self.cast.bodies),
            actions=actions,
            camera=self.camera.camera(target),
            lines=lines,
            beats=self.setting.beats(duration_s),
            gaps=self.gaps.listed(),
        )

    def _first_body(self) -> str:
        free = [name for name, body in self.cast.bodies.items() if not body.fixed]
        return (free or list(self.cast.bodies))[0]

    def _nothing(self, prose: tuple[Token, ...]) -> PlanError:
        words = [i for i, token in enumerate(prose) if token.kind == "word"]
        known = sum(1 for i in words if any(True for _ in self.lexicon.matches(prose, i)))
        english = known * 2 >= len(words)
        why = (
            "names no prop of this stage" if english else "was not understood; only English is read"
        )
        near = next((gap.fix for gap in self.gaps.listed() if gap.fix.startswith("Did you")), "")
        return PlanError(f'"{quote(self.text)}" {why}.', fix=f"{near} {EXAMPLE}".strip())
