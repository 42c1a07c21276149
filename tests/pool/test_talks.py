"""A reverse interview in the database: it follows its person, and goes with them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.slots import FORM, moment, slots
from game.pool import colleague, talk, talk_answer
from game.pool.merge import merge, unmerge
from game.privacy.erase import erase
from game.privacy.objection import object
from game.store.engine import Store
from game.store.tables import Colleague, Interview, Job, Lead, Merge, Objection, User
from tests.databases import opened, somebody_waits
from tests.table import USUAL
from tests.waiting import wait_until

SECRET, PARIS = "a secret of this test", ZoneInfo("Europe/Paris")
TABLES = (Interview, Colleague, Lead, Job, Objection, User)


@pytest.fixture
def session(either: str) -> Iterator[Session]:
    store: Store
    with opened(either) as store, Session(store.writing) as s:
        for table in TABLES:
            s.execute(delete(table))
        s.add(User(id="rosa", mail="Rosa@maison.fr", name="R", role="recruiter", created_at=1))
        s.flush()
        yield s
        s.rollback()


def lead(s: Session, name: str) -> str:
    made = Lead(
        name=name, mail=f"{name}@exemple.fr", skills=[], inform_by=date(2090, 1, 1), created_at=1
    )
    made.informed_at = now_ms()
    s.add(made)
    s.flush()
    return made.id


def friend(s: Session) -> Colleague:
    made = colleague.add(s, {"name": "Camille", "mail": "c@maison.fr"}, "fr", "rosa")
    mine = s.get_one(Colleague, made)
    assert colleague.offered(s) == []  # as long as they have not said so themselves
    colleague.offer(s, mine.key, ["walk"], "le chantier", "fr")
    return mine


def asked(s: Session, lead_id: str, mine: Colleague) -> tuple[str, str]:
    """A talk that waits for its colleague, and the time that was proposed."""
    made = talk.open(s, SECRET, lead_id, "hesitates", "fr", "rosa")
    time = (datetime.now(UTC).astimezone(PARIS) + timedelta(days=3)).strftime(FORM)
    talk.ask(s, SECRET, lead_id, talk.Wish(mine.id, "walk", [time], ["Pourquoi ?"], "fr"))
    return made, time


def agreed(s: Session, lead_id: str, mine: Colleague) -> str:
    made, time = asked(s, lead_id, mine)
    with pytest.raises(Refusal, match="talk_begun"):
        talk.close(s, lead_id, "rosa")  # it is theirs by now
    talk_answer.agree(s, mine.key, made, time, "la grille", PARIS)
    return made


def cancelled(s: Session) -> int:
    return sum(job["what"] == "cancelled" for job in s.scalars(select(Job.given)))


def test_it_follows_a_merge_and_its_undoing_and_goes_with_an_erasure(session: Session) -> None:
    mine, kept, other = friend(session), lead(session, "ada"), lead(session, "ida")
    made = agreed(session, other, mine)
    merge(session, kept, other, None, USUAL)
    assert session.get_one(Interview, made).lead_id == kept
    unmerge(session, session.scalars(select(Merge.id)).one(), None, USUAL)
    assert session.get_one(Interview, made).lead_id == other
    erase(session, SECRET, other, None)
    assert session.scalars(select(Interview.id)).all() == []
    assert cancelled(session) == 1


def test_who_objects_is_on_no_colleagues_page_and_is_asked_no_more(session: Session) -> None:
    mine, ada = friend(session), lead(session, "ada")
    agreed(session, ada, mine)
    assert [name for _, name in talk_answer.of_colleague(session, mine.id)] == ["ada"]
    object(session, SECRET, ada, None)
    session.flush()
    assert talk_answer.of_colleague(session, mine.id) == []
    assert cancelled(session) == 1
    with pytest.raises(Refusal, match="objected"):
        talk.open(session, SECRET, ada, "offer", "fr", "rosa")


def test_who_recruits_is_no_colleague(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        colleague.add(session, {"name": "R", "mail": "rosa@maison.fr"}, "fr", "rosa")
    assert refused.value.fields == {"mail": "colleague_decides"}


def test_only_a_colleague_who_offered_themselves_can_be_asked(session: Session) -> None:
    ada = lead(session, "ada")
    invited = colleague.add(session, {"name": "Malo", "mail": "m@maison.fr"}, "fr", "rosa")
    talk.open(session, SECRET, ada, "offer", "fr", "rosa")
    time = (datetime.now(UTC).astimezone(PARIS) + timedelta(days=3)).strftime(FORM)
    with pytest.raises(Refusal) as refused:
        talk.ask(session, SECRET, ada, talk.Wish(invited, "walk", [time], ["Pourquoi ?"], "fr"))
    assert refused.value.fields == {"colleague": "missing"}


def test_a_colleague_takes_one_of_the_times_or_proposes_another(session: Session) -> None:
    mine, ada = friend(session), lead(session, "ada")
    made = talk.open(session, SECRET, ada, "offer", "fr", "rosa")
    here = datetime.now(UTC).astimezone(PARIS)
    asked, other = ((here + timedelta(days=n)).strftime(FORM) for n in (3, 4))
    talk.ask(session, SECRET, ada, talk.Wish(mine.id, "walk", [asked], ["Pourquoi ?"], "fr"))
    with pytest.raises(Refusal) as refused:
        talk_answer.agree(session, mine.key, made, other, "", PARIS)
    assert refused.value.fields == {"slot": "missing"}
    talk_answer.propose(session, mine.key, made, other, "la grille")
    talk.accept(session, SECRET, ada, PARIS)
    one = session.get_one(Interview, made)
    assert (one.state, one.at, one.place) == ("agreed", moment(other, PARIS), "la grille")


def test_a_yes_and_a_change_of_mind_at_one_moment_come_one_after_the_other(address: str) -> None:
    with opened(address) as store:
        with Session(store.writing) as s:
            for table in TABLES:
                s.execute(delete(table))
            s.add(User(id="rosa", mail="r@maison.fr", name="R", role="recruiter", created_at=1))
            s.flush()
            ada, mine = lead(s, "ada"), friend(s)
            made, time = asked(s, ada, mine)
            key, other = mine.key, store.another()
            s.commit()

        def takes_back() -> None:
            with Session(other.writing) as s:
                talk.withdraw(s, SECRET, ada)
                s.commit()

        person = Thread(target=takes_back)
        with Session(store.writing) as s:
            talk_answer.agree(s, key, made, time, "la grille", PARIS)
            s.flush()
            person.start()
            wait_until(lambda: not person.is_alive() or somebody_waits(store))
            s.commit()
        person.join()
        other.close()
        with store.session() as s:
            one = s.get_one(Interview, made)
            assert (one.state, one.colleague_id, one.at, one.place) == ("open", None, None, "")
            assert cancelled(s) == 1


def test_only_times_to_come_within_three_months_are_taken() -> None:
    now = datetime(2026, 12, 1, 10, tzinfo=PARIS)
    assert slots(["2026-12-03T09:00", "", "2026-12-02T09:00"], now) == [
        "2026-12-02T09:00",
        "2026-12-03T09:00",
    ]
    for wrong in ([], ["demain"], ["2026-12-01T10:00"], ["2027-06-01T10:00"]):
        with pytest.raises(Refusal):
            slots(wrong, now)
