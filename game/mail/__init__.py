"""Mail: a contract, then one file a provider."""

from game.base.config import Settings
from game.mail.contract import Line, Lost, Mail, Mailer, Refused, Unreachable
from game.mail.smtp import Smtp

__all__ = ["Line", "Lost", "Mail", "Mailer", "Refused", "Unreachable", "mailer"]


def mailer(settings: Settings) -> Mailer | None:
    """What sends mail here, if the settings name a server."""
    return Smtp(settings.smtp_url) if settings.smtp_url else None
