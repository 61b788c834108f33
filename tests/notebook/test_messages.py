from __future__ import annotations

import runpy
from pathlib import Path

JS = Path(__file__).parents[2] / "js"


def test_the_page_s_types_are_those_of_the_kernel():
    written = runpy.run_path(str(JS / "write_messages.py"))["typescript"]()
    kept = (JS / "src" / "messages.ts").read_text(encoding="utf-8")
    assert kept == written, "js/src/messages.ts is stale: run make messages"


def test_the_lock_names_no_download_address():
    assert '"resolved"' not in (JS / "package-lock.json").read_text(encoding="utf-8")
