from __future__ import annotations

import runpy
from pathlib import Path

import pytest

JS = Path(__file__).parents[2] / "js"


@pytest.mark.parametrize("name", ["messages", "cards"])
def test_the_page_s_types_are_those_of_the_kernel(name):
    written = runpy.run_path(str(JS / "write_messages.py"))["typescript"](name)
    kept = (JS / "src" / f"{name}.ts").read_text(encoding="utf-8")
    assert kept == written, f"js/src/{name}.ts is stale: run make messages"


def test_the_lock_names_no_download_address():
    assert '"resolved"' not in (JS / "package-lock.json").read_text(encoding="utf-8")
