"""The trace: each verb that changes or shows a person's data, or somebody's rights, leaves one."""

from pathlib import Path

from sqlalchemy.orm import Session

from game.imports import pool_file
from game.store.engine import Store
from game.store.tables import AuditEntry
from tests.accounts.people import ROLES, person, things
from tests.databases import laid
from tests.serving import Server
from tests.table import PACKS


def test_each_verb_leaves_its_trace_without_anybodys_data(server: Server) -> None:
    who = person(server, "admin")
    other = person(server, "facilitator")
    made = things(server, who.user_id, who.user_id)
    path = f"/desk/leads/{made.lead_id}"
    mail = other.get("/account").text.split('class="note">')[1].split("<")[0]
    told = {
        "lead_shown": ("GET", path, {}),
        "leads_listed": ("POST", "/desk", {"text": "Kerguelen"}),
        "lead_judged": ("POST", f"{path}/verdict", {"verdict": "pursue", "reason": "Solenn, oui"}),
        "lead_corrected": ("POST", path, {"name": "Solenn Kerguelen", "mail": "s@exemple.fr"}),
        "lead_informed": ("POST", f"{path}/informed", {}),
        "leads_merged": ("POST", f"{path}/merge/{made.other_id}", {}),
        "leads_exported": ("POST", "/desk/export/csv", {"text": "Kerguelen"}),
        "lead_erased": ("POST", f"{path}/erase", {}),
        "nominee_link_made": ("POST", f"/desk/nominees/{made.nomination_id}/link", {}),
        "helper_invited": ("POST", f"/workshops/{made.workshop_id}/helpers", {"mail": mail}),
        "workshop_deleted": ("POST", f"/workshops/{made.workshop_id}/delete", {}),
        "user_added": ("POST", "/users", {"mail": "new@maison.fr", "role": "dpo", "name": "Ada"}),
        "link_made": ("POST", f"/users/{other.user_id}/link", {}),
        "user_disabled": ("POST", f"/users/{other.user_id}/disable", {}),
        "user_enabled": ("POST", f"/users/{other.user_id}/enable", {}),
        "signed_out": ("POST", "/sign-out", {}),
    }
    store = server.store()
    for action, (method, where, form) in told.items():
        answer = who.ask(method, where, **form)
        assert answer.status_code in (200, 302), (action, answer.status_code)
        with store.session() as s:
            rows = s.query(AuditEntry).filter_by(action=action, user_id=who.user_id).all()
        assert len(rows) == 1, action
    with store.session() as s:
        everything = str([row.detail for row in s.query(AuditEntry)])
    store.close()
    for word in ("Kerguelen", "Solenn", "exemple.fr", "maison.fr", "Ada", "oui"):
        assert word not in everything


def test_what_is_refused_leaves_none(server: Server) -> None:
    people = {name: person(server, role, name) for name, role in ROLES.items()}
    made = things(server, people["owner"].user_id, people["helper"].user_id)
    path = f"/desk/leads/{made.lead_id}"
    people["dpo"].ask("POST", f"{path}/verdict", verdict="pursue", reason="oui")
    people["recruiter"].ask("POST", f"{path}/merge/{made.lead_id}")
    people["other"].ask("POST", f"/workshops/{made.workshop_id}/delete")
    store = server.store()
    with store.session() as s:
        actions = {row.action for row in s.query(AuditEntry)}
    store.close()
    assert actions & {"lead_judged", "leads_merged", "workshop_deleted"} == set()


def test_a_file_that_comes_in_leaves_its_counts(tmp_path: Path) -> None:
    url = laid(tmp_path / "x.db")
    store = Store(url)
    file = tmp_path / "in.csv"
    file.write_text("name,mail\nSolenn Kerguelen,s@exemple.fr\n,nobody@exemple.fr\n")
    with Session(store.writing) as s:
        pool_file.import_pool(s, file, "a secret of this test", PACKS, "FR")
        s.commit()
        (entry,) = s.query(AuditEntry)
    assert entry.action == "pool_imported"
    counts = {"taken": 1, "known": 0, "refused": 1}
    assert entry.detail == {"import": entry.detail["import"], **counts}
    assert len(entry.detail["import"]) == 16  # by which it is taken back
    store.close()
