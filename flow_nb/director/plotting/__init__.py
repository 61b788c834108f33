"""From a reading to a plan. In: a `Reading` and its `Script`. Out: a `Plan`: bodies, causes, marks, look."""
