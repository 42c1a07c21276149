"""The words of reverse interviews, in the reader's language."""

from flask_babel import gettext as _


def talk_words() -> dict[str, dict[str, str]]:
    """Labels by key, by what they are labels of."""
    return {
        "whys": {"offer": _("une offre est faite"), "hesitates": _("hésite à postuler")},
        "ways": {
            "remote": _("à distance"),
            "site": _("sur place"),
            "phone": _("par téléphone"),
            "walk": _("en marchant"),
        },
        "states": {
            "open": _("à elle de choisir"),
            "asked": _("le collègue répond"),
            "countered": _("un autre moment est proposé"),
            "agreed": _("convenu"),
        },
        "helped": {
            "clearer": _("J'y vois plus clair"),
            "unsure": _("Il me reste des questions"),
            "no": _("Ça ne m'a pas aidé"),
        },
    }
