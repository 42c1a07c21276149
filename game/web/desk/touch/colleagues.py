"""The colleagues whom candidates may meet: invited here, offered by themselves."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.pool import colleague
from game.privacy.audit import audit
from game.screens import messages
from game.screens.talk_words import talk_words
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs


@blueprint.get("/desk/colleagues")
@needs(TOUCH_LEADS)
def colleagues() -> ResponseReturnValue:
    """The list, and who might be asked."""
    by = current_user.id
    current().writer.write(lambda s: audit(s, by, "colleagues_listed"))
    return _page({}, request.args)


@blueprint.post("/desk/colleagues")
@needs(TOUCH_LEADS)
def add_colleague() -> ResponseReturnValue:
    """Mails somebody their page, where they offer themselves or don't."""
    typed, by, read = dict(request.form), current_user.id, lang()
    try:
        current().writer.write(lambda s: colleague.add(s, typed, read, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _page(messages.refusal(refusal)["fields"], typed), 422
    flash(_("Un mail l'invite à se proposer, sur une page à part."))
    return redirect(url_for("desk.colleagues"))


@blueprint.post("/desk/colleagues/<colleague_id>/remove")
@needs(TOUCH_LEADS)
def remove_colleague(colleague_id: str) -> ResponseReturnValue:
    """Takes somebody off the list."""
    by = current_user.id
    current().writer.write(lambda s: colleague.leave(s, colleague_id, by))
    flash(_("C'est fait : tout ce qui était gardé de ce collègue a disparu."))
    return redirect(url_for("desk.colleagues"))


def _page(faults: Mapping[str, str], typed: Mapping[str, str]) -> str:
    with current().store.session() as s:
        return render_template(
            "desk/colleagues.html",
            listed=colleague.listed(s),
            experts=colleague.experts(s),
            faults=faults,
            typed=typed,
            say=talk_words(),
            mailer=current().settings.smtp_url,
        )
