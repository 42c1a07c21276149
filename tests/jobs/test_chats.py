"""Notices in chat: to each provider in its own form, once, when they are true, naming no person."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.accounts import chat
from game.base.clock import now_ms
from game.base.config import load
from game.base.refusal import Refusal
from game.jobs.queue import claim
from game.jobs.worker import Worker
from game.pool.contact import note_hired
from game.pool.standing import set_outcome
from game.store.engine import Store
from game.store.tables import AuditEntry, AuditHead, ChatRoom, Job, Lead, User, Workshop
from game.webhooks.chat.asking import HOUR, ask_soon
from tests.databases import opened
from tests.table import PACKS, SLOTS, Table, said
from tests.webhooks.receiver import Receiver, receiver

PARIS_NOON = 3_786_951_600_000  # 2090-01-01 12:00 in Paris


class House:
    """A store, a chat's server, and a worker that posts."""

    def __init__(self, store: Store, folder: Path, got: Receiver) -> None:
        self.store, self.got = store, got
        settings = load(_env_file=None, instance_dir=folder, webhooks_to_private=True)
        self.worker = Worker(store, PACKS, settings)
        self.worker.asked = date.max

    def do(self, verb: Callable[[Session], Any]) -> Any:
        with Session(self.store.writing, expire_on_commit=False) as s:
            result = verb(s)
            s.commit()
        return result

    def room(self, provider: str) -> str:
        url = f"{self.got.url}/{provider}"
        return str(self.do(lambda s: chat.declare(s, "rosa", provider, url, private=True)))

    def work(self) -> list[tuple[str, dict[str, Any]]]:
        """Does what waits, as if its time had come; returns where and what was posted."""
        before = len(self.got.got)
        while self._once():
            pass
        return [(path, orjson.loads(body)) for path, _headers, body in self.got.got[before:]]

    def _once(self) -> bool:
        self.do(lambda s: s.execute(update(Job).where(Job.state == "waiting").values(due_at=1)))
        with self.store.writing.begin() as connection:
            held = claim(connection)
        if held:
            self.worker.do(held, self.store)
        return held is not None


@pytest.fixture
def house(either: str, tmp_path: Path) -> Iterator[House]:
    with opened(either) as store, receiver() as got:
        with Session(store.writing) as s:
            for table in (Lead, ChatRoom, Job, User, AuditEntry, AuditHead):
                s.execute(delete(table))
            s.add(User(id="rosa", mail="rosa@maison.fr", role="admin", created_at=1))
            s.commit()
        yield House(store, tmp_path, got)


def planned(house: House, workshop: str, at: int) -> None:
    def verb(s: Session) -> None:
        row = s.get_one(Workshop, workshop)
        row.name, row.starts_at = "<Sud> @all *fort*", at
        ask_soon(s, row)

    house.do(verb)


def test_each_chat_reads_once_that_a_workshop_begins_as_it_was_typed(house: House) -> None:
    for provider in ("teams", "slack", "mattermost"):
        house.room(provider)
    workshop = Table(house.store).room.id
    planned(house, workshop, PARIS_NOON - HOUR)
    planned(house, workshop, PARIS_NOON)  # later than was said at first
    planned(house, workshop, PARIS_NOON)
    due = house.do(lambda s: s.scalars(select(Job.due_at).where(Job.kind == "chat_soon")).all())
    assert sorted(due) == [PARIS_NOON - 2 * HOUR, PARIS_NOON - HOUR]
    came = dict(house.work())
    assert len(house.got.got) == 3
    card = came["/teams"]["attachments"][0]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["body"][0]["text"].endswith("commence à 12:00.")
    assert "&lt;Sud&gt; @all *fort*" in came["/slack"]["text"]
    assert "\\<Sud\\> @\u200ball \\*fort\\*" in came["/mattermost"]["text"]


def test_what_is_over_or_played_already_is_not_announced(house: House) -> None:
    house.room("slack")
    workshop = Table(house.store).room.id
    planned(house, workshop, now_ms() - 1)
    planned(house, workshop, PARIS_NOON)
    house.do(lambda s: s.execute(update(Workshop).values(ended_at=1)))
    assert house.work() == []


def test_the_first_one_hired_of_a_workshop_is_told_once_without_a_name(house: House) -> None:
    house.room("slack")
    table = Table(house.store)
    table.submit(0, said(SLOTS[0], 1, detailed=True))
    table.submit(0, said(SLOTS[1], 2, detailed=True))
    first, second = house.do(lambda s: s.scalars(select(Lead.id)).all())
    for _press in range(2):  # by mistake, and taken back
        house.do(lambda s: note_hired(s, first, "rosa"))
    house.work()
    assert house.got.got == []
    house.do(lambda s: note_hired(s, first, "rosa"))
    ((path, told),) = house.work()
    assert path == "/slack"
    assert told["text"].startswith("Première embauche")
    leads = house.do(lambda s: s.scalars(select(Lead)).all())
    fields = ("id", "name", "role", "company", "mail", "phone", "link")
    known = {value for one in leads for name in fields if (value := getattr(one, name))}
    assert len(known) > len(leads) * 3
    body = orjson.dumps(told).decode()  # of all that is posted, nothing is a contact's
    assert not [one for one in known if one in body]
    house.do(lambda s: s.execute(update(Lead).where(Lead.id == first).values(hired_at=1)))
    house.do(lambda s: set_outcome(s, second, "hired", "rosa"))
    assert house.work() == []


def test_a_second_one_is_not_told_as_the_first_though_nobody_heard_of_that(house: House) -> None:
    table = Table(house.store)
    table.submit(0, said(SLOTS[0], 1))
    table.submit(0, said(SLOTS[1], 2))
    first, second = house.do(lambda s: s.scalars(select(Lead.id)).all())
    house.do(lambda s: s.execute(update(Lead).where(Lead.id == first).values(hired_at=1)))
    house.room("slack")
    house.do(lambda s: set_outcome(s, second, "hired", "rosa"))
    assert house.work() == []


def test_what_is_not_taken_goes_again_and_the_page_says_why(house: House) -> None:
    id = house.room("mattermost")
    house.got.says = [503, 200]
    house.do(lambda s: chat.attempt(s, id, "rosa"))
    assert len(house.work()) == 2
    room = house.do(lambda s: s.get_one(ChatRoom, id))
    assert (room.status, room.fault, room.told_at is not None) == (200, "", True)
    house.do(lambda s: chat.remove(s, id, "rosa"))
    for provider, url, field in (("irc", "https://a.fr", "provider"), ("slack", "x", "url")):
        with pytest.raises(Refusal) as refused:
            house.do(lambda s, p=provider, u=url: chat.declare(s, "rosa", p, u, private=False))
        assert set(refused.value.fields) == {field}
    with pytest.raises(Refusal) as local:
        house.do(lambda s: chat.declare(s, "rosa", "slack", "https://127.0.0.1/a", private=False))
    assert local.value.fields == {"url": "address_refused"}
    audited = house.do(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert {"chat_room_made", "chat_room_tried", "chat_room_removed"} <= set(audited)
