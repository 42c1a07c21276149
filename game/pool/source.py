"""Where a lead's data come from, as the person is told: which source, and whether it is public."""

from collections.abc import Sequence

from game.base.day_words import day_words
from game.base.days import day_of
from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.pool.trace import Said
from game.store.tables import Lead

NAMED = "named"  # what a recommender says who lets their name be told


def recommender(row: Said) -> str:
    """Who recommended, where they agreed that it be told; else nothing."""
    one, player = row[0], row[1]
    return (player.real_name or player.nickname) if player and one.speaks == NAMED else ""


FROM = {
    "invite": _("Vous-même, le %(day)s, sur une page que l'entreprise vous a ouverte."),
    "import": _("Un fichier de l'entreprise, le %(day)s. Cette source n'est pas publique."),
    "named": _("%(name)s, qui travaille chez nous, le %(day)s. Cette source n'est pas publique."),
    "colleague": _(
        "Une personne qui travaille chez nous, le %(day)s. Cette source n'est pas publique."
    ),
    "page": _(
        "Une personne qui travaille chez nous, le %(day)s, d'après une page publique : %(link)s"
    ),
}


def source_of(lead: Lead, said: Sequence[Said], lang: str) -> str:
    """Where a lead's data come from, and whether that is public (GDPR, article 14(2)(f))."""
    first = said[0] if said else None
    given = {
        "day": day_words(day_of(lead.created_at), lang),
        "name": recommender(first) if first else "",
        "link": lead.link,
    }
    return typeset(speaker(lang)(FROM[_origin(lead, first)]), lang) % given


def _origin(lead: Lead, first: Said | None) -> str:
    if lead.origin == "invite":
        return "invite"
    if first is None or lead.origin == "import":
        return "import"
    if not first[0].known and lead.link:
        return "page"
    return "named" if recommender(first) else "colleague"
