"""All makers of air by the name that ``ambience.toml`` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flow_nb.engines.stage.sound.air import (
    creatures,
    crowds,
    rooms,
    traffic,
    waters,
    weathers,
)
from flow_nb.engines.stage.sound.air.craft import Floats, Scene

Maker = Callable[[Scene], Floats]

MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "room": rooms.still_air,
        "hall": rooms.hall,
        "fridge": rooms.fridge,
        "ventilation": rooms.ventilation,
        "ship": rooms.ship,
        "telltales": rooms.telltales,
        "clock": rooms.clock,
        "keyboard": rooms.keyboard,
        "drip": rooms.drip,
        "creaks": rooms.creaks,
        "murmur": crowds.murmur,
        "hubbub": crowds.hubbub,
        "few voices": crowds.few_voices,
        "cups": crowds.cups,
        "glasses": crowds.glasses,
        "footfalls": crowds.footfalls,
        "birds": creatures.birds,
        "dawn birds": creatures.dawn_birds,
        "far birds": creatures.far_birds,
        "crickets": creatures.crickets,
        "cicadas": creatures.cicadas,
        "gulls": creatures.gulls,
        "owl": creatures.owl,
        "frogs": creatures.frogs,
        "wind": weathers.wind,
        "leaves": weathers.leaves,
        "rain on asphalt": weathers.rain_on_asphalt,
        "rain on leaves": weathers.rain_on_leaves,
        "rain on roof": weathers.rain_on_roof,
        "rain on glass": weathers.rain_on_glass,
        "rain on umbrella": weathers.rain_on_umbrella,
        "rain on water": weathers.rain_on_water,
        "thunder": weathers.thunder,
        "surf": waters.surf,
        "lapping": waters.lapping,
        "brook": waters.brook,
        "depths": waters.depths,
        "bubbles": waters.bubbles,
        "fire": waters.fire,
        "town": traffic.town,
        "cars": traffic.cars,
        "horn": traffic.horn,
    }
)
