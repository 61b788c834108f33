"""Which nouns and verbs of a text a plan leaves without a trace. In: a plan. Out: words.

A noun or a verb is accounted for where an origin, a gap, a note or a line covers it, or where it names again what
another origin covers: "the bottle" of the second sentence.
"""

from __future__ import annotations

from flow_nb.director.plotting.sweep import origins, unaccounted
from flow_nb.director.reading import read
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import vocabulary
from flow_nb.plan.plan import Plan


def lost(plan: Plan) -> list[str]:
    """The nouns and verbs of the plan's text that nothing in it accounts for."""
    script = take_apart(plan.text, vocabulary())
    taken = [(o.at, o.at + len(o.words)) for o in origins(plan) if o.at >= 0]
    taken += [(gap.at, gap.at + len(gap.words)) for gap in plan.gaps if gap.at >= 0]
    taken += [note.span for note in read(script.prose, vocabulary=script.vocabulary).notes]
    spans = unaccounted(plan, script.prose, script.vocabulary, taken)
    return [plan.text[start:end] for start, end in spans]
