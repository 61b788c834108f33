from __future__ import annotations

import json

from flow_nb.notebook.messages import EDIT_KEY, Edit
from flow_nb.notebook.reading import edits_of, shots_of


def cell(source: str, metadata: object = None) -> dict:
    return {"cell_type": "code", "source": source, "metadata": metadata or {}, "outputs": []}


def test_a_notebook_s_edits_are_read_by_the_names_of_its_shots(tmp_path):
    edit = Edit(in_s=0.5, out_s=2, transition="fade", transition_s=1)
    kept = {EDIT_KEY: edit.model_dump(mode="json", by_alias=True)}
    cells = [
        cell("import os"),
        cell("%%shot glass\nA glass falls.", kept),
        cell("%%shot\nA cup falls.", {EDIT_KEY: {"in_s": "soon", "script": "<b>"}}),
        cell("%%shot ball\nA ball rolls.", {EDIT_KEY: {"in_s": 1}}),
        cell("%%shot pin\nA pin falls.", [1, 2]),
    ]
    path = tmp_path / "film.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    assert [shot.name for shot in shots_of(path)] == ["glass", "shot-2", "ball", "pin"]
    assert edits_of(path) == {"glass": edit, "ball": Edit(in_s=1)}
