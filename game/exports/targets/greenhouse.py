"""Greenhouse, prospects: the bulk import of a spreadsheet, with the headings of its help page."""

from game.base.speech import marked as _
from game.exports.credit_option import CREDIT
from game.exports.target import Form, Option, Target, To, credit, option

MAILS = {"no": _("Non"), "yes": _("Oui")}

TARGET = Target(
    key="greenhouse",
    title="Greenhouse (prospects)",
    required=("first_name", "last_name"),
    columns=(
        To("First Name", "first_name"),
        To("Last Name", "last_name"),
        To("Company", "company"),
        To("Title", "role"),
        To("Notes", "note"),
        To("Email", "mail"),
        To("Phone", "phone"),
        To("Social Media", "linkedin"),
        To("Website", "website"),
        To("Source", option("source")),
        To("Who gets credit", credit),
        To("Job", option("job")),
        To("Department", option("department")),
        To("Office", option("office")),
        To("Prospect Pool", option("pool")),
        To("Prospect Stage", option("stage")),
    ),
    form=Form(("xlsx", "csv"), most=8_000),
    options=(
        Option(
            "mails_people",
            _("Greenhouse écrit-il de lui-même aux personnes importées ?"),
            _("C'est le cas quand le poste est réglé pour le RGPD."),
            choices=MAILS,
        ),
        Option("source", _("Source"), usual="Sourcerie"),
        Option("pool", _("Vivier (Prospect Pool)"), _("Un vivier qui existe déjà là-bas.")),
        Option("stage", _("Étape (Prospect Stage)"), _("Une étape qui existe déjà là-bas.")),
        Option("job", _("Poste (Job)")),
        Option("department", _("Département")),
        Option("office", _("Bureau")),
        CREDIT,
    ),
    mails=_(
        "Un poste réglé pour le RGPD écrit de lui-même à chaque personne importée : elle pourrait "
        "recevoir une seconde notice."
    ),
)
