"""Tokens of programs: made by an administrator, shown once, revoked; the officer reads along."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts import api_token
from game.accounts.policy import KEEP_INTEGRATIONS, READ_INTEGRATIONS
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import current
from game.privacy import inform
from game.screens import messages
from game.web.integrations.surface import blueprint
from game.web.security import needs


@blueprint.get("/integrations")
@needs(READ_INTEGRATIONS)
def tokens() -> str:
    """Who may call, with what rights, until when, and when they last did."""
    return _page()


@blueprint.post("/integrations")
@needs(KEEP_INTEGRATIONS)
def make_token() -> ResponseReturnValue:
    """A new token; its key is shown this once."""
    by, typed = current_user.id, request.form
    days = typed.get("days", "")
    given = (typed.get("name", ""), typed.getlist("scopes"), int(days) if days in DAYS else 0)
    try:
        made = current().writer.write(lambda s: api_token.make(s, by, *given))
    except Refusal as refusal:
        return _page(faults=messages.refusal(refusal)["fields"]), 422
    return _page(made=made)


DAYS = tuple(map(str, api_token.DAYS))


@blueprint.post("/integrations/tokens/<token_id>/revoke")
@needs(KEEP_INTEGRATIONS)
def revoke_token(token_id: str) -> ResponseReturnValue:
    """The token opens nothing any more."""
    by = current_user.id
    current().writer.write(lambda s: api_token.revoke(s, token_id, by))
    return redirect(url_for("integrations.tokens"))


def _page(made: str = "", faults: Mapping[str, str] | None = None) -> str:
    with current().store.session() as s:
        rows, unsaid = api_token.every(s), inform.is_unsaid(s)
    return render_template(
        "integrations/tokens.html",
        rows=rows,
        unsaid=unsaid,
        scopes={name: _(scope.label) for name, scope in api_token.SCOPES.items()},
        days=api_token.DAYS,
        made=made,
        faults=faults or {},
        typed=request.form if faults else {},
        ticked=request.form.getlist("scopes") if faults else ["leads:read"],
        now=now_ms(),
    )
