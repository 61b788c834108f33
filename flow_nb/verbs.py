"""What the shell's verbs do. In: parsed arguments. Out: `Answer`: a JSON value, and the same in lines."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flow_nb.asked import shot_of
from flow_nb.errors import ShotError, quote
from flow_nb.plan.shot import Shot, profile_names

if TYPE_CHECKING:
    from flow_nb.plan.motion import Motion
    from flow_nb.plan.plan import Plan
    from flow_nb.studio import Shooting, Studio

Answer = tuple[dict[str, Any], list[str]]
"""What a verb found: the JSON value, and the same in lines for people."""


def doctor(options: argparse.Namespace) -> Answer:
    """Checks every part and names the command that mends what is missing."""
    from flow_nb.doctor import examine

    findings = examine(Path(options.studio))
    lines = [f"{'ok ' if f.ok else 'NO '} {f.part}: {f.found}" for f in findings]
    lines += [f"    fix: {f.fix}" for f in findings if not f.ok and f.fix]
    return {
        "ok": all(f.ok for f in findings),
        "findings": [asdict(f) for f in findings],
        "status": 0 if all(f.ok for f in findings) else 1,
    }, lines


def plan(options: argparse.Namespace) -> Answer:
    """Reads and solves a text."""
    shot = _shot(options)
    studio = _studio(options)
    made = studio.plan(shot)
    _check_gaps(options, made)
    value = {"plan": json.loads(made.model_dump_json(by_alias=True))}
    if options.unsolved:
        return value, _plan_lines(made)
    value |= _solved(studio.motion(made))
    return value, [*_plan_lines(made), *_event_lines(value)]


def shoot(options: argparse.Namespace) -> Answer:
    """Makes one take."""
    from flow_nb.media.decode import frames_sha256

    shot = _shot(options)
    _check_output(options.output)
    studio = _studio(options)
    made = studio.plan(shot)
    _check_gaps(options, made)
    shooting = studio.shoot(shot, _progress(), plan=made, fresh=options.fresh)
    clip = _delivered(studio.path(shooting.take), options.output)
    value = {
        "clip": str(clip),
        "passes": [str(path) for path in _passes(studio, shooting, options.passes)],
        "cached": shooting.cached,
        "take": json.loads(shooting.take.model_dump_json(by_alias=True)),
        "plan": json.loads(shooting.plan.model_dump_json(by_alias=True)),
        **_solved(shooting.motion),
        "frames_sha256": frames_sha256(clip),
    }
    kept = [line.told for line in shooting.take.kept]
    return value, [f"{clip}", *_event_lines(value), *_stage_lines(value["take"]), *kept]


def render(options: argparse.Namespace) -> Answer:
    """Makes every ``%%shot`` cell of a notebook, without running any other code in it."""
    from flow_nb.notebook.reading import edits_of, shots_of
    from flow_nb.studio import Studio

    _check_output(options.output)
    shots = shots_of(options.notebook, tier=options.tier)
    studio = Studio(options.notebook.resolve().parent)
    for shot in shots:
        print(f"flow-nb: {shot.name}", file=sys.stderr)
        studio.shoot(shot, _progress())
    asked = profile_names(options.profile)
    names = [shot.name for shot in shots]
    film = studio.film(
        names, name=options.notebook.stem, profiles=asked, edits=edits_of(options.notebook)
    )
    path = _delivered(studio.path(film), options.output)
    value = {
        "film": str(path),
        "shots": [shot.name for shot in shots],
        "take": json.loads(film.model_dump_json(by_alias=True)),
    }
    return value, [f"{path}", f"{len(shots)} shots, {film.duration_s:.1f} s"]


def storyboard(options: argparse.Namespace) -> Answer:
    """Puts the shots of a notebook on a contact sheet, without shooting any."""
    from flow_nb.notebook.boarding import write_board
    from flow_nb.notebook.storyboard import board_of_file, plain
    from flow_nb.studio import Studio

    folder = options.notebook.resolve().parent
    board = board_of_file(options.notebook, Studio(folder))
    files = write_board(board, folder, png=options.png, page=options.html)
    value = {**board.model_dump(mode="json", by_alias=True), "files": [str(file) for file in files]}
    return value, [*map(str, files)] or [plain(board)]


def voice(options: argparse.Namespace) -> Answer:
    """Casts a voice, lists the cast, writes what one sounds like."""
    from flow_nb.auditions import audition, plain
    from flow_nb.files import write_whole
    from flow_nb.identity.asking import asked
    from flow_nb.studio import Studio

    _check_output(options.output)
    wanted = asked(" ".join(options.words))
    heard = bool(options.output and wanted.name)
    cast = Studio(options.studio).cast
    rows, notes = audition(cast, wanted, forget=options.forget, heard=heard)
    if heard and rows[0].sound:
        write_whole(options.output.resolve(), rows[0].sound)
    voices = [{**asdict(row.tag), "nearest": row.nearest} for row in rows]
    return {"voices": voices, "notes": notes}, plain(rows, notes)


def verify(options: argparse.Namespace) -> Answer:
    """Reads a file's credentials and marks and looks for its record."""
    from flow_nb.shield.telling import told_verdict

    _check_output(options.visible)
    return told_verdict(options.file, Path(options.studio), options.visible)


def profiles(options: argparse.Namespace) -> Answer:
    """Lists the compliance profiles: dates, sources, rules."""
    from flow_nb.shield.telling import told_profiles

    return told_profiles()


def _studio(options: argparse.Namespace) -> Studio:
    """The project folder, with the director that was asked for."""
    from flow_nb.studio import Studio

    director = None
    if options.director != "grammar":
        from flow_nb.director.llm import LlmDirector

        director = LlmDirector(options.director)
    return Studio(options.studio, director=director)


def _check_gaps(options: argparse.Namespace, made: Plan) -> None:
    """``--strict``."""
    if options.strict and made.gaps:
        from flow_nb.plan.table import gaps_refused

        raise gaps_refused(made).at(shot=options.name)


def _solved(motion: Motion) -> dict[str, Any]:
    return {
        "events": [asdict(event) for event in motion.events],
        "checks": [asdict(check) for check in motion.checks],
        "warnings": list(motion.warnings),
    }


def _shot(options: argparse.Namespace) -> Shot:
    text = sys.stdin.read() if options.text == "-" else options.text
    return shot_of(options, name=options.name, text=text)


def _check_output(output: Path | None) -> None:
    """Before anything is made: whether the copy can be written at all."""
    if output is not None and not output.resolve().parent.is_dir():
        raise ShotError(
            f'the folder of "{quote(str(output))}" does not exist.',
            fix="Make it, or choose another.",
        )
    if output is not None and output.is_dir():
        raise ShotError(
            f'"{quote(str(output))}" is a folder.', fix="Name a file, as in -o clip.mp4."
        )


def _passes(studio: Studio, made: Shooting, kinds: str) -> tuple[Path, ...]:
    """What was asked for beside the take, in the studio's folder of takes."""
    from flow_nb.passes import pass_kinds, write_passes

    wanted = pass_kinds(kinds)
    return write_passes(studio, made, wanted, _progress()) if wanted else ()


def _delivered(clip: Path, output: Path | None) -> Path:
    if output is None:
        return clip
    from flow_nb.files import replacing

    with replacing(output.resolve()) as part:
        shutil.copyfile(clip, part)
    return output


def _progress() -> Callable[[str, float], None]:
    """One line on standard error that is written over, if somebody is looking."""
    watched = sys.stderr.isatty()

    def show(stage: str, share: float) -> None:
        if watched:
            bar = "█" * round(share * 24)
            print(f"\r{stage:>8} {bar:<24} {share:4.0%}", end="", file=sys.stderr, flush=True)
            if share >= 1:
                print(file=sys.stderr)

    return show


def _plan_lines(made: Plan) -> list[str]:
    from flow_nb.plan.table import plan_rows

    return [
        f"{row.part:9}{row.reading}  [{row.source}]{f'  “{row.words}”' if row.words else ''}"
        for row in plan_rows(made)
    ]


def _event_lines(value: dict[str, Any]) -> list[str]:
    lines = []
    for event in value["events"]:
        theory = event["closed_form_s"]
        beside = "" if theory is None else f"  (theory {theory:.3f} s)"
        lines.append(f"{event['time_s']:7.3f} s  {event['text']}{beside}")
    return lines + [f"warning: {text}" for text in value["warnings"]]


def _stage_lines(take: dict[str, Any]) -> list[str]:
    return [f"{stage:>8} {seconds:7.2f} s" for stage, seconds in take["stages_s"].items()]
