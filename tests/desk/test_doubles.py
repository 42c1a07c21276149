"""The page of doubles: a pair side by side, and what a recruiter decides of it."""

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool import doubles
from game.store.tables import AuditEntry, Double, Job, Lead
from tests.serving import Server, Staff

REASONS = ["short_name", "same_company"]


@pytest.fixture
def pair(server: Server, staff: Staff) -> str:
    """The path of a pair that is proposed."""
    store, when = server.store(), {"inform_by": date(2090, 1, 1), "created_at": now_ms()}
    with Session(store.writing) as s:
        made = [
            Lead(name=name, company="Acier", origin="import", **when)
            for name in ("Robert Hénaff", "Bob Henaff")
        ]
        s.add_all(made)
        s.flush()
        doubles.propose(s.connection(), {(made[0].id, made[1].id): REASONS})
        s.commit()
        id = s.scalars(select(Double.id)).one()
    store.close()
    return f"/desk/doubles/{id}"


def test_a_pair_is_shown_side_by_side_and_decided(pair: str, staff: Staff, server: Server) -> None:
    shown = staff.get("/desk/doubles").text
    assert all(word in shown for word in ("Robert Hénaff", "Bob Henaff", "prénom ou diminutif"))
    staff.post(pair, {"choice": "later"}, "/desk/doubles")
    assert "Robert Hénaff" not in staff.get("/desk/doubles").text
    assert "Robert Hénaff" in staff.get("/desk/doubles?state=later").text
    staff.post(f"{pair}?state=later", {"choice": "merge"}, "/desk/doubles")
    store = server.store()
    with store.session() as s:
        (kept,) = s.scalars(select(Lead))
        audited = {e.action: str(e.detail) for e in s.scalars(select(AuditEntry))}
        assert not s.scalars(select(Job.kind)).all(), "looking at a page asks for nothing"
    store.close()
    assert {"doubles_listed", "doubles_decided", "leads_merged"} <= set(audited)
    assert "naff" not in str(audited)
    lead = staff.get(f"/desk/leads/{kept.id}").text
    part = re.search(r"/desk/leads/[0-9a-f]{16}/part/[0-9a-f]{16}", lead)
    assert part
    parted = staff.post(part[0], {}, f"/desk/leads/{kept.id}")
    assert parted.ok, parted.text
    assert "Robert Hénaff" in staff.get("/desk/doubles?state=apart").text


def test_a_pair_that_is_gone_is_said(pair: str, staff: Staff) -> None:
    staff.post(pair, {"choice": "merge"}, "/desk/doubles")
    assert staff.post(pair, {"choice": "merge"}, "/desk/doubles").status_code in (404, 409, 422)
