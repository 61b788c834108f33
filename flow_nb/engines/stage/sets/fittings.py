"""What is built for a set and no prop. In: a `Fit`, a generator, an `Hour`. Out: it stands on the set."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.sets import (
    bar,
    lane,
    parlour,
    playhouse,
    roof,
    schoolroom,
    station,
    washroom,
)
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import Joiner

FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    **parlour.FITTINGS, **schoolroom.FITTINGS, **bar.FITTINGS, **playhouse.FITTINGS,
    **station.FITTINGS, **lane.FITTINGS, **roof.FITTINGS, **washroom.FITTINGS,
})  # fmt: skip


def fitted(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """One fitting, built about the origin and carried to its place."""
    bench = Carpenter()
    FITTINGS[fit.kind](bench, fit, rng, hour)
    shop.stand(bench, fit.at_m, fit.turn_deg)
