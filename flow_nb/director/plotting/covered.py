"""Cloths with something on them. In: drafts and marks. Out: what a cloth is drawn from under stands on it.

"Pulls the tablecloth from under the dishes": the dishes stand on the cloth, and the cloth lies on a
table, which is brought where the text names none.
"""

from __future__ import annotations

from collections.abc import Iterator

from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.marks import INFERRED, Marks
from flow_nb.plan.plan import WORLD
from flow_nb.props.archetypes import archetypes

TABLE = "table"


def lay_under(drafts: list[Draft], cast: Cast, marks: Marks) -> None:
    """Marks for every loose cloth that is told to be under something, and for what that is."""
    for name in list(cast.bodies):
        sheet = archetypes()[cast.bodies[name].prop].cloth
        if sheet is None or sheet.pins:
            continue
        above = [other for other in _above(name, drafts, marks) if _light(other, cast)]
        if not above:
            continue
        kin = {cast.bodies[other].noun for other in above}
        on_it = [other for other, body in cast.bodies.items() if body.noun in kin]
        table = next((t for other in on_it if (t := marks.table_of(other)) not in (None, name)), "")
        table = table or next((n for n, b in cast.bodies.items() if b.prop == TABLE), "")
        told = cast.bodies[name].origin
        origin = told.model_copy(update={"provenance": "inferred", "confidence": INFERRED})
        marks.lay(name, table or cast.bring(TABLE, TABLE, origin), origin)
        for other in on_it:
            marks.lay(other, name, origin)


def _above(name: str, drafts: list[Draft], marks: Marks) -> Iterator[str]:
    """What a cloth is under by the text; a draft forgets that it goes under it."""
    for draft in drafts:
        if draft.body == name:
            legs = draft.fields["path"]
            yield from (leg.body for leg in legs if leg.way == "under")
            draft.fields["path"] = tuple(leg for leg in legs if leg.way != "under")
    for places in (marks.placements, marks.also):
        place = places.get(name)
        if place is not None and place.relation == "under":
            yield place.anchor


def _light(name: str, cast: Cast) -> bool:
    """Whether it can stand on a cloth."""
    return name != WORLD and not cast.is_furniture(name) and not cast.acts(name)
