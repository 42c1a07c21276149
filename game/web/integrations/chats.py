"""Chat rooms: declared by an administrator, tried, removed."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts import chat
from game.accounts.policy import KEEP_INTEGRATIONS, READ_INTEGRATIONS
from game.base.refusal import Refusal
from game.context import current
from game.screens import messages
from game.web.integrations.surface import blueprint
from game.web.integrations.webhooks import fault_words
from game.web.security import needs
from game.webhooks.chat import PROVIDERS


@blueprint.get("/integrations/chat")
@needs(READ_INTEGRATIONS)
def chats() -> str:
    """Which rooms are told, and how that goes."""
    return _page()


@blueprint.post("/integrations/chat")
@needs(KEEP_INTEGRATIONS)
def declare_chat() -> ResponseReturnValue:
    """A new room."""
    game, by, typed = current(), current_user.id, request.form
    given, private = (
        (typed.get("provider", ""), typed.get("url", "")),
        game.settings.webhooks_to_private,
    )
    try:
        game.writer.write(lambda s: chat.declare(s, by, *given, private=private))
    except Refusal as refusal:
        return _page(messages.refusal(refusal)["fields"]), 422
    return redirect(url_for("integrations.chats"))


@blueprint.post("/integrations/chat/<room_id>/try")
@needs(KEEP_INTEGRATIONS)
def try_chat(room_id: str) -> ResponseReturnValue:
    """A room is told that it can be told."""
    by = current_user.id
    current().writer.write(lambda s: chat.attempt(s, room_id, by))
    flash(_("Un message d'essai part."))
    return redirect(url_for("integrations.chats"))


@blueprint.post("/integrations/chat/<room_id>/remove")
@needs(KEEP_INTEGRATIONS)
def remove_chat(room_id: str) -> ResponseReturnValue:
    """A room is told of nothing any more."""
    by = current_user.id
    current().writer.write(lambda s: chat.remove(s, room_id, by))
    return redirect(url_for("integrations.chats"))


def _page(faults: Mapping[str, str] | None = None) -> str:
    with current().store.session() as s:
        rows = chat.every(s)
    return render_template(
        "integrations/chats.html",
        rows=[(row, row.url.split("/")[2]) for row in rows],
        providers=PROVIDERS,
        why=fault_words(),
        faults=faults or {},
        typed=request.form if faults else {},
    )
