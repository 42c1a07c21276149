"""The kinds of round: one file a kind, and nothing else."""
