"""The page's types. In: `flow_nb.notebook.messages`. Out: `js/src/messages.ts`, by `make messages`."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from flow_nb.notebook import messages

TARGET = Path(__file__).parent / "src" / "messages.ts"
CONSTANTS = ("MIME", "BOARD_MIME", "METADATA_KEY", "EDIT_KEY", "COMM_TARGET", "FILM_CELL")
SIMPLE = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
}


def typescript() -> str:
    """All constants and messages as TypeScript, in the order of the Python module."""
    parts = ["// Written by js/write_messages.py from flow_nb/notebook/messages.py. Do not edit.\n"]
    parts += [f"export const {name} = {json.dumps(getattr(messages, name))};" for name in CONSTANTS]
    parts += [f"\n{_interface(model)}" for model in _models()]
    return "\n".join(parts) + "\n"


def _models() -> list[type[messages.Message]]:
    found = [
        value
        for value in vars(messages).values()
        if inspect.isclass(value) and issubclass(value, messages.Message)
    ]
    return [model for model in found if model is not messages.Message]


def _interface(model: type[messages.Message]) -> str:
    schema = model.model_json_schema(by_alias=True)
    doc = inspect.cleandoc(model.__doc__ or "").replace("``", "`")
    lines = ["/**", *(f" * {line}".rstrip() for line in doc.splitlines()), " */"]
    lines.append(f"export interface {model.__name__} {{")
    lines += [f"  {key}: {_type(value)};" for key, value in schema["properties"].items()]
    return "\n".join([*lines, "}"])


def _type(schema: dict[str, Any]) -> str:
    match schema:
        case {"const": value}:
            found = json.dumps(value)
        case {"enum": values}:
            found = " | ".join(map(json.dumps, values))
        case {"$ref": path}:
            found = str(path).rsplit("/", 1)[-1]
        case {"anyOf": options}:
            found = " | ".join(map(_type, options))
        case {"prefixItems": items}:
            found = f"[{', '.join(map(_type, items))}]"
        case {"additionalProperties": True}:
            found = "Record<string, unknown>"
        case {"additionalProperties": dict(item)}:
            found = f"Record<string, {_type(item)}>"
        case {"items": item}:
            found = f"{_type(item)}[]"
        case _:
            found = SIMPLE[schema["type"]]
    return found


if __name__ == "__main__":
    TARGET.write_text(typescript(), encoding="utf-8")
    print(f"wrote {TARGET.name}")
