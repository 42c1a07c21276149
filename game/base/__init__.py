"""The ground: settings, clock, logs, limits, refusals. Knows nothing of the game."""
