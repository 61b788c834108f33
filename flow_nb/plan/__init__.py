"""F1: the values that flow between the stages: `Shot`, `Plan` and its parts, `Motion`, `Take`."""
