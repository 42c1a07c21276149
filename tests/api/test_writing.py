"""What programs write: people, verdicts, tags, touchpoints; each once for each key."""

from typing import Any

from sqlalchemy import func, select

from game.jobs.imports import ask_to_take_back
from game.pool.taken_back import take_back
from game.privacy.erase import erase
from game.privacy.objection import object
from game.store.tables import (
    ApiAnswer,
    Lead,
    LeadTag,
    PoolImport,
    Recommendation,
    Touchpoint,
    Verdict,
)
from tests.api.program import Program
from tests.api.test_reading import entries
from tests.desk.at_desk import Desk

ADA = {
    "name": "Ada Vidal",
    "mail": "Ada.Vidal@Exemple.fr",
    "phone": "06 12 34 56 78",
    "skills": ["TIG", "plans"],
    "origin": {"relationship": "former-colleague", "brief": "Soudeuse", "reason": "Précise"},
}


def count(desk: Desk, table: Any) -> int:
    return int(desk.read(lambda s: s.scalar(select(func.count()).select_from(table))))


def test_a_person_is_taken_as_an_import_takes_them(desk: Desk, program: Program) -> None:
    made = program.post("/leads", ADA)
    assert (made.status_code, made.json["state"]) == (201, "new")  # type: ignore[index]
    told: Any = program.get(f"/leads/{made.json['lead']}").json  # type: ignore[index]
    assert (told["mail"], told["phone"]) == ("ada.vidal@exemple.fr", "+33612345678")
    assert (told["origin"], told["channel"]) == ("import", "pool")
    (said,) = told["recommendations"]
    assert (said["brief_title"], said["reason"], said["type"]) == (
        "Soudeuse",
        "Précise",
        "referral",
    )
    again = program.post("/leads", {"name": "A. Vidal", "mail": ADA["mail"]})
    assert (again.status_code, again.json) == (200, {"state": "known", "lead": told["id"]})
    assert ("lead_taken", program.owner) in {one[:2] for one in entries(desk, program.token)}
    (kept,) = desk.read(lambda s: s.scalars(select(PoolImport)).all())
    assert (kept.report["taken"], kept.report["known"]) == (1, 1)
    recruiter, _ = desk.person()
    assert "API – Essai" in recruiter.get("/desk/import").text
    assert recruiter.get(f"/desk/import/{kept.id}").status_code == 200
    desk.write(lambda s: ask_to_take_back(s, s.get(PoolImport, kept.id), program.owner))
    desk.write(lambda s: take_back(s, kept.id, program.owner))
    assert count(desk, Lead) == 0
    assert program.post("/leads", ADA).status_code == 201  # under an import of its own
    assert count(desk, PoolImport) == 2


def test_nothing_tells_the_erased_from_others_who_may_not_leave(
    desk: Desk, program: Program
) -> None:
    secret, answers = desk.game.secret, []
    for name, verb in (("Erased", erase), ("Objected", object)):
        given = {"name": name, "mail": f"{name}@exemple.fr"}
        lead = program.post("/leads", given).json["lead"]  # type: ignore[index]
        desk.write(lambda s, verb=verb, lead=lead: verb(s, secret, lead, None))
        answers.append(program.post("/leads", given))
    assert [(one.status_code, one.json) for one in answers] == [
        (200, {"state": "known", "lead": None})
    ] * 2
    assert count(desk, Lead) == 1


def test_a_key_does_a_thing_once(desk: Desk, program: Program) -> None:
    first = program.post("/leads", ADA, Idempotency_Key="k1")
    again = program.post("/leads", ADA, Idempotency_Key="k1")
    assert (again.status_code, again.json) == (201, first.json)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    other = program.post("/leads", {**ADA, "name": "Zoé"}, Idempotency_Key="k1")
    assert (other.status_code, other.json["code"]) == (422, "key_reused")  # type: ignore[index]
    elsewhere = Program(desk).post("/leads", ADA, Idempotency_Key="k1")
    assert elsewhere.json["state"] == "known"  # type: ignore[index]  # a key is its token's
    lead = first.json["lead"]  # type: ignore[index]
    wrong = {"kind": "call", "medium": "phone"}
    path = f"/leads/{lead}/touchpoints"
    assert program.post(path, wrong, Idempotency_Key="k2").json["code"] == "lead_uninformed"  # type: ignore[index]
    planned = {**wrong, "due_on": "2090-01-01"}
    done = program.post(path, planned, Idempotency_Key="k2")
    assert done.status_code == 201, done.json["errors"]  # what was refused is not kept
    kept = desk.read(lambda s: s.scalars(select(ApiAnswer)).all())
    assert "Vidal" not in str([vars(one) for one in kept])
    assert count(desk, Lead) == 1


def test_a_verdict_is_its_owner_s_and_letting_go_needs_a_why(desk: Desk, program: Program) -> None:
    lead = desk.lead("Ada")  # was told: somebody has spoken to her
    path = f"/leads/{lead}/verdicts"
    refused = program.post(path, {"verdict": "pass"})
    assert refused.json["errors"] == [  # type: ignore[index]
        {
            **{"at": "reason", "code": "reason_missing"},
            "detail": "On lui a déjà parlé\u202f: dites pourquoi en rester là.",
        }
    ]
    assert program.post(path, {"verdict": "pass", "reason": "Loin"}).status_code == 201
    (kept,) = desk.read(lambda s: s.scalars(select(Verdict)).all())
    assert (kept.user_id, kept.verdict, kept.reason, kept.fake) == (
        *(program.owner, "pass", "Loin"),
        False,
    )
    told: Any = program.get(f"/leads/{lead}").json
    assert (told["verdict"], told["verdict_reason"]) == ("pass", "Loin")
    assert program.post(path, {"verdict": "fake"}).json["errors"][0]["at"] == "verdict"  # type: ignore[index]


def test_tags_and_touchpoints_are_put_and_told(desk: Desk, program: Program) -> None:
    lead = desk.lead("Ada")
    tagged = program.ask("PUT", f"/leads/{lead}/tags", {"tags": ["Salon", "TIG"]})
    assert tagged.json == {"lead": lead, "tags": ["salon", "tig"]}
    assert program.names("/leads?tag=salon") == ["Ada"]
    called = {"kind": "call", "medium": "phone", "answer": "answered", "note": "Rappeler"}
    assert program.post(f"/leads/{lead}/touchpoints", called).json["state"] == "done"  # type: ignore[index]
    plan = {"kind": "article", "medium": "mail", "due_on": "2090-01-01"}
    assert program.post(f"/leads/{lead}/touchpoints", plan).json["state"] == "planned"  # type: ignore[index]
    told: Any = program.get(f"/leads/{lead}").json
    assert [(one["kind"], one["answer"]) for one in told["touchpoints"]] == [
        ("article", None),
        ("call", "answered"),
    ]
    assert program.ask("PUT", f"/leads/{lead}/tags", {"tags": []}).json["tags"] == []  # type: ignore[index]
    assert (count(desk, LeadTag), count(desk, Touchpoint)) == (0, 2)


def test_a_wrong_field_is_named_and_nothing_is_taken(desk: Desk, program: Program) -> None:
    wrong = {**ADA, "mail": "ada", "channel": "nulle part", "age": 30}
    said: Any = program.post("/leads", wrong).json
    assert [(one["at"], one["code"]) for one in said["errors"]] == [("age", "unknown_field")]
    said = program.post("/leads", {**ADA, "mail": "ada", "channel": "nulle part"}).json
    assert {one["at"]: one["code"] for one in said["errors"]} == {
        **{"mail": "mail_invalid", "channel": "channel_unknown"}
    }
    late = {**ADA, "collected_on": "2090-01-01", "origin": {"at": "2090-01-01T00:00:00Z"}}
    said = program.post("/leads", late).json
    assert {one["at"] for one in said["errors"]} == {"collected_on", "origin.at"}
    plain = program.client.post(
        "/api/v1/leads", data="{", headers={"Authorization": f"Bearer {program.key}"}
    )
    assert plain.json["code"] == "not_json"  # type: ignore[index]
    assert (count(desk, Lead), count(desk, Recommendation)) == (0, 0)
