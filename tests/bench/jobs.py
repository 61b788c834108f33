"""How responsive a kernel is while a shot is drawn in the background, and what the Tab key takes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

SHOT = "%%shot glass --tier sketch --duration 2 --background\nA glass falls off the table and shatters."
LIMIT_S = 600
DESK = "def _flow_desk(): return get_ipython().magics_manager.registry['ShotMagics'].desk"
TAB = "%%shot glass --scene kit"


def report(folder: Path) -> None:
    """A real kernel, the real stage: the answer to ``1 + 1`` is asked for again and again until the take is
    sealed."""
    manager, client = start_new_kernel(cwd=str(folder))
    try:
        _asked(client, f"%load_ext flow_nb\n{DESK}")
        warm_s = _asked(client, "1 + 1")
        returned_s = _asked(client, SHOT)
        answers_s = _answers(client)
        tabs_ms = [_completed(client) * 1000 for _ in range(5)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(
        f"%%shot --background returns after {returned_s:.2f} s (the plan stands on the cell by then)"
    )
    print(
        f"1 + 1 while it is made: {len(answers_s)} times, median {statistics.median(answers_s) * 1000:.0f} ms, "
        f"slowest {max(answers_s) * 1000:.0f} ms (idle: {warm_s * 1000:.0f} ms; at most 1000)"
    )
    print(f"Tab after {TAB!r}: median {statistics.median(tabs_ms):.1f} ms (at most 50)")


def _answers(client: BlockingKernelClient) -> list[float]:
    found: list[float] = []
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        found.append(_asked(client, "1 + 1"))
        reply = client.execute("", user_expressions={"open": "len(_flow_desk().jobs.open())"})
        if _value(client, reply) == "0":
            return found
        time.sleep(0.2)
    raise TimeoutError(f"the take was not made within {LIMIT_S} s")


def _asked(client: BlockingKernelClient, source: str) -> float:
    begun = time.perf_counter()
    reply = client.execute_interactive(source, timeout=LIMIT_S, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok", reply["content"]
    return time.perf_counter() - begun


def _completed(client: BlockingKernelClient) -> float:
    begun = time.perf_counter()
    client.complete(TAB, len(TAB), reply=True, timeout=LIMIT_S)
    return time.perf_counter() - begun


def _value(client: BlockingKernelClient, request: str) -> str:
    while True:
        reply = client.get_shell_msg(timeout=LIMIT_S)
        if reply["parent_header"].get("msg_id") == request:
            found = reply["content"]["user_expressions"]["open"]
            return str(found.get("data", {}).get("text/plain"))
