"""Touchpoints: planned, done, by rule and by hand."""
