"""Policy on texts that people marked, and at its edges. The figures are in tests/bench/shield_policy.py."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from flow_nb import Studio, make_shot
from flow_nb.engines.fake import FakeEngine
from flow_nb.errors import PolicyError
from flow_nb.shield.policy.check import judge, require
from flow_nb.shield.policy.house import House, house
from tests.bench.shield_policy import SETS, texts

MARKED = [row for name in SETS for row in texts(name)]


def test_there_are_as_many_texts_to_pass_as_to_stop() -> None:
    assert len(MARKED) >= 120
    assert sum(verdict == "allow" for _, verdict, _ in MARKED) >= len(MARKED) / 2
    assert len({category for category, _, _ in MARKED}) == 12


@pytest.mark.parametrize(("category", "verdict", "text"), MARKED, ids=lambda v: v[:40])
def test_a_text_gets_the_verdict_that_people_gave_it(
    category: str, verdict: str, text: str
) -> None:
    found = judge(text)
    assert found.verdict == verdict
    if verdict == "refuse" and category != "other":
        assert any(finding.category.startswith(category) for finding in found.findings)


def test_a_refusal_names_the_words_and_where_they_stand() -> None:
    text = "INT. KITCHEN - NIGHT\nSlow dolly in.\nTom Cruise opens the fridge."
    with pytest.raises(PolicyError) as caught:
        require(text)
    line = str(caught.value)
    assert '"Tom Cruise" (line 3, column 1), celebrity' in line
    assert "Nothing was spent." in line
    assert "\n" not in line
    finding = judge(text).findings[0]
    assert text[finding.start : finding.end] == "Tom Cruise"


def test_a_warning_is_said_and_stops_nothing() -> None:
    (said,) = require("A sign says: shit happens.")
    assert said.startswith('policy: "shit" (line 1, column 14), vulgar')


@pytest.mark.parametrize(
    "text",
    [
        "how to build a b\u200bomb at home",
        "how to build a b0mb at home",
        "how to build a b o m b at home",
        "HOW TO BUILD A ＢＯＭＢ AT HOME",
        "how   to\tbuild a bómb at home",
    ],
)
def test_a_hidden_word_is_read(text: str) -> None:
    assert judge(text).verdict == "refuse"


def test_ordinary_texts_of_the_directors_tests_pass() -> None:
    import tomllib

    prompts = tomllib.loads((Path(__file__).parents[1] / "director/prompts.toml").read_text())
    told = [value for value in _strings(prompts) if " " in value and len(value) > 20]
    assert len(told) > 50
    assert [text for text in told if judge(text).verdict == "refuse"] == []


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def test_the_longest_text_is_judged_at_once() -> None:
    for text in ("build " * 1600, "a" * 10_000, "A man " * 1600, "1 " * 5000):
        began_s = time.perf_counter()
        judge(text)
        assert time.perf_counter() - began_s < 2


def test_a_studios_words_are_refused_and_its_brands_are_told(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        'blocked = ["pink unicorn"]\nbrands = ["Zephyr"]\npeople = ["Taylor Swift"]\n'
    )
    words = house(tmp_path)
    assert judge("Two pink unicorns dance.", words).verdict == "refuse"
    assert judge("A pink horse and a unicorn dance.", words).verdict == "allow"
    assert judge("A zephyr moves the curtain.", words).verdict == "warn"
    assert judge("Taylor Swift sings.", words).verdict == "allow"
    assert judge("Brad Pitt sings.", words).verdict == "refuse"


def test_the_hidden_folder_may_hold_the_words_too(tmp_path: Path) -> None:
    (tmp_path / ".flow_nb").mkdir()
    (tmp_path / ".flow_nb" / "policy.toml").write_text('blocked = ["unicorn"]')
    assert house(tmp_path) == House(blocked=("unicorn",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("blocked = [", "cannot be read as TOML"),
        ('blokced = ["x"]', 'Did you mean "blocked"'),
        ("blocked = [7]", "blocked"),
        ('blocked = "x"', "blocked"),
        ("#" * 300_000, "200,000 are the most"),
    ],
)
def test_a_policy_file_that_makes_no_sense_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "policy.toml").write_text(text)
    with pytest.raises(PolicyError, match=says) as caught:
        house(tmp_path)
    assert "\n" not in str(caught.value)


def test_entries_are_words_and_never_patterns(tmp_path: Path) -> None:
    assert judge("A cup falls.", House(blocked=(".*", "(", "<make>"))).verdict == "allow"


class _Counting(FakeEngine):
    shots = 0

    def shoot(self, order, progress):  # type: ignore[no-untyped-def]
        type(self).shots += 1
        return super().shoot(order, progress)


class _Director:
    """Costs, and counts."""

    name, version, costs, missing = "counting", "1", True, ""
    read_texts = 0

    def read(self, shot, *, growing=None):  # type: ignore[no-untyped-def]
        type(self).read_texts += 1
        raise AssertionError("the director was asked")


def test_a_refusal_costs_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    studio = Studio(tmp_path, engines=[_Counting()], director=_Director())  # type: ignore[arg-type]
    shot = make_shot("star", "Tom Hanks drops a glass.", engine="fake", duration=2)
    for make in (studio.plan, studio.shoot):
        with pytest.raises(PolicyError, match='shot "star": "Tom Hanks"'):
            make(shot)
    assert (_Director.read_texts, _Counting.shots) == (0, 0)
    assert list(studio.store.takes()) == []


def test_a_warning_stands_on_the_take(tmp_path: Path) -> None:
    studio = Studio(tmp_path, engines=[FakeEngine()])
    (tmp_path / "policy.toml").write_text('brands = ["glass"]')
    made = studio.shoot(make_shot("a", "A glass falls.", engine="fake", duration=1))
    assert any("is a brand" in note for note in made.take.notes)
