"""A shot without a cell, for marimo and for scripts. In: a text. Out: `Shown`, which displays itself.

::

    import flow_nb
    glass = flow_nb.shot("A glass slides off the table and shatters.", tier="sketch")
    glass.take.clip, glass.motion.events
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flow_nb.errors import ShotError
from flow_nb.notebook.bundle import bundle, html
from flow_nb.notebook.digest import digest
from flow_nb.notebook.session import Session
from flow_nb.notebook.shooting import subtitles, take_view
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER, make_shot
from flow_nb.plan.take import Take
from flow_nb.studio import Shooting, Studio

if TYPE_CHECKING:
    from flow_nb.engines.base import Progress
    from flow_nb.notebook.widget import FlowWidget


class Shown:
    """A shot that was made. As the last value of a cell it shows its clip, in Jupyter and in marimo."""

    def __init__(self, studio: Studio, made: Shooting) -> None:
        self.studio = studio
        self._made = made

    @property
    def take(self) -> Take:
        """The sealed clip's record."""
        return self._made.take

    @property
    def plan(self) -> Plan:
        """How the text was read."""
        return self._made.plan

    @property
    def motion(self) -> Motion:
        """What happens: events, poses over time."""
        return self._made.motion

    @property
    def path(self) -> Path:
        """Where the clip lies."""
        return self.studio.path(self.take)

    def play(self) -> FlowWidget:
        """The player as a live widget, its clip with it. Raises ShotError: the extra is missing."""
        try:
            from flow_nb.notebook.widget import FlowWidget, files_of
        except ImportError:
            raise ShotError(
                "the player needs anywidget.", fix='Run: pip install "flow_nb[widget]"'
            ) from None
        view, _ = self._view(embed=False)
        return FlowWidget(view, files_of(view, self.studio.folder))

    def _view(self, *, embed: bool | None = None) -> tuple[Any, bytes]:
        made = self._made
        done = digest(made.shot, made.plan, made.motion, made.take, state="sealed")
        session = Session(self.studio.folder, open_studio=lambda _: self.studio)
        return take_view(session, made.take, done, made.plan, made.motion, embed=embed)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        view, poster = self._view()
        return bundle(view, poster, subtitles(self.take))

    def _repr_html_(self) -> str:
        """For hosts that know nothing else; the clip is inside."""
        view, _ = self._view(embed=True)
        return html(view, subtitles(self.take))

    def __repr__(self) -> str:
        take = self.take
        return f"<shot {take.shot}: {take.tier}, {take.duration_s:g} s, {take.clip}>"


def shot(
    text: str,
    *,
    name: str = "shot",
    studio: Studio | Path | str = ".",
    tier: str = DEFAULT_TIER,
    scene: str | None = None,
    engine: str = DEFAULT_ENGINE,
    duration: float | None = None,
    seed: int = 0,
    score: bool = False,
    lines: str = "lengthen",
    profile: str | None = None,
    progress: Progress | None = None,
) -> Shown:
    """Shoots a text, or finds its take again.

    Raises:
        FlowError: one line that names the shot, the value, the limit and the fix.
    """
    asked = make_shot(
        name,
        text,
        tier=tier,
        scene=scene,
        engine=engine,
        duration=duration,
        seed=seed,
        score=score,
        lines=lines,
        profile=profile,
    )
    where = studio if isinstance(studio, Studio) else Studio(studio)
    return Shown(where, where.shoot(asked, progress))
