"""The words after a magic. In: its line. Out: its options, or one line on what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic_arguments import MagicArgumentParser

from flow_nb.errors import ShotError, choices, quote


def read_options(magic: Callable[..., Any], line: str) -> argparse.Namespace:
    """The options of a magic that was made with IPython's ``magic_arguments``.

    Raises:
        ShotError: an option is unknown, lacks its value, or a quotation mark is open.
    """
    parser: MagicArgumentParser = magic.parser  # type: ignore[attr-defined]
    _check_known(parser, line)
    try:
        found: argparse.Namespace = parser.parse_argstring(line)  # type: ignore[no-untyped-call]
    except UsageError as error:
        raise ShotError(f"{error}.", fix="See %%shot -h.") from None
    except ValueError:
        raise ShotError(
            "a quotation mark is not closed.", fix="Close it on the same line."
        ) from None
    for key, value in vars(found).items():
        if isinstance(value, str):
            setattr(found, key, value.strip("\"'"))
    return found


def help_text(magic: Callable[..., Any]) -> str:
    """What ``-h`` prints."""
    return str(magic.parser.format_help()).strip()  # type: ignore[attr-defined]


def _check_known(parser: MagicArgumentParser, line: str) -> None:
    known = [o for a in parser._actions for o in a.option_strings]
    for word in line.split():
        option = word.split("=", 1)[0]
        if option.startswith("--") and option not in known:
            long = [o for o in known if o.startswith("--")]
            raise ShotError(f'there is no option "{quote(option)}".', fix=choices(option, long))
