"""Integrations: the programs that call us, and those that we tell of events."""
