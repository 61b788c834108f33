"""F3: the embedded soundstage."""
