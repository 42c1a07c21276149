"""The page for the management: what workshops brought, and what a hire cost beside an agency's."""

from collections.abc import Mapping

from babel.numbers import format_currency
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import KEEP_COSTS, READ_FIGURES
from game.base.day_words import locale_of
from game.base.refusal import Refusal
from game.context import current
from game.exports import csv_file
from game.pool import management as figures
from game.pool.mix import LEAST
from game.screens import messages
from game.web.desk.surface import attachment, blueprint
from game.web.desk.transfer.export import TYPES
from game.web.i18n import lang
from game.web.security import needs


@blueprint.get("/desk/management")
@needs(READ_FIGURES)
def management() -> str:
    """The figures of the house."""
    return _page()


@blueprint.post("/desk/management")
@needs(KEEP_COSTS)
def save_costs() -> ResponseReturnValue:
    """What was spent, and what an agency takes."""
    typed, by = dict(request.form), current_user.id
    try:
        current().writer.write(lambda s: figures.save_costs(s, typed, by))
    except Refusal as refusal:
        return _page(messages.refusal(refusal)["fields"]), 422
    flash(_("C'est enregistré."))
    return redirect(url_for("desk.management"))


@blueprint.get("/desk/management.csv")
@needs(READ_FIGURES)
def management_file() -> ResponseReturnValue:
    """The same as a table: the house, then each workshop."""
    house = _figures()
    header = [_("Atelier"), _("Personnes dans la salle"), _("Pistes"), _("À contacter")]
    header += [_("Embauchées"), _("Coût d'une embauche (€)"), _("Honoraires d'une agence (€)")]
    total = [_("Tous"), house.people, house.leads, house.pursued, house.hired]
    lines = [
        [*total, house.per_hire, house.costs.get("cost_agency")],
        *([w.name, w.players or None, w.leads, w.pursued, w.hired, None, None] for w in house.each),
    ]
    cells = [["" if one is None else str(one) for one in line] for line in lines]
    body = csv_file.write(header, cells, csv_file.separator_of(lang()))
    return attachment(body, TYPES["csv"], "sourcerie-management.csv")


def _figures() -> figures.House:
    by = current_user.id
    with current().store.session() as s:
        found = figures.of_house(s)
    current().writer.write(lambda s: figures.note_shown(s, by))
    return found


def euros(amount: int) -> str:
    """An amount, as the reader's language writes it."""
    shape = "#,##0\u00a0¤" if lang() == "fr" else "¤#,##0"
    return format_currency(amount, "EUR", shape, locale_of(lang()), currency_digits=False)


def _page(faults: Mapping[str, str] | None = None) -> str:
    house = _figures()
    return render_template(
        "desk/management.html",
        house=house,
        euros=euros,
        faults=faults or {},
        typed=request.form if faults else house.costs,
        least=LEAST,
    )
