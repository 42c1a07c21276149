"""The desk over HTTP: who may do what, verdicts and their points, exports and their trace."""

import csv
import io
import re
from pathlib import Path

import pytest
import requests
from sqlalchemy.orm import Session

from game.imports.pool_file import import_pool
from game.store.tables import AuditEntry, Lead
from tests.serving import Phone, Remote, Server, Staff, lead
from tests.table import PACKS
from tests.waiting import LONG


@pytest.fixture
def round_id(remote: Remote) -> str:
    return str(remote.until("round", "open")["round"])


@pytest.fixture
def phone(server: Server, workshop: dict[str, str], round_id: str) -> Phone:
    made = Phone(server, workshop).play()
    made.submit(round_id, lead(role="Régleuse"))
    return made


def lead_path(staff: Staff) -> str:
    found = re.search(r"/desk/leads/[0-9a-f]{16}", staff.get("/desk").text)
    assert found
    return found[0]


def colleague(server: Server, staff: Staff, role: str) -> Staff:
    shown = staff.post("/users", {"mail": f"{role}@maison.fr", "role": role, "name": ""})
    link = re.search(r"http\S+/sign-in/link/[^<\s]+", shown.text)
    assert link
    return Staff(server).use_link(link[0])


def test_a_verdict_moves_points_at_once(phone: Phone, staff: Staff, remote: Remote) -> None:
    path = lead_path(staff)
    before = phone.me()
    assert before["confirmed"] == 0
    assert staff.post(f"{path}/verdict", {"verdict": "pursue", "reason": "oui"}, path).ok
    after = phone.me()
    assert after["points"] == after["confirmed"] == before["points"] + 20
    staff.post(f"{path}/verdict", {"verdict": "pass", "reason": "inventé", "fake": "1"}, path)
    assert (phone.me()["points"], phone.me()["confirmed"]) == (0, 0)
    staff.post(f"{path}/verdict", {"verdict": "nurture", "reason": "si, si"}, path)
    assert phone.me()["points"] == before["points"]


def test_a_verdict_that_cannot_be_keeps_what_was_typed(phone: Phone, staff: Staff) -> None:
    path = lead_path(staff)
    shown = staff.post(f"{path}/verdict", {"verdict": "pursue", "reason": "x" * 501}, path)
    assert shown.status_code == 422
    assert "x" * 501 in shown.text
    assert re.search(r'value="pursue" checked', shown.text)


@pytest.mark.parametrize("text", ["kerguelen", "SOLENN", "régleuse", "regleuse chantiers"])
def test_the_search_forgives(text: str, phone: Phone, staff: Staff) -> None:
    assert "Solenn Kerguelen" in staff.get(f"/desk?text={text}").text


@pytest.mark.parametrize("query", ["text=absent", "verdict=pass", "channel=school", "overdue=1"])
def test_a_filter_narrows(query: str, phone: Phone, staff: Staff) -> None:
    assert "Solenn Kerguelen" not in staff.get(f"/desk?{query}").text


def test_an_export_leaves_a_trace_without_names(phone: Phone, staff: Staff, server: Server) -> None:
    sent = staff.post("/desk/export/csv?text=solenn", {"separator": "semicolon"}, "/desk")
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    assert [(r["Nom complet"], r["Téléphone"]) for r in rows] == [
        ("Solenn Kerguelen", "+33612345687")
    ]
    store = server.store()
    with store.session() as s:
        entry = s.query(AuditEntry).filter_by(action="leads_exported").one()
    store.close()
    assert entry.detail["count"] == 1
    assert "solenn" not in str(entry.detail).lower()


def test_a_lead_from_a_file_says_who_recommended_it(
    server: Server, staff: Staff, tmp_path: Path
) -> None:
    file = tmp_path / "in.csv"
    file.write_text(
        "Nom complet;Compétences;Recommandée par;Atelier;Poste visé;Relation\n"
        "Zoé Vidal;tournage, fraisage; TIG;Ada Source;Atelier;Achats;Ancien collègue\n"
        'Noé Vidal;"tournage, fraisage; TIG";Ada Source;Atelier d\'hiver;Achats;Ancien collègue\n'
    )
    store = server.store()
    with Session(store.writing) as session:
        came = import_pool(session, file, "a secret of this test", PACKS, "FR")
    store.close()
    assert (came.taken, list(came.refused)) == (1, ["2"])
    path = lead_path(staff)
    shown = staff.get(path).text
    assert all(word in shown for word in ("Ada Source", "Atelier d&#39;hiver", "Achats"))
    assert 'value="tournage, fraisage; TIG"' in shown  # a skill with a comma stays one
    typed = {"name": "Noé Vidal", "skills": "tournage, fraisage; TIG"}
    assert staff.post(path, typed, path).ok
    assert 'value="tournage, fraisage; TIG"' in staff.get(path).text


def test_an_export_of_nothing_is_a_header(staff: Staff) -> None:
    sent = staff.post("/desk/export/csv", {}, "/desk")
    assert len(sent.content.decode("utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("facilitator", "/desk", 403),
        ("facilitator", "/users", 403),
        ("recruiter", "/users", 403),
        ("recruiter", "/desk", 200),
        ("dpo", "/desk", 200),
        ("facilitator", "/workshops", 200),
    ],
)
def test_each_role_has_its_pages(
    role: str, path: str, status: int, server: Server, staff: Staff
) -> None:
    assert colleague(server, staff, role).get(path).status_code == status


def test_a_recruiter_cannot_run_a_room(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    recruiter = colleague(server, staff, "recruiter")
    assert recruiter.get(f"/remote/{workshop['id']}").status_code == 403
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        Remote(recruiter, workshop)


def test_strangers_are_asked_to_sign_in(server: Server) -> None:
    shown = requests.get(f"{server.url}/desk", timeout=LONG)
    assert "/sign-in" in shown.url


def test_a_form_without_its_token_is_refused(server: Server, staff: Staff) -> None:
    sent = staff.http.post(f"{server.url}/workshops/demo", timeout=LONG)
    assert sent.status_code == 400


def test_a_sign_in_link_is_good_once(server: Server, staff: Staff) -> None:
    link = re.findall(r"\S+/sign-in/link/\S+", server.log.read_text())[-1]
    assert requests.get(link, timeout=LONG).status_code == 410


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_elsewhere(target: str, server: Server, staff: Staff) -> None:
    colleague_link = staff.post("/users", {"mail": "x@maison.fr", "role": "dpo", "name": ""})
    link = re.search(r"http\S+/sign-in/link/[^<\s]+", colleague_link.text)
    assert link
    browser = Staff(server)
    done = browser.post(f"{link[0]}?next={target}", {})
    assert done.url.startswith(server.url)


def test_a_password_signs_in(server: Server, staff: Staff) -> None:
    staff.post("/account", {"name": "Ada", "lang": "fr", "password": "une source claire"})
    other = Staff(server)
    form = {"mail": "admin@sourcerie.example", "password": "une source claire"}
    assert "/workshops" in other.post("/sign-in", form).url
    form["password"] = "une source trouble"
    wrong = Staff(server).post("/sign-in", form)
    assert wrong.status_code == 422
    assert "admin@sourcerie.example" in wrong.text


def test_places_and_lead_pages_read(phone: Phone, staff: Staff) -> None:
    assert staff.get("/desk/places").ok
    shown = staff.get(lead_path(staff)).text
    for said in ("Solenn Kerguelen", "Ancien collègue", "+33612345687", "Technicien"):
        assert said in shown


def test_a_correction_is_checked_at_the_field(phone: Phone, staff: Staff, server: Server) -> None:
    path = lead_path(staff)
    bad = staff.post(path, {"name": "Solenn K.", "mail": "nope"})
    assert bad.status_code == 422
    assert 'value="nope"' in bad.text
    staff.post(path, {"name": "Solenn K.", "mail": "s@exemple.fr"})
    store = server.store()
    with store.session() as s:
        assert [(one.name, one.mail) for one in s.query(Lead)] == [("Solenn K.", "s@exemple.fr")]
    store.close()
