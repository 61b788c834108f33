"""A language model as director. In: a `Shot`. Out: a `Plan` that was checked, or the grammar's reading."""

from flow_nb.director.llm.director import LlmDirector

__all__ = ["LlmDirector"]
