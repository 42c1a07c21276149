"""The company's facts, edited."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import KEEP_PAPERS
from game.base.refusal import Refusal
from game.context import current
from game.privacy import company
from game.screens import messages
from game.web.law.surface import blueprint
from game.web.security import needs


@blueprint.route("/law/company", methods=["GET", "POST"])
@needs(KEEP_PAPERS)
def facts() -> ResponseReturnValue:
    """What all papers say of the company."""
    if request.method == "GET":
        return _page({})
    typed, by = dict(request.form), current_user.id
    try:
        current().writer.write(lambda s: company.save(s, typed, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _page(messages.refusal(refusal)["fields"]), 422
    flash(_("C'est enregistré. Une notice déjà publiée ne change pas : publiez la suivante."))
    return redirect(url_for("law.papers"))


def _page(faults: dict[str, str]) -> str:
    with current().store.session() as s:
        known = company.facts(s)
    return render_template(
        "law/company.html",
        fields=company.FIELDS,
        columns=company.columns,
        values=request.form if faults else known,
        faults=faults,
    )
