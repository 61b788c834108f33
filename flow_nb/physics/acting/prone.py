"""Along on all fours or in the water. In: an action. Out: scripts of crawling and swimming."""

from __future__ import annotations

from flow_nb.physics.acting.company import Company, wait
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.gait import stance
from flow_nb.physics.acting.going import line_of
from flow_nb.physics.acting.poses import SIDES, pose
from flow_nb.physics.acting.turns import Vec, wrapped
from flow_nb.plan.actions import Action


def crawl(company: Company, figure: Figure, action: Action) -> Script:
    """On hands and knees, arm and opposite leg together."""
    yield from _prone(company, figure, action, "crawl", 0.5, 1.5, 14.0)


def swim(company: Company, figure: Figure, action: Action) -> Script:
    """Lying in the water, legs beating, arms pulling in turn."""
    yield from _prone(company, figure, action, "swim", 0.9, 1.1, 60.0)


def _prone(
    company: Company,
    figure: Figure,
    action: Action,
    name: str,
    speed: float,
    hertz: float,
    arms: float,
) -> Script:
    line = line_of(company, figure, action)
    speed = min(action.speed_m_s or speed, 3.0)
    yield from wait(figure, figure.turn_to(line.heading(0.0)))
    figure.strike(name, 0.8)
    for side in SIDES:
        figure.go({f"{side}.swing": 0.0}, 0.3)
    yield from wait(figure, 0.8)
    begin, from_heading = figure.now_s, figure.heading
    lasts = line.length_m / speed

    def root(time_s: float) -> tuple[Vec, float]:
        t = min(max(time_s - begin, 0.0), lasts + 0.4)
        t = t * t / 0.8 if t < 0.4 else t - 0.2 if t < lasts else lasts - 0.2 + _slow(t - lasts)
        along = min(t * speed, line.length_m)
        turn = wrapped(line.heading(along) - from_heading)
        return line.at(along), from_heading + turn * min((time_s - begin) / 0.6, 1.0)

    figure.moves(root)
    base = pose(name)
    end = min(begin + lasts + 0.4, company.plan.duration_s + 1)
    while figure.now_s < end:
        half = 0.5 / hertz
        odd = int((figure.now_s - begin) / half) % 2
        one, two = ("left", "right") if odd else ("right", "left")
        beat = 20.0 if name == "crawl" else 10.0
        figure.go(
            {
                f"{one}.raise": base["left.raise"] + arms, f"{two}.raise": base["left.raise"] - arms,
                f"{one}.knee": base["left.knee"] - (beat if name == "crawl" else 0.0),
                f"{two}.knee": base["left.knee"] + (beat if name == "crawl" else 0.0),
                f"{one}.leg": base["left.leg"] - beat, f"{two}.leg": base["left.leg"] + beat,
                "chest_yaw": 6.0 if odd else -6.0, "pelvis_yaw": -4.0 if odd else 4.0,
            },
            half,
        )  # fmt: skip
        yield from wait(figure, half)
    for side in SIDES:
        figure.feet[side].put(*stance(figure.root, figure.rig, side))


def _slow(t: float) -> float:
    """Coming to rest over 0.4 s from full speed."""
    u = min(t, 0.4)
    return u - u * u / 0.8
