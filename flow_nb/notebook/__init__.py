"""F8: cells, magics, display."""
