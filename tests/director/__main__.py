"""The table of prompts, read anew. In: ``prompts.toml``. Out: the same table on standard output, to be
compared by eye: ``python -m tests.director > new.toml``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from flow_nb.director.grammar import Grammar
from flow_nb.errors import FlowError
from flow_nb.plan.shot import make_shot
from tests.director.telling import DEFAULTS, told

TABLE = Path(__file__).with_name("prompts.toml")
WIDE = 110


def _value(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    line = json.dumps(value, ensure_ascii=False)
    if len(line) < WIDE:
        return line
    return "[\n" + "".join(f"  {json.dumps(one, ensure_ascii=False)},\n" for one in value) + "]"


def _row(row: dict[str, Any]) -> str:
    if "owed" in row:
        return "\n".join(["[[prompt]]", *(f"{key} = {_value(row[key])}" for key in row)])
    lines = [f"{key} = {_value(row[key])}" for key in ("text", "scene") if key in row]
    try:
        plan = Grammar().read(make_shot("row", row["text"], scene=row.get("scene")))
    except FlowError as error:
        said = str(error).removeprefix('shot "row": ').split(". ")[0]
        lines.append(f"error = {_value(said)}")
    else:
        found = told(plan)
        kept = [key for key in found if key == "bodies" or found[key] != DEFAULTS[key]]
        lines += [f"{key} = {_value(found[key])}" for key in kept]
    return "\n".join(["[[prompt]]", *lines])


def main() -> None:
    """Prints the head of the table as it is, and every row as it is read now."""
    text = TABLE.read_text(encoding="utf-8")
    rows = tomllib.loads(text)["prompt"]
    head = text[: text.index("[[prompt]]")]
    print(head + "\n\n".join(_row(row) for row in rows))


if __name__ == "__main__":
    main()
