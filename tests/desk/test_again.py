"""The pool used again for a brief, and what sourcing brought, on their pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.store.base import new_id
from game.store.tables import AuditEntry, BriefRow, Lead, Touchpoint, Workshop
from tests.desk.at_desk import Desk
from tests.reading import words_of
from tests.table import SLOTS, Table, said


@pytest.fixture
def brief(desk: Desk) -> str:
    id = new_id()

    def add(s: object) -> None:
        workshop = Workshop(name="Atelier d'hiver", code=id[:8].upper(), created_at=1)
        s.add(workshop)  # type: ignore[attr-defined]
        s.flush()  # type: ignore[attr-defined]
        musts = ["Soude l’inox fin", "Lit un plan", "Contrôle son travail"]
        row = BriefRow(id=id, workshop_id=workshop.id, key="k", title="Soudeur", must_haves=musts)
        s.add(row)  # type: ignore[attr-defined]

    desk.write(add)
    return id


def kept(desk: Desk, name: str, **more: object) -> str:
    given = {"role": "soudeuse inox", "agreed_at": 1}
    return desk.lead(name, **{**given, **more})


def test_only_who_agreed_is_found_in_alphabetical_order_with_the_words(
    desk: Desk, brief: str
) -> None:
    client, _ = desk.person()
    assert "Soudeur" in client.get("/desk/again").text
    kept(desk, "Zoé Ferrand", skills=["soudure", "inox", "plans", "contrôle"])
    kept(desk, "Ada Vidal", role="soudeuse")  # fewer words, and first: no order but the alphabet's
    kept(desk, "Inox Personne", role="comptable")  # a name is not looked into
    kept(desk, "Trop tard", kept_until=desk.today() - timedelta(1))
    kept(desk, "Encore", kept_until=desk.today())
    kept(desk, "Sans accord", agreed_at=None)
    kept(desk, "Embauchée", hired_at=1)
    kept(desk, "Opposée", objected_at=1)
    kept(desk, "Répétée", rehearsed=True)
    shown = client.get(f"/desk/again/{brief}").text
    names = re.findall(r'/desk/leads/[0-9a-f]{16}">([^<]+)</a>', shown)
    assert names == ["Ada Vidal", "Encore", "Zoé Ferrand"]
    assert "<mark>inox</mark>" in shown
    assert "<mark>contrôle</mark>" in shown
    other = client.post(f"/desk/again/{brief}", data={"words": "plans", "do": "search"}).text
    assert re.findall(r'/desk/leads/[0-9a-f]{16}">([^<]+)</a>', other) == ["Zoé Ferrand"]
    told = desk.read(lambda s: s.scalars(select(AuditEntry.detail)).all())
    assert {"brief": brief, "count": 3} in told


def test_a_touchpoint_is_planned_for_the_chosen(desk: Desk, brief: str) -> None:
    client, _ = desk.person()
    first, second = kept(desk, "Ada"), kept(desk, "Zoé")
    other = desk.lead("Sans accord")
    page = f"/desk/again/{brief}"
    form = {"words": "inox", "kind": "call", "medium": "phone", "note": "un poste", "do": "plan"}
    wrong = client.post(page, data={**form, "lead": [first], "due_on": ""})
    assert wrong.status_code == 422
    assert re.search(rf'value="{first}"[^>]* checked', wrong.text)
    assert 'value="un poste"' in wrong.text
    assert client.post(page, data={**form, "due_on": "2027-01-04"}).status_code == 422
    chosen = {"lead": [first, second, other], "due_on": "2027-01-04"}
    assert client.post(page, data={**form, **chosen}).status_code == 302
    rows = desk.read(lambda s: s.execute(select(Touchpoint.lead_id, Touchpoint.brief_id)).all())
    assert {tuple(row) for row in rows} == {(first, brief), (second, brief)}


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "D’où viennent les pistes"), ("en", "Where leads come from")]
)
def test_the_mix_shows_groups_of_five_and_linkedin_beside_the_rest(
    desk: Desk, lang: str, said: str
) -> None:
    client, _ = desk.person(lang=lang)
    assert said in client.get("/desk/mix").text
    for n in range(6):
        desk.lead(f"Ada {n}", channel="school")
        desk.lead(f"Zoé {n}", channel="linkedin")
        if n < 4:
            desk.lead(f"Léo {n}", channel="fair")
    shown = client.get("/desk/mix").text
    assert "<svg" in shown
    assert re.search(r"LinkedIn.{0,3}: 50", shown)
    assert shown.count("Salon") == shown.count("fair") == 0
    assert "Ada" not in words_of(shown)


def test_rounds_and_workshops_of_five_are_shown_whatever_their_channels(desk: Desk) -> None:
    client, _ = desk.person()
    table = Table(desk.game.store)
    table.play = desk.game.play
    for n, slot in enumerate(SLOTS):
        assert table.submit(0, said(slot, n))["ok"]
    channels = ("school", "linkedin", "fair", "friend", "event")
    ids = table.leads()

    def part(s: Session) -> None:
        for id, channel in zip(ids, channels, strict=True):
            s.get_one(Lead, id).channel = channel

    desk.write(part)
    shown = words_of(client.get("/desk/mix").text)
    assert "Par manche" in shown
    assert "Par atelier" in shown
    assert "Par canal" not in shown
    assert "Pas encore assez" not in shown
