"""The durable output. In: a `TakeView`, its poster. Out: a MIME bundle that needs no kernel.

Our own type is what flow_nb's page shows; HTML, PNG and text are for every other reader.
"""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flow_nb.notebook.messages import MIME, Digest, Mark, TakeView


def bundle(view: TakeView, poster_png: bytes = b"", subtitles: str = "") -> dict[str, Any]:
    """The data of one display message; ``subtitles`` is the WebVTT of what is said."""
    data: dict[str, Any] = {
        MIME: view.model_dump(mode="json", by_alias=True),
        "text/html": html(view, subtitles),
        "text/plain": plain(view),
    }
    if poster_png:
        data["image/png"] = base64.b64encode(poster_png).decode("ascii")
    return data


def plain(view: TakeView) -> str:
    """One line, then one line for each event."""
    digest = view.digest
    if view.progress:
        return f"{digest.shot}: {view.progress.stage}, {view.progress.share:.0%}"
    if view.note:
        return f"{digest.shot}: {view.note}"
    clip = view.clip or "embedded clip"
    head = f"{digest.shot} · {digest.tier} · {digest.duration_s:g} s · {clip}"
    return "\n".join([head, *(f"  {event_line(mark)}" for mark in digest.marks)])


def html(view: TakeView, subtitles: str = "") -> str:
    """A figure with a plain video element; all texts are escaped, the clip's path is quoted."""
    digest = view.digest
    if view.progress:
        share = f"{view.progress.share:.3f}"
        label = f"{escape(digest.shot)}: {escape(view.progress.stage)}"
        return f'<figure><progress max="1" value="{share}"></progress> {label}</figure>'
    if view.note:
        return f"<figure><figcaption>{escape(plain(view))}</figcaption></figure>"
    return f"<figure>{_video(view, subtitles)}<figcaption>{_caption(digest)}</figcaption></figure>"


def event_line(mark: Mark) -> str:
    """What the solver says of an event: ``1.02 s  glass hits the floor, 4.43 m/s, 1.2 N s``."""
    said = " m/s" in mark.text or not mark.speed_m_s
    speed = "" if said else f", {mark.speed_m_s:.2f} m/s"
    impulse = f", {mark.impulse_n_s:.2g} N s" if mark.impulse_n_s else ""
    return f"{mark.time_s:.2f} s  {mark.text}{speed}{impulse}"


def address(path: str) -> str:
    """A path below the notebook's folder as an address; empty for any other.

    >>> address("takes/a glass.mp4"), address("../x.mp4"), address("//host/x.mp4")
    ('takes/a%20glass.mp4', '', '')
    """
    inside = not path.startswith(("/", "\\")) and ".." not in path.replace("\\", "/").split("/")
    return quote(path) if inside else ""


def small_poster(path: Path) -> bytes:
    """The poster as a PNG of at most 26 kB, for other readers of the notebook's file; empty where there
    is none."""
    import imageio.v3 as iio

    from flow_nb.media.still import poster_png

    return poster_png(iio.imread(path)[..., :3]) if path.is_file() else b""


def page_poster(path: Path) -> str:
    """The poster as a WebP of at most 20 kB in base64, for our page; empty where there is none."""
    import imageio.v3 as iio

    from flow_nb.media.still import poster_webp

    if not path.is_file():
        return ""
    return base64.b64encode(poster_webp(iio.imread(path)[..., :3])).decode("ascii")


def _video(view: TakeView, subtitles: str) -> str:
    """The clip with its subtitles inside: a page may not fetch a track from another place."""
    source = f"data:video/mp4;base64,{view.clip_data}" if view.clip_data else address(view.clip)
    inside = (
        f"data:image/webp;base64,{view.poster_data}" if view.clip_data and view.poster_data else ""
    )
    place = inside or address(view.poster)
    poster = f' poster="{escape(place)}"' if place else ""
    size = f' width="{min(view.width, 960)}"' if view.width else ""
    return (
        f'<video controls playsinline preload="metadata"{size} style="max-width:100%"'
        f' src="{escape(source)}"{poster}>{_track(subtitles)}</video>'
    )


def _track(subtitles: str) -> str:
    if not subtitles:
        return ""
    data = base64.b64encode(subtitles.encode()).decode("ascii")
    return f'<track kind="subtitles" default src="data:text/vtt;base64,{data}">'


def _caption(digest: Digest) -> str:
    head = f"<b>{escape(digest.shot)}</b> {escape(digest.tier)}, {digest.duration_s:g} s"
    events = "".join(f"<li>{escape(event_line(mark))}</li>" for mark in digest.marks)
    return head + (f"<ol>{events}</ol>" if events else "")
