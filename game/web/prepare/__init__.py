"""Preparing a workshop."""
