"""Starting, supervising and examining the server."""
