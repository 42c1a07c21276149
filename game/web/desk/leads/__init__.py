"""The leads, each and together."""
