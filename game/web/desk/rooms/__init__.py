"""What workshops and their rounds brought."""
