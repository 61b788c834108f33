"""The shell's verbs. In: arguments. Out: words for people, or one JSON value on standard output.

Progress and warnings go to standard error; the exit status is 0, 1 for a refusal, 130 for a stop.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from flow_nb import __version__
from flow_nb.errors import Cancelled, FlowError
from flow_nb.plan.shot import DEFAULT_ENGINE, DEFAULT_TIER, EXAMPLE, TIERS
from flow_nb.verbs import (
    Answer,
    doctor,
    plan,
    profiles,
    render,
    shoot,
    storyboard,
    verify,
    voice,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """``flow-nb``. Returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    verb: Callable[[argparse.Namespace], Answer] = options.verb
    try:
        value, lines = verb(options)
    except (KeyboardInterrupt, Cancelled):
        print("flow-nb: stopped; nothing is left behind.", file=sys.stderr)
        return 130
    except FlowError as error:
        if options.json:
            print(json.dumps({"error": type(error).__name__, "message": str(error)}))
        print(f"flow-nb: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(json.dumps(value, ensure_ascii=False) if options.json else "\n".join(lines))
    return int(value.get("status", 0))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flow-nb",
        description="A notebook that is a film studio: words become physics, picture and sound.",
        epilog=EXAMPLE,
    )
    parser.add_argument("--version", action="version", version=f"flow-nb {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="one JSON value on standard output")
    common.add_argument(
        "--studio", default=".", metavar="FOLDER", help="the project folder (default: here)"
    )
    shot = argparse.ArgumentParser(add_help=False)
    shot.add_argument("text", metavar="TEXT", help="what happens, in words; - reads standard input")
    shot.add_argument("--name", default="shot", help="the shot's name (default: shot)")
    shot.add_argument(
        "--tier", default=DEFAULT_TIER, help=f"one of {', '.join(TIERS)} (default: {DEFAULT_TIER})"
    )
    shot.add_argument("--scene", help="the scene it belongs to; it may name the set")
    shot.add_argument(
        "--engine", default=DEFAULT_ENGINE, help=f"who makes it (default: {DEFAULT_ENGINE})"
    )
    shot.add_argument("--duration", metavar="S", help="length in seconds, 1 to 30")
    shot.add_argument(
        "--director",
        default="grammar",
        metavar="NAME",
        help="who reads the text: grammar, or provider:model (default: grammar)",
    )
    shot.add_argument("--strict", action="store_true", help="refuse a text not understood whole")
    shot.add_argument("--score", action="store_true", help="music that follows the beats")
    shot.add_argument(
        "--lines",
        default="lengthen",
        help="lines longer than the shot lengthen it, or refuse (default: lengthen)",
    )
    shot.add_argument("--seed", default=0, help="another seed, another take (default: 0)")
    shot.add_argument("--profile", help="compliance profiles, as in eu,china; see flow-nb profiles")
    _add(
        verbs, "doctor", doctor, "what this machine can do, and the fix for what it cannot", common
    )
    read = _add(verbs, "plan", plan, "read and solve a text, without drawing", common, shot)
    read.add_argument("--unsolved", action="store_true", help="only read it")
    made = _add(verbs, "shot", shoot, "make a take", common, shot)
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help="also copy the clip there")
    made.add_argument("--fresh", action="store_true", help="make it again, whatever is kept")
    made.add_argument(
        "--passes", default="", metavar="KINDS", help="also write: depth,segmentation,normals"
    )
    film = _add(verbs, "render", render, "make all shots of a notebook and join them", common)
    film.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    film.add_argument("-o", "--output", type=Path, metavar="FILE", help="also copy the film there")
    film.add_argument("--tier", help="this tier for every shot")
    film.add_argument("--profile", default="", help="compliance profiles beyond those of the shots")
    board = _add(verbs, "storyboard", storyboard, "all shots of a notebook on one sheet", common)
    board.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    board.add_argument("--png", type=Path, metavar="FILE", help="as a picture")
    board.add_argument("--html", type=Path, metavar="FILE", help="as a page to print")
    cast = _add(verbs, "voice", voice, "cast a voice, list the cast, hear one of it", common)
    cast.add_argument(
        "words", nargs="*", metavar="WORDS", help="MARA warm, low, 50s; or MARA = 0.7 af_heart + …"
    )
    cast.add_argument("--forget", action="store_true", help="take the voice away")
    cast.add_argument("-o", "--output", type=Path, metavar="FILE", help="the voice as an MP3")
    proof = _add(verbs, "verify", verify, "what a media file can prove of its origin", common)
    proof.add_argument("file", type=Path, metavar="FILE")
    proof.add_argument("--visible", type=Path, metavar="PNG", help="also draw where the mark sits")
    _add(verbs, "profiles", profiles, "what jurisdictions ask of generated clips", common)
    return parser


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    verb: Callable[[argparse.Namespace], Answer],
    summary: str,
    *parents: argparse.ArgumentParser,
) -> argparse.ArgumentParser:
    added = verbs.add_parser(name, help=summary, description=summary, parents=list(parents))
    added.set_defaults(verb=verb)
    return added


if __name__ == "__main__":
    sys.exit(main())
