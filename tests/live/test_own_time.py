"""Who took more time and comes back after the room's close finds the round still open."""

import requests
from sqlalchemy import select

from game.rules.timing import timing_of
from game.store.tables import RoundRow
from tests.live.test_own_points import take_more_time
from tests.serving import Phone, Remote, Server, lead
from tests.waiting import LONG


def page(phone: Phone) -> str:
    url = f"{phone.server.url}/{phone.workshop['code']}"
    answer: requests.Response = phone.http.get(url, timeout=LONG)
    return answer.text


def let_time_pass(server: Server, round_id: str, milliseconds: int) -> None:
    """The round was closed so much earlier."""
    store = server.store()
    with store.session() as session:
        row = session.scalars(select(RoundRow).where(RoundRow.id == round_id)).one()
        told = timing_of(row.timing)
        ran = [[start - milliseconds, (end or 0) - milliseconds] for start, end in told.ran]
        row.timing = {**told.stored(), "ran": ran}
        session.commit()
    store.close()


def test_who_comes_back_in_their_own_time_goes_on_until_it_is_over(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    slow, other = (Phone(server, workshop).play() for _ in range(2))
    round_id = str(remote.until("round", "open")["round"])
    take_more_time(slow)
    assert remote.do("close")["ok"]
    other.wire.wait_screen(lambda s: s["phase"] == "closed")
    for phone, phase in ((slow, "open"), (other, "closed")):
        screen = phone.reconnect().wire.screen()
        assert (screen["phase"], screen["round"]) == (phase, round_id)
        assert f'data-phase="{phase}"' in page(phone), "without scripts as well"
        assert ("lead-form" in page(phone)) is ("lead-form" in screen["html"]) is (phase == "open")
    assert screen["now"] < slow.me()["own_until"]
    assert not other.me()["own_until"]
    assert slow.submit(round_id, lead())["ok"]
    let_time_pass(server, round_id, slow.me()["extra_ms"] + LONG * 1_000)  # and the grace
    assert slow.reconnect().wire.screen()["phase"] == "closed"
    assert 'data-phase="open"' not in page(slow)
    assert slow.submit(round_id, lead("lead:bbbb0001"))["error"]["code"] == "round_closed"
