"""How well the grammar reads. In: prompts with what they say. Out: F1 of motions and props, shares of the rest."""
