"""The bench: what the live path does in a second, beside what its stack could do with no game."""
