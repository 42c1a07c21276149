"""A stored round that cannot be played any more harms no screen, and the room goes on."""

from typing import Any

import pytest
import requests
from sqlalchemy import update

from game.store.tables import RoundRow
from tests.serving import LONG, Phone, Remote, Server, Staff

CALM = "ne peut pas être montrée ici"
# a kind that is not installed, and an option that has gone
LOST: list[dict[str, Any]] = [
    {"kind": "dance", "options": {"steps": 3}},
    {"options": {"an_option_that_has_gone": True}},
]
UNREADABLE: list[dict[str, Any]] = [
    {"families": 3},
    {"leads": "x", "families": [{"none": 1}]},
    {"leads": "x"},
    {},
]


def change(server: Server, round_id: str, values: dict[str, Any]) -> None:
    store = server.store()
    with store.writing.begin() as connection:
        connection.execute(update(RoundRow).where(RoundRow.id == round_id).values(**values))
    store.close()


def screens(server: Server, staff: Staff, workshop: dict[str, str]) -> dict[str, str]:
    """Every page that shows a round, fresh; each must answer."""
    paths = {
        "projector": f"/projector/{workshop['key']}",
        "remote": f"/remote/{workshop['id']}",
        "prepare": f"/workshops/{workshop['id']}",
        "preview": f"/workshops/{workshop['id']}/preview",
        "desk": "/desk",
        "places": "/desk/places",
        "results": "/desk/results",
    }
    shown = {name: staff.get(path) for name, path in paths.items()}
    assert {name: page.status_code for name, page in shown.items()} == dict.fromkeys(paths, 200)
    return {name: page.text for name, page in shown.items()}


@pytest.mark.parametrize("lost", LOST, ids=["kind", "option"])
def test_a_round_that_cannot_be_played_is_said_calmly(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote, lost: dict[str, Any]
) -> None:
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    change(server, round_id, lost)
    assert phone.submit(round_id, {"slot": "vote", "choice": "a"})["error"]["code"] == "unplayable"
    assert remote.do("pause")["ok"]
    assert remote.do("resume")["ok"]
    shown = screens(server, staff, workshop)
    assert CALM in shown["projector"]
    assert CALM in shown["remote"]
    assert CALM in phone.http.get(f"{server.url}/{workshop['code']}").text
    for surface in ("phone", "projector"):
        for phase in ("briefing", "open", "closed", "revealed"):
            path = f"/workshops/{workshop['id']}/preview/{surface}/{round_id}/{phase}"
            assert staff.get(path).status_code == 200
    assert remote.do("close")["ok"]
    assert remote.do("next")["ok"]
    screens(server, staff, workshop)
    assert phone.me()["points"] == 0
    assert staff.post("/desk/export/csv", {}, "/desk").ok
    remote.until("board")
    assert remote.until("round", "open")["round"] != round_id


def test_a_round_that_cannot_be_played_is_skipped(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    round_id = str(remote.until("round", "open")["round"])
    change(server, round_id, LOST[0])
    assert remote.do("skip")["ok"]
    assert remote.until("round", "briefing")["round"] != round_id


def test_an_old_result_still_shows(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    """Results once held words; and one that nobody can read harms nobody, in no language."""
    phone, url = Phone(server, workshop).play(), f"{server.url}/{workshop['code']}"
    round_id = str(remote.until("round", "revealed")["round"])
    old = {"leads": 2, "people": 1, "families": [{"label": "Écoles", "count": 2}], "reasons": []}
    change(server, round_id, {"result": old})
    assert "Écoles" in screens(server, staff, workshop)["projector"]
    for unreadable in UNREADABLE:
        change(server, round_id, {"result": unreadable})
        screens(server, staff, workshop)
        with requests.Session() as stranger:
            stranger.headers["Accept-Language"] = "en"
            for path in (f"/projector/{workshop['key']}", f"/{workshop['code']}"):
                assert stranger.get(server.url + path, timeout=LONG).status_code == 200, path
        english = phone.http.get(url, headers={"Accept-Language": "en"}, timeout=LONG)
        assert english.status_code == 200
