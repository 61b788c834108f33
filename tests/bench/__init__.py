"""Figures, not gates: ``make bench`` prints them; nothing here fails a test."""
