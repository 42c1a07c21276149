"""Telling an address what happened, in order, and again after a growing pause where it fails.

At least once: a worker that dies between the answer and its note tells the same message again, by
the same `webhook-id`. Before each message it is asked whether the person may still leave, as for
an export; that somebody was erased is always told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

import orjson
from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from game.base.days import DAY_MS, day_of
from game.base.secret import secret_key
from game.jobs.run import Run
from game.pool import leaving
from game.privacy.audit import audit
from game.store.database_clock import clock
from game.store.tables import ApiAnswer, Webhook, WebhookDelivery
from game.webhooks import announce, signature
from game.webhooks.contract import GONE, Outcome, Sender
from game.webhooks.http import Http

KIND, SWEEP = announce.KIND, "webhook_log"
AT_ONCE, SLICE = 50, 20.0  # messages, and seconds: then other jobs have their turn
PAUSE, LONGEST = 10_000, 6 * 3_600_000  # milliseconds: the first pause, each four times longer
GIVE_UP_MS = 3 * DAY_MS
TWO_KEYS_MS = DAY_MS  # for which the key before signs too
KEEP_MS = 30 * DAY_MS  # of the log
ANSWERS_MS = DAY_MS  # of what was answered under an idempotency key


@dataclass(frozen=True)
class Message:
    """One message, ready to be posted."""

    delivery: str
    url: str
    body: bytes
    headers: dict[str, str]


def pause(failures: int) -> int:
    """How long to wait after so many failures in a row, in milliseconds."""
    return min(int(PAUSE * 4 ** min(failures - 1, 8)), LONGEST)


def send(run: Run, sender: Sender | None = None) -> dict[str, object]:
    """Posts what waits for an address until one fails; returns how many it took."""
    sender = sender or Http(private=run.settings.webhooks_to_private)
    webhook_id, sent = str(run.given["webhook"]), 0
    with run.session() as s:
        s.execute(select(Webhook.id).where(Webhook.id == webhook_id).with_for_update())
        announce.may_ask_again(s.connection(), webhook_id)
    began = monotonic()
    while sent < AT_ONCE and monotonic() - began < SLICE:
        message = _next(run, webhook_id, sent)
        if message is None:
            break
        outcome = sender.post(message.url, message.body, message.headers)
        _note(run, message.delivery, outcome)
        if not outcome.is_taken:
            break
        sent += 1
    _come_back(run, webhook_id)
    return {"sent": sent}


def _next(run: Run, webhook_id: str, sent: int) -> Message | None:
    """The next message that is due; those before it that must not leave are passed over."""
    while True:
        with run.session() as s:
            run.step(s.connection(), sent)
            now, hook = clock(s), s.get(Webhook, webhook_id)
            waiting = _waiting(webhook_id).where(WebhookDelivery.due_at <= now)
            found = s.scalars(waiting.limit(1)).one_or_none()
            if hook is None or not hook.active or found is None:
                return None
            if _may_leave(s, run, found, now):
                return _message(run, hook, found, now)
            found.state, found.ended_at = "withheld", now


def _waiting(webhook_id: str) -> Select[WebhookDelivery]:
    mine = (WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state == "waiting")
    order = (WebhookDelivery.due_at, WebhookDelivery.at, WebhookDelivery.id)
    return select(WebhookDelivery).where(*mine).order_by(*order)


def _may_leave(session: Session, run: Run, one: WebhookDelivery, now: int) -> bool:
    """Is the person one of whom exports tell today? Who was erased is told of all the same."""
    if one.event == "lead_erased":
        return True
    secret, lead = secret_key(run.settings), str(one.data.get("lead", ""))
    return leaving.one(session, secret, lead, day_of(now)) is not None


def _message(run: Run, hook: Webhook, one: WebhookDelivery, now: int) -> Message:
    at = datetime.fromtimestamp(one.at / 1000, UTC).isoformat(timespec="milliseconds")
    told = {"type": one.event, "timestamp": at.replace("+00:00", "Z"), "data": one.data}
    body = orjson.dumps(told)
    signed = signature.headers(one.id, now // 1000, body, keys_of(run, hook, now))
    plain = {"Content-Type": "application/json", "User-Agent": "Sourcerie"}
    return Message(one.id, hook.url, body, {**plain, **signed})


def keys_of(run: Run, hook: Webhook, now: int) -> Sequence[bytes]:
    """What signs a webhook's messages: its key, and for a day the one before it."""
    nonces = [hook.nonce]
    if hook.former_nonce and hook.renewed_at and now - hook.renewed_at < TWO_KEYS_MS:
        nonces.append(hook.former_nonce)
    secret = secret_key(run.settings)
    return [signature.key(secret, hook.id, nonce) for nonce in nonces]


def _note(run: Run, delivery_id: str, outcome: Outcome) -> None:
    """What became of a message, and how its address does."""
    with run.session() as s:
        one, now = s.get(WebhookDelivery, delivery_id), clock(s)
        hook = s.get(Webhook, one.webhook_id) if one else None
        if one is None or hook is None:
            return  # the address was removed meanwhile
        one.tries += 1
        one.status, one.fault = outcome.status, outcome.fault
        if outcome.is_taken:
            one.state, one.ended_at = "sent", now
            hook.failures, hook.failing_since = 0, None
            return
        hook.failures, hook.failing_since = hook.failures + 1, hook.failing_since or now
        one.due_at = now + pause(one.tries)
        if now - one.asked_at >= GIVE_UP_MS:
            one.state, one.ended_at = "failed", now
        if outcome.status == GONE and hook.active:
            hook.active = False
            audit(s, None, "webhook_stopped", {"webhook": hook.id})


def _come_back(run: Run, webhook_id: str) -> None:
    """Asks for what still waits: at once, or after the pause that the address has earned."""
    with run.session() as s:
        held = select(Webhook).where(Webhook.id == webhook_id).with_for_update()
        hook = s.scalars(held).one_or_none()
        due = select(func.min(_waiting(webhook_id).subquery().c.due_at))
        first = s.scalar(due)
        if hook is None or not hook.active or first is None:
            return
        when = max(first, clock(s) + pause(hook.failures)) if hook.failures else first
        announce.ask_to_send(s.connection(), webhook_id, when)
        if hook.failures:
            announce.move(s.connection(), webhook_id, when)


def sweep(run: Run) -> dict[str, object]:
    """Deletes what the log and the answers of the API need not tell any more.

    Whatever waits and that nobody asks for any more, as after a job that was cancelled, is asked
    for anew.
    """
    with run.transaction() as connection:
        now = clock(connection)
        waits = select(WebhookDelivery.webhook_id).where(WebhookDelivery.state == "waiting")
        for id in connection.scalars(waits.distinct()).all():
            announce.ask_to_send(connection, id)
        old = WebhookDelivery.at < now - KEEP_MS
        over = delete(WebhookDelivery).where(old, WebhookDelivery.state != "waiting")
        connection.execute(over)
        connection.execute(delete(ApiAnswer).where(ApiAnswer.at < now - ANSWERS_MS))
        run.step(connection, 1)
    return {}
