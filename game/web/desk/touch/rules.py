"""The rules that plan touchpoints by themselves."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.json_object import Json
from game.base.refusal import Refusal
from game.context import current
from game.pool import touch_rule
from game.screens import messages
from game.screens.touch_words import touch_words
from game.store.tables import TouchRule
from game.web.desk.surface import blueprint, words
from game.web.desk.touch.forms import number
from game.web.security import needs

USUAL = {"verdict": "pursue", "months": 4, "kind": "call", "medium": "phone", "active": True}


@blueprint.route("/desk/rules", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def rules() -> ResponseReturnValue:
    """All rules, and a new one."""
    if request.method == "POST":
        return _saved("")
    return _page("", USUAL)


@blueprint.route("/desk/rules/<rule_id>", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def edit_rule(rule_id: str) -> ResponseReturnValue:
    """One rule, changed or removed."""
    with current().store.session() as s:
        found = s.get(TouchRule, rule_id) or abort(404)
    if request.method == "GET":
        names = ("name", *USUAL)
        return _page(rule_id, {name: getattr(found, name) for name in names})
    if request.form.get("do") == "remove":
        by = current_user.id
        current().writer.write(lambda s: touch_rule.remove(s, rule_id, by))
        return redirect(url_for("desk.rules"))
    return _saved(rule_id)


def _saved(id: str) -> ResponseReturnValue:
    typed, by = dict(request.form), current_user.id
    try:
        months = number(typed, "months")
        current().writer.write(lambda s: touch_rule.save(s, id, typed, months, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _page(id, typed, messages.refusal(refusal)["fields"]), 422
    flash(_("La règle est enregistrée ; elle passe chaque jour."))
    return redirect(url_for("desk.rules"))


def _page(id: str, typed: Json, faults: dict[str, str] | None = None) -> str:
    with current().store.session() as s:
        found = touch_rule.rules(s)
    labels = words().verdicts
    return render_template(
        "desk/rules.html",
        id=id,
        rules=found,
        typed=typed,
        faults=faults or {},
        verdicts={key: labels[key] for key in touch_rule.CONCERNED},
        words=touch_words(),
    )
