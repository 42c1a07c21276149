"""The lean transport beneath Socket.IO."""
