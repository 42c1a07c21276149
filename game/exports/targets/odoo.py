"""Odoo up to 17, and from 18.2 on: a CSV on `hr.applicant`, with the names of its fields.

A mail without `partner_name` is an error there. Up to 17 `name`, the subject, is required too.
"""

from game.base.speech import marked as _
from game.exports.target import Form, Option, Target, To, option

OPTIONS = (
    Option("job", _("Poste (job_id)"), _("Le nom exact d'un poste de là-bas.")),
    Option("tags", _("Étiquettes (categ_ids)"), _("Elles doivent exister là-bas.")),
    Option("source", _("Source (source_id)"), _("Elle doit exister là-bas.")),
    Option("medium", _("Média (medium_id)")),
    Option("campaign", _("Campagne (campaign_id)")),
)
POOL = Option("pool", _("Vivier (talent_pool_ids)"), _("À partir de la version 18.2."))
PERSON = (
    To("partner_name", "name"),
    To("email_from", "mail"),
    To("partner_phone", "phone"),
    To("linkedin_profile", "linkedin"),
)
APPLICATION = (
    To("job_id", option("job"), only="job"),
    To("categ_ids", option("tags"), only="tags"),
    To("source_id", option("source"), only="source"),
    To("medium_id", option("medium"), only="medium"),
    To("campaign_id", option("campaign"), only="campaign"),
    To("talent_pool_ids", option("pool"), only="pool"),
)

TARGET = Target(
    key="odoo",
    title=_("Odoo (jusqu'à 17, ou dès 18.2)"),
    columns=(To("name", "name"), *PERSON, *APPLICATION, To("applicant_notes", "note")),
    form=Form(("csv", "xlsx")),
    options=(*OPTIONS, POOL),
    remarks=(
        _("À importer dans Recrutement, Candidatures (hr.applicant). Dès 18.2, laissez la colonne "
          "name sans correspondance."),
    ),
)  # fmt: skip
