"""One player, another phone: by their own link, or by the facilitator's code; and projectors."""

from typing import Any

import requests
from sqlalchemy import select, update

from game.base.clock import now_ms
from game.store.tables import AuditEntry, Player, Workshop
from tests.serving import LONG, Phone, Remote, Server, Staff, Wire, wait_until


def own_link(phone: Phone) -> str:
    url = f"{phone.server.url}/{phone.workshop['code']}/move"
    return str(phone.http.post(url, timeout=LONG).json()["url"])


def take(phone: Phone, given: str) -> requests.Response:
    url = f"{phone.server.url}/{phone.workshop['code']}/take"
    return phone.http.post(url, data={"given": given}, timeout=LONG)


def hand(staff: Staff, workshop: dict[str, str], player: str) -> dict[str, Any]:
    page = f"/remote/{workshop['id']}"
    return dict(staff.post(f"{page}/hand", {"player": player}, page).json())


def test_a_personal_link_is_taken_once_and_only_when_pressed(
    server: Server, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop).play()
    mine, link = phone.me()["id"], own_link(phone)
    given = link.rsplit("/", 1)[-1]
    other, third = Phone(server, workshop), Phone(server, workshop)
    for _look in range(2):
        assert "Continuer ici" in other.http.get(link, timeout=LONG).text
    assert not [c for c in other.http.cookies if c.name.startswith("player-")]
    url = f"{server.url}/{workshop['code']}/take"  # no cookies: told, and the link not used up
    assert "refuse les cookies" in requests.post(url, data={"given": given}, timeout=LONG).text
    assert take(other, given).ok
    other.wire.open()
    assert other.me()["id"] == mine
    wait_until(lambda: phone.wire.all("moved"))
    again = take(third, given)
    assert again.status_code == 422
    assert "plus valable" in again.text
    older, newer = (own_link(other).rsplit("/", 1)[-1] for _ in range(2))
    assert take(third, older).status_code == 422
    store = server.store()
    with store.writing.begin() as connection:
        (until,) = connection.scalars(select(Player.handover_until).where(Player.id == mine))
        assert until - now_ms() <= 10 * 60_000
        connection.execute(update(Player).values(handover_until=1))
    store.close()
    assert take(third, newer).status_code == 422  # its ten minutes are over


def test_the_facilitator_hands_a_player_to_a_new_phone(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    mine = phone.me()["id"]
    code = hand(staff, workshop, mine)["code"]
    new, thief = Phone(server, workshop), Phone(server, workshop)
    assert take(new, f" {code[:4].lower()}-{code[4:].lower()} ").ok
    new.wire.open()
    assert new.me()["id"] == mine
    assert take(thief, code).status_code == 422
    store = server.store()
    with store.session() as session:
        done = set(session.scalars(select(AuditEntry.action)))
    store.close()
    assert {"player_code_made", "player_moved"} <= done
    projector = requests.get(f"{server.url}/projector/{workshop['key']}", timeout=LONG).text
    for seen in (projector, server.log.read_text(), str(remote.wire.heard)):
        assert code not in seen
    code = hand(staff, workshop, mine)["code"]
    assert remote.do("remove", player=mine)["ok"]
    assert take(thief, code).status_code == 422
    assert not hand(staff, workshop, mine)["ok"]
    assert not hand(staff, workshop, "0" * 16)["ok"]
    said = [take(thief, "ABCDEFGH").text for _ in range(25)]
    assert "Trop de codes" in said[-1]


def test_a_projectors_key_is_long_and_can_be_changed(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    assert len(workshop["key"]) == 32
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    page = f"/workshops/{workshop['id']}"
    assert staff.post(f"{page}/projector-key", {}, page).ok
    wait_until(lambda: projector.client and not projector.client.connected)
    old = requests.get(f"{server.url}/projector/{workshop['key']}", timeout=LONG)
    assert old.status_code == 404
    store = server.store()
    with store.session() as session:
        key = session.get_one(Workshop, workshop["id"]).projector_key
    store.close()
    assert requests.get(f"{server.url}/projector/{key}", timeout=LONG).ok
