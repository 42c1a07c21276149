"""Touchpoints on a lead's page and in the agenda, as a recruiter's browser asks for them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from game.store.tables import AuditEntry, Lead, Touchpoint
from game.web.desk.transfer import export
from tests.desk.at_desk import Desk

WORDS = {"fr": ("Garder le lien", "En retard"), "en": ("Staying in touch", "Overdue")}


@pytest.mark.parametrize("small", [True, False])
def test_who_objected_and_came_back_as_a_new_lead_is_in_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    """Made here, and in a process of its own."""
    monkeypatch.setattr(export, "SMALL", 1_000 if small else 0)
    client, _ = desk.person()
    gone = desk.lead("Solenn Kerguelen", mail="solenn@exemple.fr")
    assert client.post(f"/desk/leads/{gone}/objection").status_code == 302
    desk.write(lambda s: s.execute(delete(Lead).where(Lead.id == gone)))  # as retention does
    desk.lead("S. Kerguelen", mail="solenn@exemple.fr")
    desk.lead("Ada Vidal")
    sent = client.post("/desk/export/csv").text
    assert "Ada Vidal" in sent
    assert "Kerguelen" not in sent
    entries = select(AuditEntry.detail).where(AuditEntry.action == "leads_exported")
    assert desk.read(lambda s: s.scalars(entries.order_by(AuditEntry.seq.desc())).first())["count"] == 1  # fmt: skip  # noqa: E501


def touchpoints(desk: Desk) -> list[Touchpoint]:
    return list(desk.read(lambda s: s.scalars(select(Touchpoint)).all()))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_planned_on_the_page_found_in_the_agenda_and_done(desk: Desk, lang: str) -> None:
    client, _ = desk.person(lang=lang)
    id = desk.lead("Solenn Kerguelen", phone="+33612345687")
    page = f"/desk/leads/{id}"
    yesterday = (desk.today() - timedelta(1)).isoformat()
    form = {"kind": "call", "medium": "phone", "due_on": yesterday, "note": "prendre des nouvelles"}
    assert client.post(f"{page}/touchpoints", data={**form, "do": "plan"}).status_code == 302
    assert WORDS[lang][0] in client.get(page).text
    shown = client.get("/desk/agenda").text
    assert WORDS[lang][1] in shown
    assert "Solenn Kerguelen" in shown
    (made,) = touchpoints(desk)
    for day, moved in (("", yesterday), ("demain", yesterday), ("2020-02-03", "2020-02-03")):
        client.post(f"/desk/touchpoints/{made.id}/move", data={"due_on": day})
        assert str(touchpoints(desk)[0].due_on) == moved
    done = client.post(f"/desk/touchpoints/{made.id}/done", data={"answer": "answered"})
    assert done.status_code == 302
    assert "Solenn Kerguelen" not in client.get("/desk/agenda").text
    assert touchpoints(desk)[0].answer == "answered"
    audit = desk.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert "agenda_shown" in audit


def test_an_agenda_is_one_s_own_or_the_team_s(desk: Desk) -> None:
    (one, _), (other, _) = desk.person(), desk.person()
    day = desk.today().isoformat()
    form = {"kind": "call", "medium": "phone", "due_on": day, "do": "plan"}
    for client, name in ((one, "Ada Vidal"), (other, "Zoé Ferrand")):
        id = desk.lead(name)
        assert client.post(f"/desk/leads/{id}/touchpoints", data=form).status_code == 302
    mine, every = one.get("/desk/agenda").text, one.get("/desk/agenda?who=all").text
    assert ["Ada Vidal" in mine, "Zoé Ferrand" in mine] == [True, False]
    assert ["Ada Vidal" in every, "Zoé Ferrand" in every] == [True, True]


def test_the_call_at_the_end_of_a_trial_is_computed(desk: Desk) -> None:
    client, _ = desk.person()
    id = desk.lead("Maëlle")
    trial = {"began": "2027-02-01", "length": "2", "unit": "months", "ahead": "7"}
    assert client.post(f"/desk/leads/{id}/call-back", data=trial).status_code == 302
    (made,) = touchpoints(desk)
    assert (made.kind, str(made.due_on)) == ("callback", "2027-03-24")


PLAN = {"do": "plan", "kind": "call", "medium": "phone"}
TRIAL = {"began": "2027-02-01", "length": "3", "unit": "months"}


@pytest.mark.parametrize(
    ("path", "form", "field", "kept"),
    [
        ("touchpoints", {**PLAN, "due_on": "demain"}, "t-due", "demain"),
        ("touchpoints", {**PLAN, "due_on": "", "note": "un mot"}, "t-due", "un mot"),
        ("call-back", {**TRIAL, "length": ""}, "c-length", "2027-02-01"),
        ("call-back", {**TRIAL, "began": ""}, "c-began", "3"),
        ("call-back", {**TRIAL, "began": "9999-12-01"}, "c-length", "9999"),
        ("agreement", {"kept_until": "un jour"}, "k-until", "un jour"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, path: str, form: dict[str, str], field: str, kept: str
) -> None:
    client, _ = desk.person()
    id = desk.lead("Maëlle")
    sent = client.post(f"/desk/leads/{id}/{path}", data=form)
    assert sent.status_code == 422
    assert f'aria-describedby="{field}-e"' in sent.text
    assert f'value="{kept}' in sent.text
    assert touchpoints(desk) == []


def test_who_objected_is_not_contacted_from_any_form(desk: Desk) -> None:
    client, _ = desk.person()
    id = desk.lead("Maëlle")
    page = f"/desk/leads/{id}"
    client.post(f"{page}/agreement", data={"kept_until": ""})
    assert client.post(f"{page}/objection").status_code == 302
    assert desk.read(lambda s: s.get_one(Lead, id).agreed_at) is None
    form = {"kind": "call", "medium": "phone", "due_on": "2027-01-04"}
    for do in ("plan", "done"):
        sent = client.post(f"{page}/touchpoints", data={**form, "do": do})
        assert sent.status_code == 422
    assert client.post(f"{page}/agreement", data={}).status_code == 422
    assert touchpoints(desk) == []
    assert "s’est opposée" in client.get(page).text
    assert not re.search(r'action="[^"]+/touchpoints"', client.get(page).text)


def test_what_became_of_a_lead_is_noted_and_taken_back(desk: Desk) -> None:
    client, _ = desk.person()
    id = desk.lead("Maëlle")
    for outcome in ("hired", "not_now", ""):
        client.post(f"/desk/leads/{id}/outcome", data={"outcome": outcome})
        found = desk.read(lambda s: s.get_one(Lead, id))
        assert found.outcome == outcome
    assert client.post(f"/desk/leads/{id}/outcome", data={"outcome": "x"}).status_code == 422


def test_the_officer_may_note_an_objection_and_plan_nothing(desk: Desk) -> None:
    client, _ = desk.person("dpo")
    id = desk.lead("Maëlle")
    assert client.get(f"/desk/leads/{id}").status_code == 200
    assert client.post(f"/desk/leads/{id}/touchpoints", data={}).status_code == 403
    assert client.get("/desk/agenda").status_code == 403
    assert client.post(f"/desk/leads/{id}/objection").status_code == 302
