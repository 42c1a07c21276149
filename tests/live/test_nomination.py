"""'My expert of …': seen by nobody until accepted, declined without trace."""

import json
import re

import pytest
import requests

from game.store.tables import Nomination
from tests.reading import words_of
from tests.serving import LONG, Phone, Remote, Server, Staff

ANSWER = {"slot": "expert:abcd0001", "nominee": "Solenn Kerguelen", "subject": "la paie", "why": ""}


@pytest.fixture
def nominator(server: Server, workshop: dict[str, str], remote: Remote) -> tuple[Phone, str]:
    phone = Phone(server, workshop).play()
    for _ in range(40):
        screen = remote.screen()
        if screen["phase"] == "open" and "expert:" in screen["html"] + phone.wire.screen()["html"]:
            break
        assert remote.do("next")["ok"]
        phone.wire.wait_screen(lambda s, seen=screen["v"]: s["v"] > seen)  # type: ignore[misc]
    return phone, screen["round"]


def link_of(desk: Staff, name: str = "Solenn Kerguelen") -> str:
    """The link that the recruiter is given for somebody who was named."""
    page = desk.get("/desk/nominees").text
    found = re.search(rf"{name}.*?(/desk/nominees/\w+/link)", page, re.DOTALL)
    assert found
    shown = desk.post(found[1], {}, page="/desk/nominees").text
    link = re.search(r"http\S+/expert/[\w-]+", shown)
    assert link
    return link[0]


@pytest.mark.parametrize(
    ("said", "shown"), [("accepted", True), ("anonymous", False), ("declined", False)]
)
def test_the_nominee_decides(
    said: str, shown: bool, nominator: tuple[Phone, str], staff: Staff
) -> None:
    phone, round_id = nominator
    points = phone.submit(round_id, ANSWER)["points"]
    link = link_of(staff)
    assert "Kerguelen" not in link
    assert "Kerguelen" not in staff.get("/desk/places").text
    assert "la paie" in requests.get(link, timeout=LONG).text
    form = {"answer": said, "subject": "la paie fine", "why": "vingt ans"}
    assert requests.post(link, data=form, timeout=LONG).ok
    page = staff.get("/desk/places").text
    assert ("Kerguelen" in page) is shown
    assert ("la paie fine" in page) is (said != "declined")
    # the nominator cannot tell which answer it was
    me = phone.me()
    assert me["points"] == points
    assert me["standing"] == {"expert:abcd0001": {"withdrawn": False, "subject": "la paie"}}


def test_a_second_answer_changes_nothing(nominator: tuple[Phone, str], staff: Staff) -> None:
    phone, round_id = nominator
    phone.submit(round_id, ANSWER)
    link = link_of(staff)
    requests.post(link, data={"answer": "anonymous"}, timeout=LONG)
    requests.post(link, data={"answer": "accepted", "subject": "autre"}, timeout=LONG)
    page = staff.get("/desk/places").text
    assert "autre" not in words_of(page)


def test_nothing_that_the_nominator_holds_accepts(
    nominator: tuple[Phone, str], staff: Staff, server: Server
) -> None:
    """Neither before the link is made nor after it: what their phone hears has no key in it."""
    phone, round_id = nominator
    given = phone.submit(round_id, ANSWER)
    store = server.store()
    with store.session() as s:
        assert [row.key for row in s.query(Nomination)] == [None]
    key = link_of(staff).rsplit("/", 1)[1]
    with store.session() as s:
        row = s.query(Nomination).one()
        guesses = (row.id, round_id, phone.me()["id"], "None", "")
    store.close()
    code = phone.workshop["code"]
    page = phone.http.get(f"{server.url}/{code}", timeout=LONG).text
    heard = json.dumps([given, phone.me(), phone.wire.heard]) + page
    assert key not in heard
    assert "/expert/" not in heard
    assert phone.http.get(f"{server.url}/{code}/asks", timeout=LONG).status_code == 404
    for guess in guesses:
        sent = phone.http.post(
            f"{server.url}/expert/{guess}", data={"answer": "accepted"}, timeout=LONG
        )
        assert sent.status_code in (404, 405), guess
    assert "Kerguelen" not in staff.get("/desk/places").text


def test_the_desk_sees_a_name_and_no_words(nominator: tuple[Phone, str], staff: Staff) -> None:
    phone, round_id = nominator
    phone.submit(round_id, {**ANSWER, "why": "elle sait tout"})
    page = staff.get("/desk/nominees").text
    assert "Solenn Kerguelen" in page
    for hidden in ("la paie", "elle sait tout", phone.nickname):
        assert hidden not in page


def test_a_link_ends_with_a_newer_one_and_with_another_name(
    nominator: tuple[Phone, str], staff: Staff
) -> None:
    """Who was handed a link cannot accept for somebody else named in the same place since."""
    phone, round_id = nominator
    phone.submit(round_id, ANSWER)
    first, second = link_of(staff), link_of(staff)
    assert requests.get(first, timeout=LONG).status_code == 404
    assert requests.get(second, timeout=LONG).ok
    phone.submit(round_id, {**ANSWER, "nominee": "Enora Le Guirriec"})
    assert requests.get(second, timeout=LONG).status_code == 404
    assert requests.get(link_of(staff, "Enora Le Guirriec"), timeout=LONG).ok
