"""``%voice``: the cast under a cell."""

from __future__ import annotations

from pathlib import Path

from flow_nb.auditions import MUTE, NOBODY, VoiceRow, audition, plain
from flow_nb.cli import main
from flow_nb.identity.asking import Asked, asked
from flow_nb.identity.cast import Cast
from flow_nb.identity.voice import VoiceTag
from flow_nb.notebook.voices import html

MARA = VoiceTag(name="MARA <b>", styles=(("af_heart", 1.0),))


def test_a_request_is_a_name_and_words() -> None:
    assert asked("MARA warm, low") == Asked(name="MARA", words="warm, low")
    assert asked("OLD MAN = am_santa") == Asked(name="OLD MAN", words="= am_santa")
    assert asked("") == Asked()


def test_an_empty_cast_says_how_to_begin(tmp_path: Path) -> None:
    rows, notes = audition(Cast(tmp_path / "cast.json"), Asked())
    assert plain(rows, notes) == [NOBODY]
    assert "%voice MARA" in html(rows)


def test_names_are_escaped_and_the_sound_is_inline() -> None:
    shown = html([VoiceRow(tag=MARA, nearest=("EVE", 0.5), sound=b"ID3")], ["<i>"])
    assert "MARA &lt;b&gt;" in shown
    assert "<i>" not in shown
    assert '<audio controls preload="none"' in shown
    assert "data:audio/mpeg;base64,SUQz" in shown


def test_without_the_extra_the_cast_is_read_not_heard(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("flow_nb.engines.stage.voice.model.installed", lambda: False)
    rows, notes = audition(Cast(tmp_path / "cast.json"), Asked(name="MARA", words="low"))
    assert notes == (MUTE,)
    assert rows[0].sound == b""


def test_the_shell_casts_and_lists(tmp_path: Path, capsys) -> None:
    assert main(["voice", "--studio", str(tmp_path), "MARA", "=", "af_heart"]) == 0
    assert main(["voice", "--studio", str(tmp_path), "--json"]) == 0
    assert '"styles": [["af_heart", 1.0]]' in capsys.readouterr().out
    assert main(["voice", "--studio", str(tmp_path), "JON"]) == 1
    assert "Choose from MARA" in capsys.readouterr().err
