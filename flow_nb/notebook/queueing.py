"""The queue in words. In: what a magic or the page asks of it. Out: lines to print, a film that waits its turn."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.errors import FilmError, FlowError, ShotError, choices, quote
from flow_nb.notebook.desk import Desk
from flow_nb.notebook.display import LiveTake
from flow_nb.notebook.jobs import Job, Turn
from flow_nb.notebook.messages import FILM_CELL, CellPatch, Digest, PageRequest, Progressing

FILM_JOB = "film"
EMPTY = "No job was ordered in this kernel. Order one with %%shot NAME --background."
STATES = {
    "queued": "waits",
    "rendering": "is being shot",
    "done": "is shot",
    "refused": "was refused",
    "cancelled": "was cancelled",
}


def job_lines(desk: Desk) -> str:
    """What ``%flow jobs`` prints: a line for each job, in the order in which they were ordered."""
    jobs = desk.jobs.all
    width = max((len(job.name) for job in jobs), default=0)
    return "\n".join(_line(job, width) for job in jobs) or EMPTY


def cancel_job(desk: Desk, name: str) -> str:
    """``%flow cancel NAME``. Raises ShotError: there is no such job."""
    if desk.jobs.cancel(name):
        return f"{name} is cancelled; nothing is left behind."
    known = [job.name for job in desk.jobs.open()]
    fix = choices(name, known) if known else "No job is open: %flow jobs lists them."
    raise ShotError(f'there is no open job "{quote(name)}".', fix=fix)


def await_jobs(desk: Desk, names: Sequence[str]) -> None:
    """Waits for the jobs of these shots, or all, with a word on each. Raises FilmError: one was refused."""
    if desk.jobs.open(names):
        from IPython.display import clear_output

        live = LiveTake(
            Digest(shot="film", tier="film", state="queued", duration_s=0), lambda _: None
        )
        try:
            desk.jobs.wait(names, lambda job: live.wait(f"waiting for {job.name}"))
        except BaseException:
            live.end("Stopped. The jobs go on: %flow jobs lists them.")
            raise
        clear_output(wait=True)
    for job in desk.jobs.all:
        wanted = job.name in names or not names
        if wanted and job.state == "refused":
            raise FilmError(f'"{job.name}" was not shot: {job.why}', fix="Mend its cell.")


def answer(desk: Desk, request: PageRequest) -> None:
    """Does what the page asks for. What it asks of cells that never ran here cannot be done."""
    if request.ask == "cancel":
        desk.jobs.cancel_cells(request.cells)
    elif request.ask == "export":
        export(desk, request.cells)
    for run in filter(None, map(desk.run_of, request.cells)):
        if request.ask == "render":
            run.again()
        elif request.ask == "pick":
            run.pick(request.take)


def export(desk: Desk, cells: Sequence[str]) -> None:
    """Joins the shots of these cells, or of all, when the jobs before it are done; the page hears of it as
    the cell `FILM_CELL`."""
    making = Digest(shot="film", tier="film", state="queued", duration_s=0)

    def tell(now: Digest, progress: Progressing | None = None) -> None:
        desk.page.patch(
            CellPatch(cell_id=FILM_CELL, digest=now, progress=progress, background=True)
        )

    def work(job: Job) -> Turn:
        try:
            _join(desk, cells, job)
        except FlowError as error:
            job.why = str(error)
            tell(making.model_copy(update={"state": "refused", "notes": [job.why]}))
            return "cancelled" if job.stopped else "refused"
        except Exception as error:
            tell(making.model_copy(update={"state": "refused", "notes": [repr(error)[:200]]}))
            raise
        return "done"

    job = Job(FILM_JOB, FILM_CELL, work, withdrawn=lambda: tell(_draft(making)))
    tell(making)
    desk.jobs.submit(job)


def _join(desk: Desk, cells: Sequence[str], job: Job) -> None:
    from flow_nb.notebook.bundle import bundle
    from flow_nb.notebook.shooting import film_view, subtitles

    session, studio = desk.session, desk.session.studio
    session.sort()
    named = [run.name for cell in cells if (run := desk.run_of(cell))]
    names = named or [name for name in studio.order if studio.take_of(name)]
    if not names:
        raise FilmError("no shot has been rendered yet.", fix="Run a %%shot cell first.")
    making = Digest(shot="film", tier="film", state="rendering", duration_s=0)

    def told(progress: Progressing) -> None:
        job.share = progress.share
        desk.page.patch(
            CellPatch(cell_id=FILM_CELL, digest=making, progress=progress, background=True)
        )

    live = LiveTake(making, told, stopped=lambda: job.stopped, shows=False)
    film = studio.film(names, progress=live, edits=session.edits)
    view, poster = film_view(session, film, names)
    output = bundle(view, poster, subtitles(film))
    desk.page.patch(
        CellPatch(cell_id=FILM_CELL, digest=view.digest, background=True, output=output)
    )


def _draft(digest: Digest) -> Digest:
    return digest.model_copy(update={"state": "draft"})


def _line(job: Job, width: int) -> str:
    share = f", {job.share:.0%}" if job.state == "rendering" else ""
    why = f": {job.why}" if job.why else ""
    return f"  {job.name:{width}}  {STATES[job.state]}{share}{why}"
