"""Webhooks: declared by an administrator, their log read, one message sent again."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts import webhook
from game.accounts.policy import KEEP_INTEGRATIONS, READ_INTEGRATIONS, may
from game.base.refusal import Refusal
from game.context import current
from game.screens import messages
from game.web.integrations.surface import blueprint
from game.web.security import needs
from game.webhooks import EVENTS
from game.webhooks.signature import WINDOW

MOMENT = re.compile("[0-9]{1,15}")


def event_words() -> dict[str, str]:
    """When each event is told."""
    return {
        "lead_recommended": _("Une personne est recommandée"),
        "lead_reviewed": _("Un avis est donné ou retiré"),
        "lead_erased": _("Une personne est effacée, à sa demande ou à l'échéance"),
    }


def fault_words() -> dict[str, str]:
    """Why a message did not arrive."""
    return {
        "address_refused": _("adresse de réseau local refusée"),
        "unresolved": _("nom introuvable"),
        "unreachable": _("injoignable"),
        "timeout": _("pas de réponse à temps"),
        "not_trusted": _("certificat refusé"),
        "answered": _("refusé"),
    }


@blueprint.get("/integrations/webhooks")
@needs(READ_INTEGRATIONS)
def webhooks() -> str:
    """Who is told of what, and how that goes."""
    return _page()


@blueprint.post("/integrations/webhooks")
@needs(KEEP_INTEGRATIONS)
def declare_webhook() -> ResponseReturnValue:
    """A new webhook; its key is shown this once."""
    game, by, typed = current(), current_user.id, request.form
    given, private = (
        (typed.get("url", ""), typed.getlist("events")),
        game.settings.webhooks_to_private,
    )
    try:
        _id, key = game.writer.write(
            lambda s: webhook.declare(s, game.secret, by, *given, private=private)
        )
    except Refusal as refusal:
        return _page(faults=messages.refusal(refusal)["fields"]), 422
    return _page(key)


@blueprint.post("/integrations/webhooks/<webhook_id>/<any(stop, resume, renew, remove):act>")
@needs(KEEP_INTEGRATIONS)
def change_webhook(webhook_id: str, act: str) -> ResponseReturnValue:
    """Stops it, lets it go on, gives it another key, or removes it with its log."""
    game, by = current(), current_user.id
    if act == "renew":
        return _page(game.writer.write(lambda s: webhook.renew(s, game.secret, webhook_id, by)))
    if act == "remove":
        game.writer.write(lambda s: webhook.remove(s, webhook_id, by))
    else:
        active = act == "resume"
        game.writer.write(lambda s: webhook.set_active(s, webhook_id, by, active=active))
    return redirect(url_for("integrations.webhooks"))


@blueprint.get("/integrations/webhooks/<webhook_id>")
@needs(READ_INTEGRATIONS)
def webhook_log(webhook_id: str) -> str:
    """What was sent to it, and what became of that."""
    before = request.args.get("before", "")
    with current().store.session() as s:
        moment = int(before) if MOMENT.fullmatch(before) else None
        hook, rows = webhook.log(s, webhook_id, moment)
    more = len(rows) > webhook.PAGE
    return render_template(
        "integrations/webhook_log.html",
        hook=hook,
        shown=address_shown(hook.url),
        rows=rows[: webhook.PAGE],
        older=rows[webhook.PAGE - 1].at if more else None,
        events=event_words(),
        faults=fault_words(),
    )


@blueprint.post("/integrations/webhooks/messages/<message_id>/again")
@needs(KEEP_INTEGRATIONS)
def send_again(message_id: str) -> ResponseReturnValue:
    """One message is sent again."""
    by = current_user.id
    webhook_id = current().writer.write(lambda s: webhook.send_again(s, message_id, by))
    flash(_("Le message repart."))
    return redirect(url_for("integrations.webhook_log", webhook_id=webhook_id))


def address_shown(url: str) -> str:
    """An address for who may read it: its end may be a secret, which is for who keeps it."""
    if may(current_user, KEEP_INTEGRATIONS):
        return url
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/…"


def _page(key: str = "", faults: Mapping[str, str] | None = None) -> str:
    with current().store.session() as s:
        rows = webhook.every(s)
    return render_template(
        "integrations/webhooks.html",
        rows=[(row, address_shown(row.hook.url)) for row in rows],
        events=event_words(),
        key=key,
        faults=faults or {},
        typed=request.form if faults else {},
        ticked=request.form.getlist("events") if faults else list(EVENTS),
        minutes=WINDOW // 60,
    )
