"""'My expert of …': seen by nobody until accepted, declined without trace."""

import re
from typing import Any

import pytest
import requests

from tests.serving import Phone, Remote, Server, Staff

ANSWER = {"slot": "expert:abcd0001", "nominee": "Solenn Kerguelen", "subject": "la paie", "why": ""}


@pytest.fixture
def nominator(server: Server, workshop: dict[str, str], remote: Remote) -> tuple[Phone, str]:
    phone = Phone(server, workshop).play()
    for _ in range(40):
        screen = remote.wire.call("sync", {"v": 0})["screen"]
        if screen["phase"] == "open" and "expert:" in screen["html"] + phone.wire.screen()["html"]:
            break
        assert remote.do("next")["ok"]
        phone.wire.wait_screen(lambda s, seen=screen["v"]: s["v"] > seen)  # type: ignore[misc]
    return phone, screen["round"]


def asks(phone: Phone) -> list[dict[str, Any]]:
    url = f"{phone.server.url}/{phone.workshop['code']}/asks"
    return list(phone.http.get(url, timeout=5).json()["asks"])


@pytest.mark.parametrize(
    ("said", "shown"), [("accepted", True), ("anonymous", False), ("declined", False)]
)
def test_the_nominee_decides(
    said: str, shown: bool, nominator: tuple[Phone, str], staff: Staff
) -> None:
    phone, round_id = nominator
    points = phone.submit(round_id, ANSWER)["points"]
    link = asks(phone)[0]["url"]
    assert "Kerguelen" not in link
    assert "Kerguelen" not in staff.get("/desk/places").text
    assert "la paie" in requests.get(link, timeout=5).text
    form = {"answer": said, "subject": "la paie fine", "why": "vingt ans"}
    assert requests.post(link, data=form, timeout=5).ok
    page = staff.get("/desk/places").text
    assert ("Kerguelen" in page) is shown
    assert ("la paie fine" in page) is (said != "declined")
    # the nominator cannot tell which answer it was
    me = phone.me()
    assert me["points"] == points
    assert asks(phone) == []
    assert me["standing"] == {"expert:abcd0001": {"withdrawn": False, "subject": "la paie"}}


def test_a_second_answer_changes_nothing(nominator: tuple[Phone, str], staff: Staff) -> None:
    phone, round_id = nominator
    phone.submit(round_id, ANSWER)
    link = asks(phone)[0]["url"]
    requests.post(link, data={"answer": "anonymous"}, timeout=5)
    requests.post(link, data={"answer": "accepted", "subject": "autre"}, timeout=5)
    page = staff.get("/desk/places").text
    assert "autre" not in re.sub(r"<[^>]+>", "", page)
