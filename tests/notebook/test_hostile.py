"""The HTML that other readers show: whatever a text says, it stays text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import Digest, Mark, Progressing, TakeView
from flow_nb.notebook.planning import html as plan_html
from flow_nb.notebook.voices import html as voices_html
from flow_nb.plan.table import Row
from tests.hostile import HOSTILE

KNOWN = {
    "figure", "video", "track", "figcaption", "b", "ol", "li", "progress", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "p",
}  # fmt: skip
ATTRIBUTES = {
    "controls", "playsinline", "preload", "width", "style", "src", "poster", "kind", "default", "max",
    "value", "scope",
}  # fmt: skip


class Seen(HTMLParser):
    """Which elements, attributes and addresses there are."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "poster", "href"}
        ]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_html_holds_our_elements_alone_and_no_foreign_address(words):
    digest = Digest(
        shot=words, tier=words, state="sealed", duration_s=4, marks=[Mark(time_s=1, kind="act", text=words)]
    )  # fmt: skip
    views = [
        TakeView(digest=digest, clip=words, poster=words, width=640),
        TakeView(digest=digest, note=words),
        TakeView(digest=digest, progress=Progressing(stage=words, share=0.5)),
    ]
    texts = [bundle(view, subtitles=f"WEBVTT\n\n{words}")["text/html"] for view in views]
    texts.append(plan_html(words, [Row(part=words, reading=words, source=words, words=words)]))
    texts.append(voices_html([], [words]))
    seen = Seen()
    for text in texts:
        seen.feed(text)
    assert seen.tags <= KNOWN
    assert seen.attributes <= ATTRIBUTES
    for address in seen.addresses:
        assert not address.startswith(("/", "\\", "..", "javascript:"))
        assert ".." not in address.split("/")
        assert ":" not in address or address.startswith(
            ("data:video/mp4;base64,", "data:text/vtt;base64,")
        )
