"""Every component on one page without Jupyter. In: js/harness. Out: a page in one of Jupyter's own themes."""

from __future__ import annotations

import base64
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from flow_nb.notebook.messages import MIME
from tests.browser.prepared import shot_cell
from tests.notebook.fakes import picture

JS = Path(__file__).parents[2] / "js"
THEMES = Path(sys.prefix) / "share" / "jupyter" / "lab" / "themes" / "@jupyterlab"
LIGHT, DARK, CONTRAST = "theme-light", "theme-dark", "theme-dark-high-contrast"
ADDRESS = "http://harness.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>flow_nb</title><style>{theme}
body {{ margin: 0; padding: 12px; background: var(--jp-layout-color0); color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family); }}
h1 {{ font-size: 14px; }}
.harness-cell {{ margin-bottom: 24px; }}
.harness-editor {{ margin: 0 0 0 72px; padding: 5px; overflow: auto;
  border: 1px solid var(--jp-cell-editor-border-color);
  background: var(--jp-cell-editor-background); font: 13px/1.3 var(--jp-code-font-family); }}
@media (width <= 760px) {{ .harness-editor {{ margin-left: 8px; }} }}
</style></head><body data-jp-theme-light="{light}" data-jp-theme-name="{name}"></body></html>"""


@dataclass(frozen=True)
class Harness:
    """The built script, a take as its kernel made it, its files as addresses."""

    script: str
    files: dict[str, Any]

    def open(self, page, theme: str = LIGHT, words: str | None = None) -> None:
        """Shows all components; with ``words``, these stand in every text field."""
        sheet = (THEMES / f"{theme}-extension" / "index.css").read_text(encoding="utf-8")
        light = str(theme == LIGHT).lower()
        body = PAGE.format(theme=sheet, light=light, name=theme)
        page.route(f"{ADDRESS}**", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto(ADDRESS)
        page.add_script_tag(content=self.script)
        self.show(page, words)

    def show(self, page, words: str | None = None) -> None:
        page.evaluate(
            "([files, words]) => harness.show(files, words ?? undefined)", [self.files, words]
        )


@cache
def built(folder: Path) -> Harness:
    """Builds the page once. Skips where the development modules are not installed."""
    if not (JS / "node_modules" / "axe-core").exists():
        pytest.skip("axe-core is not installed: make js")
    script = folder / "harness.js"
    subprocess.run([sys.executable, JS / "node.py", "harness/build.mjs", script], check=True)
    take = shot_cell(folder, "glass", "A glass slides majestically.", "c1")["outputs"][0]["data"][
        MIME
    ]
    small = folder / "poster.jpg"
    Image.fromarray(picture(1.2)).save(small, quality=80)
    clip = _data("video/mp4", folder / take["clip"])
    files = {"clip": clip, "poster": _data("image/jpeg", small), "take": take}
    return Harness(script.read_text(encoding="utf-8"), files)


def _data(kind: str, path: Path) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
