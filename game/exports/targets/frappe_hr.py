"""Frappe HR: the data import on Job Applicant, with the names of its fields; it wants a mail."""

from game.base.speech import marked as _
from game.exports.credit_option import CREDIT
from game.exports.target import Form, Option, Target, To, credit, option

STATES = {state: state for state in ("Open", "Replied", "Rejected", "Hold", "Accepted")}

TARGET = Target(
    key="frappe_hr",
    title="Frappe HR",
    required=("name", "mail"),
    columns=(
        To("applicant_name", "name"),
        To("email_id", "mail"),
        To("status", option("status")),
        To("phone_number", "phone"),
        To("job_title", option("job"), only="job"),
        To("designation", option("designation"), only="designation"),
        To("source", option("source"), only="source"),
        To("source_name", credit),
        To("cover_letter", "note"),
    ),
    form=Form(("csv", "xlsx")),
    options=(
        Option("status", _("État"), choices=STATES, usual="Open"),
        Option("job", _("Offre (job_title)"), _("Elle doit exister là-bas.")),
        Option("designation", _("Fonction (designation)"), _("Elle doit exister là-bas.")),
        Option("source", _("Source"), _("Elle doit exister là-bas.")),
        CREDIT,
    ),
    remarks=(_("La notice donnée est écrite dans la lettre (cover letter)."),),
)
