"""The sound of the stage: every touch of the solved motion is heard, on the picture's clock."""
