"""F2, layer 1: a plan is laid out, built, solved, and told as events. ``solve(plan) -> Motion``."""
