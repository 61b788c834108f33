"""What a place sounds like by itself: made by rules from seeded noise and tones, never sampled."""
