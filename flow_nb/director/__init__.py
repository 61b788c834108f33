"""F2, layer 1: words become a plan."""
