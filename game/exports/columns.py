"""The columns of an export: what each is called, how wide it is, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from game.base.speech import marked as _
from game.base.speech import speaker


@dataclass(frozen=True)
class Column:
    """One column; `title` is French, `width` is in characters."""

    key: str
    title: str
    width: int = 18
    holds: Literal["text", "day", "moment"] = "text"


COLUMNS = (
    Column("id", _("Identifiant"), 18),
    Column("name", _("Nom complet"), 26),
    Column("first_name", _("Prénom"), 16),
    Column("last_name", _("Nom de famille"), 18),
    Column("role", _("Métier"), 26),
    Column("company", _("Entreprise"), 24),
    Column("skills", _("Compétences"), 30),
    Column("mail", _("Mail"), 30),
    Column("phone", _("Téléphone"), 16),
    Column("link", _("Lien"), 34),
    Column("channel", _("Canal"), 22),
    Column("type", _("Type"), 16),
    Column("verdict", _("Avis"), 14),
    Column("verdict_reason", _("Raison de l'avis"), 34),
    Column("judged", _("Avis donné le"), 18, "moment"),
    Column("internal", _("Mobilité interne"), 16),
    Column("inform_by", _("À informer avant"), 16, "day"),
    Column("informed", _("Informée le"), 18, "moment"),
    Column("created", _("Entrée au vivier"), 18, "moment"),
    Column("brief", _("Poste visé"), 26),
    Column("requisition_ref", _("Référence"), 14),
    Column("workshop", _("Atelier"), 24),
    Column("round", _("Manche"), 22),
    Column("recommender", _("Recommandée par"), 22),
    Column("relationship", _("Relation"), 24),
    Column("aware", _("Au courant"), 11),
    Column("reasons", _("Raisons"), 30),
    Column("reason", _("En quelques mots"), 40),
    Column("recommended", _("Recommandée le"), 18, "moment"),
)


def titles(lang: str) -> Sequence[str]:
    """What the columns are called in a language."""
    say = speaker(lang)
    return [say(column.title) for column in COLUMNS]
