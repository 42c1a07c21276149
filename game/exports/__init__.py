"""Exports: one file a format, all of the same rows."""
