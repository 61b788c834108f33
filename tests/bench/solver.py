"""The solver beside theory: every closed form that the check knows, and the worst errors of all."""

from __future__ import annotations

import time
from collections.abc import Iterator

from flow_nb.director.grammar import Grammar
from flow_nb.physics.solve import solve
from flow_nb.plan.events import Check
from flow_nb.plan.plan import Action, Placement, Plan
from flow_nb.plan.shot import make_shot
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from tests.physics.conftest import body, plan

TIME = 1.0
SPEED = 2.0
GROWTH = 0.5
"""Worst errors in per cent: of times, of speeds and lengths, of energy."""


TEN = (
    "Ten marbles roll off a table.",
    "A ball knocks over ten dominoes.",
    "Ten coins fall onto a wooden floor.",
)
"""Shots of ten bodies, which a plan of four seconds may take a second for."""


def report() -> None:
    """One line a check, then the worst; then how long ten bodies take."""
    print("\nSolver against theory")
    found: list[Check] = []
    for title, shot in cases():
        for one in solve(shot).checks:
            if one.kind == "expected":
                continue
            found.append(one)
            if one.kind != "energy":
                print(f"  {title:24s} {one.kind:10s} {_line(one)}")
    _worst(found)
    print("\nTen bodies, four seconds: read, solved and told (CPU, at most 1.0 s)")
    for text in TEN:
        told, again = _told(text), _told(text)
        same = "the same JSON" if told[1] == again[1] else "NOT THE SAME JSON"
        print(f"  {again[0]:5.2f} s  {text}  {same} twice")


def _told(text: str) -> tuple[float, str]:
    """The CPU time of a plan with its motion, and the plan as JSON with its events."""
    began_s = time.process_time()
    read = Grammar().read(make_shot("ten", text))
    motion = solve(read)
    took_s = time.process_time() - began_s
    return took_s, "\n".join([read.model_dump_json(), *map(str, motion.events)])


def _line(one: Check) -> str:
    return (
        f"{one.solved:8.4f} {one.unit:4s} theory {one.expected:8.4f}   {100 * _error(one):5.2f} %"
        f"   {one.law}"
    )


def _error(one: Check) -> float:
    """Relative, but of a time no finer than a step and of a momentum in terms of what moves."""
    return one.error if one.expected else abs(one.solved)


def _worst(found: list[Check]) -> None:
    times = [one for one in found if one.unit == "s"]
    speeds = [one for one in found if one.unit in ("m/s", "m") and one.expected]
    energies = [one for one in found if one.kind == "energy"]
    print(f"  worst of {len(found)} checks, {sum(not one.holds for one in found)} do not hold:")
    print(f"    time   {100 * max(map(_error, times)):5.2f} % (at most {TIME:g})")
    print(f"    speed  {100 * max(map(_error, speeds)):5.2f} % (at most {SPEED:g})")
    print(f"    energy {max(one.solved for one in energies):5.2f} % grown (at most {GROWTH:g})")


def cases() -> Iterator[tuple[str, Plan]]:
    """Plans that show one law each."""
    for height_m in (0.3, 1.0, 2.0, 5.0):
        yield f"fall from {height_m:g} m", dropped("ball", height_m)
    yield "fall on the moon", dropped("ball", 1.0, gravity_m_s2=1.62)
    for name in ("tennis-ball", "bowling-ball", "marble"):
        yield f"bounces of a {name}", dropped(name, 1.5)
    for material in ("wood", "fruit", "stone"):
        shot = dropped("ball", 1.5, material=material)
        yield f"bounces of {material}", shot
    yield "terminal speed", dropped("beach-ball" if "beach-ball" in archetypes() else "ball", 40.0,
                                    mass_kg=0.05, duration_s=8)  # fmt: skip
    yield "throw", plan([body("ball")], [Action(verb="throw", body="ball", speed_m_s=5.0)])
    yield (
        "glass off a table",
        plan(
            [body("table"), body("glass")],
            [Action(verb="slide", body="glass", source="table")],
            [Placement(body="glass", relation="edge of", anchor="table")],
        ),
    )
    for name in ("block", "ball", "bowling-ball", "brick"):
        yield (
            f"{name} on a ramp",
            plan(
                [body("ramp"), body(name)],
                [Action(verb="slide" if name in ("block", "brick") else "roll", body=name)],
                [Placement(body=name, relation="edge of", anchor="ramp")],
            ),
        )
    slippery = "ice" if "ice" in materials() else "metal"
    yield (
        f"{slippery} ramp, wooden block",
        plan(
            [body("ramp", material=slippery), body("block", material="wood")],
            [Action(verb="slide", body="block")],
            [Placement(body="block", relation="edge of", anchor="ramp")],
        ),
    )
    yield "slide", plan([body("block")], [Action(verb="slide", body="block", speed_m_s=2.0)])
    yield "roll", plan([body("ball")], [Action(verb="roll", body="ball", speed_m_s=1.5)])
    yield (
        "slip, then roll",
        plan([body("ball")], [Action(verb="slide", body="ball", speed_m_s=2.0)]),
    )
    yield (
        "pendulum",
        plan([body("bowling-ball")], [Action(verb="swing", body="bowling-ball")], duration_s=5),
    )
    for material in ("rubber", "metal", "wood", "glass"):
        yield f"collision of {material}", head_on(material)


def dropped(
    name: str,
    height_m: float,
    *,
    material: str | None = None,
    mass_kg: float | None = None,
    **more: object,
) -> Plan:
    """Let go at a height."""
    return plan(
        [body(name, material=material, mass_kg=mass_kg)],
        [Action(verb="drop", body=name)],
        [Placement(body=name, relation="above", height_m=height_m)],
        **more,
    )


def head_on(material: str) -> Plan:
    """Two balls that roll at each other."""
    return plan(
        [body("red", "ball", material), body("blue", "ball", material)],
        [
            Action(verb="collide", body="red", target="blue"),
            Action(verb="collide", body="blue", target="red"),
        ],
    )
