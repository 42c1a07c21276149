"""Searching at the desk: by mail and number too, and nobody's data in an address."""

import re
from datetime import timedelta

import pytest

from game.store.tables import Lead
from tests.desk.at_desk import Desk
from tests.serving import Phone, Remote, Server, Staff, lead


def search(staff: Staff, **fields: str) -> str:
    shown = staff.post("/desk", fields)
    assert shown.url == f"{staff.server.url}/desk", "a search stands in an address"
    return str(shown.text)


def test_a_person_is_found_by_number_mail_and_what_was_added(
    server: Server, staff: Staff, remote: Remote, workshop: dict[str, str]
) -> None:
    round_id = str(remote.until("round", "open")["round"])
    first, second = (Phone(server, workshop).play() for _ in range(2))
    assert first.submit(round_id, lead())["ok"]
    for text in ("06.12.34.56.87", "+33 6 12 34 56 87", "34 56 87", "solenn 0612"):
        assert "Solenn Kerguelen" in search(staff, text=text), text
    assert "Solenn Kerguelen" not in search(staff, text="06 12 34 56 88")
    # a colleague adds to what is known, the first corrects it: the search follows both
    mail = {"reach": "mail", "reach_value": "solenn@exemple.fr", "skills": ["Tournage"]}
    assert second.submit(round_id, lead(**mail))["ok"]
    for text in ("SOLENN@exemple.fr", "tournage"):
        assert "Solenn Kerguelen" in search(staff, text=text), text
    path = re.search(r"/desk/leads/[0-9a-f]{16}", staff.get("/desk").text)
    assert path
    assert staff.post(path[0], {"name": "Maëlle", "mail": "m@exemple.fr"}).ok
    assert "Maëlle" in search(staff, text="maelle m@exemple.fr")
    assert "Maëlle" not in search(staff, text="kerguelen")
    for wire in (first.wire, second.wire):
        wire.close()


def test_a_filter_without_a_name_has_an_address(staff: Staff) -> None:
    shown = staff.post("/desk", {"text": "", "verdict": "pass", "overdue": "1"})
    assert "verdict=pass" in shown.url
    assert "overdue=1" in shown.url


def test_a_long_list_is_leafed_through_without_its_search_in_an_address(
    server: Server, staff: Staff
) -> None:
    from sqlalchemy.orm import Session

    from game.base.days import day_of

    store = server.store()
    with Session(store.writing) as s:
        s.add_all(
            Lead(name=f"Zoë {n:02}", skills=[], inform_by=day_of(0), created_at=n)
            for n in range(60)
        )
        s.commit()
    store.close()
    shown = search(staff, text="zoe")
    place = re.search(r'name="after" value="([^"]+)"', shown)
    assert place
    assert "Zoë 59" in shown
    older = search(staff, text="zoe", after=place[1])
    assert "Zoë 09" in older
    assert "Zoë 10" not in older
    place = re.search(r'name="before" value="([^"]+)"', older)
    assert place
    assert "Zoë 10" in search(staff, text="zoe", before=place[1])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            ("1 personne n’a pas été informée à temps", "3 personnes", "dont 2 sous trois jours"),
        ),
        ("en", ("1 person was not informed in time", "3 people", "2 of them within three days")),
    ],
)
def test_the_desk_says_who_is_to_be_told_soon(
    desk: Desk, lang: str, words: tuple[str, str, str]
) -> None:
    for days in (-1, 0, 3, 10, 11):
        last = desk.today() + timedelta(days=days)
        desk.lead(f"Personne {days}", informed=False, inform_by=last)
    desk.lead("Informée", inform_by=desk.today())
    who, _by = desk.person(lang=lang)
    page = " ".join(re.sub("<[^>]+>", " ", who.get("/desk").text).split())
    for word in words:
        assert word in page, word
    soon = who.get("/desk?soon=1").text
    assert [n for n in (-1, 0, 3, 10, 11) if f">Personne {n}<" in soon] == [0, 3, 10]
    late = who.get("/desk?overdue=1").text
    assert [n for n in (-1, 0, 3, 10, 11) if f">Personne {n}<" in late] == [-1]
