"""The room's projector."""
