"""All tables in one place to import from, so that none is forgotten by a migration."""

from game.clock import now_ms
from game.store.base import Base, new_id
from game.store.leads import (
    Lead,
    LeadKey,
    Nomination,
    Place,
    Recommendation,
    Suppression,
    Verdict,
)
from game.store.players import Player, Point, Submission
from game.store.staff import AuditEntry, User
from game.store.workers import WorkerRow
from game.store.workshops import BriefRow, RoundRow, Team, Workshop

__all__ = [
    "AuditEntry",
    "Base",
    "BriefRow",
    "Lead",
    "LeadKey",
    "Nomination",
    "Place",
    "Player",
    "Point",
    "Recommendation",
    "RoundRow",
    "Submission",
    "Suppression",
    "Team",
    "User",
    "Verdict",
    "WorkerRow",
    "Workshop",
    "new_id",
    "now_ms",
]
