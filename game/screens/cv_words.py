"""The words of what a recruiter notes beside a CV."""

from flask_babel import gettext as _


def cv_states() -> dict[str, str]:
    """What the recruiter says of a must-have, by key: none is a mark."""
    return {
        "": _("pas encore regardé"),
        "read": _("lu dans le CV"),
        "ask": _("à demander en entretien"),
    }
