"""Each operation opens by its own scope alone, and what is posted under a key is done once."""

from typing import Any

import pytest
from sqlalchemy import func, select

from game.store.tables import Touchpoint, Verdict
from game.web.api import surface
from tests.api.program import EVERY, Program
from tests.desk.at_desk import Desk

OF_PATH = {
    **{"leads": "leads:read", "touchpoints": "leads:read", "audit": "audit:read"},
    **{"workshops": "workshops:read", "briefs": "workshops:read"},
}


def scope_of(operation: surface.Operation) -> str:
    """What opens it, told by what it does: a search is posted and writes nothing."""
    writes = operation.method != "GET" and operation.path != "/leads/search"
    return "leads:write" if writes else OF_PATH[operation.path.split("/")[1]]


@pytest.mark.parametrize("scope", EVERY)
def test_every_operation_is_shut_to_who_has_all_scopes_but_its_own(desk: Desk, scope: str) -> None:
    mine = [one for one, _view in surface.operations if scope_of(one) == scope]
    other = Program(desk, *(one for one in EVERY if one != scope))
    for operation in mine:
        path = operation.path
        for name in ("lead", "touchpoint", "workshop"):
            path = path.replace(f"{{{name}}}", "0" * 16)
        said: Any = other.ask(operation.method, path, {} if operation.body else None)
        assert (said.status_code, said.json["code"]) == (403, "scope_missing"), operation.name
    assert mine


def test_a_verdict_and_a_contact_are_noted_once_for_a_key(desk: Desk, program: Program) -> None:
    lead = desk.lead("Ada")
    plan = {"kind": "call", "medium": "phone", "due_on": "2090-01-01"}
    made: Any = program.post(f"/leads/{lead}/touchpoints", plan).json
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        (f"/leads/{lead}/verdicts", {"verdict": "nurture"}),
        (f"/leads/{lead}/touchpoints", {"kind": "call", "medium": "phone"}),
        (f"/touchpoints/{made['id']}/done", {"answer": "answered"}),
    )
    for n, (path, given) in enumerate(asked):
        first, again = (program.post(path, given, Idempotency_Key=f"once-{n}") for _ in range(2))
        assert first.status_code in (200, 201), path
        assert (again.status_code, again.json) == (first.status_code, first.json), path
        assert again.headers["Idempotent-Replayed"] == "true"
    for table, count in ((Verdict, 1), (Touchpoint, 2)):
        found = select(func.count()).select_from(table).where(table.lead_id == lead)
        assert desk.read(lambda s, found=found: s.scalar(found)) == count
