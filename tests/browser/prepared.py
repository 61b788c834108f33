"""Notebooks as files: cells with metadata and outputs that nobody has run here."""

from __future__ import annotations

import json
from pathlib import Path

from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.digest import digest
from flow_nb.notebook.messages import METADATA_KEY
from flow_nb.notebook.session import Session
from flow_nb.notebook.shooting import take_view
from flow_nb.notebook.source import source_key
from flow_nb.plan.shot import make_shot
from tests.notebook.fakes import Studio

HEAD = """import sys, fakes
sys.modules["flow_nb.studio"] = fakes
%load_ext flow_nb.notebook.magics"""


def cell(source: str, cell_id: str, *, metadata: dict | None = None, outputs: list | None = None):
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": metadata or {},
        "execution_count": None,
        "outputs": outputs or [],
        "source": source,
    }


def write(path: Path, cells: list[dict]) -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook))


def output(data: dict) -> dict:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def shot_cell(folder: Path, name: str, text: str, cell_id: str, *, embed: bool = False) -> dict:
    """A cell that was run: its take lies in the folder, its digest in the metadata."""
    studio = Studio(folder)
    studio.pause_s = 0
    shot = make_shot(name, text)
    made = studio.shoot(shot)
    source = f"%%shot {name} --tier fast\n{text}"
    done = digest(
        shot, made.plan, made.motion, made.take, state="sealed", source=source_key(source)
    )
    session = Session(folder / "elsewhere" if embed else folder, open_studio=lambda _: studio)
    view, poster = take_view(session, made.take, done, made.plan, made.motion)
    return cell(
        source,
        cell_id,
        metadata={METADATA_KEY: done.model_dump(mode="json", by_alias=True)},
        outputs=[output(bundle(view, poster))],
    )
