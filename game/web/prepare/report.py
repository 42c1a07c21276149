"""The report of the hour: as a page and as files. It holds nobody's data."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from game.accounts import policy
from game.context import current
from game.exports import hour_report
from game.store.tables import Workshop
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.security import needs
from game.workshop import hour
from game.workshop.hour import Hour

blueprint = Blueprint("report", __name__)


def _hour(workshop_id: str) -> Hour:
    with current().store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        return hour.of(s, workshop, current().pack(lang()))


@blueprint.get("/workshops/<workshop_id>/report")
@needs(policy.PREPARE_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """What worked, what each part brought, what to do next."""
    found = _hour(workshop_id)
    return render_template(
        "prepare/report.html",
        hour=found,
        sections=hour_report.sections(found, lang()),
        workshop_id=workshop_id,
        is_figure=hour_report.is_figure,
    )


@blueprint.get("/workshops/<workshop_id>/report.<any(pdf, xlsx):paper>")
@needs(policy.PREPARE_WORKSHOP)
def file(workshop_id: str, paper: str) -> ResponseReturnValue:
    """The same as a file."""
    made = current().aside(hour_report.as_file, _hour(workshop_id), paper, lang())
    return attachment(iter([made]), hour_report.TYPES[paper], f"sourcerie-bilan.{paper}")
