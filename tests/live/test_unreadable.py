"""Answers that cannot be read: each is refused by its id, and what follows it goes through."""

from collections.abc import Iterator
from typing import Any

import pytest

from game.live.wire.events import NOBODYS, UNREADABLE, Event
from tests.serving import Phone, Remote, Server, lead

ID = "an-answer-of-mine"
UNREAD = {
    "half a pair in a value": '{"id":"%s","answer":{"slot":"vote","name":"a\\ud83d"}}',
    "half a pair in a key": '{"id":"%s","answer":{"\\udc00":1}}',
    "half a pair before the id": '{"answer":{"name":"\\ud800"},"id":"%s"}',
    "half a pair and another id": '{"answer":{"id":"not-this-one","n":"\\ud800"},"id":"%s"}',
    "not a number": '{"id":"%s","answer":{"slot":"vote","choice":NaN}}',
    "infinite": '{"id":"%s","answer":{"slot":"vote","choice":-Infinity}}',
    "too deep": '{"id":"%s","answer":' + "[" * 20_000 + "]" * 20_000 + "}",
    "a control character": '{"id":"%s","answer":{"name":"a\0b"}}',
    "no end": '{"id":"%s","answer":{"name":"a',
    "a tail": '{"id":"%s","answer":{}}}',
}


@pytest.mark.parametrize("sent", UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("head", ["2", "2/,", "51-", "5999-/,"])
def test_what_cannot_be_read_keeps_its_number_and_its_id(head: str, sent: str) -> None:
    read = Event(encoded_packet=f'{head}17["submit",{sent % ID}]')
    assert (read.packet_type, read.id, read.namespace) == (2, 17, None)
    assert read.data == [UNREADABLE, {"id": ID}]
    assert read.attachment_count == 0


@pytest.mark.parametrize("sent", ["", "{", "[]", "{}", '"submit"', "[7]", "[null]", "[[]]"])
def test_an_event_that_is_none_is_answered(sent: str) -> None:
    read = Event(encoded_packet=f"217{sent}")
    assert (read.id, read.data) == (17, [UNREADABLE, {"id": None}])


@pytest.mark.parametrize("name", ["connect", "disconnect", "*"])
def test_a_client_cannot_call_what_the_server_calls(name: str) -> None:
    assert Event(encoded_packet=f'23["{name}",{{}}]').data == [NOBODYS, {}]


@pytest.mark.parametrize("sent", ["x", "3[", "1{", {"a": 1}, b"2[]", [1], 7])
def test_no_packet_is_none(sent: Any) -> None:
    with pytest.raises(ValueError, match=r"no (packet|text)"):
        Event(encoded_packet=sent)


def test_a_handshake_that_cannot_be_read_asks_for_nothing() -> None:
    read = Event(encoded_packet='0{"surface":"\ud800"}')
    assert (read.packet_type, read.data) == (0, None)


def test_what_can_be_read_is_as_it_was() -> None:
    read = Event(encoded_packet='212["submit",{"id":"x"},null]')
    assert (read.packet_type, read.id, read.data) == (2, 12, ["submit", {"id": "x"}, None])


@pytest.fixture(scope="module", params=["lean", "stock"])
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, dict[str, str], str]]:
    """A server of this wire, a workshop, and its open round."""
    server = Server(tmp_path_factory.mktemp("room"), WIRE=request.param).start()
    staff = server.admin()
    workshop = staff.demo()
    remote = Remote(staff, workshop)
    yield server, workshop, str(remote.until("round", "open")["round"])
    remote.wire.close()
    server.kill()


@pytest.fixture(params=["websocket", "polling"])
def phone(request: pytest.FixtureRequest, room: Any) -> Iterator[Phone]:
    """A phone of this transport."""
    made = Phone(room[0], room[1], transport=request.param).play()
    yield made
    made.wire.close()


def test_each_is_refused_by_its_id_and_the_next_goes_through(room: Any, phone: Phone) -> None:
    for name, sent in UNREAD.items():
        ack = phone.wire.call_text(f'["submit",{sent % ID}]')
        assert (ack["ok"], ack["id"], ack["error"]["code"]) == (False, ID, "bad_input"), name
        assert "illisible" in ack["error"]["text"], name
    for sent in (None, 7, "x", [], {}, {"id": ID}, {"id": ID, "round": room[2], "answer": [1]}):
        ack = phone.wire.call("submit", sent)
        assert not ack["ok"], sent
        assert ack["id"] == (sent.get("id") if isinstance(sent, dict) else None)
    deep = "[" * 900 + "]" * 900  # JSON that can be read, and that nobody can keep
    deep_name = f'{{"slot":"lead:aaaa0001","relationship":"former-colleague","name":{deep}}}'
    for answer in (deep_name, f'{{"":{deep}}}'):
        sent = f'{{"id":"{ID}","round":"{room[2]}","answer":{answer}}}'
        ack = phone.wire.call_text(f'["submit",{sent}]')
        assert (ack["ok"], ack["id"], ack["error"]["code"]) == (False, ID, "bad_input")
    long = "y" * 50_000
    for answer in (
        {**lead(), "name": deep},
        {**lead(), "skills": long},
        {long: long[:9]},
        {"": deep},
    ):
        ack = phone.submit(room[2], answer, ID)
        assert (ack["ok"], ack["id"], ack["error"]["code"]) == (False, ID, "bad_input")
    ack = phone.submit(room[2], lead(f"lead:{phone.me()['id'][:8]}"))
    assert ack["ok"]
    assert phone.me()["points"] == ack["points"]


def test_a_phone_may_not_connect_or_disconnect_by_an_event(room: Any, phone: Phone) -> None:
    for name in ("connect", "disconnect", "*"):
        for sent in (None, {}, {"surface": "remote", "workshop": room[1]["id"]}):
            ack = phone.wire.call(name, sent)
            assert ack["error"]["code"] == "unknown_event"
    assert phone.me()["id"]  # and it sits where it sat
    assert not phone.wire.call("command", {"do": "close", "v": 1})["ok"]
