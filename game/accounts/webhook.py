"""Webhooks as administrators keep them: declared, stopped, given a new key, removed; their log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import Webhook, WebhookDelivery
from game.webhooks import EVENTS, address, signature
from game.webhooks.announce import ask_to_send, move

MOST = 20  # webhooks of a house
PAGE = 50  # deliveries


@dataclass(frozen=True)
class Listed:
    """A webhook and what its log says: how many wait, were taken, failed; when one was taken."""

    hook: Webhook
    counts: dict[str, int]
    sent_at: int | None


def declare(
    session: Session, secret: str, by: str, url: str, events: Sequence[str], *, private: bool
) -> tuple[str, str]:
    """A new webhook; returns its id and its signing key, shown once. Raises Refusal."""
    url, fields = url.strip(), {}
    if not events or not set(events) <= set(EVENTS):
        fields["events"] = "invalid" if events else "missing"
    try:
        address.checked(url, private=private)
    except Refusal as refusal:
        fields |= refusal.fields if url else {"url": "missing"}
    if not fields and (session.scalar(select(func.count()).select_from(Webhook)) or 0) >= MOST:
        fields["url"] = "too_many"
    if fields:
        raise Refusal("bad_input", fields)
    made = Webhook(id=new_id(), url=url, nonce=new_id(), created_by=by, created_at=now_ms())
    made.events = [event for event in EVENTS if event in events]
    session.add(made)
    session.flush()
    audit(session, by, "webhook_made", {"webhook": made.id, "events": made.events})
    return made.id, _shown(secret, made)


def _shown(secret: str, hook: Webhook) -> str:
    return signature.shown(signature.key(secret, hook.id, hook.nonce))


def _of(session: Session, webhook_id: str) -> Webhook:
    """A webhook, its row held. Raises Refusal."""
    held = select(Webhook).where(Webhook.id == webhook_id).with_for_update()
    found = session.scalars(held).one_or_none()
    if found is None:
        raise Refusal("unknown_webhook")
    return found


def renew(session: Session, secret: str, webhook_id: str, by: str) -> str:
    """A new signing key, shown once; the one before signs too for a day. Raises Refusal."""
    hook = _of(session, webhook_id)
    hook.former_nonce, hook.nonce, hook.renewed_at = hook.nonce, new_id(), now_ms()
    audit(session, by, "webhook_changed", {"webhook": hook.id, "key": "renewed"})
    return _shown(secret, hook)


def set_active(session: Session, webhook_id: str, by: str, *, active: bool) -> None:
    """Stops a webhook, which hears of nothing meanwhile, or lets it go on. Raises Refusal."""
    hook = _of(session, webhook_id)
    if hook.active == active:
        return
    hook.active, hook.failures, hook.failing_since = active, 0, None
    audit(session, by, "webhook_changed", {"webhook": hook.id, "active": active})
    if active:
        ask_to_send(session.connection(), hook.id)


def remove(session: Session, webhook_id: str, by: str) -> None:
    """Removes a webhook and its log. Raises Refusal."""
    session.delete(_of(session, webhook_id))
    audit(session, by, "webhook_removed", {"webhook": webhook_id})


def send_again(session: Session, delivery_id: str, by: str) -> str:
    """Has one message sent again, by the same identifier; returns its webhook's id.

    Raises Refusal: unknown_webhook, or not_now where the webhook is stopped.
    """
    one = session.get(WebhookDelivery, delivery_id)
    if one is None:
        raise Refusal("unknown_webhook")
    hook, now = _of(session, one.webhook_id), now_ms()
    if not hook.active:
        raise Refusal("not_now")
    one.state, one.ended_at, one.due_at, one.asked_at = "waiting", None, now, now
    audit(session, by, "webhook_resent", {"webhook": hook.id, "message": one.id})
    session.flush()
    ask_to_send(session.connection(), hook.id)
    move(session.connection(), hook.id, now)
    return hook.id


def every(session: Session) -> list[Listed]:
    """All webhooks, the oldest first."""
    rows = session.execute(
        select(WebhookDelivery.webhook_id, WebhookDelivery.state, func.count())
        .add_columns(func.max(WebhookDelivery.ended_at).label("at"))
        .group_by(WebhookDelivery.webhook_id, WebhookDelivery.state)
    ).all()
    hooks = session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id))
    found = []
    for hook in hooks:
        own = {row[1]: (row[2], row[3]) for row in rows if row[0] == hook.id}
        counts = {state: count for state, (count, _at) in own.items()}
        found.append(Listed(hook, counts, own.get("sent", (0, None))[1]))
    return found


def log(
    session: Session, webhook_id: str, before: int | None
) -> tuple[Webhook, Sequence[WebhookDelivery]]:
    """A webhook and its newest messages, or those before a moment; one more than PAGE.

    Raises Refusal.
    """
    hook = session.get(Webhook, webhook_id)
    if hook is None:
        raise Refusal("unknown_webhook")
    own = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if before is not None:
        own = own.where(WebhookDelivery.at < before)
    newest = own.order_by(WebhookDelivery.at.desc(), WebhookDelivery.id.desc())
    return hook, session.scalars(newest.limit(PAGE + 1)).all()
