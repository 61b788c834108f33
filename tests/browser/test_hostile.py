"""Whatever stands in a text field is shown as text: nothing of it runs, is fetched, or breaks the page."""

from __future__ import annotations

from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import METADATA_KEY, MIME, Digest, Mark, Missed, Span, TakeView
from flow_nb.notebook.source import source_key
from tests.browser.harness import ADDRESS, built
from tests.browser.pages import opened, states
from tests.browser.prepared import cell, output, shot_cell, write
from tests.hostile import HOSTILE

TEXT = "A glass falls."
DAMAGED = (
    None, 7, [], "x", {"schema": {}}, {"schema": "flow_nb.Digest.1", "spans": [[]], "marks": {"a": 1}},
    {"schema": "flow_nb.Digest.1", "shot": {"toString": 1}, "cell": ["x"], "missed": [{"at": 1e308}]},
)  # fmt: skip
NEWER = {
    "schema": "flow_nb.Digest.2",
    "shot": "later",
    "state": "sealed",
    "dreams": {"kept": [1, 2]},
}
SEEN = """async ([files, all]) => {
  const found = [];
  const parts = '.flow-slate, .flow-strip, .flow-player, .flow-ui';
  for (const words of all) {
    harness.show(files, words);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const say = what => found.push(`${words.slice(0, 60)}: ${what}`);
    if (window.ran !== undefined) say('ran');
    delete window.ran;
    const known = 'DIV SECTION FIGURE SPAN BDI UL LI BUTTON INPUT IMG VIDEO TRACK svg path line circle g rect polyline'
      + ' polygon text OL TABLE TR TD TH P SELECT OPTION LABEL CANVAS KBD TIME OUTPUT METER title defs'
      + ' FIELDSET LEGEND PROGRESS HEADER BLOCKQUOTE';
    const numbers = '.flow-board-name > b, .flow-take-name > b';
    for (const root of document.querySelectorAll(parts)) {
      for (const node of root.querySelectorAll('*')) {
        if (!known.split(' ').includes(node.tagName) && !node.matches(numbers)) say(`<${node.tagName}>`);
        for (const { name, value } of node.attributes) {
          if (/^on|^srcdoc$|^formaction$/i.test(name)) say(`${name}=${value}`);
          const ours = /^(data:(image|video)|blob:|#|$)/.test(value);
          if (/^(href|src|poster)$/i.test(name) && !ours) say(`${name}=${value}`);
        }
      }
      const wide = root.scrollWidth - root.clientWidth;
      if (wide > 1) say(`${root.className} is ${wide} px too wide`);
      const most = root.matches('.flow-board') ? 2600 : 1000;
      if (root.clientHeight > most) say(`${root.className} is ${root.clientHeight} px high`);
    }
    if (document.documentElement.scrollWidth > innerWidth) say('the page scrolls sideways');
  }
  return [...new Set(found)];
}"""


def test_sixty_hostile_texts_in_every_field_of_every_component(page, tmp_path_factory):
    harness = built(tmp_path_factory.getbasetemp())
    harness.open(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append("dialog"), dialog.dismiss()))
    assert page.evaluate(SEEN, [harness.files, list(HOSTILE)]) == []
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate(SEEN, [harness.files, [*HOSTILE[::9], HOSTILE[-1]]]) == []
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == []
    assert page.url == ADDRESS


def hostile_digest(words: str, source: str) -> dict:
    digest = Digest(
        shot=words, scene=words, tier=words, state="sealed", duration_s=4, set=words, light=words,
        camera=words, spans=[Span(start_s=0, end_s=2, text=words, kind="line")],
        marks=[Mark(time_s=1, kind="impact", text=words)],
        missed=[Missed(words=words, reason=words, fix=words, at=0, instead=words)], notes=[words],
        take=words, source=source_key(source), cell=words,
    )  # fmt: skip
    return digest.model_dump(mode="json", by_alias=True)


def test_a_hostile_damaged_or_newer_notebook_runs_nothing_and_costs_no_other_cell(app, page):
    cells = []
    for i, words in enumerate(HOSTILE[::4]):
        source = f"%%shot {words}\nx"
        digest = hostile_digest(words, source)
        view = TakeView(digest=Digest.model_validate(digest), clip=words, poster=words, note=words)
        shown = [
            output({MIME: bundle(view)[MIME]}),
            output({"text/html": bundle(view)["text/html"]}),
        ]
        cells.append(cell(source, f"h{i}", metadata={METADATA_KEY: digest}, outputs=shown))
    for i, value in enumerate([*DAMAGED, NEWER]):
        cells.append(cell(f"%%shot d{i}\nx", f"d{i}", metadata={METADATA_KEY: value}))
    cells.append(shot_cell(app.folder, "glass", TEXT, "last"))
    write(app.folder / "hostile.ipynb", cells)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, app, "hostile.ipynb", slates=len(cells))
    assert page.evaluate("window.ran") is None
    assert [url for url in asked if not url.startswith((app.base, "data:", "blob:", "ws:"))] == []
    inside = ":is(.flow-slate, .flow-strip, .flow-player) :is(script, b, a, iframe, [onload])"
    assert page.locator(inside).count() == 0
    assert states(page)[-1] == "sealed"
    newer = page.locator(".flow-strip", has_text="Made by a newer flow_nb")
    assert newer.count() == 1
    widths = page.locator(".flow-slate, .flow-strip").evaluate_all(
        "all => all.map(n => n.scrollWidth - n.clientWidth)"
    )
    assert max(widths) <= 1
