"""Odoo 18.0 and 18.1: a CSV on `hr.candidate`, the same fields of a person on another model."""

from game.base.speech import marked as _
from game.exports.target import Form, Target
from game.exports.targets.odoo import PERSON

TARGET = Target(
    key="odoo_18",
    title=_("Odoo 18.0 et 18.1"),
    columns=PERSON,
    form=Form(("csv", "xlsx")),
    remarks=(
        _("À importer dans Recrutement, Candidats (hr.candidate)."),
        _("Pas de champ de note : la notice donnée n'est pas écrite là-bas."),
    ),
)
