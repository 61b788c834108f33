"""F5: shots joined into a film."""
