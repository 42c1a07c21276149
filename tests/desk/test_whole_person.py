"""Everything of one person, as JSON and as a page, in whatever table it is held."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.base import Base
from game.store.tables import LeadTag, Letter, Mailing, Remote, Touchpoint
from tests.desk.at_desk import Desk
from tests.reading import words_of

TOLD = {  # tables of which each row is told
    *("recommendations", "verdicts", "touchpoints", "letters", "remotes", "lead_tags", "drafts"),
    *("interviews", "cv_readings", "grid_interviews", "offered_ways"),
}
PLAIN = {  # what these hold is told by the lead itself, by its source, or by what came of them
    **dict.fromkeys(("lead_keys", "former_keys", "lead_blocks"), "ways to reach them, and names"),
    **dict.fromkeys(("compared", "doubles"), "whom they may be the same person as"),
    **dict.fromkeys(("arrivals", "imported", "invitations"), "where they come from"),
    **{"merges": "records that were made one", "push_items": "remotes say who arrived"},
}
MARKS = ("vivier-rouge", "Rappeler pour Brest", "Mot à Ada", "Venez nous voir", "Taleez", "t-77")


def fill(s: Session, lead: str) -> None:
    now = now_ms()
    call = {"lead_id": lead, "kind": "call", "medium": "phone", "created_at": now}
    mailing = Mailing(name="x", lang="fr", kind="message", subject="", body="", created_at=now)
    s.add(mailing)
    s.flush()
    s.add(LeadTag(lead_id=lead, tag=MARKS[0]))
    s.add(Touchpoint(**call, due_on=date(2090, 1, 4), note=MARKS[1]))
    s.add(Touchpoint(**call, due_on=date(2090, 1, 5), note="Plus la peine", cancelled_at=now))
    s.add(Letter(mailing_id=mailing.id, lead_id=lead, subject=MARKS[2], body=MARKS[3], at=now))
    s.add(Remote(target="taleez", lead_id=lead, remote_id=MARKS[5], at=now))
    s.add(Remote(target="m-0123456789abcdef", lead_id=lead, filed=True, at=now))


@pytest.mark.parametrize(("lang", "file"), [("fr", "un fichier"), ("en", "a file")])
def test_what_the_desk_did_and_plans_is_in_both_forms(desk: Desk, lang: str, file: str) -> None:
    client, _ = desk.person(lang=lang)
    moments = dict.fromkeys(("agreed_at", "objected_at", "hired_at", "not_now_at"), now_ms())
    lead = desk.lead("Ada Vidal", **moments)
    desk.write(lambda s: fill(s, lead))
    held = client.post(f"/desk/leads/{lead}/held/json")
    page = words_of(client.post(f"/desk/leads/{lead}/held/html").get_data(as_text=True))
    for mark in (*MARKS, "Plus la peine", file):
        assert mark in held.get_data(as_text=True), mark
        assert mark in page, mark
    days = [held.json[f"{name}_on"] for name in ("agreed", "objected", "hired", "not_now")]  # type: ignore[index]
    assert None not in days
    noted = {
        "fr": ("accord du", "Opposition notée", "Embauche notée", "noté le"),
        "en": ("agreement of", "Objection noted", "Hiring noted", "“Not now” noted"),
    }
    for word in noted[lang]:
        assert word in page


def test_every_table_of_a_person_is_told_or_holds_what_is_told_elsewhere() -> None:
    theirs = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "leads"
    }
    assert theirs <= TOLD | PLAIN.keys(), theirs - TOLD - PLAIN.keys()
