"""The voices of the stage: words become speech, and the times of its sounds."""
