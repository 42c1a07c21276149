"""No contact's data leaves its circle: a listener on every payload to everybody else."""

import json

import requests

from tests.serving import Phone, Remote, Server, Staff, Wire, lead, wait_until
from tests.waiting import LONG

SECRETS = ("Solenn", "Kerguelen", "612345687", "06 12 34 56 87", "solenn@exemple.fr", "Imaginaires")


def everything(wire: Wire) -> str:
    return json.dumps(wire.heard, ensure_ascii=False)


def test_nobody_else_hears_of_a_contact(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    teller, other = Phone(server, workshop).play(), Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    teller.submit(round_id, lead())
    mail = lead("lead:bbbb0001", reach="mail", reach_value="solenn@exemple.fr")
    teller.submit(round_id, mail)
    other.submit(round_id, lead("lead:cccc0001", name="Autre Nom", reach="", company="Ailleurs"))

    # first: there was something to leak, and its own recommender hears it
    own = json.dumps(teller.me(), ensure_ascii=False)
    assert "Solenn Kerguelen" in own
    assert "+33612345687" in own

    remote.until("podium")
    wait_until(lambda: projector.all("screen")[-1]["stage"] == "podium")
    heard = everything(projector) + everything(remote.wire) + everything(other.wire)
    heard += json.dumps(other.me()) + json.dumps(remote.wire.call("sync", {"v": 0}))
    pages = (f"/projector/{workshop['key']}", f"/{workshop['code']}")
    heard += "".join(requests.get(server.url + path, timeout=LONG).text for path in pages)
    heard += staff.get(f"/remote/{workshop['id']}").text
    heard += server.log.read_text()
    assert len(heard) > 10_000
    for secret in SECRETS:
        assert secret not in heard


def test_a_player_cannot_tell_whether_a_person_is_known(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    first, second = Phone(server, workshop).play(), Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    new = first.submit(round_id, lead(), "a" * 16)
    known = second.submit(round_id, lead(), "a" * 16)
    assert new == known


def test_an_erased_person_stays_out_and_nobody_can_tell(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    phone, other = Phone(server, workshop).play(), Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    first = phone.submit(round_id, lead())
    page = staff.get("/desk").text
    lead_id = page.split("/desk/leads/")[1][:16]
    assert staff.post(f"/desk/leads/{lead_id}/erase", {}).ok
    assert "Kerguelen" not in staff.get("/desk").text
    again = other.submit(round_id, lead())
    assert again["points"] == first["points"]
    assert "Kerguelen" not in staff.get("/desk").text
    store = server.store()
    with store.session() as s:
        from game.store.tables import Lead, LeadKey, Recommendation

        assert [s.query(table).count() for table in (Lead, LeadKey, Recommendation)] == [0, 0, 0]
    store.close()
    assert phone.me()["points"] == first["points"]
