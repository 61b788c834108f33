"""The score: a small band of our own that plays what a shot feels like."""
