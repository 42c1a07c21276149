"""Helpers that draft, compare and file: by rules alone, or with a model that somebody runs."""
