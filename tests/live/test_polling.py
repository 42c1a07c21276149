"""Where WebSockets are blocked: the same room by polling, on both wires."""

import secrets
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
import requests

from tests.polling import SEPARATOR, Poller
from tests.serving import Phone, Remote, Server, Staff, lead, wait_until
from tests.waiting import LONG

ID = "an-answer-of-mine"


@pytest.fixture(scope="module", params=["lean", "stock"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The same with both wires."""
    made = Server(tmp_path_factory.mktemp("server"), WIRE=request.param).start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def staff(server: Server) -> Staff:
    """The first administrator, signed in."""
    return server.admin()


def polls(server: Server, workshop: dict[str, str]) -> Phone:
    return Phone(server, workshop, transport="polling").play()


def test_a_room_of_both_transports_plays_together(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone, other = polls(server, workshop), Phone(server, workshop).play()
    assert phone.wire.client.transport() == "polling"  # type: ignore[union-attr]
    round_id = str(remote.until("round", "open")["round"])
    for each in (phone, other):
        each.wire.wait_screen(lambda s: s["round"] == round_id and s["phase"] == "open")
    first = phone.submit(round_id, lead(), ID)
    assert first["ok"]
    assert phone.submit(round_id, lead(name="Quelqu'un d'autre"), ID) == first  # counted once
    before = phone.me()
    assert before["points"] == first["points"]
    after = phone.reconnect().me()
    assert [after[name] for name in ("id", "points", "standing")] == [
        before[name] for name in ("id", "points", "standing")
    ]
    old = phone.wire
    phone.wire = phone._wire().open()  # a second tab
    wait_until(lambda: old.all("moved"))
    assert remote.do("close")["ok"]
    for each in (phone, other):
        each.wire.wait_screen(lambda s: s["phase"] == "closed")
    assert phone.submit(round_id, lead("lead:bbbb0002"))["error"]["code"] == "round_closed"
    assert remote.do("remove", player=after["id"])["ok"]
    wait_until(lambda: {"reason": "removed"} in phone.wire.all("bye"))


def test_a_killed_server_comes_back_with_who_polls(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [polls(server, workshop) for _ in range(3)]
    round_id = str(remote.until("round", "open")["round"])
    acks = [
        phone.submit(round_id, lead(f"lead:kill000{n}", name=f"Personne {n}", reach_value=""))
        for n, phone in enumerate(phones)
    ]
    server.kill()
    server.start()
    for phone, ack in zip(phones, acks, strict=True):
        assert not ack.get("error"), ack
        phone.wire = phone._wire().open()
        assert phone.wire.screen()["round"] == round_id
        assert phone.me()["points"] == ack["points"]
        again = phone.submit(round_id, lead(f"lead:{secrets.token_hex(4)}", name="Autre"))
        assert again["ok"]


def test_an_answer_in_bytes_that_are_no_text_is_refused_by_its_id(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    round_id = str(remote.until("round", "open")["round"])
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    poller = Poller(server, phone).sit(phone)
    for n, name in enumerate((b"\xff\xfe", b"\xed\xa0\x80", b"Ma\xeblle", b"\xf0\x9f\x98")):
        sent = b'["submit",{"id":"%s","answer":{"name":"%s"}}]' % (ID.encode(), name)
        said = poller.ask(n, sent)
        assert (said["ok"], said["id"], said["error"]["code"]) == (False, ID, "bad_input")
    sent = {"id": ID, "round": round_id, "answer": lead(name="Maëlle 😀 Quillivic")}
    assert poller.ask(9, orjson.dumps(["submit", sent]))["ok"]


def broken_off(server: Server, poller: Poller, packet: bytes) -> None:
    """Says a packet's length, sends half of it, and is gone."""
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(
            b"POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: x\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (poller.sid.encode(), 2 * len(packet), packet)
        )


def test_what_a_poll_may_not_be(server: Server, workshop: dict[str, str], remote: Remote) -> None:
    round_id = str(remote.until("round", "open")["round"])
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    poller = Poller(server, phone)
    assert poller.opening["upgrades"] == []
    poller.sit(phone)
    url = f"{poller.url}&sid="
    assert requests.get(f"{url}nobody", timeout=LONG).status_code == 400
    assert requests.get(f"{url}00000000.nobody", timeout=LONG).status_code == 400
    assert requests.post(f"{url}nobody", data="3", timeout=LONG).status_code == 400
    swapped = f"{url}{poller.sid}".replace("polling", "websocket")
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade"}
    assert requests.get(swapped, headers=upgrade, timeout=LONG).status_code == 400
    evil = {"Origin": "https://evil.example"}
    assert requests.get(url + poller.sid, headers=evil, timeout=LONG).status_code == 400
    assert poller.post("x" * 70_000).status_code == 400
    assert poller.post(SEPARATOR.join("3" * 100)).status_code == 400
    if server.env["WIRE"] == "lean":  # the library ends its line at the first of these
        for noise in ("", "9", "4", "42", "42{", '42["connect",{}]', "b4AAAA", SEPARATOR):
            assert poller.post(noise).status_code == 200, noise
    half = {"id": ID, "round": round_id, "answer": lead()}
    broken_off(server, poller, b"421" + orjson.dumps(["submit", half]))
    assert poller.ask(2, '["clock"]')["ok"]  # it sits where it sat
    assert poller.ask(3, '["sync",{"v":0}]')["me"]["standing"] == {}  # and half was not taken


def test_a_newer_poll_takes_the_place_of_the_one_before(
    server: Server, workshop: dict[str, str]
) -> None:
    if server.env["WIRE"] == "stock":
        pytest.skip("the library lets both wait")
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    poller = Poller(server, phone).sit(phone)
    poller.ask(1, '["clock"]')
    with ThreadPoolExecutor() as threads:
        polls = [threads.submit(poller.packets), threads.submit(poller.packets)]
        wait_until(lambda: any(poll.done() for poll in polls))  # whichever came first
        assert poller.post('422["clock"]').ok
        given = sorted(packet[:3] for poll in polls for packet in poll.result())
    assert given == ["432", "6"]


def test_the_leaving_of_a_phone_that_polls_frees_its_seat(
    server: Server, workshop: dict[str, str], staff: Staff
) -> None:
    phone = polls(server, workshop)
    before = server.measure("sourcerie_phones")
    phone.wire.close()
    wait_until(lambda: server.measure("sourcerie_phones") < before)


def test_a_flood_by_polling_waits_and_is_cut(server: Server, workshop: dict[str, str]) -> None:
    if server.env["WIRE"] == "stock":
        pytest.skip("the library counts nothing")
    flooder, other = Phone(server, workshop), Phone(server, workshop).play()
    assert flooder.join()["ok"]
    poller = Poller(server, flooder).sit(flooder)
    batch = SEPARATOR.join(['42["sync",{"v":0}]'] * 60)
    posted = 0
    while poller.post(batch).ok:  # each waits for what the one before owes
        posted += 1
        assert other.wire.call("clock")["ok"]
    assert posted < 100
    assert poller.get().status_code == 400
    assert other.me()["id"]
