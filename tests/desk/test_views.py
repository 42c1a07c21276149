"""The list's facets, orders and views, and a lead's tags, as a browser asks for them."""

import re

from sqlalchemy import select

from game.store.tables import SavedView
from tests.desk.at_desk import Desk


def listed(page: str) -> list[str]:
    return re.findall(r'/desk/leads/[0-9a-f]{16}">([^<]+)</a>', page)


def test_an_employer_stands_in_no_address_and_a_skill_narrows(desk: Desk) -> None:
    client, _ = desk.person()
    desk.lead("Ada Vidal", company="Ateliers Leroy", skills=["TIG"])
    desk.lead("Zoé Ferrand", company="Autre", skills=["TIG", "plans"])
    shown = client.post("/desk", data={"company": "Ateliers Leroy"})
    assert shown.status_code == 200  # not sent on to an address
    assert listed(shown.text) == ["Ada Vidal"]
    sent = client.post("/desk", data={"skill": "plans"})
    assert listed(client.get(sent.headers["Location"]).text) == ["Zoé Ferrand"]
    both = client.get("/desk?skill=TIG").text
    assert re.search(r">Autre <small>1</small>", both)  # a facet, with its count


def test_a_column_is_sorted_by_and_the_view_is_kept(desk: Desk) -> None:
    client, user = desk.person()
    for name in ("Zoé", "Ada", "Maëlle"):
        desk.lead(name)
    shown = client.get("/desk?sort=name").text
    assert listed(shown) == ["Ada", "Maëlle", "Zoé"]
    assert 'aria-sort="ascending"' in shown
    client.post("/desk/views", data={"sort": "name", "text": "ada", "view": "Par nom"})
    assert "Par nom" in client.get("/desk").text
    kept = desk.read(lambda s: s.scalars(select(SavedView)).one())
    assert (kept.user_id, kept.filter) == (user, {"sort": "name"})
    other, _ = desk.person()
    assert "Par nom" not in other.get("/desk").text
    assert other.post(f"/desk/views/{kept.id}/remove").status_code == 404
    client.post(f"/desk/views/{kept.id}/remove")
    assert "Par nom" not in client.get("/desk").text


def test_a_tag_is_put_and_found(desk: Desk) -> None:
    client, _ = desk.person()
    first = desk.lead("Ada")
    desk.lead("Zoé")
    assert client.post(f"/desk/leads/{first}/tags", data={"tags": "Salon"}).status_code == 302
    assert 'value="salon"' in client.get(f"/desk/leads/{first}").text
    assert listed(client.get("/desk?tag=salon").text) == ["Ada"]
    wrong = client.post(f"/desk/leads/{first}/tags", data={"tags": "x" * 41})
    assert wrong.status_code == 422
    assert "x" * 41 in wrong.text
