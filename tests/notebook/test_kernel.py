"""A real kernel: what it sends to a page, what it hears, what an interrupt leaves."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from flow_nb.notebook.messages import COMM_TARGET, MIME

HEAD = """import sys, fakes
sys.modules["flow_nb.studio"] = fakes
%load_ext flow_nb.notebook.magics"""
WAIT_S = 60


class Page:
    """The page's side of the wire."""

    def __init__(self, manager, client) -> None:
        self.manager, self.client = manager, client

    def send(self, source: str, cell: str | None = None) -> str:
        metadata = {"cellId": cell} if cell else {}
        content = {"code": source, "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}  # fmt: skip
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def until_idle(self, request: str) -> list[dict]:
        heard = []
        while True:
            message = self.client.get_iopub_msg(timeout=WAIT_S)
            if message["parent_header"].get("msg_id") != request:
                continue
            heard.append(message)
            if message["content"].get("execution_state") == "idle":
                return heard

    def until_progress(self) -> None:
        while MIME not in self.client.get_iopub_msg(timeout=WAIT_S)["content"].get("data", {}):
            pass

    def run(self, source: str, cell: str | None = None) -> list[dict]:
        return self.until_idle(self.send(source, cell))


def comm_data(messages: list[dict]) -> list[dict]:
    return [m["content"]["data"] for m in messages if m["msg_type"] == "comm_msg"]


@pytest.fixture
def page(tmp_path: Path):
    search = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": search, "IPYTHONDIR": str(tmp_path / "ipython")}
    manager, client = start_new_kernel(cwd=str(tmp_path), env=env)
    yield Page(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_kernel_tells_the_page_and_hears_its_order(page):
    opened = next(m for m in page.run(HEAD) if m["msg_type"] == "comm_open")
    assert opened["content"]["target_name"] == COMM_TARGET
    told = comm_data(page.run("%%shot a --duration 1\nA glass falls.", "cell-a"))
    assert [t["cell_id"] for t in told] == ["cell-a"] * len(told)
    assert (told[0]["digest"]["state"], told[-1]["digest"]["state"]) == ("rendering", "sealed")
    page.run("%%shot b --duration 1\nA glass falls.", "cell-b")

    content = {"comm_id": opened["content"]["comm_id"], "data": {"cells": ["cell-b", "cell-a"]}}
    page.client.shell_channel.send(page.client.session.msg("comm_msg", content))
    film = [m for m in page.run("%film") if "display" in m["msg_type"]][-1]["content"]["data"]
    assert [span["text"] for span in film[MIME]["digest"]["spans"]] == ["b", "a"]


def test_an_interrupt_stops_at_once_and_the_next_cell_runs(page):
    page.run(HEAD + "\nfakes.Studio.pause_s = 1")
    request = page.send("%%shot a\nA glass falls.", "cell-a")
    page.until_progress()
    begun = time.monotonic()
    page.manager.interrupt_kernel()
    heard = page.until_idle(request)
    assert time.monotonic() - begun < 2
    error = next(m["content"] for m in heard if m["msg_type"] == "error")
    assert error["traceback"] == [
        "Cancelled: Stopped. Nothing was spent and nothing is left behind."
    ]
    last = [m for m in heard if m["msg_type"] == "update_display_data"][-1]["content"]["data"]
    assert last[MIME]["note"].startswith("Stopped.")
    assert comm_data(heard)[-1]["digest"]["state"] == "draft"
    assert not [m for m in page.run("1 + 1") if m["msg_type"] == "error"]
