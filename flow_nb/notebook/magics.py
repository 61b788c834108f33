"""The magics. In: a line and a cell. Out: a take under the cell. Each parses, delegates, displays.

::

    %load_ext flow_nb
    %%shot glass --tier fast
    A glass slides off the table edge and shatters on the hardwood floor.
"""

# mypy: disallow_untyped_calls=False, disallow_untyped_decorators=False

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments
from traitlets import Unicode

from flow_nb.errors import Cancelled, FlowError, ShotError
from flow_nb.notebook.cells import cell_id, deleted_cells
from flow_nb.notebook.options import help_text, read_options
from flow_nb.notebook.page import Page
from flow_nb.notebook.session import Session
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER

STOPPED = "Stopped. Nothing was spent and nothing is left behind."


@magics_class
class ShotMagics(Magics):
    """``%%shot``, ``%film`` and what is beside them. ``%config ShotMagics.tier = ...`` sets a default."""

    tier = Unicode(DEFAULT_TIER, help="the tier of shots that name none").tag(config=True)
    engine = Unicode(DEFAULT_ENGINE, help="the engine of shots that name none").tag(config=True)

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.session = Session(Path.cwd())
        self.page = Page(shell, self.session.reorder, lambda request: None)

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
    @argument("--strict", action="store_true", help="refuse a text that is not understood whole")
    @argument("--score", action="store_true", help="music that follows the beats")
    @argument("-h", "--help", action="store_true", help="show this")
    @cell_magic
    def shot(self, line: str, cell: str) -> None:
        """Shoots this cell: its text becomes a clip with picture and sound."""
        with one_line_errors():
            options = read_options(self.shot, line)
            if options.help:
                print(help_text(self.shot))
                return
            from flow_nb.notebook.shooting import shoot_cell

            options.tier = options.tier or self.tier
            options.engine = options.engine or self.engine
            shoot_cell(
                self.session,
                self.page,
                cell_id(self.shell),
                options=options,
                line=line,
                text=cell,
            )

    @no_var_expand
    @magic_arguments("%film")
    @argument(
        "shots",
        nargs="*",
        help="the shots, in their order; all, in the notebook's order, if none is named",
    )
    @argument("--name", default="film", help="what the film is called")
    @argument("--profile", help="label as a jurisdiction asks, beyond what the shots do")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def film(self, line: str) -> None:
        """Joins shots to a film and plays it."""
        with one_line_errors():
            options = read_options(self.film, line)
            if options.help:
                print(help_text(self.film))
                return
            from flow_nb.notebook.shooting import show_film

            show_film(self.session, options.shots, options.name, options.profile)

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
    @argument("what", nargs="?", choices=["director"], help="what to see or to change")
    @argument("value", nargs="?", default="", help="grammar, or provider:model")
    @argument("-h", "--help", action="store_true", help="show this")
    @line_magic
    def flow(self, line: str) -> None:
        """Says where the studio is and which takes it has; ``%flow director NAME`` says who reads."""
        with one_line_errors():
            options = read_options(self.flow, line)
            if options.help:
                print(help_text(self.flow))
                return
            from flow_nb.notebook.shooting import choose_director, status

            if options.what == "director":
                print(choose_director(self.session, options.value))
            else:
                print(status(self.session))

    def forget_deleted(self, *_: object) -> None:
        """Before every cell: shots whose cells were deleted give their names back."""
        self.session.forget(deleted_cells(self.shell))


@contextmanager
def one_line_errors() -> Iterator[None]:
    """A user's error is one line under the cell, and the cell has failed, so that Run All stops."""
    try:
        yield
    except FlowError as error:
        raise _as_one_line(error) from None
    except KeyboardInterrupt:
        raise _as_one_line(Cancelled(STOPPED)) from None
    except RecursionError:
        raise _as_one_line(ShotError("the text is nested too deeply.")) from None


def _as_one_line(error: FlowError) -> FlowError:
    """IPython shows what this method returns in place of a traceback."""

    def render(*_: object) -> list[str]:
        return [f"{type(error).__name__}: {error}"]

    error._render_traceback_ = render  # type: ignore[attr-defined]
    return error


def keep_empty_cell(lines: list[str]) -> list[str]:
    """IPython refuses a cell magic without a body; this gives it an empty line: the hint is ours.

    >>> keep_empty_cell(["%%shot glass\\n"])
    ['%%shot glass\\n', '\\n']
    """
    alone = len(lines) == 1 and lines[0].split()[:1] == ["%%shot"]
    return [lines[0].rstrip("\n") + "\n", "\n"] if alone else lines


_NAMES = (
    ("cell", "shot"), ("line", "film"), ("line", "plan"), ("line", "flow"), ("line", "voice"),
    ("line", "verify"),
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
    _loaded[id(shell)] = magics, before


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext flow_nb``: puts back what was there before."""
    if id(shell) not in _loaded:
        return
    magics, before = _loaded.pop(id(shell))
    shell.events.unregister("pre_run_cell", magics.forget_deleted)
    shell.input_transformers_cleanup.remove(keep_empty_cell)
    for (kind, name), function in before.items():
        table = shell.magics_manager.magics[kind]
        table.pop(name, None)
        if function is not None:
            table[name] = function
    shell.magics_manager.registry.pop(type(magics).__name__, None)
    shell.configurables.remove(magics)
    magics.page.close()
