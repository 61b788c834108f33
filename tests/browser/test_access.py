"""Everyone can read and work every component: axe, contrast, zoom, narrow windows, keyboard, calm."""

from __future__ import annotations

import pytest

from tests.browser.harness import CONTRAST, DARK, LIGHT, built

AXE = """async () => {
  const found = await harness.axe.run(document, { resultTypes: ['violations'] });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    return built(tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
def test_axe_finds_nothing_in_any_component(harness, page, theme):
    harness.open(page, theme)
    assert page.evaluate(AXE) == []
