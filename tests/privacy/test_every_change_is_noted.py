"""What is done to somebody's data leaves a trace that names who did it and nobody's data."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.exports import pool_file
from game.jobs import retention
from game.pool import agenda, colleague, contact, feed, lead, mix, own_wish, standing, tag
from game.pool import touchpoint as touch
from game.pool.touchpoint import Plan
from game.privacy import chain, objection, own_link
from game.privacy.audit import audit
from game.privacy.erase import erase
from game.rules.touch import IN
from game.store.engine import Store
from game.store.tables import AuditEntry, Lead, Player, User, Workshop
from game.workshop import own_data
from tests.jobs.test_retention import DAY_MS, now_ms, work
from tests.jobs.test_retention import table as table
from tests.published import publish_notice
from tests.table import PACKS, SECRET, Table

NAME, MAIL, WORD = "Solenn Kerguelen", "solenn@exemple.fr", "ferronnerie"
DAY = date(2090, 1, 4)
Verb = Callable[[Session, str, str], object]


def _planned(s: Session, id: str, by: str) -> str:
    return touch.plan(s, SECRET, id, Plan("call", "phone", DAY, WORD), by)


def _done(s: Session, id: str, by: str) -> str:
    return touch.note_done(s, SECRET, id, Plan("call", "phone", None, WORD, IN), by)


VERBS: dict[str, Verb] = {
    "lead_tagged": lambda s, id, by: tag.put(s, id, WORD, by),
    "lead_outcome": lambda s, id, by: standing.set_outcome(s, id, "not_now", by),
    "lead_hired": lambda s, id, by: contact.note_hired(s, id, by),
    "lead_agreed": lambda s, id, by: standing.agree(s, SECRET, id, DAY, by),
    "lead_agreement_ended": lambda s, id, by: standing.end_agreement(s, id, by),
    "lead_objected": lambda s, id, by: objection.object(s, SECRET, id, by),
    "lead_informed": lambda s, id, by: lead.note_informed(s, id, by),
    "lead_corrected": lambda s, id, by: lead.correct(s, id, {"name": f"{NAME} {WORD}"}, by),
    "lead_erased": lambda s, id, by: erase(s, SECRET, id, by),
    "contact_link_made": lambda s, id, by: own_link.token(s, SECRET, id, by),
    "contact_link_revoked": lambda s, id, by: own_link.revoke(s, id, by),
    "touchpoint_planned": _planned,
    "touchpoint_done": _done,
    "touchpoint_cancelled": lambda s, id, by: touch.cancel(s, _planned(s, id, by), by),
    "touchpoint_moved": lambda s, id, by: touch.postpone(s, _planned(s, id, by), DAY, by),
    "touchpoint_answered": lambda s, id, by: touch.note_answer(s, _done(s, id, by), "answered", by),
    "agenda_shown": lambda s, _id, by: agenda.note_shown(s, 3, by),
    "feed_made": lambda s, _id, by: feed.make(s, by, "name"),
    "feed_read": lambda s, _id, by: feed.note_read(s, by, 3),
    "mix_shown": lambda s, _id, by: mix.note_shown(s, by),
    "colleague_added": lambda s, _id, by: colleague.add(
        s, {"name": WORD, "mail": "c@exemple.fr"}, "fr", by
    ),
}
OWN: dict[str, Verb] = {  # done by the person themselves, or by the command
    "lead_agreed": lambda s, id, _by: own_wish.stay(s, id, 6, 24),
    "lead_objected": lambda s, id, _by: objection.object(s, SECRET, id, None),
    "player_erased": lambda s, _id, _by: own_data.forget(s, _player(s)),
}


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    with Session(store.writing) as session:
        publish_notice(session)
        session.commit()
        yield session


def _player(s: Session) -> str:
    workshop = Workshop(name="A", code="NOTE", created_at=1)
    s.add(workshop)
    s.flush()
    player = Player(workshop_id=workshop.id, nickname=WORD, folded=WORD, joined_at=1)
    s.add(player)
    s.flush()
    return player.id


def _somebody(s: Session) -> tuple[str, str]:
    """A lead, and a recruiter."""
    made = Lead(name=NAME, mail=MAIL, inform_by=DAY, created_at=now_ms(), informed_at=1)
    user = User(mail="r@maison.fr", role="recruiter", created_at=1)
    s.add_all((made, user))
    s.flush()
    return made.id, user.id


def _traced(s: Session, action: str) -> list[AuditEntry]:
    s.commit()
    assert chain.verify(s).broken is None
    every = s.scalars(select(AuditEntry)).all()
    details = str([entry.detail for entry in every])
    assert not [word for word in (NAME, MAIL, WORD) if word in details]
    return [entry for entry in every if entry.action == action]


@pytest.mark.parametrize("action", VERBS)
def test_what_somebody_does_is_noted_under_their_id(s: Session, action: str) -> None:
    id, by = _somebody(s)
    VERBS[action](s, id, by)
    (entry,) = _traced(s, action)
    assert entry.user_id == by
    if action.startswith(("lead_", "contact_", "touchpoint_")):
        assert entry.detail["lead"] == id


@pytest.mark.parametrize("action", OWN)
def test_what_a_person_does_of_themselves_is_noted_too(s: Session, action: str) -> None:
    id, by = _somebody(s)
    OWN[action](s, id, by)
    (entry,) = _traced(s, action)
    assert entry.user_id is None


def test_the_command_notes_that_the_pool_left(s: Session, tmp_path: Path) -> None:
    _somebody(s)
    assert pool_file.export_pool(s, SECRET, tmp_path / "all.csv", PACKS["fr"], "fr") == 1
    (entry,) = _traced(s, "pool_exported")
    assert entry.detail == {"format": ".csv", "count": 1}


def test_what_was_noted_is_never_taken_out(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends with time, the trace of it stays: the oldest as the newest."""
    for n, ago in enumerate((900, 400, 100, 1)):
        monkeypatch.setattr("game.privacy.audit.now_ms", lambda ago=ago: now_ms() - ago * DAY_MS)
        who = f"lead{n}"
        table.write(lambda s, who=who: audit(s, None, "x", {"lead": who}))
    monkeypatch.undo()
    work(table)
    with table.store.session() as s:
        noted = [entry.detail["lead"] for entry in s.query(AuditEntry).filter_by(action="x")]
        assert noted == [f"lead{n}" for n in range(4)]
        assert chain.verify(s).broken is None
    assert retention.KEEP_JOBS < 100  # what is looked at is older than all that ends
