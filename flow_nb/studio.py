"""The one place where the stages are composed. In: `Shot`s. Out: sealed `Take`s, films, verdicts.

A studio is a folder. What has been made once is found again by the hash of everything it was made
from, and never made twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flow_nb.clock import Clock
from flow_nb.errors import FilmError, FlowError, ShotError, choices, quote
from flow_nb.identity.cast import Cast
from flow_nb.plan.base import content_hash
from flow_nb.plan.edit import WHOLE, Edit
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import Shot
from flow_nb.plan.solved import solved_json
from flow_nb.plan.take import Take
from flow_nb.store import Store, take_key

if TYPE_CHECKING:
    from flow_nb.director.base import Director, Growing
    from flow_nb.engines.base import Engine, Progress
    from flow_nb.shield.verify import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Shooting:
    """One shot, made: how it was read, how it was solved, the sealed take. ``cached``: found again."""

    shot: Shot
    plan: Plan
    motion: Motion
    take: Take
    cached: bool


class Studio:
    """A project folder: its store, its director, its engines, the order of its shots."""

    def __init__(
        self,
        folder: Path | str = ".",
        *,
        director: Director | None = None,
        engines: Iterable[Engine] = (),
    ) -> None:
        """``engines`` go before the installed ones of the same name."""
        self.folder = Path(folder).resolve()
        self.store = Store(self.folder)
        self.cast = Cast(self.store.hidden / "cast.json")
        self.order: list[str] = []
        self._director = director
        self._engines: dict[str, Engine] = {made.name: made for made in engines}
        self._takes: dict[str, Take] = {}
        self._keys: dict[str, str] = {}

    # Words to plan to motion.

    @property
    def director(self) -> Director:
        """Who reads the words."""
        if self._director is None:
            from flow_nb.director.grammar import Grammar

            self._director = Grammar()
        return self._director

    def engine(self, name: str) -> Engine:
        """The engine of that name, kept while the studio lives. Raises ShotError: there is none."""
        if name not in self._engines:
            from flow_nb.engines.installed import installed_engine

            self._engines[name] = installed_engine(name)
        return self._engines[name]

    def direct(self, director: Director | None) -> None:
        """From here on, this one reads the words; None is the grammar."""
        self._director = director

    def plan(
        self, shot: Shot, progress: Progress | None = None, *, growing: Growing | None = None
    ) -> Plan:
        """Reads a shot and rehearses its lines; what a director was paid for is kept. ``growing``
        hears the plan as it comes.

        Raises:
            PlanError: nothing in it can be staged, or its lines are longer than a shot can be.
        """
        try:
            self._allowed(shot)
            if progress:
                progress("plan", 0.0)
            read = self._bought if self.director.costs else self._read
            plan = read(shot, growing)
            if progress and plan.lines:
                progress("speak", 0.0)
            return self.rehearse(shot, plan.scored() if shot.score else plan)
        except FlowError as error:
            raise error.at(shot=shot.name) from None

    def rehearse(self, shot: Shot, plan: Plan) -> Plan:
        """The plan with its lines in their time, as the shot's engine says them. Raises PlanError."""
        from flow_nb.engines.stage.tiers import grounded
        from flow_nb.rehearsal import rehearsed

        plan, voices = grounded(plan, shot.tier), self.cast.voices_of(plan)
        return rehearsed(plan, self.engine(shot.engine), voices, lines=shot.lines)

    def _read(self, shot: Shot, growing: Growing | None) -> Plan:
        return self.director.read(shot, growing=growing)

    def _allowed(self, shot: Shot) -> tuple[str, ...]:
        """What policy has to say before anything is spent. Raises PolicyError, ShotError."""
        from flow_nb.shield.policy.check import require
        from flow_nb.shield.policy.house import house
        from flow_nb.shield.profiles.profile import chosen

        chosen(shot.profiles)
        return require(shot.text, house(self.folder))

    def _bought(self, shot: Shot, growing: Growing | None) -> Plan:
        """A reading that costs, found again by the words and by who read them."""
        reader = self.director
        key = take_key(reader.name, reader.version, shot.text, str(shot.duration_s), shot.seed)
        kept = self.store.get_bytes("plans", key)
        if kept is not None:
            with suppress(ValueError):
                return Plan.model_validate_json(kept)
        plan = reader.read(shot, growing=growing)
        if plan.director == reader.name:
            self.store.put_bytes("plans", key, plan.model_dump_json(by_alias=True).encode())
        return plan

    def motion(self, plan: Plan, progress: Progress | None = None) -> Motion:
        """Solves a plan, or finds its motion again."""
        from flow_nb.physics.solve import VERSION, solve

        key = take_key(solved_json(plan), VERSION)
        kept = self.store.get_bytes("motions", key)
        if kept is not None:
            try:
                return Motion.from_bytes(kept)
            except (ValueError, KeyError, OSError):
                pass  # damaged on disk: it is solved again
        motion = solve(plan, progress=_stage(progress, "solve"))
        self.store.put_bytes("motions", key, motion.to_bytes())
        return motion

    # Motion to take.

    def shoot(
        self,
        shot: Shot,
        progress: Progress | None = None,
        *,
        plan: Plan | None = None,
        fresh: bool = False,
    ) -> Shooting:
        """Makes a shot's take, or finds it again; ``fresh`` makes it again whatever is kept.

        ``plan`` is the shot's, where it has been read already.

        Raises:
            FlowError: one line that names the shot; nothing is left behind.
        """
        try:
            shooting = self._shoot(shot, progress, plan, fresh=fresh)
        except FlowError as error:
            raise error.at(shot=shot.name) from error.__cause__
        self._takes[shot.name] = shooting.take
        if shot.name not in self.order:
            self.order.append(shot.name)
        return shooting

    def _shoot(
        self, shot: Shot, progress: Progress | None, plan: Plan | None, *, fresh: bool
    ) -> Shooting:
        from flow_nb.engines.base import Order
        from flow_nb.making import make_take

        clock = Clock()
        maker = self.engine(shot.engine)
        said = self._allowed(shot)
        with clock.time("direct"):
            plan = self.rehearse(shot, plan) if plan else self.plan(shot)
        key = self._take_key(shot, plan, maker)
        self._keys[shot.name] = key
        kept = None if fresh else self.store.get_pick(key) or self.store.get_take(key)
        with clock.time("solve"):
            motion = self.motion(plan, progress)
        if kept is not None:
            return Shooting(shot=shot, plan=plan, motion=motion, take=kept, cached=True)
        order = Order(
            plan=plan,
            motion=motion,
            tier=shot.tier,
            seed=shot.seed,
            voices=self.cast.voices_of(plan),
        )
        take = make_take(
            shot, order, maker, self.store, key=key, clock=clock, progress=progress, said=said
        )
        return Shooting(shot=shot, plan=plan, motion=motion, take=take, cached=False)

    def _take_key(self, shot: Shot, plan: Plan, maker: Engine) -> str:
        """What a take is found again by: everything that can change its frames or samples."""
        from flow_nb.physics.solve import VERSION

        made_by = (maker.name, maker.version, VERSION, shot.tier, str(shot.seed), shot.name)
        voices = [
            f"{name} = {tag.blend}" for name, tag in sorted(self.cast.voices_of(plan).items())
        ]
        return take_key(content_hash(plan), *made_by, *voices, *shot.profiles)

    def find(self, shot: Shot, plan: Plan) -> Take | None:
        """The take that `shoot` would find again for a shot that was read as ``plan``."""
        key = self._take_key(shot, plan, self.engine(shot.engine))
        return self.store.get_pick(key) or self.store.get_take(key)

    # Takes to film.

    def take_of(self, name: str) -> Take | None:
        """The take that a shot of this session has now."""
        return self._takes.get(name)

    def takes(self, name: str) -> list[Take]:
        """All takes of a shot that are still there, the newest first."""
        return self.store.takes_of(name)

    def pick(self, name: str, take_id: str) -> Take:
        """Makes another kept take the shot's own, until its text changes. Raises ShotError: it has none such."""
        found = next((take for take in self.takes(name) if take.id == take_id), None)
        if found is None:
            raise ShotError(
                f'"{quote(name)}" has no take "{quote(take_id)}".', fix="Run its cell to make one."
            )
        if name in self._keys:
            self.store.put_pick(self._keys[name], found)
        self._takes[name] = found
        return found

    def film(
        self,
        shots: Sequence[str] | None = None,
        *,
        name: str = "film",
        progress: Progress | None = None,
        profiles: Sequence[str] = (),
        edits: Mapping[str, Edit] | None = None,
    ) -> Take:
        """Joins shots in the order given or else in the studio's.

        ``edits`` by the shots' names trim them and say how each goes over to the next one; without
        one a shot is whole and ends with a cut. ``profiles`` are added to those of the shots: the
        strictest label of all holds for the film.

        Raises:
            FilmError: a shot has no take yet, or its clip is gone.
        """
        from flow_nb.film.assemble import assemble
        from flow_nb.making import silent

        chosen = list(self.order if shots is None else shots)
        takes = []
        for shot in chosen:
            take = self.take_of(shot)
            if take is None:
                raise FilmError(
                    f'there is no take of "{quote(shot)}".',
                    fix=choices(shot, self.order) if self.order else "Run its %%shot cell first.",
                )
            takes.append(take)
        cuts = edits or {}
        return assemble(
            takes, self.store, name=name, progress=progress or silent, profiles=profiles,
            edits=[cuts.get(take.shot, WHOLE) for take in takes],
        )  # fmt: skip

    def path(self, take: Take) -> Path:
        """Where a take's clip lies."""
        return self.store.path(take)

    def verify(self, path: Path | str, *, visible: bool = False) -> Verdict:
        """What a media file can prove of its origin; ``visible`` draws where its mark sits."""
        from flow_nb.shield.verify import verify

        return verify(Path(path), self.store, visible=visible)


def _stage(progress: Progress | None, stage: str) -> Callable[[float], None] | None:
    return None if progress is None else lambda share: progress(stage, share)
