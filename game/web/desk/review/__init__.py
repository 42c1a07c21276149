"""The queue of leads that wait for a verdict."""
