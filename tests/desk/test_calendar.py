"""Rules and the calendar, as a recruiter's browser and their calendar ask for them."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select, update

from game.pool import touchpoint
from game.pool.touchpoint import Plan
from game.store.tables import TouchRule, User
from tests.desk.at_desk import Desk


def plan(desk: Desk, user: str, name: str, day: date) -> str:
    lead, secret = desk.lead(name, company="Chantiers"), desk.game.secret
    wanted = Plan("call", "phone", day, "une note secrète", user_id=user)
    desk.write(lambda s: touchpoint.plan(s, secret, lead, wanted, user))
    return lead


def address(client: FlaskClient, shows: str) -> str:
    shown = client.post("/desk/calendar", data={"shows": shows, "do": "make"}).text
    found = re.search(r"/calendar/[0-9a-f]{32}\.ics\?lang=\w\w", shown)
    assert found
    return found[0]


def events(client: FlaskClient, path: str) -> list[tuple[date, str]]:
    answer = client.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    made = Calendar.from_ical(answer.data)
    return [(e.decoded("dtstart"), str(e["summary"])) for e in made.walk("VEVENT")]


@pytest.mark.parametrize(
    ("shows", "lang", "said"),
    [
        ("count", "fr", ["2 personnes à contacter", "1 personne à contacter"]),
        ("kind", "fr", ["Appel par téléphone"] * 3),
        ("kind", "en", ["Call by phone"] * 3),
        ("name", "fr", [f"Appel par téléphone – {n}" for n in ("Ada", "Maëlle", "Zoé")]),
    ],
)
def test_the_calendar_shows_what_was_chosen_and_no_more(
    desk: Desk, shows: str, lang: str, said: list[str]
) -> None:
    client, user = desk.person(lang=lang)
    first, second = desk.today(), desk.today() + timedelta(3)
    for name, day in (("Ada", first), ("Maëlle", first), ("Zoé", second)):
        plan(desk, user, name, day)
    _, stranger = desk.person()
    plan(desk, stranger, "Somebody else's", first)
    path = address(client, shows)
    reader = desk.app.test_client()  # a calendar has no cookie
    assert [title for _, title in events(reader, path)] == said
    assert {day for day, _ in events(reader, path)} == {first, second}
    text = reader.get(path).text
    for private in ("Chantiers", "secrète", *(() if shows == "name" else ("Ada", "Zo", "Ma"))):
        assert private not in text


def test_an_address_ends_when_it_is_made_anew_revoked_or_its_user_goes(desk: Desk) -> None:
    client, user = desk.person()
    reader = desk.app.test_client()
    first, second = address(client, "kind"), address(client, "kind")
    assert reader.get(first).status_code == 404
    assert reader.get(second).status_code == 200
    assert second.split("/")[-1][:32] not in client.get("/desk/calendar").text  # told once
    desk.write(lambda s: s.execute(update(User).where(User.id == user).values(disabled_at=1)))
    assert reader.get(second).status_code == 404
    desk.write(lambda s: s.execute(update(User).where(User.id == user).values(disabled_at=None)))
    assert reader.get(second).status_code == 200
    for role, status in (("facilitator", 404), ("recruiter", 200)):  # who may see no lead any more
        desk.write(
            lambda s, role=role: s.execute(update(User).where(User.id == user).values(role=role))
        )
        assert reader.get(second).status_code == status
    client.post("/desk/calendar", data={"do": "revoke"})
    assert reader.get(second).status_code == 404
    assert client.post("/desk/calendar", data={"shows": "all", "do": "make"}).status_code == 422


def test_a_rule_is_written_changed_and_removed_on_its_page(desk: Desk) -> None:
    client, _ = desk.person()
    form = {"name": "Tous les quatre mois", "verdict": "pursue", "kind": "call", "months": "4"}
    form |= {"medium": "phone", "active": "1"}
    wrong = client.post("/desk/rules", data={**form, "months": "quatre"})
    assert wrong.status_code == 422
    assert 'value="quatre"' in wrong.text
    assert 'aria-describedby="r-months-e"' in wrong.text
    assert client.post("/desk/rules", data=form).status_code == 302
    rule = desk.read(lambda s: s.scalars(select(TouchRule)).one())
    assert "Tous les quatre mois" in client.get("/desk/rules").text
    page = f"/desk/rules/{rule.id}"
    assert client.post(page, data={**form, "months": "6"}).status_code == 302
    assert 'value="6"' in client.get(page).text
    client.post(page, data={"do": "remove"})
    assert client.get(page).status_code == 404


def test_addresses_of_calendars_cannot_be_tried_without_end(desk: Desk) -> None:
    reader = desk.app.test_client()
    reader.environ_base["REMOTE_ADDR"] = "10.99.0.1"
    tried = [reader.get(f"/calendar/{n:032}.ics").status_code for n in range(61)]
    assert tried == [404] * 60 + [429]
