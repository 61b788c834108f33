"""The check: theory stands beside what was solved. ``check(evidence, events) -> checks, warnings``."""
