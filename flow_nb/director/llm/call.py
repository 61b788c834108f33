"""One conversation with a model. In: an agent, a message. Out: an `Answer`, or one line on what went wrong.

It runs in a thread with a loop of its own: a notebook's kernel has one already, and a stop must be
heard at once. No exception of a client is ever quoted: it might hold a key.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flow_nb.errors import PlanError

if TYPE_CHECKING:
    from pydantic_ai import Agent

    from flow_nb.director.llm.proposal import Proposal

LISTEN_S = 0.1
Heard = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, and the tokens that it took."""

    proposal: Proposal
    sent: int
    received: int


def call(
    agent: Agent[None, Proposal], message: str, timeout_s: float, heard: Heard | None = None
) -> Answer:
    """Asks, and asks again where the answer does not validate.

    Raises:
        PlanError: no answer in time, no network, a refusal, an answer that is no plan.
        KeyboardInterrupt: the user stopped; the request is dropped.
    """
    box: list[Answer | BaseException] = []
    loop = asyncio.new_event_loop()
    task = loop.create_task(_ask(agent, message, timeout_s, heard))
    thread = threading.Thread(target=_run, args=(loop, task, box), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LISTEN_S)
    except KeyboardInterrupt:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(1.0)
        raise
    found = box[0]
    if isinstance(found, Answer):
        return found
    raise _told(found, timeout_s) from None


def _run(
    loop: asyncio.AbstractEventLoop, task: asyncio.Task[Answer], box: list[Answer | BaseException]
) -> None:
    try:
        box.append(loop.run_until_complete(task))
    except BaseException as error:
        box.append(error)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _ask(
    agent: Agent[None, Proposal], message: str, timeout_s: float, heard: Heard | None
) -> Answer:
    listen = None if heard is None else _listener(heard)
    async with asyncio.timeout(timeout_s):
        result = await agent.run(message, event_stream_handler=listen)
    usage = result.usage
    return Answer(proposal=result.output, sent=usage.input_tokens, received=usage.output_tokens)


def _listener(heard: Heard) -> Any:
    """Collects the answer's JSON as it streams in and hands on what can be read of it."""

    async def listen(_: object, events: AsyncIterable[Any]) -> None:
        from pydantic_ai.messages import (
            PartDeltaEvent,
            PartStartEvent,
            ToolCallPart,
            ToolCallPartDelta,
        )
        from pydantic_core import from_json

        text = ""
        async for event in events:
            if isinstance(event, PartStartEvent) and isinstance(event.part, ToolCallPart):
                text = event.part.args if isinstance(event.part.args, str) else ""
            elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, ToolCallPartDelta):
                text += event.delta.args_delta if isinstance(event.delta.args_delta, str) else ""
            else:
                continue
            try:
                partial = from_json(text, allow_partial=True) if text else {}
            except ValueError:
                continue
            if isinstance(partial, dict):
                heard(partial)

    return listen


def _told(error: BaseException, timeout_s: float) -> PlanError:
    """One line, by the kind of the error alone."""
    from pydantic_ai import exceptions as kinds

    if isinstance(error, TimeoutError):
        return PlanError(f"no answer within {timeout_s:g} s.", fix="Try again, or another model.")
    if isinstance(error, kinds.ModelHTTPError):
        return PlanError(
            f"its server answered {error.status_code}.", fix=_advice(error.status_code)
        )
    if isinstance(error, kinds.ContentFilterError):
        return PlanError("it refused this text.", fix="Say it otherwise.")
    if isinstance(error, kinds.UnexpectedModelBehavior):
        return PlanError("it gave no valid plan.", fix="Try again, or another model.")
    if isinstance(error, kinds.UserError):
        return PlanError("it is not set up here.", fix="See its provider's key.")
    return PlanError(f"it could not be reached ({type(error).__name__}).", fix="See the network.")


def _advice(status: int) -> str:
    if status in (401, 403):
        return "See its key."
    return "Wait a little." if status == 429 else "Try again, or another model."
