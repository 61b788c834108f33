"""What a text holds besides prose. In: a shot's text. Out: lines, sluglines, directives, definitions, and the prose."""
