"""``%verify`` and what stands under a cell with a profile, in a real studio without a renderer."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from IPython.utils.capture import capture_output

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Format
from flow_nb.engines.fake import FakeEngine
from flow_nb.errors import MediaError
from flow_nb.notebook.proving import show_verdict, tell_kept
from flow_nb.notebook.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    form = Format(width=320, height=180, fps=Fraction(12))
    made = Studio(tmp_path, engines=[FakeEngine(format=form)])
    made.shoot(make_shot("glass", "A glass falls.", engine="fake", duration=1, profile="china"))
    return Session(tmp_path, open_studio=lambda _: made)


def test_a_shot_is_verified_by_its_name_and_a_file_by_its_path(session: Session, notebook) -> None:
    (session.folder / "<b>.mp4").write_bytes(b"nothing")
    with capture_output() as captured:
        show_verdict(session, "glass", visible=False)
        show_verdict(session, "<b>.mp4", visible=True)
    first, second = (output.data for output in captured.outputs)
    assert ": made here and whole" in first["text/plain"]
    assert "nothing to show" in second["text/plain"]
    assert "&lt;b&gt;.mp4: nothing found" in second["text/html"]
    assert "<b>.mp4" not in second["text/html"]


def test_no_name_and_a_wrong_one_are_one_line(session: Session) -> None:
    with pytest.raises(MediaError, match="no file is named"):
        show_verdict(session, None, visible=False)
    with pytest.raises(MediaError, match="does not exist"):
        show_verdict(session, "glas", visible=False)


def test_what_was_done_about_a_profile_is_told_rule_by_rule(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    take = session.studio.take_of("glass")
    assert take is not None
    tell_kept(take)
    told = capsys.readouterr().out
    assert "china · label · done: " in told
    assert "china · duty · not promised: " in told
    assert told.rstrip().endswith("before you publish.")
    tell_kept(take.model_copy(update={"kept": ()}))
    assert capsys.readouterr().out == ""


def test_verify_is_a_magic_with_help(notebook) -> None:
    assert "--visible" in notebook.run("%verify -h").stdout
    assert 'there is no option "--visble"' in notebook.line(notebook.run("%verify x --visble"))
