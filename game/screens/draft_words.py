"""The words of drafts, in the reader's language."""

from flask_babel import gettext as _


def draft_words() -> dict[str, dict[str, str]]:
    """Labels by key, by what they are labels of."""
    return {
        "occasions": {
            "first": _("Premier contact"),
            "callback": _("Rappel"),
            "invitation": _("Invitation"),
            "content": _("Un contenu à lire"),
            "thanks": _("Remerciement"),
        },
        "tones": {
            "warm": _("Chaleureux"),
            "plain": _("Sobre"),
            "formal": _("Soutenu"),
        },
        "sources": {
            "card": _("sa fiche"),
            "brief": _("le poste"),
            "advert": _("l'intitulé choisi pour l'annonce"),
            "you": _("votre compte"),
            "consent": _("avec l'accord de la personne nommée"),
            "page": _("sa page personnelle"),
            "notice": _("la notice publiée"),
        },
        "employers": {
            "room": _("une salle"),
            "pool": _("le vivier"),
            "register": _("Sirene"),
            "model": _("un modèle"),
            "hand": _("vous"),
        },
        "whys": whys(),
    }


def whys() -> dict[str, str]:
    """Why a draft is the rules', where a model was asked."""
    return {
        "invented": _("le modèle disait ce que personne ne lui avait dit"),
        "unreachable": _("le serveur du modèle ne répond pas"),
        "public_address": _("le serveur du modèle est hors de chez vous, et le réglage l'interdit"),
        "refused": _("le serveur du modèle refuse de répondre"),
        "too_slow": _("le modèle n'a pas répondu à temps"),
        "too_long": _("le modèle n'en finissait pas"),
        "cut": _("la réponse du modèle s'est interrompue"),
        "not_json": _("la réponse du modèle n'a pas la forme demandée"),
    }
