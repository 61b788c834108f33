"""What the Tab key offers. In: a magic's line, a shot's text, the place of the cursor. Out: words that fit there.

Nothing heavy is loaded and nothing is read but small tables: an answer takes a few milliseconds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from IPython.core.completer import (
    CompletionContext,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)

from flow_nb.notebook.desk import Desk
from flow_nb.plan.shot import TIERS, Lines

PASSES = ("depth", "segmentation", "normals")
_MAGIC = re.compile(r"^\s*(%%?)(\w+)(?=\s|$)")
_SPEAKER = re.compile(r"[A-Z][A-Z .'-]*")


class ShotCompleter:
    """The matcher of one shell. In a ``%%shot`` cell it speaks alone: its text is no Python."""

    def __init__(self, desk: Desk, magic_of: Callable[[str, str], Any]) -> None:
        """``magic_of(kind, name)`` is the magic as it is registered, or None."""
        self._desk = desk
        self._magic_of = magic_of

    def matcher(self) -> Callable[[CompletionContext], SimpleMatcherResult]:
        """What IPython's completer asks."""

        @context_matcher(identifier="flow_nb")
        def flow_nb(context: CompletionContext) -> SimpleMatcherResult:
            return self._answer(context)

        return flow_nb

    def _answer(self, context: CompletionContext) -> SimpleMatcherResult:
        lines = context.full_text.split("\n")
        first = next((i for i, line in enumerate(lines) if line.strip()), 0)
        in_shot = _called(lines[first]) == ("cell", "shot")
        if in_shot and context.cursor_line > first:
            return _alone(self._speakers(context), context.token)
        written = lines[context.cursor_line][: context.cursor_position]
        called = _called(written)
        if called is None or (called[0] == "cell" and not in_shot):
            return _beside(())
        parser = getattr(self._magic_of(*called), "parser", None)
        if called[1] not in _OURS or parser is None:
            return _beside(())
        words = written.split()[1:] if written[-1:].isspace() else written.split()[1:-1]
        found = self._fitting(called[1], parser, words, context.token)
        return _beside(found) if called[1] == "verify" else _alone(found, context.token)

    def _speakers(self, context: CompletionContext) -> list[str]:
        """At the beginning of a line of a shot's text: who is cast."""
        line = context.line_with_cursor[: context.cursor_position].lstrip()
        if not _SPEAKER.fullmatch(line):
            return []
        head = line[: len(line) - len(context.token)]
        names = [name.upper() for name in self._cast()]
        fits = [name[len(head) :] for name in names if name.startswith(line)]
        return [name for name in fits if name.startswith(context.token)]

    def _cast(self) -> list[str]:
        return [tag.name for tag in self._desk.session.studio.cast.voices().values()]

    def _fitting(self, magic: str, parser: Any, words: list[str], token: str) -> list[str]:
        options = {o: a for a in parser._actions for o in a.option_strings}
        if token.startswith("-"):
            return _begin(token, [o for o in options if o.startswith("--") and o not in words])
        last = options.get(words[-1]) if words else None
        if last is not None and last.nargs != 0:
            return _begin(token, self._values(words[-1]))
        given = [word for word in words if not word.startswith("-")]
        return _begin(token, self._plain(magic, given))

    def _values(self, option: str) -> Iterable[str]:
        """What may stand after an option."""
        match option:
            case "--tier":
                return TIERS
            case "--scene":
                used = [run.scene for run in self._desk.runs.values() if run.scene]
                return [*dict.fromkeys(used), *_rows("props", "sets.toml")]
            case "--engine":
                from flow_nb.engines.installed import installed

                return sorted(entry.name for entry in installed())
            case "--lines":
                return get_args(Lines)
            case "--profile":
                from flow_nb.shield.profiles.profile import profiles

                return profiles()
            case "--passes":
                return PASSES
        return ()

    def _plain(self, magic: str, given: list[str]) -> Iterable[str]:
        """What may stand where no option is: shots, voices, the words of a voice, what to see."""
        session, jobs = self._desk.session, self._desk.jobs
        match magic, given:
            case ("film", _) | ("verify" | "plan", []):
                return [name for name in session.names if name not in given]
            case "voice", []:
                return self._cast()
            case "voice", _:
                return [word for word in _voice_words() if word not in given]
            case "flow", []:
                return ("director", "jobs", "cancel", "wait")
            case "flow", ["cancel"]:
                return [job.name for job in jobs.open()]
            case "flow", ["director"]:
                return ("grammar",)
        return ()


_OURS = ("shot", "film", "verify", "plan", "voice", "flow", "storyboard")


def _called(line: str) -> tuple[str, str] | None:
    """The kind and the name of the magic that a line calls."""
    found = _MAGIC.match(line)
    return ("cell" if found[1] == "%%" else "line", found[2]) if found else None


def _begin(token: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(token)]


def _beside(words: Iterable[str]) -> SimpleMatcherResult:
    """What fits, beside what others offer: files, or Python's names."""
    return SimpleMatcherResult(
        completions=[SimpleCompletion(text=w, type="flow_nb") for w in words]
    )


def _alone(words: list[str], token: str) -> SimpleMatcherResult:
    """What fits, and nothing of what others offer. IPython hears that only from a matcher that offers
    something: where nothing fits, that is what stands there already."""
    found = _beside(words or [token])
    found["suppress"] = True
    return found


@cache
def _rows(room: str, table: str) -> tuple[str, ...]:
    """The names of the rows of a table that lies beside the code that reads it."""
    data = tomllib.loads((files("flow_nb") / room / table).read_text(encoding="utf-8"))
    return tuple(data)


@cache
def _voice_words() -> tuple[str, ...]:
    path = files("flow_nb") / "identity" / "voices.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["words"])
