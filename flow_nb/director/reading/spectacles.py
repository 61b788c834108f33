"""Glasses. In: a noun phrase. Out: the same, as those that are worn or as those that are drunk from."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.phrase import NounPhrase

_OWN = ("his", "her", "its", "their", "my")


def spectacles(clause: Clause, phrase: NounPhrase) -> None:
    """Those that are worn, or those that are drunk from."""
    noun = clause.desk.lookup.vocabulary.noun
    several = phrase.count is not None or phrase.contents
    if phrase.word == "glasses" and not several and _worn(clause, phrase):
        phrase.noun, phrase.row, phrase.plural = "glasses", noun("glasses"), False
    if phrase.noun == "glasses" and not _worn(clause, phrase):
        phrase.noun, phrase.row, phrase.plural = "glass", noun("glass"), True


def _worn(clause: Clause, phrase: NounPhrase) -> bool:
    """Whether "glasses" sit on a nose: somebody's own, a pair, or put on; others are drunk from."""
    frame = clause.frame if not clause.boundary else None
    dressing = frame is not None and frame.lemma in (
        "wear",
        "put on",
        "take off",
        "adjust",
        "remove",
    )
    if frame is not None and frame.lemma in (
        "raise",
        "lift",
        "clink",
        "drain",
        "fill",
        "empty",
        "drink",
        "refill",
    ):
        return False
    return phrase.determiner in _OWN or phrase.owner is not None or dressing or phrase.worn or (
        phrase.count == 2 and phrase.vague
    )  # fmt: skip
