"""Pages of the people who were named."""
