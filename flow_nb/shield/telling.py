"""The shell's answers about proof and law. In: a file, a folder. Out: a JSON value, and lines for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flow_nb.files import write_whole
from flow_nb.shield.profiles.profile import ADVICE, profiles
from flow_nb.shield.verify import verify
from flow_nb.store import Store


def told_verdict(file: Path, here: Path, visible: Path | None) -> tuple[dict[str, Any], list[str]]:
    """The verdict on a file, by the studio in whose folder it lies, or else the one ``here``; where the
    mark sits is drawn to ``visible``."""
    store = Store.around(file) or (Store(here) if (here / ".flow_nb").is_dir() else None)
    verdict = verify(file, store, visible=visible is not None)
    value, lines = verdict.to_json(), verdict.lines()
    if visible is not None and verdict.heat_png:
        write_whole(visible.absolute(), verdict.heat_png)
        value["visible"] = str(visible)
        lines.append(f"  {visible}")
    elif visible is not None:
        lines.append("  No mark was found in the picture: there is nothing to show.")
    return value, lines


def told_profiles() -> tuple[dict[str, Any], list[str]]:
    """All compliance profiles: since when, from where, what they ask."""
    lines = []
    for profile in profiles().values():
        lines.append(f"{profile.id:12}{profile.name}: {profile.law}")
        lines.append(f"{'':12}in force {profile.in_force}, checked {profile.checked}")
        lines += [f"{'':12}  {rule.kind:10}{rule.asks}" for rule in profile.rule]
        lines += [f"{'':12}  source    {source.url}" for source in profile.source]
    rows = [profile.model_dump(mode="json") for profile in profiles().values()]
    return {"profiles": rows, "advice": ADVICE}, [*lines, ADVICE]
