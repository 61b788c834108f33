"""The offline director. In: a `Shot`. Out: a `Plan`, by grammar and vocabulary alone: no model, no network, no chance.

::

    text ─script─▶ directives, sluglines, lines
             └───▶ prose ─reading─▶ things, frames, notes ─plotting─▶ Plan
"""

from __future__ import annotations

from flow_nb.director.base import Growing, Tokens
from flow_nb.director.plotting.compose import compose
from flow_nb.director.reading import read
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import vocabulary
from flow_nb.errors import PlanError
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import Shot


class Grammar:
    """Reads a shot by rules. The same shot gives the same plan, bit for bit."""

    name = "grammar"
    version = "5"
    costs = False

    def quote(self, shot: Shot) -> Tokens:
        """Nothing."""
        return Tokens(model=self.name, sent=0, received=0)

    def read(self, shot: Shot, *, growing: Growing | None = None) -> Plan:
        """The plan of a shot.

        Raises:
            PlanError: nothing can be shown, a directive is none, or a number is beyond its limit.
        """
        try:
            script = take_apart(shot.text, vocabulary())
            reading = read(script.prose, vocabulary=script.vocabulary, names=script.names)
            return compose(shot, reading, script)
        except PlanError as error:
            raise error.at(shot=shot.name) from None
