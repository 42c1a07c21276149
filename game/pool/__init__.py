"""The verbs of the talent pool: find, review, correct, merge, erase."""
