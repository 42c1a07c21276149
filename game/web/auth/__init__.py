"""Signing in and out, and the list of users."""
