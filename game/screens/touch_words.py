"""The words of touchpoints, in the reader's language."""

from flask_babel import gettext as _


def touch_words() -> dict[str, dict[str, str]]:
    """Labels by key, by what they are labels of."""
    return {
        "kinds": {
            "message": _("Message"),
            "call": _("Appel"),
            "callback": _("Rappel"),
            "article": _("Article"),
            "newsletter": _("Lettre d'information"),
            "event": _("Annonce d'un événement"),
            "invitation": _("Invitation"),
            "notice": _("Notice d'information"),
        },
        "media": {
            "mail": _("par mail"),
            "phone": _("par téléphone"),
            "meeting": _("en personne"),
            "post": _("par courrier"),
            "other": _("autrement"),
        },
        "directions": {"out": _("de nous"), "in": _("de la personne")},
        "answers": {
            "answered": _("a répondu"),
            "silent": _("sans réponse"),
            "bounced": _("message non remis"),
        },
        "outcomes": {"hired": _("Embauchée"), "not_now": _("Pas maintenant")},
        "units": {"months": _("mois"), "weeks": _("semaines"), "days": _("jours")},
        "whens": {
            "late": _("En retard"),
            "today": _("Aujourd'hui"),
            "week": _("Dans les sept jours"),
            "later": _("Ensuite"),
        },
    }
