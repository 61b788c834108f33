"""Every noun and every verb is either placed or listed as not understood."""

from __future__ import annotations

import pytest

from flow_nb.director.grammar import Grammar
from flow_nb.plan.shot import make_shot
from tests.director.coverage import lost

TEXTS = [
    "A person is rock climbing.",
    "The wind sings an old song about the harbour, and the lighthouse remembers.",
    "A cat grooms itself with its tongue while the kettle whistles.",
    "An oasis unfolds, characterised by the presence of palm trees and a glassy pool of water.",
    "A view of the lake, golden reflections in the background, studio shot.",
    "Smoke and flames billow out from the engines of a shuttle.",
    "Two philosophers discuss an academic paper; one of them yawns.",
    "A corgi's head depicted as the explosion of a nebula.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_of_a_text_is_lost(text: str) -> None:
    plan = Grammar().read(make_shot("shot", text))
    assert lost(plan) == []


def test_the_helper_sees_what_a_plan_is_silent_about() -> None:
    plan = Grammar().read(make_shot("shot", "A person is rock climbing."))
    silent = plan.model_copy(update={"gaps": ()})
    assert "climbing" in lost(silent)
