"""What is good once is good once, whichever worker is asked at the same moment."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bench.room import LEAD, make_rooms
from game.accounts import user as accounts
from game.pool import nomination
from game.store.engine import Store
from game.store.tables import Nomination, Player
from tests.databases import opened
from tests.serving import wait_until

SECRET = "a secret of this test"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with opened(address) as made:
        yield made


@pytest.fixture
def elsewhere(store: Store) -> Iterator[Store]:
    """The same database, as another worker has it: each writes on one connection."""
    made = Store(store.url.render_as_string(hide_password=False))
    yield made
    made.close()


def test_a_link_signs_in_once(store: Store, elsewhere: Store) -> None:
    with Session(store.writing) as one, Session(elsewhere.writing) as other:
        made = accounts.add_user(one, "rosa@maison.fr", "recruiter")
        token = accounts.link_token(SECRET, made)
        one.commit()
        assert accounts.user_of_link(other, SECRET, token)  # both have read that it is good
        assert accounts.use_link(one, SECRET, token, "")
        one.commit()
        assert accounts.use_link(other, SECRET, token, "") is None


def test_the_first_answer_of_a_nominee_counts(store: Store, elsewhere: Store) -> None:
    (room,) = make_rooms(store, 1, (LEAD,))
    with Session(store.writing) as s:
        player = Player(workshop_id=room.id, nickname="P", folded="p", joined_at=1)
        s.add(player)
        s.flush()
        s.add(
            Nomination(
                **{"player_id": player.id, "round_id": room.rounds[0], "workshop_id": room.id},
                **{"slot": "expert", "nominee": "Zoë", "subject": "x", "at": 1, "key": "k" * 22},
            )
        )
        s.commit()

    def answer() -> None:
        with Session(elsewhere.writing) as later:
            nomination.answer(later, "k" * 22, "accepted", subject="another", why="")
            later.commit()

    thread = threading.Thread(target=answer)
    with Session(store.writing) as first, store.session() as looks:
        nomination.answer(first, "k" * 22, "anonymous", subject="mine", why="")
        first.flush()
        thread.start()
        waits = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )

        def is_waited_for() -> bool:
            looks.rollback()  # a transaction sees the activity as it was when it first looked
            return bool(looks.scalar(waits))

        wait_until(is_waited_for)
        first.commit()
    thread.join(60)
    with store.session() as s:
        kept = s.scalars(select(Nomination)).one()
        assert (kept.status, kept.subject, kept.nominee) == ("anonymous", "mine", "")
