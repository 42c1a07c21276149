"""The ledger of points: the only hand on entries and sums."""
