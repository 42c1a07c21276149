"""An event, told to whoever wants it: in the transaction of what happened, or not at all.

For each address that listens, a delivery waits and a job of the durable queue sends it. Whoever
announces holds the addresses' rows, and so does the job when it begins (`may_ask_again`): what
comes after it has looked has a job of its own.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import Session

from game.base.json_object import Json
from game.store.asking import enqueue
from game.store.base import new_id
from game.store.database_clock import clock
from game.store.prepared import Prepared
from game.store.tables import Job, Webhook, WebhookDelivery
from game.webhooks.contract import Event

KIND = "webhook"
LISTENING = select(Webhook.id, Webhook.events).where(Webhook.active.is_(True))
HELD = Prepared(LISTENING.order_by(Webhook.id).with_for_update(read=True))


def announce(asking: Session | Connection, event: Event, happened: Iterable[Json]) -> None:
    """Something happened, once for each of these data, which are identifiers and states."""
    told = list(happened)
    if not told:
        return
    connection = asking.connection() if isinstance(asking, Session) else asking
    wanted = [row.id for row in HELD.all(connection) if event in row.events]
    if not wanted:
        return
    now = clock(connection)
    at = max(now, _latest(connection, wanted) + 1)
    rows = [
        {
            **{"id": new_id(), "webhook_id": id, "event": event, "data": dict(data)},
            **{"state": "waiting", "tries": 0, "fault": ""},
            **{"at": at, "due_at": now, "asked_at": now},
        }
        for data in told
        for id in wanted
    ]
    connection.execute(insert(WebhookDelivery), rows)
    for id in wanted:
        ask_to_send(connection, id)


def _latest(connection: Connection, webhook_ids: list[str]) -> int:
    """When the last event was that these were told of: two of one moment keep their order."""
    mine = WebhookDelivery.webhook_id.in_(webhook_ids)
    return connection.scalar(select(func.max(WebhookDelivery.at)).where(mine)) or 0


def _name(webhook_id: str) -> str:
    return f"{KIND} {webhook_id}"


def ask_to_send(connection: Connection, webhook_id: str, due_at: int | None = None) -> None:
    """Asks for what waits to be sent, unless that was asked for already."""
    given = {"webhook": webhook_id}
    enqueue(connection, KIND, given, once=_name(webhook_id), due_at=due_at)


def move(connection: Connection, webhook_id: str, due_at: int) -> None:
    """What was asked for is done at this moment: earlier, or later."""
    waiting = update(Job).where(Job.once == _name(webhook_id), Job.state == "waiting")
    connection.execute(waiting.values(due_at=due_at))


def may_ask_again(connection: Connection, webhook_id: str) -> None:
    """From the end of this transaction on, who announces asks for another job than this one."""
    mine = update(Job).where(Job.once == _name(webhook_id))
    connection.execute(mine.values(once=None))
