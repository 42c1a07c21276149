"""What programs write: people, verdicts, tags, touchpoints; each once for each key."""

from datetime import date
from typing import Any

import pytest
from limits import parse_many
from sqlalchemy import delete, func, select

from game.base.days import month_after
from game.jobs.imports import ask_to_take_back
from game.pool.merge import merge
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
from game.web.api.asking import Pace, TooMany
from tests.api.program import Program
from tests.api.test_reading import entries
from tests.databases import redis_server
from tests.desk.at_desk import Desk
from tests.table import USUAL

ADA = {
    "name": "Ada Vidal",
    "mail": "Ada.Vidal@Exemple.fr",
    "phone": "06 12 34 56 78",
    "skills": ["TIG", "plans"],
    "origin": {"relationship": "former-colleague", "brief": "Soudeuse", "reason": "Précise"},
}


def count(desk: Desk, table: Any) -> int:
    return int(desk.read(lambda s: s.scalar(select(func.count()).select_from(table))))


def test_a_lead_that_was_merged_points_to_the_one_that_it_is(desk: Desk, program: Program) -> None:
    kept, gone, third = desk.lead("Ada Vidal"), desk.lead("A. Vidal"), desk.lead("Ada V.")
    desk.write(lambda s: merge(s, gone, third, None, USUAL))
    desk.write(lambda s: merge(s, kept, gone, None, USUAL))
    for id in (gone, third):
        answer = program.get(f"/leads/{id}?x=1")
        assert answer.status_code == 308
        assert answer.headers["Location"].endswith(f"/api/v1/leads/{kept}?x=1")
        told: Any = answer.json
        assert (told["code"], told["merged_into"]) == ("lead_merged", kept)
        assert (
            program.client.get(
                answer.headers["Location"], headers={"Authorization": f"Bearer {program.key}"}
            ).json["id"]
            == kept
        )  # type: ignore[index]
    sent = program.post(f"/leads/{gone}/verdicts", {"verdict": "pursue"})
    assert (sent.status_code, sent.json["merged_into"]) == (308, kept)  # type: ignore[index]
    assert desk.read(lambda s: s.get_one(Lead, kept)).verdict == ""
    desk.write(lambda s: object(s, program.desk.game.secret, kept, None))
    assert program.get(f"/leads/{gone}").status_code == 404  # nobody learns who may not leave


def test_a_planned_touchpoint_is_done_or_cancelled_once(desk: Desk, program: Program) -> None:
    lead = desk.lead("Ada Vidal")
    wanted = {"kind": "call", "medium": "phone", "due_on": "2030-01-01", "note": "Rappeler"}
    made = [program.post(f"/leads/{lead}/touchpoints", wanted).json for _ in range(2)]
    first, second = (one["id"] for one in made)  # type: ignore[index]
    done = program.post(f"/touchpoints/{first}/done", {"note": "Ravie", "answer": "answered"})
    assert (done.status_code, done.json) == (200, {"id": first, "lead": lead, "state": "done"})
    kept = desk.read(lambda s: s.get_one(Touchpoint, first))
    assert kept.done_at
    assert (kept.note, kept.answer) == ("Rappeler\nRavie", "answered")
    key = {"Idempotency_Key": "x1"}
    for _again in range(2):
        gone = program.ask("POST", f"/touchpoints/{second}/cancel", **key)
        assert (gone.status_code, gone.json["state"]) == (200, "cancelled")  # type: ignore[index]
    for path in (f"{first}/cancel", f"{second}/cancel"):
        assert program.ask("POST", f"/touchpoints/{path}").status_code == 409
    assert program.post(f"/touchpoints/{'0' * 16}/done", {}).status_code == 404
    third: Any = program.post(f"/leads/{lead}/touchpoints", wanted).json
    desk.write(lambda s: object(s, program.desk.game.secret, lead, None))
    assert program.post(f"/touchpoints/{third['id']}/done", {}).status_code == 404


def test_workers_count_a_program_s_requests_together() -> None:
    """Two workers, one Redis; while it is away each counts for itself."""
    few = parse_many("3 per minute")
    with redis_server() as server:
        one, other = Pace(server.url), Pace(server.url)
        for pace in (one, other, one):
            pace.count(few, "token")
        for pace in (one, other):
            assert pace.is_over(few, "token")
            with pytest.raises(TooMany):
                pace.count(few, "token")
        server.end()
        for _more in range(3):
            other.count(few, "token")
        with pytest.raises(TooMany):
            other.count(few, "token")


def test_a_person_is_taken_as_an_import_takes_them(desk: Desk, program: Program) -> None:
    made = program.post("/leads", ADA)
    assert (made.status_code, made.json["state"]) == (201, "new")  # type: ignore[index]
    desk.exports_to_others("no")
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


@pytest.mark.parametrize(
    ("collected", "by"),
    [("2026-02-01", date(2026, 3, 1)), ("2026-01-31", date(2026, 2, 28))],
)
def test_the_month_begins_when_the_program_says_that_they_were_collected(
    desk: Desk, program: Program, collected: str, by: date
) -> None:
    assert program.post("/leads", {**ADA, "collected_on": collected}).status_code == 201
    assert desk.read(lambda s: s.scalars(select(Lead.inform_by)).all()) == [by]
    desk.write(lambda s: s.execute(delete(Lead)))
    program.post("/leads", ADA)
    today = month_after(desk.today())
    assert desk.read(lambda s: s.scalars(select(Lead.inform_by)).all()) == [today]


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
