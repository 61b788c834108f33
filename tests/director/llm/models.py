"""Models that answer from a list, through pydantic-ai's own machinery; no network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

GLASS: dict[str, Any] = {
    "duration_s": 4,
    "set": {"kind": "kitchen", "origin": {"words": "kitchen floor"}},
    "bodies": [
        {"name": "glass", "noun": "glass", "prop": "glass", "material": "glass"},
        {"name": "table", "noun": "table", "prop": "table", "material": "wood"},
    ],
    "placements": [{"body": "glass", "relation": "edge of", "anchor": "table"}],
    "actions": [
        {
            "verb": "fall", "body": "glass", "source": "table", "speed_m_s": 3.3,
            "origin": {"words": "falls off the table"},
        },
    ],
}  # fmt: skip
TEXT = "A glass falls off the table onto the kitchen floor."

Seen = list[tuple[list[ModelMessage], AgentInfo]]


def answering(*answers: Any) -> tuple[FunctionModel, Seen]:
    """A model that gives these answers, the last one again and again: a dict is the plan, a string is
    prose, an exception is raised, a number is a silence of so many seconds."""
    seen: Seen = []

    def next_one(messages: list[ModelMessage], info: AgentInfo) -> Any:
        seen.append((messages, info))
        return answers[min(len(seen), len(answers)) - 1]

    async def whole(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        answer = await _said(next_one(messages, info))
        if isinstance(answer, str):
            return ModelResponse(parts=[TextPart(answer)])
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, answer)])

    async def streamed(
        messages: list[ModelMessage], info: AgentInfo
    ) -> AsyncIterator[str | DeltaToolCalls]:
        answer = await _said(next_one(messages, info))
        if isinstance(answer, str):
            yield answer
            return
        text = json.dumps(answer)
        yield {0: DeltaToolCall(name=info.output_tools[0].name, json_args="")}
        for i in range(0, len(text), 40):
            yield {0: DeltaToolCall(json_args=text[i : i + 40])}

    return FunctionModel(whole, stream_function=streamed), seen


async def _said(answer: Any) -> Any:
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, int | float):
        await asyncio.sleep(answer)
        return GLASS
    return answer


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """The glass, with one thing wrong."""
    plan: dict[str, Any] = json.loads(json.dumps(GLASS))
    change(plan)
    return plan
