"""An idempotency key does a thing once, also where two ask at the same moment."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from game.accounts import answered
from game.accounts.answered import Answer
from game.base.refusal import Refusal
from game.store.base import new_id
from game.store.engine import Store
from game.store.tables import ApiAnswer, ApiToken, User
from tests.databases import opened

TOKEN = "t" * 16


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            s.execute(delete(User))
            s.add(User(id="rosa", mail="rosa@maison.fr", role="admin", created_at=1))
            s.flush()
            token = ApiToken(id=TOKEN, user_id="rosa", name="x", digest="x", created_at=1)
            token.expires_at = 1
            s.add(token)
            s.commit()
        yield made


def asked(key: str, body: bytes = b"{}") -> answered.Asked:
    return answered.asked("a secret", TOKEN, key, "POST", "/leads", body)


def test_two_at_the_same_moment_do_it_once(store: Store) -> None:
    done, answers, both = list[int](), list[Answer](), threading.Barrier(2)

    def verb(_session: Session) -> Answer:
        done.append(1)
        return Answer(201, {"id": new_id()})

    def ask() -> None:
        other = Store(store.url.render_as_string(hide_password=False))
        both.wait(60)
        with Session(other.writing) as s:
            answers.append(answered.once(s, asked("k"), verb))
            s.commit()
        other.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert answers[0].body == answers[1].body
    assert sorted(one.again for one in answers) == [False, True]


def test_what_was_refused_is_asked_anew_and_a_key_is_for_one_request(store: Store) -> None:
    def refuse(_session: Session) -> Answer:
        raise Refusal("objected")

    with Session(store.writing) as s:
        with pytest.raises(Refusal, match="objected"):
            answered.once(s, asked("k"), refuse)
        s.rollback()
        assert s.scalar(select(func.count()).select_from(ApiAnswer)) == 0
        answered.once(s, asked("k"), lambda _s: Answer(200, {}))
        with pytest.raises(Refusal, match="key_reused"):
            answered.once(s, asked("k", b"[]"), refuse)
        kept = s.scalars(select(ApiAnswer)).one()
        assert (len(kept.key), len(kept.asked)) == (64, 64)  # of key and words, hashes alone
