"""What has no limbs and is told to use them. In: an action of a thing. Out: the motion that shows it: a doll that
walks slides along, one that dances shakes."""

from __future__ import annotations

from flow_nb.plan.plan import Action, Verb

MOTIONS: dict[Verb, Verb] = {
    "walk": "slide", "run": "slide", "crawl": "slide", "jump": "bounce", "climb": "rise", "swim": "float",
    "dance": "shake", "wave": "shake", "gesture": "shake", "turn": "spin",
}  # fmt: skip


def limbless(action: Action) -> Action:
    """The same action with a verb that a rigid body can do.

    >>> limbless(Action(verb="dance", body="doll")).verb
    'shake'
    """
    verb = MOTIONS.get(action.verb)
    return action if verb is None else action.model_copy(update={"verb": verb})
