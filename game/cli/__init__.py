"""The command `sourcerie`: a group of commands, one file a noun."""

from game.cli import (
    backups,
    content_packs,
    jobs,
    pool,
    reference,
    rehearsals,
    service,
    users,
)
from game.cli.group import main

__all__ = [
    "backups",
    "content_packs",
    "jobs",
    "main",
    "pool",
    "reference",
    "rehearsals",
    "service",
    "users",
]
