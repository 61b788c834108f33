"""The director with a language model. In: a `Shot`. Out: its `Plan`, checked; the grammar's where that fails.

The model proposes causes. It has no tool, the text of a cell is data to it, and no number of a
trajectory is taken from it. Whatever goes wrong, the grammar reads the shot and the plan says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flow_nb.director.base import Director, Growing, Tokens
from flow_nb.director.llm.brief import instructions, message
from flow_nb.director.llm.call import Answer, call
from flow_nb.director.llm.proposal import Proposal, as_plan, strangers
from flow_nb.errors import FlowError, PlanError, one_line
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import Shot

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.models import Model

VERSION = "1"
RETRIES = 2
TIMEOUT_S = 90.0
CHARS_PER_TOKEN = 3.5
MAX_ANSWER_TOKENS = 12_000

_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]*_(?:KEY|URL|TOKEN)\b")


class LlmDirector:
    """Reads by a language model: ``LlmDirector("google:gemini-3-pro-preview")``.

    ``model`` is a provider and a model by name, or a model of pydantic-ai.
    """

    version = VERSION
    costs = True

    def __init__(
        self,
        model: str | Model,
        *,
        otherwise: Director | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Raises PlanError where the extra is not installed or no provider has that name."""
        from flow_nb.director.grammar import Grammar

        self.model = _model(model)
        self.name = model if isinstance(model, str) else f"{model.system}:{model.model_name}"
        self.otherwise: Director = Grammar() if otherwise is None else otherwise
        self.timeout_s = timeout_s

    @property
    def missing(self) -> str:
        """What keeps the model from reading, in one line; empty if nothing does."""
        return str(self.model) if isinstance(self.model, PlanError) else ""

    def quote(self, shot: Shot) -> Tokens:
        """What a reading takes if the model answers at the first try and as long as it may."""
        sent = len(instructions()) + len(message(shot)) + _schema_chars()
        return Tokens(
            model=self.name, sent=round(sent / CHARS_PER_TOKEN), received=MAX_ANSWER_TOKENS
        )

    def read(self, shot: Shot, *, growing: Growing | None = None) -> Plan:
        """The model's plan, or the grammar's with a note that says why. Raises PlanError as it does."""
        if isinstance(self.model, PlanError):
            return self._otherwise(shot, self.missing)
        try:
            answer = call(
                _agent(self.model, self.timeout_s),
                message(shot),
                self.timeout_s,
                _grower(shot, growing),
            )
        except FlowError as error:
            return self._otherwise(shot, str(error))
        return self._checked(shot, answer)

    def _checked(self, shot: Shot, answer: Answer) -> Plan:
        try:
            plan = as_plan(answer.proposal, shot)
        except ValueError as error:
            return self._otherwise(shot, f"its plan does not hold together ({_first(error)})")
        if not plan.bodies and not plan.lines:
            return self._otherwise(shot, "its plan is empty")
        tokens = answer.sent, answer.received
        return plan.model_copy(update={"director": self.name, "tokens": tokens})

    def _otherwise(self, shot: Shot, why: str) -> Plan:
        plan = self.otherwise.read(shot)
        note = f"{self.name} did not read this: {one_line(why).rstrip('.')}. The grammar did."
        return plan.model_copy(update={"notes": (*plan.notes, note)})


def _agent(model: Model, timeout_s: float) -> Agent[None, Proposal]:
    from pydantic_ai import Agent, ModelRetry, ToolOutput
    from pydantic_ai.settings import ModelSettings

    agent = Agent(
        model,
        output_type=ToolOutput(Proposal, name="plan", description="The plan of the shot."),
        instructions=instructions(),
        retries=RETRIES,
        model_settings=ModelSettings(max_tokens=MAX_ANSWER_TOKENS, timeout=timeout_s),
    )

    @agent.output_validator
    def _names(proposal: Proposal) -> Proposal:
        if unknown := strangers(proposal):
            raise ModelRetry(f"no body is called {', '.join(unknown[:8])}: add it or leave it out")
        return proposal

    return agent


def _model(model: str | Model) -> Model | PlanError:
    """The model of that name. What is only missing (a key) is told at the reading; a wrong name now."""
    try:
        from pydantic_ai.exceptions import UserError
        from pydantic_ai.models import infer_model
    except ImportError:
        raise PlanError(
            "a language model as director is not installed.", fix='pip install "flow_nb[llm]"'
        ) from None
    if not isinstance(model, str):
        return model
    if ":" not in model:
        raise PlanError(
            f'"{one_line(model)[:60]}" names no provider.',
            fix="Write provider:model, as in google:gemini-3-pro-preview, or grammar.",
        )
    try:
        return infer_model(model)
    except UserError as error:
        if missing := _VARIABLE.search(str(error)):
            return PlanError(f"{missing.group()} is not set.", fix="Set it before Jupyter starts.")
        raise _no_provider(model) from None
    except ImportError:
        provider = model.partition(":")[0]
        raise PlanError(
            f'the client of "{provider}" is not installed.',
            fix=f'pip install "pydantic-ai-slim[{provider}]"',
        ) from None
    except (ValueError, KeyError):
        raise _no_provider(model) from None


def _no_provider(model: str) -> PlanError:
    return PlanError(
        f'there is no provider "{one_line(model.partition(":")[0])[:40]}".',
        fix="Choose google, openai, anthropic, ollama or another of pydantic-ai's.",
    )


def _grower(shot: Shot, growing: Growing | None) -> Any:
    """Turns what has arrived so far into a plan, where it already makes one."""
    if growing is None:
        return None

    def heard(partial: dict[str, Any]) -> None:
        whole = _so_far(partial)
        try:
            growing(as_plan(Proposal.model_validate(whole), shot))
        except ValueError:
            return

    return heard


def _so_far(partial: dict[str, Any]) -> dict[str, Any]:
    """A growing answer without its unfinished last entries, and without actions of who is not there."""
    bodies = [b for b in partial.get("bodies", []) if isinstance(b, dict) and "material" in b]
    return {"bodies": bodies} | {k: partial[k] for k in ("set", "light") if _whole(partial.get(k))}


def _whole(part: object) -> bool:
    return isinstance(part, dict) and bool(part)


def _schema_chars() -> int:
    return len(str(Proposal.model_json_schema()))


def _first(error: ValueError) -> str:
    lines = str(error).splitlines()
    return lines[2].strip() if len(lines) > 2 else lines[0] if lines else "?"
