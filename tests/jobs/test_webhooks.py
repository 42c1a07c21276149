"""Webhooks from the event to the receiver: with what happened, in order, again, and no names."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from standardwebhooks import Webhook as Library

from game.accounts import api_token, webhook
from game.base.clock import now_ms
from game.base.config import Settings, load
from game.base.refusal import Refusal
from game.base.secret import secret_key
from game.jobs import webhooks
from game.jobs.queue import claim, enqueue
from game.jobs.run import Run
from game.jobs.worker import Worker
from game.pool.undo import undo_verdicts
from game.pool.verdict import review
from game.privacy.erase import erase
from game.privacy.objection import object
from game.store.engine import Store
from game.store.tables import (
    ApiAnswer,
    ApiToken,
    AuditEntry,
    AuditHead,
    Job,
    Lead,
    User,
    Webhook,
    WebhookDelivery,
)
from game.web.api.webhook_shapes import MESSAGES
from tests.databases import opened
from tests.table import PACKS, SLOTS, USUAL, Table, said
from tests.webhooks.receiver import Receiver, receiver


class Told:
    """A webhook, its receiver, and a worker that sends."""

    def __init__(self, store: Store, settings: Settings, got: Receiver) -> None:
        self.store, self.settings, self.got = store, settings, got
        self.secret = secret_key(settings)
        self.worker = Worker(store, PACKS, settings)
        self.worker.asked = date.max
        self.id, self.key = self.do(
            lambda s: webhook.declare(
                s, self.secret, "rosa", f"{got.url}/hook", list(MESSAGES), private=True
            )
        )

    def do(self, verb: Callable[[Session], Any]) -> Any:
        with Session(self.store.writing, expire_on_commit=False) as s:
            result = verb(s)
            s.commit()
        return result

    def work(self) -> list[dict[str, Any]]:
        """Does what is due; returns the messages that came, checked as a receiver checks them."""
        before = len(self.got.got)
        while self.once():
            pass
        return [self.checked(*one) for one in self.got.got[before:]]

    def once(self) -> bool:
        with self.store.writing.begin() as connection:
            held = claim(connection)
        if held:
            self.worker.do(held, self.store)
        return held is not None

    def checked(self, path: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        assert path == "/hook"
        told = Library(self.key).verify(body, headers)
        MESSAGES[told["type"]].model_validate_json(body)
        return {**told["data"], "type": told["type"], "id": headers["webhook-id"]}

    def pass_time(self) -> None:
        """What waits is due now."""
        for table in (Job, WebhookDelivery):
            self.do(lambda s, table=table: s.execute(update(table).values(due_at=1)))

    def states(self) -> list[str]:
        rows = select(WebhookDelivery.state).order_by(WebhookDelivery.at, WebhookDelivery.id)
        return list(self.do(lambda s: s.scalars(rows).all()))

    def lead(self, name: str, **more: Any) -> str:
        given = {"inform_by": date(2090, 1, 1), "created_at": now_ms(), "skills": [], **more}
        made = Lead(name=name, informed_at=now_ms(), **given)
        self.do(lambda s: s.add(made))
        return made.id

    def judge(self, lead: str, verdict: str = "pursue", act: str = "") -> None:
        self.do(lambda s: review(s, lead, "rosa", verdict, "Une raison", USUAL, act=act))


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (Lead, Webhook, Job, User, AuditEntry, AuditHead):
                s.execute(delete(table))
            s.add(User(id="rosa", mail="rosa@maison.fr", role="admin", created_at=1))
            s.commit()
        yield made


@pytest.fixture
def told(store: Store, tmp_path: Path) -> Iterator[Told]:
    settings = load(_env_file=None, instance_dir=tmp_path, webhooks_to_private=True)
    with receiver() as got:
        yield Told(store, settings, got)


def test_what_happens_is_told_with_it_in_order_and_without_names(told: Told) -> None:
    table = Table(told.store)
    table.submit(0, said(SLOTS[0], 1))
    table.submit(0, said(SLOTS[0], 1, detailed=True))  # more of the same person: nobody new
    (lead,) = told.do(lambda s: s.scalars(select(Lead.id)).all())
    told.judge(lead, act="a1")
    told.do(lambda s: undo_verdicts(s, "a1", "rosa", USUAL))
    told.do(lambda s: erase(s, told.secret, lead, "rosa"))
    with Session(told.store.writing) as s:
        review(s, told.lead("Bob"), "rosa", "pass", "", USUAL)
        s.rollback()  # then nothing happened
    came = told.work()
    assert [one["type"] for one in came] == ["lead_erased"]  # of the others nothing leaves now
    assert (came[0]["lead"], came[0]["why"]) == (lead, "asked")
    assert sorted(told.states()) == ["sent", *["withheld"] * 3]
    other = told.lead("Ada Vidal", mail="ada@exemple.fr")
    told.judge(other)
    told.judge(other, "nurture")
    assert [one["verdict"] for one in told.work()] == ["pursue", "nurture"]
    raw = b"".join(body for _path, _headers, body in told.got.got)
    assert not [word for word in (b"Ada", b"exemple", b"raison", b"Personne") if word in raw]


def test_what_happens_at_one_moment_is_told_in_its_order(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now_ms()
    monkeypatch.setattr("game.webhooks.announce.clock", lambda connection: at)
    lead, verdicts = told.lead("Ada Vidal"), ["pursue", "nurture", "pass"] * 3
    for verdict in verdicts:
        told.judge(lead, verdict)
    assert [one["verdict"] for one in told.work()] == verdicts


def test_who_may_not_leave_is_not_told_of(told: Told) -> None:
    for lead in (told.lead("Essai", rehearsed=True), told.lead("Non")):
        told.judge(lead)
        told.do(lambda s, lead=lead: object(s, told.secret, lead, None))
    assert told.work() == []
    assert told.states() == ["withheld"]  # of the rehearsal there was nothing to tell


def test_a_recommendation_is_told_of(told: Told) -> None:
    table = Table(told.store)
    table.submit(0, said(SLOTS[0], 1))
    table.submit(0, said(SLOTS[1], 2))
    first, second = told.work()
    assert first["lead"] != second["lead"]
    assert first["workshop"] == table.room.id
    assert first["new_to_pool"] is True


def test_an_address_hears_of_what_it_asked_for_alone(told: Told) -> None:
    wanted = [f"{told.got.url}/other", ["lead_erased"]]
    told.do(lambda s: webhook.declare(s, told.secret, "rosa", *wanted, private=True))
    told.judge(told.lead("Ada"))
    assert [one["type"] for one in told.work()] == ["lead_reviewed"]


def test_a_private_address_is_not_told_where_that_is_not_allowed(
    told: Told, tmp_path: Path
) -> None:
    """As after a setting was changed, or a name came to lead into the local network."""
    told.worker = Worker(told.store, PACKS, load(_env_file=None, instance_dir=tmp_path))
    told.worker.asked = date.max
    told.judge(told.lead("Ada"))
    assert told.work() == []
    assert told.do(lambda s: s.scalars(select(WebhookDelivery.fault)).all()) == ["address_refused"]


def test_the_log_is_kept_for_a_month_and_what_waits_is_asked_for_again(told: Told) -> None:
    for name in ("Ada", "Zoé"):
        told.judge(told.lead(name))
    told.work()
    old = now_ms() - webhooks.KEEP_MS - 1
    first = told.do(lambda s: s.scalars(select(WebhookDelivery.id)).first())
    is_first = WebhookDelivery.id == first
    told.do(lambda s: s.execute(update(WebhookDelivery).where(is_first).values(at=old)))
    told.do(lambda s: answered(s, {"new": now_ms(), "old": now_ms() - webhooks.ANSWERS_MS - 1}))
    told.judge(told.lead("Léo"))
    told.do(lambda s: s.execute(delete(Job)))  # as when it was cancelled
    told.do(lambda s: enqueue(s, webhooks.SWEEP))
    assert len(told.work()) == 1
    assert told.states() == ["sent", "sent"]
    assert told.do(lambda s: s.scalars(select(ApiAnswer.key)).all()) == ["new"]


def answered(session: Session, moments: dict[str, int]) -> None:
    """A program was answered under these keys, at these moments."""
    api_token.make(session, "rosa", "Essai", ["leads:read"], 30)
    token = session.scalars(select(ApiToken.id)).one()
    for key, at in moments.items():
        session.add(ApiAnswer(token_id=token, key=key, asked="x", at=at))


def test_a_recommendation_that_is_taken_back_is_told_of(told: Told) -> None:
    """Whoever was told of somebody learns that they are not held any more."""
    table = Table(told.store)
    table.submit(0, said(SLOTS[0], 1))
    table.submit(1, said(SLOTS[0], 1))
    (lead,) = {one["lead"] for one in told.work()}
    table.submit(0, {"slot": SLOTS[0], "withdraw": True})
    assert told.work() == []  # another still names them
    table.submit(1, {"slot": SLOTS[0], "withdraw": True})
    (gone,) = told.work()
    assert (gone["type"], gone["lead"], gone["why"]) == ("lead_erased", lead, "taken_back")


def test_what_fails_is_told_again_after_a_growing_pause(told: Told) -> None:
    told.got.says = [500, 503, 200]
    first, second = told.lead("Ada"), told.lead("Zoé")
    told.judge(first)
    told.judge(second)
    assert len(told.work()) == 1  # the first failed: nothing else is tried
    assert told.work() == []  # before its time
    hook = told.do(lambda s: s.get(Webhook, told.id))
    assert (hook.failures, hook.failing_since is not None) == (1, True)
    told.judge(first, "nurture")  # what comes meanwhile waits, too
    assert told.work() == []
    told.pass_time()
    assert len(told.work()) == 1
    told.pass_time()
    came = told.work()
    assert sorted((one["lead"], one["verdict"]) for one in came) == sorted(
        [(first, "pursue"), (second, "pursue"), (first, "nurture")]
    )
    assert told.states() == ["sent"] * 3
    ids = [headers["webhook-id"] for _path, headers, _body in told.got.got]
    assert len(set(ids)) == 3  # the same message keeps its identifier
    assert [webhooks.pause(n) for n in (1, 2, 3)] == [10_000, 40_000, 160_000]
    assert webhooks.pause(99) == webhooks.LONGEST


def test_nobody_is_told_for_ever_but_any_message_can_be_sent_again(told: Told) -> None:
    told.got.says = [500]
    told.judge(told.lead("Ada"))
    over = now_ms() - webhooks.GIVE_UP_MS - 1
    told.do(lambda s: s.execute(update(WebhookDelivery).values(asked_at=over)))
    (lost,) = told.work()
    assert told.states() == ["failed"]
    told.do(lambda s: webhook.send_again(s, lost["id"], "rosa"))
    (again,) = told.work()
    assert (again, told.states()) == (lost, ["sent"])
    told.got.says = [410]  # the receiver wants no more
    told.do(lambda s: webhook.send_again(s, lost["id"], "rosa"))
    told.work()
    assert told.do(lambda s: s.get(Webhook, told.id)).active is False
    with pytest.raises(Refusal):
        told.do(lambda s: webhook.send_again(s, lost["id"], "rosa"))
    told.judge(told.lead("Zoé"))
    assert len(told.states()) == 1  # a stopped one hears of nothing


def test_what_comes_while_it_is_being_told_has_a_job_of_its_own(told: Told) -> None:
    lead = told.lead("Ada")
    told.judge(lead)

    class Slow:
        """Somebody judges while the first message is on its way."""

        def post(self, _url: str, body: bytes, _headers: Any) -> Any:
            if orjson.loads(body)["data"]["verdict"] == "pursue":
                told.judge(lead, "nurture")
            return webhooks.Outcome(200)

    with told.store.writing.begin() as connection:
        held = claim(connection)
    assert held
    webhooks.send(Run(told.store, PACKS, held, told.settings), Slow())
    waiting = told.do(lambda s: s.scalars(select(Job.state).where(Job.state == "waiting")).all())
    assert (told.states(), len(waiting)) == (["sent", "sent"], 1)  # it will find nothing to do
    assert told.work() == []


def test_a_new_key_signs_beside_the_old_one_for_a_day(told: Told) -> None:
    old, told.key = told.key, told.do(lambda s: webhook.renew(s, told.secret, told.id, "rosa"))
    told.judge(told.lead("Ada"))
    (came,) = told.work()
    _path, headers, body = told.got.got[-1]
    assert Library(old).verify(body, headers)["data"]["lead"] == came["lead"]
    long_ago = now_ms() - webhooks.TWO_KEYS_MS
    told.do(lambda s: s.execute(update(Webhook).values(renewed_at=long_ago)))
    told.judge(came["lead"], "pass")
    told.work()
    assert " " not in told.got.got[-1][1]["webhook-signature"]
    kept = told.do(lambda s: s.get(Webhook, told.id))
    assert not [key for key in (old, told.key) if key in str(vars(kept))]


def test_who_is_erased_at_the_end_of_their_time_is_told_of_too(told: Told) -> None:
    old = told.lead("Vieille", created_at=1)
    late = told.lead("Tard", inform_by=date(2020, 1, 1))
    told.do(lambda s: s.execute(update(Lead).where(Lead.id == late).values(informed_at=None)))
    told.lead("Essai", created_at=1, rehearsed=True)  # of whom nobody was ever told
    for kind in ("retention", "uninformed"):
        told.do(lambda s, kind=kind: enqueue(s, kind))
    came = {one["lead"]: (one["type"], one["why"]) for one in told.work()}
    assert came == {old: ("lead_erased", "retention"), late: ("lead_erased", "uninformed")}
