"""Rule by rule, what was done. In: profiles, and what is in a clip. Out: `Kept` lines for its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flow_nb.plan.take import Kept
from flow_nb.shield.profiles.label import Label
from flow_nb.shield.profiles.profile import Profile, Rule

_FIELDS = {
    "c2pa": "signed C2PA credentials",
    "xmp": "XMP with IPTC's source type, maker, version, time and id",
    "AIGC": "the JSON field AIGC, in the container and in XMP",
}
_LAYERS = {
    "credentials": "signed credentials",
    "picture": "a mark in the pixels",
    "sound": "a mark in the sound",
}


def report(
    several: Sequence[Profile], seen: Label | None, *, heard: bool, fps: float
) -> tuple[Kept, ...]:
    """What was done about every rule of these profiles, and what no software can do."""
    return tuple(
        Kept(profile=profile.id, rule=rule.kind, state=state, text=text)
        for profile in several
        for rule in profile.rule
        for state, text in _told(rule, seen, heard, fps)
    )


def _told(rule: Rule, seen: Label | None, heard: bool, fps: float) -> Iterator[tuple[str, str]]:
    if rule.kind == "duty":
        yield "not promised", f"{rule.asks} Not done: {rule.why}."
    elif rule.kind == "label" and (seen is None or rule.text not in seen.texts):
        yield "not asked", f"{rule.asks} No figure acts in the shot."
    elif rule.kind == "label" and seen is not None:
        yield from _label(rule, seen, fps)
    elif rule.kind == "sound" and rule.when == "sound alone":
        yield "not asked", f"{rule.asks} The clip has a picture."
    elif rule.kind == "sound":
        told = "Heard at the start." if heard else "Not heard."
        yield "done" if heard else "not promised", f"{rule.asks} {told}"
    elif rule.kind == "metadata":
        yield "done", f"{rule.asks} In the file: {_listed(_FIELDS, rule.fields)}."
    elif rule.kind == "marks":
        yield "done", f"{rule.asks} In the clip: {_listed(_LAYERS, rule.layers)}."
    else:
        yield (
            "done",
            f"{rule.asks} flow-nb verify finds it, free, for whoever has the studio's secret.",
        )


def _label(rule: Rule, seen: Label, fps: float) -> Iterator[tuple[str, str]]:
    by = "as the law says" if rule.number == "law" else "a size and time that flow_nb chose"
    long = f"{seen.frames / fps:.1f} s from the start"
    yield (
        "done",
        f'{rule.asks} "{rule.text}", {seen.height_px} pixels high, {seen.place}, {long}: {by}.',
    )
    if seen.covered:
        yield (
            "not promised",
            f"No corner was free of faces: the label hides up to {seen.covered:.0%} of one.",
        )


def _listed(words: dict[str, str], keys: Sequence[str]) -> str:
    return ", ".join(words[key] for key in keys)
