"""The agenda of the day: whom to contact, overdue first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.days import days_after, today
from game.context import current
from game.pool import agenda as planned
from game.screens.touch_words import touch_words
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.get("/desk/agenda")
@needs(TOUCH_LEADS)
def agenda() -> ResponseReturnValue:
    """What is planned up to two weeks ahead: one's own, or everybody's."""
    by, everybody = current_user.id, request.args.get("who") == "all"
    with current().store.session() as s:
        until = days_after(today(), planned.AHEAD)
        rows = planned.due(s, current().secret, until, None if everybody else by)
    current().writer.write(lambda s: planned.note_shown(s, len(rows), by))
    return render_template(
        "desk/agenda.html",
        parts=planned.by_day(rows, today()),
        full=len(rows) == planned.MOST,
        everybody=everybody,
        today=today(),
        words=touch_words(),
    )
