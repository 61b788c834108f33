"""What crosses to the page. In: plans, motions, takes. Out: small JSON values.

``make messages`` writes their TypeScript twins to ``js/src/messages.ts``; a test fails when those are
stale.

All strings may come from a user's text: the page shows them as text, never as markup.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from flow_nb.plan import edit
from flow_nb.plan.events import EventKind

MIME = "application/vnd.flow-nb.take.v1+json"
"""The durable output under a cell: a `TakeView`."""

METADATA_KEY = "flow_nb"
"""Where a cell's metadata keeps its `Digest`."""

EDIT_KEY = "flow_nb_edit"
"""Where a cell's metadata keeps its `Edit`: apart from its digest, which every take replaces."""

COMM_TARGET = "flow_nb.cells"
"""The comm between a kernel and its pages: `CellPatch`es go out; `PageOrder`s and `PageRequest`s come
back."""

FILM_CELL = ":film"
"""The ``cell_id`` of a film that is exported: no cell's own id has a colon."""

State = Literal["draft", "stale", "queued", "rendering", "sealed", "refused"]
Ask = Literal["cancel", "render", "pick", "export"]


class Message(BaseModel):
    """Base of all that crosses."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Span(Message):
    """Something that lasts: a camera move, a line of dialogue, a beat; in a film, a shot. ``source`` is
    how it came into the plan: by the text's own words, from them, by default, or as what the text
    expects to follow."""

    start_s: float
    end_s: float
    text: str
    kind: Literal["camera", "light", "line", "beat", "action", "shot"]
    source: Literal["literal", "inferred", "default", "expected"] = "literal"


class Mark(Message):
    """Something that happens: a solved event, with what the solver says of it."""

    time_s: float
    kind: EventKind
    text: str
    speed_m_s: float = 0.0
    impulse_n_s: float = 0.0
    closed_form_s: float | None = None


class Missed(Message):
    """Words that were not understood, and the fix offered.

    ``at`` is where they stand in the shot's text, in characters; -1 where nobody knows. ``instead`` is
    what the page may write in their place, "" leaves them out; None: the fix is for people alone.
    """

    words: str
    reason: str
    fix: str = ""
    at: int = -1
    instead: str | None = None


class Digest(Message):
    """The plan and the events of one shot, small enough for the cell's metadata.

    ``source`` is the `source_key` of the text that this was made from: where the cell's text has
    another one, the page shows the shot as stale. ``cell`` is the cell that the page wrote this on: in
    the metadata of another one it is what was copied along.
    """

    schema_: Literal["flow_nb.Digest.1"] = Field(default="flow_nb.Digest.1", alias="schema")
    shot: str
    scene: str = ""
    tier: str
    state: State
    duration_s: float
    credits: int = 0
    set: str = ""
    light: str = ""
    camera: str = ""
    spans: list[Span] = []
    marks: list[Mark] = []
    missed: list[Missed] = []
    notes: list[str] = []
    take: str = ""
    source: str = ""
    cell: str = ""


class Progressing(Message):
    """A take in the making: the stage's name; the share of the whole that is done (0 to 1); seconds left
    for the whole, or None. ``preview`` is the last frame as a small JPEG in a data URI; it goes over the
    wire alone, never into an output, for outputs are saved."""

    stage: str
    share: float
    left_s: float | None = None
    preview: str = ""


class Edit(edit.Edit, Message):
    """How a shot stands in the film: seconds of its take, and how it goes over to the next one.

    `out_s` null is the end of the take; lengths are to the nearest frame.
    """

    schema_: Literal["flow_nb.Edit.1"] = Field(default="flow_nb.Edit.1", alias="schema")


class FilmShot(Message):
    """A shot in a film. ``clip`` and ``poster`` are paths relative to the notebook; ``frames`` are those
    of its whole take, ``start_s`` and ``end_s`` are when it is seen in the film."""

    cell: str = ""
    shot: str
    scene: str = ""
    tier: str = ""
    set: str = ""
    light: str = ""
    take: str = ""
    clip: str = ""
    poster: str = ""
    fps: tuple[int, int] = (24, 1)
    frames: int
    credits: int = 0
    start_s: float
    end_s: float
    edit: Edit = Edit()


class FilmView(Message):
    """A film as a timeline shows it: its shots in their order."""

    schema_: Literal["flow_nb.FilmView.1"] = Field(default="flow_nb.FilmView.1", alias="schema")
    shots: list[FilmShot] = []


class Way(Message):
    """The way of a body's middle from ``first`` on, counted as its points are: `Overlay.fine` a frame.

    ``x``, ``y`` and ``z`` count `Overlay.unit_m` from `Overlay.origin_m`, each coded by
    `flow_nb.notebook.curves`. ``piece``: it broke off another.
    """

    name: str
    first: int
    points: int
    x: str
    y: str
    z: str
    piece: bool = False


class Blow(Message):
    """A contact: where it is (in `Overlay.unit_m`, x, y, z), and what the solver says of it."""

    time_s: float
    kind: EventKind
    text: str
    at: tuple[int, int, int]
    speed_m_s: float = 0.0
    impulse_n_s: float = 0.0


class Overlay(Message):
    """What can be drawn over the picture of a take: solved places, and the camera that saw them.

    ``camera`` has eight curves, coded as those of a `Way`, with one value for every frame: x, y, z in
    ``unit_m``; the quaternion w, x, y, z that turns (right, up, back) into the world and the height of
    the picture at one metre, in ``unit_turn``. ``light`` is where the sun or the key light shines, a
    unit vector; None where lamps light the set.
    """

    unit_m: float
    unit_turn: float
    origin_m: tuple[float, float, float]
    frames: int
    fine: int
    camera: list[str]
    ways: list[Way] = []
    blows: list[Blow] = []
    light: tuple[float, float, float] | None = None


class Caption(Message):
    """A subtitle, as it stands on the picture: at most two lines, with its speaker's name."""

    start_s: float
    end_s: float
    text: str


class KeptTake(Message):
    """A take of the same shot that is still there. Paths as in `TakeView`; ``made`` is the local time
    when it was sealed, ISO 8601 to the minute."""

    id: str
    clip: str
    poster: str
    tier: str
    seed: int
    duration_s: float
    made: str


class TakeView(Message):
    """What stands under a cell: a take (or a film), or the progress of one.

    ``clip`` is a path relative to the notebook, with forward slashes; empty while rendering.
    ``clip_data`` is the same clip as base64 where no server can serve the file. ``note`` is the one
    line that stands there instead of a picture: the take was stopped or refused. ``poster_data`` is a small
    WebP as base64, for when the poster's file is not there. ``film`` is what a film was joined from.
    ``wave`` is its sound: base64 of one byte for each of equal parts, 255 times the square root of the
    loudest sample in it. ``takes`` are those of the shot, the newest first. Players of one ``group`` go
    in step.
    """

    schema_: Literal["flow_nb.TakeView.1"] = Field(default="flow_nb.TakeView.1", alias="schema")
    digest: Digest
    clip: str = ""
    clip_data: str = ""
    poster: str = ""
    poster_data: str = ""
    width: int = 0
    height: int = 0
    fps: tuple[int, int] = (24, 1)
    frames: int = 0
    progress: Progressing | None = None
    note: str = ""
    film: FilmView | None = None
    overlay: Overlay | None = None
    wave: str = ""
    cues: list[Caption] = []
    takes: list[KeptTake] = []
    group: str = ""


class CellPatch(Message):
    """Kernel to page: the new digest of a cell. ``cell_id`` is the nbformat id of the cell.

    ``background``: its cell is done, a job in the queue makes the take. ``output`` is the MIME bundle in
    which such a job ended: a page that did not run the cell itself puts it under the cell.
    """

    cell_id: str
    digest: Digest
    progress: Progressing | None = None
    background: bool = False
    output: dict[str, Any] | None = None


class PageOrder(Message):
    """Page to kernel: the nbformat ids of all ``%%shot`` cells, from the top of the notebook.

    ``fresh``: this page has only just come; it is told what every cell is. ``edits`` are those of the
    cells that have one, by their ids; ``names`` are the names of the shots that the page knows of; a copy
    of a cell has none before it has run.
    """

    cells: list[str]
    fresh: bool = False
    edits: dict[str, Edit] = {}
    names: dict[str, str] = {}


class PageRequest(Message):
    """Page to kernel: something to do.

    ``cancel`` stops the jobs of these cells; ``render`` shoots cells again that ran before, in the
    background (a cell with a new text is run by the page); ``pick`` makes ``take`` the take of the one
    cell's shot; ``export`` joins the shots of these cells, or of all, and tells of it as `FILM_CELL`.
    """

    ask: Ask
    cells: list[str] = []
    take: str = ""
