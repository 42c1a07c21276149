"""The join code: good whenever its door is open."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from game.base import clock
from game.store.engine import Store
from game.store.tables import Workshop
from game.workshop import admission, code

NOW = 1_790_000_000_000


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_code_outlives_its_date(held_on: date) -> None:
    noon_after = ((held_on - date(1970, 1, 1)).days + 1) * code.DAY_MS + code.DAY_MS // 2
    assert code.expiry(held_on, NOW) > max(NOW, noon_after)


def test_opening_the_door_makes_an_old_code_good(store: Store) -> None:
    with Session(store.writing) as session:
        made = Workshop(name="x", code="ABCDE", code_expires_at=1, created_at=1)
        session.add(made)
        session.flush()
        admission.set_lock(session, made.id, is_open=False)
        assert made.code_expires_at == 1
        admission.set_lock(session, made.id, is_open=True)
        session.refresh(made)
        assert made.code_expires_at is not None
        assert made.code_expires_at > clock.now_ms()


def test_a_code_for_ever_stays_so(store: Store) -> None:
    made = Workshop(name="x", code="ABCDF", code_expires_at=None, created_at=1)
    code.renew(made, NOW)
    assert made.code_expires_at is None
