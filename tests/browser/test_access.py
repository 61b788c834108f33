"""Everyone can read and work every component: axe, contrast, zoom, narrow windows, keyboard, calm."""

from __future__ import annotations

import pytest

from tests.browser.harness import CONTRAST, DARK, LIGHT, built

AXE = """async () => {
  const found = await harness.axe.run(document, { resultTypes: ['violations'] });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
}"""
WIDE_PX, ZOOMED_PX, NARROW_PX = 1280, 640, 400
"""A window of 1280 px is 640 wide at 200 % zoom."""

SIDEWAYS = """() => [document.documentElement,
    ...document.querySelectorAll('.flow-slate, .flow-strip, .flow-player, .flow-ui')]
  .filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.className || n.tagName)"""
FOCUS = """async () => {
  const seen = { stops: 0, unmarked: [], unnamed: [] };
  for (const node of document.querySelectorAll(
    ':is(.flow-slate, .flow-strip, .flow-player, .flow-ui) :is(button, input, select, [tabindex="0"])')) {
    if (node.offsetParent === null) continue;
    seen.stops += 1;
    node.focus({ focusVisible: true });
    const style = getComputedStyle(node);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (document.activeElement === node && !ring) seen.unmarked.push(node.outerHTML.slice(0, 120));
    if (!(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length)) {
      seen.unnamed.push(node.outerHTML.slice(0, 120));
    }
  }
  return seen;
}"""
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll('[class^="flow-"]')]
  .filter(n => ['', '::before', '::after'].some(
    p => parseFloat(getComputedStyle(n, p).transitionDuration) > 0.02)).length"""
FORCED = """() => [...document.querySelectorAll('.flow-span, .flow-fix, .flow-button')]
  .filter(n => n.offsetParent && getComputedStyle(n).color === getComputedStyle(n).backgroundColor).length"""


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    return built(tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
def test_axe_finds_nothing_in_any_component_in_any_width(harness, page, theme):
    page.set_viewport_size({"width": WIDE_PX, "height": 900})
    harness.open(page, theme)
    for width in [WIDE_PX, ZOOMED_PX, NARROW_PX] if theme == LIGHT else [ZOOMED_PX]:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        assert page.evaluate(AXE) == []
        assert page.evaluate(SIDEWAYS) == []


def test_every_control_has_a_name_and_shows_its_focus(harness, page):
    harness.open(page, DARK)
    seen = page.evaluate(FOCUS)
    assert seen["stops"] > 60
    assert (seen["unmarked"], seen["unnamed"]) == ([], [])


def test_who_wants_it_calm_sees_nothing_move(harness, page):
    page.emulate_media(reduced_motion="reduce")
    harness.open(page)
    assert page.evaluate(MOVING) == 0


def test_forced_colours_leave_everything_to_be_seen(harness, page):
    page.emulate_media(forced_colors="active")
    harness.open(page)
    assert page.evaluate(FORCED) == 0
    border = page.locator(".flow-span").first.evaluate("n => getComputedStyle(n).borderTopWidth")
    assert border == "1px"
    assert page.evaluate(AXE) == []
