"""Other people's data: erased, kept out, and every use of it noted."""
