"""How somebody goes. In: an action's adverbs and its verb, a figure's mood and age. Out: a `Manner` of gait."""

from __future__ import annotations

from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.gait import Manner
from flow_nb.plan.actions import Action

PLAIN = Manner()


def manner_of(action: Action, figure: Figure) -> tuple[Manner, float]:
    """How somebody goes, from adverbs, the verb's own word and the mood; and how much faster."""
    words = f"{action.manner} {action.lemma} {figure.body.mood}".lower()

    def says(*parts: str) -> bool:
        return any(part in words for part in parts)

    pace = 0.6 if says("slow", "gentl", "careful", "stroll", "sneak", "shuffl") else 1.0
    pace = 1.35 if says("quick", "fast", "hurr", "brisk", "rush") else pace
    if says("sneak", "stealth", "creep"):
        return Manner(stride=0.85, low=0.05, stoop=14, toes=16, lift=1.8, arms=0.4), pace
    if says("tiptoe", "tip-toe"):
        return Manner(stride=0.7, toes=30, lift=1.2, arms=0.3), min(pace, 0.7)
    if says("limp", "hobbl"):
        return Manner(stride=0.8, limp=0.55, sway=2.4), min(pace, 0.7)
    if says("stagger", "drunk", "stumbl", "wobbl", "sway"):
        return Manner(stride=0.85, stagger=0.10, sway=3.0, arms=1.4), min(pace, 0.75)
    if says("march"):
        return Manner(arms=1.8, lift=2.2, sway=0.5), pace
    if says("sad", "tired", "weary", "trudg", "dejected", "grie"):
        return Manner(stride=0.85, stoop=12, arms=0.6), min(pace, 0.75)
    if says("happy", "joy", "cheer", "proud", "skip", "excited"):
        return Manner(bounce=2.2, arms=1.5, stride=1.05), pace
    if says("angr", "furious", "stomp"):
        return Manner(arms=1.3, lift=1.5, stoop=4), max(pace, 1.15)
    if figure.body.age == "old":
        return Manner(stride=0.8, stoop=9, arms=0.7), min(pace, 0.75)
    return Manner(), pace
