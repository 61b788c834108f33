"""The page's types. In: the kernel's messages. Out: `messages.ts` and `cards.ts`, by `make messages`."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from flow_nb.notebook import cards, messages

SOURCES = Path(__file__).parent / "src"
MODULES = {"messages": messages, "cards": cards}
CONSTANTS = ("MIME", "BOARD_MIME", "METADATA_KEY", "EDIT_KEY", "COMM_TARGET", "FILM_CELL")
SIMPLE = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
}


def typescript(name: str) -> str:
    """All constants and messages of a module as TypeScript, in its order."""
    module = MODULES[name]
    parts = [f"// Written by js/write_messages.py from flow_nb/notebook/{name}.py. Do not edit.\n"]
    known = [key for key in CONSTANTS if key in vars(module)]
    parts += [f"export const {key} = {json.dumps(getattr(module, key))};" for key in known]
    parts += [f"\n{_interface(model)}" for model in _models(module)]
    return "\n".join(parts) + "\n"


def _models(module: ModuleType) -> list[type[messages.Message]]:
    found = [
        value
        for value in vars(module).values()
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
    for name in MODULES:
        (SOURCES / f"{name}.ts").write_text(typescript(name), encoding="utf-8")
        print(f"wrote {name}.ts")
