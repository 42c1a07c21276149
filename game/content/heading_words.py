"""What the columns of a pack's sheets are called, by the names that the files have for them."""

from functools import cache

from game.base.languages import LANGS
from game.base.speech import marked as _
from game.base.speech import speaker

WORDS = {
    "in": _("Appartient à"),
    "key": _("Clé"),
    "title": _("Titre"),
    "label": _("Libellé"),
    "trade": _("Famille de métiers"),
    "must_haves": _("Indispensable"),
    "where": _("Où"),
    "why": _("Pourquoi c'est bien"),
    "pay": _("Rémunération"),
    "requisition_ref": _("Référence"),
    "cue": _("Tiroir"),
    "text": _("Texte"),
    "options": _("Réponse"),
    "right": _("Bonne réponse"),
    "explanation": _("Explication"),
    "brief": _("Poste visé"),
    "criteria": _("Critère"),
    "criterion": _("Critère décisif"),
    "facts": _("Fait"),
    "gold": _("Verdict attendu"),
    "hint": _("Indice"),
    "example": _("Exemple"),
    "channel": _("Canal"),
}


def heading(name: str, lang: str) -> str:
    """The heading of a column; a field that has no word goes by its own name."""
    return speaker(lang)(WORDS[name]) if name in WORDS else name


@cache
def names() -> dict[str, str]:
    """The field by each heading that it may have, in small letters."""
    found = {heading(name, lang).casefold(): name for lang in LANGS for name in WORDS}
    return {name: name for name in WORDS} | found
