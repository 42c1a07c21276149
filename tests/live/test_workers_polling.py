"""Polling with several workers: whichever worker a request comes to, it finds its connection."""

import secrets
from collections.abc import Iterator

import orjson
import psutil
import pytest
import requests

from tests.databases import Redis, postgres, redis_server
from tests.live.test_workers import listening
from tests.polling import Poller
from tests.serving import LONG, Phone, Remote, Server, Staff, lead, wait_until
from tests.waiting import STARTS

MANY = 24  # requests, each on a connection of its own: the system deals them to both workers


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, redis: Redis) -> Iterator[Server]:
    with postgres() as url:
        made = Server(
            tmp_path_factory.mktemp("server"),
            "--workers",
            "2",
            SECRET_KEY="a secret of these tests",
            DATABASE_URL=url,
            REDIS_URL=redis.url,
        )
        made.start()
        wait_until(lambda: len(listening(made)) == 2, STARTS)
        yield made
        made.kill()


@pytest.fixture(scope="module")
def staff(server: Server) -> Staff:
    """The first administrator, signed in."""
    return server.admin()


def test_any_worker_takes_any_poll(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    poller = Poller(server, phone).sit(phone)
    round_id = str(remote.until("round", "open")["round"])
    for n in range(MANY):
        id = secrets.token_hex(8)
        said = poller.ask(n, submit(id, round_id))
        assert (said["ok"], said["id"]) == (True, id)
    assert (
        poller.ask(99, '["submit",{"id":"half-of-a-pair","a":"\\ud83d"}]')["id"] == "half-of-a-pair"
    )
    assert requests.get(f"{poller.url}&sid=00000000.nobody", timeout=LONG).status_code == 400


def submit(id: str, round_id: str) -> str:
    sent = {"id": id, "round": round_id, "answer": lead(company="", reach="")}
    return orjson.dumps(["submit", sent]).decode()


def test_a_room_that_polls_plays_on_both_workers(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop, transport="polling").play() for _ in range(6)]
    round_id = str(remote.until("round", "open")["round"])
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "open")
        assert phone.submit(round_id, lead(company="", reach=""))["ok"]
    before = phones[0].me()
    assert phones[0].reconnect().me()["points"] == before["points"]
    assert remote.do("close")["ok"]
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "closed")
        phone.wire.close()


def test_a_poll_of_a_worker_that_died_is_told_so_and_the_phone_comes_anew(
    server: Server, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    pollers = [Poller(server, phone).sit(phone) for _ in range(6)]
    victims = server.workers()
    for victim in victims:
        victim.kill()
    psutil.wait_procs(victims, timeout=LONG)
    wait_until(lambda: len(listening(server)) == 2, STARTS)
    for poller in pollers:
        assert poller.get().status_code == 400  # at once: nobody waits for the dead
    assert Poller(server, phone).sit(phone).ask(1, '["clock"]')["ok"]


def test_without_redis_a_poll_at_the_wrong_worker_is_given_back_at_once(
    server: Server, workshop: dict[str, str], redis: Redis
) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    poller = Poller(server, phone).sit(phone)
    redis.end()
    try:
        codes = {poller.post("3").status_code for _ in range(MANY)}
        assert codes == {200, 400}
    finally:
        redis.start()
    poller = Poller(server, phone)
    wait_until(lambda: all(poller.post("3").ok for _ in range(MANY)))
