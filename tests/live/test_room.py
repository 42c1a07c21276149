"""A room over real sockets: joining, answering, resending, coming back."""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from game.store.tables import Player
from tests.serving import Phone, Remote, Server, lead, wait_until
from tests.waiting import LONG


def open_recommend(remote: Remote) -> str:
    """Opens the first round, which is a recommend; returns its id."""
    return str(remote.until("round", "open")["round"])


def test_an_answer_is_acknowledged_with_its_points(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = open_recommend(remote)
    ack = phone.submit(round_id, lead())
    assert ack["ok"]
    assert {"reason": "recommended", "amount": 10} in ack["gained"]
    assert {"reason": "company", "amount": 2} in ack["gained"]
    assert ack["points"] == sum(line["amount"] for line in ack["gained"])


def test_a_resend_with_the_same_id_is_counted_once(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = open_recommend(remote)
    id = secrets.token_hex(8)
    first = phone.submit(round_id, lead(), id)
    again = phone.submit(round_id, lead(name="Quelqu'un d'autre"), id)
    assert again == first
    assert phone.me()["points"] == first["points"]
    assert [s["name"] for s in phone.me()["standing"].values()] == ["Solenn Kerguelen"]


def test_a_phone_that_reconnects_is_the_same_player(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = open_recommend(remote)
    points = phone.submit(round_id, lead())["points"]
    before = phone.me()
    after = phone.reconnect().me()
    assert (after["id"], after["nickname"]) == (before["id"], before["nickname"])
    assert after["points"] == points
    assert after["standing"] == before["standing"]


def test_joining_twice_from_one_phone_makes_one_player(
    server: Server, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["id"] == phone.join()["id"]


def test_a_second_tab_takes_over(server: Server, workshop: dict[str, str]) -> None:
    phone = Phone(server, workshop).play()
    old = phone.wire
    phone.wire = phone._wire().open()
    wait_until(lambda: old.all("moved"))
    assert phone.me()["id"]


def test_a_killed_server_comes_back_with_the_room(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(3)]
    round_id = open_recommend(remote)
    acks = [
        phone.submit(round_id, lead(f"lead:kill000{n}", name=f"Personne {n}", reach_value=""))
        for n, phone in enumerate(phones)
    ]
    server.kill()
    server.start()
    for phone, ack in zip(phones, acks, strict=True):
        phone.wire = phone._wire().open()
        screen = phone.wire.screen()
        assert (screen["stage"], screen["phase"], screen["round"]) == ("round", "open", round_id)
        me = phone.me()
        assert me["points"] == ack["points"]
        assert len(me["standing"]) == 1


def test_a_round_is_settled_with_its_reveal(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    first, second = Phone(server, workshop).play(), Phone(server, workshop).play()
    round_id = open_recommend(remote)
    given = first.submit(round_id, lead())["points"]
    assert second.submit(round_id, lead())["points"] == given
    assert remote.do("close")["ok"]
    first.wire.wait_screen(lambda s: s["phase"] == "closed")
    assert second.me()["points"] == given  # nothing is told before the room is
    remote.until("round", "revealed")
    assert first.me()["points"] == given  # whether the person was known cannot be read off
    assert second.me()["points"] == 3  # seconded, no base
    refused = first.submit(round_id, lead("lead:bbbb0002"))
    assert (refused["ok"], refused["error"]["code"]) == (False, "round_closed")


def test_a_pause_stops_the_clock(server: Server, workshop: dict[str, str], remote: Remote) -> None:
    phone = Phone(server, workshop).play()
    open_recommend(remote)
    assert remote.do("pause")["ok"]
    paused = phone.wire.wait_screen(lambda s: s["left_ms"] is not None)
    assert remote.do("extend", seconds=30)["ok"]
    longer = phone.wire.wait_screen(lambda s: s["left_ms"] == paused["left_ms"] + 30_000)
    began = time.monotonic()
    assert remote.do("resume")["ok"]
    running = phone.wire.wait_screen(lambda s: s["left_ms"] is None)
    took = (time.monotonic() - began) * 1000
    assert -1 <= longer["left_ms"] - (running["closes_at"] - running["now"]) <= took + 1


def test_a_double_tap_on_next_goes_one_step(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    version = remote.wire.call("sync", {})["v"]
    first = remote.wire.call("command", {"do": "next", "v": version})
    second = remote.wire.call("command", {"do": "next", "v": version})
    assert first["ok"]
    assert second["error"]["code"] == "stale"


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "text",
        [],
        {},
        {"id": 5, "round": "x", "answer": {}},
        {"id": "short", "round": "x", "answer": {}},
        {"id": "x" * 41, "round": "x", "answer": {}},
        {"id": "abcdefgh1", "round": {}, "answer": {}},
        {"id": "abcdefgh1", "round": "0" * 16, "answer": "x"},
        {"id": "abcdefgh1", "round": "0" * 16, "answer": {}},
    ],
)
def test_bad_submissions_are_refused_clearly(
    server: Server, workshop: dict[str, str], remote: Remote, sent: Any
) -> None:
    phone = Phone(server, workshop).play()
    open_recommend(remote)
    ack = phone.wire.call("submit", sent)
    assert ack["ok"] is False
    assert ack["error"]["code"] in ("bad_input", "unknown_round")
    assert ack["error"]["text"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": ["x"]}, "name"),
        ({"relationship": "nobody"}, "relationship"),
        ({"reach": "mail", "reach_value": "nope"}, "reach_value"),
        ({"reach": "phone", "reach_value": "12"}, "reach_value"),
        ({"reason": "x" * 141}, "reason"),
        ({"slot": "vote"}, "slot"),
        ({"reasons": ["unheard-of"]}, "reasons"),
    ],
)
def test_a_bad_field_is_named(
    server: Server, workshop: dict[str, str], remote: Remote, change: dict[str, Any], field: str
) -> None:
    phone = Phone(server, workshop).play()
    ack = phone.submit(
        open_recommend(remote), lead(**change) if "slot" not in change else {**lead(), **change}
    )
    assert list(ack["error"]["fields"]) == [field]
    assert phone.me()["points"] == 0


def test_a_phone_cannot_command(server: Server, workshop: dict[str, str], remote: Remote) -> None:
    phone = Phone(server, workshop).play()
    ack = phone.wire.call("command", {"do": "next", "v": 1})
    assert ack["error"]["code"] == "not_allowed"


def test_another_workshops_round_is_refused(
    server: Server, workshop: dict[str, str], remote: Remote, staff: Any
) -> None:
    other = staff.demo()
    stranger = Phone(server, other).play()
    ack = stranger.submit(open_recommend(remote), lead())
    assert ack["error"]["code"] == "unknown_round"


def test_a_removed_player_is_out_and_forgiven_is_back(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    player = phone.me()["id"]
    assert remote.do("remove", player=player)["ok"]
    wait_until(lambda: phone.wire.all("bye") and not phone.wire.client.connected)
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone.reconnect()
    assert remote.do("forgive", player=player)["ok"]
    assert phone.reconnect().me()["id"] == player


@pytest.fixture
def lenient(tmp_path: Path) -> Iterator[Server]:
    """A server whose grace is longer than a busy machine stands still."""
    made = Server(tmp_path, GRACE_SECONDS="10").start()
    yield made
    made.kill()


def test_the_servers_clock_closes_a_round(lenient: Server) -> None:
    staff = lenient.admin()
    workshop = staff.demo()
    phone, remote = Phone(lenient, workshop).play(), Remote(staff, workshop)
    inserted = remote.do("insert", kind="expert", seconds=10, options={"part": "scope"})
    assert inserted["ok"]
    opened = remote.until("round", "open")
    assert opened["closes_at"] - opened["now"] <= 10_000
    vote = {"slot": "vote", "choice": "narrow"}
    assert phone.submit(opened["round"], vote)["points"] == 2
    late = max(0, opened["closes_at"] / 1000 - time.time()) + 0.6
    phone.wire.client.sleep(late)  # type: ignore[union-attr]
    assert phone.submit(opened["round"], vote)["ok"], "the grace takes in what was being sent"
    phone.wire.wait_screen(lambda s: s["phase"] == "closed")
    assert phone.submit(opened["round"], vote)["error"]["code"] == "round_closed"
    remote.wire.close()


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "dance"},
        {"kind": "spot", "seconds": 2},
        {"kind": "expert", "options": {"part": "none"}},
        {"kind": "expert", "options": []},
        {"kind": "spot", "brief_id": "0" * 16},
    ],
)
def test_a_bad_insertion_is_refused(remote: Remote, more: dict[str, Any]) -> None:
    assert remote.do("insert", **more)["error"]["code"] == "bad_input"


def test_withdrawing_and_editing_move_the_points(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    round_id = open_recommend(remote)
    first = phone.submit(round_id, lead())["points"]
    assert phone.submit(round_id, lead(role="Régleuse"))["points"] == first + 2
    assert phone.submit(round_id, lead("lead:bbbb0002", name="Autre"))["points"] == first + 16
    gone = phone.submit(round_id, {"slot": "lead:aaaa0001", "withdraw": True})
    assert gone["points"] == first
    assert [s["name"] for s in phone.me()["standing"].values()] == ["Autre"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Phone, Remote]]:
    """One room for all that is strange: it has to outlive each of them."""
    server = Server(tmp_path_factory.mktemp("room")).start()
    staff = server.admin()
    workshop = staff.demo()
    phone, remote = Phone(server, workshop).play(), Remote(staff, workshop)
    yield phone, remote
    phone.wire.close()
    remote.wire.close()
    server.kill()


@pytest.mark.parametrize("event", ["sync", "clock", "command", "submit"])
@pytest.mark.parametrize(
    "payload", [None, 7, "x", [], {"v": "1"}, {"do": []}, {"do": "next", "v": []}, {"v": {"v": 1}}]
)
def test_no_event_falls_over_a_strange_payload(event: str, payload: Any, room: Any) -> None:
    phone, remote = room
    for wire in (phone.wire, remote.wire):
        ack = wire.call(event, payload)
        assert ack["ok"] or ack["error"]["code"] in ("bad_input", "not_allowed", "unknown_command")


def test_an_oversize_message_ends_its_connection_alone(room: Any) -> None:
    phone, remote = room
    big = {"id": "a" * 8, "round": "x", "answer": {"x": "y" * 1_000_000}}
    phone.wire.client.emit("submit", big)
    wait_until(lambda: not phone.wire.client.connected)
    phone.wire.client.eio.ws.shutdown()
    assert remote.wire.call("clock")["ok"]
    assert phone.reconnect().me()["points"] == 0


@pytest.mark.parametrize(
    "path",
    ["/projector/0000000000000000", "/remote/0000000000000000", "/ZZZZZ", "/expert/00000000000000"],
)
def test_an_unknown_address_is_not_found(path: str, room: Any) -> None:
    phone, _ = room
    url = phone.server.url + path
    assert requests.get(url, timeout=LONG, allow_redirects=False).status_code in (302, 404)


def test_after_a_restart_only_who_came_back_counts_as_connected(
    server: Server, workshop: dict[str, str], staff: Any
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(3)]
    server.kill()
    server.start()
    phones[0].wire = phones[0]._wire().open()
    store = server.store()

    def online() -> int:
        with store.session() as s:
            return s.query(Player).filter(Player.socket.is_not(None)).count()

    wait_until(lambda: online() == 1)
    store.close()
