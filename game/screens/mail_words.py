"""The words of messages and mailings, in the reader's language."""

from flask_babel import gettext as _

from game.screens import messages

BARS = (
    *("objected", "lead_uninformed", "lead_overdue", "notice_unpublished"),
    *("no_mail", "lacks_field"),
)


def mail_words() -> dict[str, dict[str, str]]:
    """Labels by key, by what they are labels of."""
    return {
        "states": {
            "waiting": _("attend"),
            "sending": _("part"),
            "sent": _("parti"),
            "skipped": _("pas envoyé"),
            "refused": _("refusé par le serveur"),
            "unsure": _("incertain : à vérifier, pas renvoyé"),
            "cancelled": _("arrêté"),
        },
        "jobs": {
            "waiting": _("attend son tour"),
            "running": _("en cours"),
            "done": _("terminé"),
            "failed": _("le serveur de mail n'a pas répondu"),
            "cancelled": _("arrêté"),
        },
        "bars": {code: messages.text(code) for code in BARS},
    }
