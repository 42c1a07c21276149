"""The verbs of a workshop: create, prepare, join, play, run, and look at it."""
