"""F5: takes become a film."""
