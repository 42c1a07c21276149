"""A table for Excel as it is in France: semicolons, UTF-8 with its sign."""

from game.base.speech import marked as _
from game.exports.target import Form, Target, To

TARGET = Target(
    key="french_excel",
    title=_("Tableau pour Excel en français"),
    columns=(
        To("Prénom", "first_name"),
        To("Nom", "last_name"),
        To("Email", "mail"),
        To("Téléphone", "phone"),
        To("Entreprise", "company"),
        To("Métier", "role"),
        To("Compétences", "skills"),
        To("Lien", "link"),
        To("Canal", "channel"),
        To("Poste visé", "brief"),
        To("Référence", "requisition_ref"),
        To("Recommandée par", "recommender"),
        To("Notice", "notice"),
        To("Note", "note"),
    ),
    form=Form(("csv", "xlsx"), ";", mark=True),
    recipient=False,
    remarks=(_("Une ligne par personne, en français, pour vous-même."),),
)
