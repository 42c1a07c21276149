"""Messages to one and to many."""
