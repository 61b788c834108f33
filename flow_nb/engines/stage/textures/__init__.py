"""Surfaces made by rule. In: a name, a colour, a seed. Out: colour, relief and finish as tiling maps."""
