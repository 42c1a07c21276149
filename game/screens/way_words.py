"""What each task of the aids is called, in the reader's language."""

from flask_babel import gettext as _


def task_words() -> dict[str, str]:
    """The tasks by key."""
    return {
        "message": _("Messages"),
        "wording": _("Intitulés comparés"),
        "employers": _("Entreprises cibles"),
        "post": _("Comprendre un poste"),
        "cv": _("CV à côté du poste"),
        "grid": _("Grille d'entretien"),
        "sound": _("Transcription d'un entretien"),
    }
