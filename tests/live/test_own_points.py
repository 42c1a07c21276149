"""Until a round is revealed nobody can read off their own numbers which answers were right."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from bench.room import pack
from game.rules.registry import kinds
from game.workshop import setting
from tests.serving import Phone, Remote, Server
from tests.waiting import LONG

ROOM = 8  # some are right, some are not
WITH_RIGHT_ANSWERS = ("quiz", "spot")
OWN_PAGES = ("my-data", "my-data.json", "mine", "mine/ways", "mine/year")


def said_by(kind: str, nth: int) -> list[Mapping[str, object]]:
    found, where = setting.make(kind, {}, pack())
    return list(found.example(where, nth))


def numbers(me: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in me.items() if name not in ("v", "own_until")}


def roads(phone: Phone) -> dict[str, Any]:
    """What this phone is told of its own, whichever way it asks."""
    phone.reconnect()
    base = f"{phone.server.url}/{phone.workshop['code']}"
    pages = {one: phone.http.get(f"{base}/{one}", timeout=LONG) for one in OWN_PAGES}
    assert all(page.ok for page in pages.values())
    said = {one: re.sub(r'value="[^"]{20,}"|nonce="[^"]+"', "", p.text) for one, p in pages.items()}
    first = phone.wire.screen() and phone.wire.all("me")[0]
    return {**said, "connect": numbers(first), "sync": numbers(phone.me())}


def the_page(phone: Phone) -> str:
    """The game's page as a browser without scripts has it, but for who it is."""
    page = phone.http.get(f"{phone.server.url}/{phone.workshop['code']}", timeout=LONG).text
    for own in (phone.nickname, phone.me()["id"]):
        page = page.replace(own, "")
    return re.sub(r'nonce="[^"]+"|data-now="\d+"', "", page)


def take_more_time(phone: Phone) -> None:
    url = f"{phone.server.url}/{phone.workshop['code']}/mine/ways"
    token = re.search(r'name="csrf_token" value="([^"]+)"', phone.http.get(url, timeout=LONG).text)
    assert token
    chosen = phone.http.post(url, data={"extra": "100", "csrf_token": token[1]}, timeout=LONG)
    assert chosen.ok


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("kind", WITH_RIGHT_ANSWERS)
def test_no_road_tells_before_the_reveal(
    server: Server, workshop: dict[str, str], remote: Remote, kind: str, transport: str
) -> None:
    assert kind in kinds()
    phones = [Phone(server, workshop, transport=transport).play() for _ in range(ROOM)]
    assert remote.do("insert", kind=kind, seconds=600, options={})["ok"]
    round_id = str(remote.until("round", "open")["round"])
    for nth, phone in enumerate(phones):
        for raw in said_by(kind, nth):
            assert phone.submit(round_id, dict(raw))["ok"]
    take_more_time(phones[0])
    before = [roads(phone) for phone in phones]
    assert remote.do("close")["ok"]
    for phone, told in zip(phones, before, strict=True):
        phone.wire.wait_screen(lambda s: s["phase"] == "closed")
        assert {one["points"] for one in phone.wire.all("me")} == {told["sync"]["points"]}
        assert roads(phone) == told
    assert len({the_page(phone) for phone in phones[1:]}) == 1
    own = before[0]["sync"]["points"]
    late = phones[0].submit(round_id, dict(said_by(kind, 0)[0]))
    assert (late["ok"], late["points"]) == (True, own), "nor does an answer in one's own time"

    assert remote.do("next")["ok"]
    for phone in phones:
        phone.wire.wait_screen(lambda s: s["phase"] == "revealed")
    assert len({phone.me()["points"] for phone in phones}) > 1, "some were right, some were not"
    for phone in phones:
        held = phone.http.get(f"{server.url}/{workshop['code']}/my-data.json", timeout=LONG).json()
        assert sum(one["amount"] for one in held["entries"]) == phone.me()["points"]
