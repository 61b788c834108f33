"""One run of a ``%%shot`` cell. In: its options and text. Out: a take under it, now or by a job, or an error.

Whatever happens, the slate says it.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from flow_nb.asked import shot_of
from flow_nb.errors import Cancelled, FlowError, ShotError
from flow_nb.notebook.desk import Desk
from flow_nb.notebook.digest import digest, picked_digest
from flow_nb.notebook.display import LiveTake
from flow_nb.notebook.jobs import Job, Turn
from flow_nb.notebook.messages import CellPatch, Digest, Progressing
from flow_nb.notebook.planning import display_plan
from flow_nb.notebook.proving import tell_kept
from flow_nb.notebook.shooting import subtitles, take_view
from flow_nb.notebook.source import source_key
from flow_nb.plan.base import content_hash
from flow_nb.plan.table import gaps_refused

if TYPE_CHECKING:
    from flow_nb.plan.motion import Motion
    from flow_nb.plan.plan import Plan
    from flow_nb.plan.shot import Shot
    from flow_nb.plan.take import Take

STOPPED = "Stopped. Run the cell again to shoot it."
CANCELLED = "Cancelled. Run the cell again to shoot it."
REFUSED = "It could not be shot; the reason stands below."
QUEUED = "in the queue"


class CellRun:
    """What a cell was asked, and what became of it."""

    def __init__(
        self, desk: Desk, cell: str | None, *, options: argparse.Namespace, line: str, text: str
    ) -> None:
        self.cell = cell
        self.name: str = options.name or desk.session.name_for(cell)
        self.scene: str = options.scene or ""
        self._desk = desk
        self._options = options
        self._text = text
        self._source = source_key(f"%%shot {line}\n{text}")
        self._last = Digest(
            shot=self.name, tier=options.tier, state="draft", duration_s=0, source=self._source
        )
        self.shot: Shot | None = None
        self._job: Job | None = None
        self._plan: Plan | None = None
        self._live = LiveTake(
            _making(self._last), self._told, pace=desk.pace, stopped=self._is_stopped
        )

    def start(self) -> None:
        """Shoots the cell, or puts it into the queue. Raises FlowError, KeyboardInterrupt."""
        try:
            self._start()
        except (KeyboardInterrupt, Cancelled):
            self._live.end(STOPPED)
            self._patch(self._last)
            raise
        except FlowError as error:
            self._live.end(REFUSED)
            self._patch(self._refusal(error))
            raise
        except BaseException:
            self._live.end(REFUSED)
            self._patch(self._last.model_copy(update={"state": "refused"}))
            raise

    def again(self) -> None:
        """Shoots it once more as it was last run, in the background, under the same cell."""
        self._desk.session.claim(self.name, self.cell, self._text)
        self._queue()

    def _start(self) -> None:
        self.shot = shot_of(self._options, name=self.name, text=self._text)
        self._desk.session.claim(self.name, self.cell, self._text)
        self._desk.jobs.cancel(self.name, quiet=True)
        self._desk.runs[self.name] = self
        background = self._options.background and not self._options.plan_only
        if background and self._desk.session.studio.director.costs:
            return self._queue()
        self._read()
        if background:
            return self._queue()
        if self._options.plan_only:
            return self._only_plan()
        with self._desk.jobs.turn(lambda busy: self._live.wait(f"waiting for {busy}")):
            self._shoot()

    @property
    def _asked(self) -> Shot:
        assert self.shot is not None
        return self.shot

    def _read(self) -> Plan:
        session, shot = self._desk.session, self._asked
        plan = session.studio.plan(
            shot,
            self._live,
            growing=lambda so_far: self._patch(digest(shot, so_far, source=self._source)),
        )
        self._plan = plan
        session.keep_plan(shot.name, plan)
        self._last = digest(shot, plan, source=self._source)
        self._live.expect(_making(self._last))
        if self._options.strict and plan.gaps:
            raise gaps_refused(plan)
        return plan

    def _only_plan(self) -> None:
        """``--plan-only``: the plan is solved and checked, and nothing is drawn."""
        session, plan = self._desk.session, self._plan
        assert plan is not None
        motion = session.studio.motion(plan)
        session.keep_plan(self.name, plan, motion)
        display_plan(self.name, plan, motion)
        self._last = digest(self._asked, plan, motion, source=self._source)
        self._patch(self._last)

    def _shoot(self) -> None:
        from flow_nb.passes import pass_kinds, write_passes

        session, live = self._desk.session, self._live
        wanted = pass_kinds(self._options.passes)
        self._patch(live.digest)
        made = session.studio.shoot(self._asked, live, plan=self._plan)
        if wanted:
            write_passes(session.studio, made, wanted, live)
        if not made.cached:
            live.learn()
        session.keep_plan(self.name, made.plan, made.motion)
        session.scenes[self.name] = self._asked.scene or ""
        session.sort(joined=self.name)
        self._show(made.plan, made.motion, made.take)
        tell_kept(made.take)

    def pick(self, take_id: str) -> None:
        """Puts another kept take of the shot in the place of the one it has."""
        session = self._desk.session
        if self.name not in session.plans:
            return
        try:
            take = session.studio.pick(self.name, take_id)
        except ShotError as error:
            self._patch(self._last.model_copy(update={"notes": [str(error)]}))
            return
        plan, motion = session.plans[self.name]
        self._show(plan, motion, take, always=True)

    def _show(self, plan: Plan, motion: Motion | None, take: Take, *, always: bool = False) -> None:
        """The take under its cell; ``always``: also where the page did not run the cell itself."""
        done = digest(self._asked, plan, motion, take, state="sealed", source=self._source)
        own = take.plan_hash == content_hash(plan)
        self._last = done = done if own else picked_digest(done, take)
        solved = (plan, motion) if own else (None, None)
        view, poster = take_view(
            self._desk.session, take, done, *solved, embed=self._options.embed or None
        )
        output = self._live.show(view, poster, subtitles(take))
        self._patch(done, output=output, always=always)

    # In the background.

    def _queue(self) -> None:
        self._live.digest = _making(self._last, "queued")
        self._job = Job(self.name, self.cell, self._work, withdrawn=self._withdrawn)
        self._live.wait(QUEUED)
        self._desk.jobs.submit(self._job)

    def _work(self, job: Job) -> Turn:
        """The job: what it has to say stands under its cell, for nobody waits for it."""
        self._live.digest = _making(self._last)
        try:
            if self._plan is None:
                self._read()
            self._shoot()
        except Cancelled:
            if not job.quiet:
                self._withdrawn()
            return "cancelled"
        except FlowError as error:
            job.why = str(error.at(shot=self.name))
            self._close(job.why, self._refusal(error))
            return "refused"
        except Exception as error:
            refused = self._last.model_copy(update={"state": "refused"})
            self._close(f"It could not be shot: {type(error).__name__}: {error}", refused)
            raise
        return "done"

    def _withdrawn(self) -> None:
        self._close(CANCELLED, self._last)

    def _close(self, note: str, now: Digest) -> None:
        self._live.digest = now
        self._patch(now, output=self._live.end(note))

    # What the page hears.

    def _told(self, progress: Progressing) -> None:
        if self._job:
            self._job.share = progress.share
        self._patch(self._live.digest, progress)

    def _patch(
        self,
        now: Digest,
        progress: Progressing | None = None,
        output: dict[str, Any] | None = None,
        *,
        always: bool = False,
    ) -> None:
        background = self._job is not None
        self._desk.page.patch(
            CellPatch(
                cell_id=self.cell or "",
                digest=now,
                progress=progress,
                background=background,
                output=output if background or always else None,
            )
        )

    def _is_stopped(self) -> bool:
        return self._job is not None and self._job.stopped

    def _refusal(self, error: FlowError) -> Digest:
        notes = [str(error.at(shot=self.name))]
        return self._last.model_copy(update={"state": "refused", "notes": notes})


def _making(digest: Digest, state: str = "rendering") -> Digest:
    return digest.model_copy(update={"state": state})
