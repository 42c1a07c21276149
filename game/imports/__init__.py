"""Files of people that others made: read as they are, taken by `pool/intake`."""
