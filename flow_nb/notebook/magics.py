"""The magics. In: a line and a cell. Out: a take under the cell. Each parses, delegates, displays.

::

    %load_ext flow_nb
    %%shot glass --tier fast
    A glass slides off the table edge and shatters on the hardwood floor.
"""

# mypy: disallow_untyped_calls=False, disallow_untyped_decorators=False

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments
from traitlets import Unicode

from flow_nb.notebook.cells import cell_id, deleted_cells
from flow_nb.notebook.completion import ShotCompleter
from flow_nb.notebook.desk import Desk
from flow_nb.notebook.messages import PageRequest
from flow_nb.notebook.oneline import keep_empty_cell, one_line_errors
from flow_nb.notebook.options import help_text, read_options
from flow_nb.notebook.page import Page
from flow_nb.notebook.session import Session
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER


@magics_class
class ShotMagics(Magics):
    """``%%shot``, ``%film`` and what is beside them. ``%config ShotMagics.tier = ...`` sets a default."""

    tier = Unicode(DEFAULT_TIER, help="the tier of shots that name none").tag(config=True)
    engine = Unicode(DEFAULT_ENGINE, help="the engine of shots that name none").tag(config=True)

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.session = Session(Path.cwd())
        self.page = Page(shell, self.session.follow, self._asked)
        self.desk = Desk(session=self.session, page=self.page)

    @no_var_expand
    @magic_arguments("%%shot")
    @argument("name", nargs="?", help="what the shot is called; the film knows it by that")
    @argument("--tier", help="how fine the picture is: sketch, fast, portrait, light, ultra")
    @argument("--scene", help="shots of one scene share a set, and its state")
    @argument("--engine", help="what makes the take: stage")
    @argument("--duration", help="length in seconds, 1 to 30")
    @argument("--seed", default="0", help="another seed is another chance")
    @argument(
        "--lines",
        default="lengthen",
        help="lines longer than the shot lengthen it (lengthen), or the shot is refused (refuse)",
    )
    @argument("--profile", help="label as a jurisdiction asks, as in eu,china")
    @argument("--plan-only", action="store_true", help="read and check, draw nothing")
    @argument("--passes", default="", help="also write: depth,segmentation,normals")
    @argument("--embed", action="store_true", help="put the clip into the notebook's file")
    @argument("--strict", action="store_true", help="refuse a text that is not understood whole")
    @argument("--background", action="store_true", help="shoot it in the queue; go on meanwhile")
    @argument("--score", action="store_true", help="music that follows the beats")
    @argument("-h", "--help", action="store_true", help="show this")
    @cell_magic
    def shot(self, line: str, cell: str) -> None:
        """Shoots this cell: its text becomes a clip with picture and sound.

        A first line may set the scene; a name in capitals speaks the line below it; the camera is
        told as one would tell its operator::

            %%shot glass --tier fast --scene kitchen
            INT. KITCHEN - GOLDEN HOUR
            A glass slides off the table edge and shatters on the hardwood floor.
            MARA (quietly)
            That was my grandmother's.
            Slow dolly in, low angle.
        """
        with one_line_errors():
            options = read_options(self.shot, line)
            if options.help:
                print(help_text(self.shot))
                return
            from flow_nb.notebook.runs import CellRun

            options.tier = options.tier or self.tier
            options.engine = options.engine or self.engine
            CellRun(self.desk, cell_id(self.shell), options=options, line=line, text=cell).start()

    @no_var_expand
    @magic_arguments("%film")
    @argument(
        "shots",
        nargs="*",
        help="the shots, in their order; all, in the notebook's order, if none is named",
    )
    @argument("--name", default="film", help="what the film is called")
    @argument("--profile", help="label as a jurisdiction asks, beyond what the shots do")
    @argument("--embed", action="store_true", help="put the film into the notebook's file")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def film(self, line: str) -> None:
        """Joins shots to a film and plays it."""
        with one_line_errors():
            options = read_options(self.film, line)
            if options.help:
                print(help_text(self.film))
                return
            from flow_nb.notebook.queueing import await_jobs
            from flow_nb.notebook.shooting import show_film

            await_jobs(self.desk, options.shots)
            show_film(
                self.session,
                options.shots,
                options.name,
                options.profile,
                embed=options.embed or None,
            )

    @no_var_expand
    @magic_arguments("%storyboard")
    @argument("--title", default="Storyboard", help="what stands above it")
    @argument("--png", help="write it as a picture, as in --png board.png")
    @argument("--html", help="write it as a page to print, as in --html board.html")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def storyboard(self, line: str) -> None:
        """Shows all shots on a contact sheet, those too that are not shot yet."""
        with one_line_errors():
            options = read_options(self.storyboard, line)
            if options.help:
                print(help_text(self.storyboard))
                return
            from flow_nb.notebook.boarding import show_storyboard

            show_storyboard(self.desk, title=options.title, png=options.png, page=options.html)

    @no_var_expand
    @magic_arguments("%verify")
    @argument("file", nargs="?", help="a media file, or the name of a shot of this notebook")
    @argument("--visible", action="store_true", help="also draw where the mark sits")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def verify(self, line: str) -> None:
        """Says what a file can prove of its origin: credentials, marks, record, verdict."""
        with one_line_errors():
            options = read_options(self.verify, line)
            if options.help:
                print(help_text(self.verify))
                return
            from flow_nb.notebook.proving import show_verdict

            show_verdict(self.session, options.file, visible=options.visible)

    @no_var_expand
    @magic_arguments("%plan")
    @argument("name", nargs="?", help="the shot; the last one read, if none is named")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def plan(self, line: str) -> None:
        """Shows how a shot was read: every entry, how sure it is, the words that said it."""
        with one_line_errors():
            options = read_options(self.plan, line)
            if options.help:
                print(help_text(self.plan))
                return
            from flow_nb.notebook.planning import show_plan

            show_plan(self.session, options.name)

    @no_var_expand
    @magic_arguments("%voice")
    @argument(
        "words",
        nargs="*",
        help="MARA warm, low, 50s or MARA = 0.7 af_heart + 0.3 bf_emma, speed 0.95; nothing: the cast",
    )
    @argument("--forget", action="store_true", help="take the voice away")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def voice(self, line: str) -> None:
        """Casts a voice by words or as a blend, lists the cast and plays it."""
        with one_line_errors():
            options = read_options(self.voice, line)
            if options.help:
                print(help_text(self.voice))
                return
            from flow_nb.identity.asking import asked
            from flow_nb.notebook.voices import show_voices

            show_voices(self.session, asked(line.replace("--forget", "")), forget=options.forget)

    @no_var_expand
    @magic_arguments("%flow")
    @argument(
        "what",
        nargs="?",
        choices=["director", "jobs", "cancel", "wait"],
        help="director: who reads the shots; jobs: the queue; cancel: a job; wait: for all jobs",
    )
    @argument("value", nargs="?", default="", help="grammar or provider:model; the job's shot")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def flow(self, line: str) -> None:
        """Says where the studio is and which takes it has; who reads the shots; what is in the queue."""
        with one_line_errors():
            options = read_options(self.flow, line)
            if options.help:
                print(help_text(self.flow))
                return
            from flow_nb.notebook.queueing import await_jobs, cancel_job, job_lines
            from flow_nb.notebook.shooting import choose_director, status

            if options.what == "wait":
                await_jobs(self.desk, ())
            elif options.what == "cancel":
                print(cancel_job(self.desk, options.value))
            elif options.what == "jobs":
                print(job_lines(self.desk))
            elif options.what == "director":
                print(choose_director(self.session, options.value))
            else:
                print(status(self.session))

    def complete(self) -> None:
        """From here on the Tab key knows tiers, scenes, voices and options."""
        table = self.shell.magics_manager.magics
        completer = ShotCompleter(self.desk, lambda kind, name: table[kind].get(name))
        self.matcher = completer.matcher()
        self.shell.Completer.custom_matchers.append(self.matcher)

    def _asked(self, request: PageRequest) -> None:
        from flow_nb.notebook.queueing import answer

        answer(self.desk, request)

    def forget_deleted(self, *_: object) -> None:
        """Before every cell: shots whose cells were deleted give their names back."""
        self.session.forget(deleted_cells(self.shell))


_NAMES = (
    ("cell", "shot"), ("line", "film"), ("line", "plan"), ("line", "flow"), ("line", "voice"),
    ("line", "verify"), ("line", "storyboard"),
)  # fmt: skip
_loaded: dict[int, tuple[ShotMagics, dict[tuple[str, str], Callable[..., Any] | None]]] = {}


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext flow_nb``: registers the magics and remembers what they replace."""
    if id(shell) in _loaded:
        return
    table = shell.magics_manager.magics
    before = {(kind, name): table[kind].get(name) for kind, name in _NAMES}
    magics = ShotMagics(shell)
    shell.register_magics(magics)
    shell.events.register("pre_run_cell", magics.forget_deleted)
    shell.input_transformers_cleanup.append(keep_empty_cell)
    magics.complete()
    _loaded[id(shell)] = magics, before


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext flow_nb``: puts back what was there before."""
    if id(shell) not in _loaded:
        return
    magics, before = _loaded.pop(id(shell))
    shell.events.unregister("pre_run_cell", magics.forget_deleted)
    shell.input_transformers_cleanup.remove(keep_empty_cell)
    shell.Completer.custom_matchers.remove(magics.matcher)
    for (kind, name), function in before.items():
        table = shell.magics_manager.magics[kind]
        table.pop(name, None)
        if function is not None:
            table[name] = function
    shell.magics_manager.registry.pop(type(magics).__name__, None)
    shell.configurables.remove(magics)
    magics.desk.jobs.close()
    magics.page.close()
