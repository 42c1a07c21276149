"""What programs read: by the rules of exports, page by page, and each reading noted."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from game.accounts import api_token
from game.accounts import user as accounts
from game.base.clock import now_ms
from game.privacy.objection import object
from game.store.tables import ApiToken, AuditEntry, Lead, User
from game.web.api import asking
from tests.api.program import Program
from tests.desk.at_desk import Desk


def entries(desk: Desk, token: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(action, user, detail) of what the log says of a token."""
    rows = desk.read(lambda s: s.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all())
    return [(r.action, r.user_id, dict(r.detail)) for r in rows if r.detail.get("token") == token]


def test_only_who_may_leave_is_told_of(desk: Desk, program: Program) -> None:
    past, secret = desk.today() - timedelta(days=1), desk.game.secret
    kept = {
        "Ada": desk.lead("Ada", informed=False),
        "Tard": desk.lead("Tard", informed=False, inform_by=past),
        "Essai": desk.lead("Essai", rehearsed=True),
        "Non": desk.lead("Non", mail="non@exemple.fr"),
    }
    desk.write(lambda s: object(s, secret, kept["Non"], None))
    desk.write(lambda s: s.delete(s.get(Lead, kept["Non"])))
    kept["Non"] = desk.lead("Non, revenue", mail="non@exemple.fr")  # without the mark
    assert program.names() == []  # as long as nobody said that exports stay in the house
    desk.exports_to_others("no")
    assert program.names() == ["Ada"]
    found = program.post("/leads/search", {"text": ""}).json
    assert [lead["name"] for lead in found["leads"]] == ["Ada"]  # type: ignore[index]
    told = {name: program.get(f"/leads/{id}") for name, id in kept.items()}
    assert {name: answer.status_code for name, answer in told.items()} == {
        **dict.fromkeys(kept, 404),
        "Ada": 200,
    }
    never = program.get(f"/leads/{'0' * 16}")
    assert told["Non"].json == told["Tard"].json == never.json  # nobody learns which


def test_pages_hold_everybody_once(desk: Desk, program: Program) -> None:
    for n in range(5):
        desk.lead(f"Ada {n}", created_at=1_000 + n // 2)
    names, cursor = list[str](), ""
    for _turn in range(3):
        page: Any = program.get(f"/leads?limit=2{cursor}").json
        names += [lead["name"] for lead in page["leads"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert sorted(names) == [f"Ada {n}" for n in range(5)]
    assert [name[-1] in "01" for name in names] == [False, False, False, True, True]
    sought: Any = program.post("/leads/search", {"text": "ada", "limit": 3}).json
    rest: Any = program.post("/leads/search", {"text": "ada", "cursor": sought["next"]}).json
    assert [one["name"] for one in (*sought["leads"], *rest["leads"])] == names


def test_a_list_is_narrowed_and_no_address_holds_a_name(desk: Desk, program: Program) -> None:
    desk.lead("Ada", verdict="pursue", company="Ateliers Leroy", skills=["TIG"])
    desk.lead("Zoé", channel="school")
    assert program.names("/leads?verdict=pursue") == ["Ada"]
    assert program.names("/leads?verdict=none") == ["Zoé"]
    assert program.names("/leads?channel=school") == ["Zoé"]
    assert program.names("/leads?skill=TIG&internal=false") == ["Ada"]
    for name in ("text", "company"):
        refused = program.get(f"/leads?{name}=Leroy")
        assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "unknown_field")  # type: ignore[index]
    found: Any = program.post("/leads/search", {"company": "Ateliers Leroy"}).json
    assert [lead["name"] for lead in found["leads"]] == ["Ada"]


def test_each_reading_is_noted_with_the_owner_and_the_token(desk: Desk, program: Program) -> None:
    lead = desk.lead("Ada", company="Ateliers Leroy")
    program.names("/leads?verdict=none")
    program.post("/leads/search", {"company": "Ateliers Leroy", "text": "Ada"})
    program.get(f"/leads/{lead}")
    program.get("/workshops")
    program.get("/audit")
    said = entries(desk, program.token)
    assert [action for action, _user, _detail in said] == [
        *("leads_listed", "leads_listed", "lead_shown", "workshops_listed", "audit_exported")
    ]
    assert {user for _action, user, _detail in said} == {program.owner}
    assert "Ada" not in str(said)
    assert "Leroy" not in str(said)


def test_a_token_opens_what_it_was_made_for_while_it_is_good(desk: Desk) -> None:
    reader = Program(desk, "workshops:read")
    assert reader.get("/workshops").status_code == 200
    refused = reader.get("/leads")
    assert (refused.status_code, refused.json["code"]) == (403, "scope_missing")  # type: ignore[index]
    kept = desk.read(lambda s: s.get(ApiToken, reader.token))
    assert reader.key not in str(vars(kept))
    assert kept.last_used_at
    # a facilitator owns a token with a scope that their role does not open
    facilitator = Program(desk, "leads:read", role="facilitator")
    assert facilitator.get("/leads").status_code == 403

    def over(s: Any) -> None:
        s.execute(update(ApiToken).where(ApiToken.id == reader.token).values(expires_at=now_ms()))

    desk.write(over)
    assert reader.get("/workshops").json["code"] == "token_unknown"  # type: ignore[index]
    other = Program(desk)
    desk.write(lambda s: api_token.revoke(s, other.token, other.owner))
    assert other.get("/leads").status_code == 401
    third = Program(desk)
    desk.write(lambda s: accounts.set_disabled(s, third.owner, third.owner, disabled=True))
    assert third.get("/leads").status_code == 401
    nobody = other.client.get("/api/v1/leads")
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert desk.read(lambda s: s.get(User, reader.owner)) is not None


@pytest.mark.parametrize(
    ("lang", "title"), [("fr", "Il n’y a rien ici"), ("en", "There is nothing here")]
)
def test_a_fault_is_a_problem_in_the_reader_s_language(
    program: Program, lang: str, title: str
) -> None:
    for path in (f"/leads/{'0' * 16}", "/nowhere"):
        said = program.get(path, Accept_Language=lang)
        assert said.content_type == "application/problem+json"
        assert (said.status_code, said.json["title"]) == (404, title)  # type: ignore[index]
        assert said.headers["Content-Language"] == lang
    wrong = program.ask("DELETE", "/leads")
    assert (wrong.status_code, wrong.content_type) == (405, "application/problem+json")
    assert "POST" in wrong.headers["Allow"]


def test_who_asks_too_often_is_told_when_to_come_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PER_TOKEN", asking.parse_many("2 per minute"))
    monkeypatch.setattr(asking, "WRONG", asking.parse_many("2 per minute"))
    assert [program.get("/briefs").status_code for _ in range(3)] == [200, 200, 429]
    said = program.get("/briefs")
    assert (said.json["code"], said.headers["Retry-After"]) == ("throttled", "60")  # type: ignore[index]
    guess = {"Authorization": "Bearer srcr_guess"}
    tried = [program.client.get("/api/v1/briefs", headers=guess).status_code for _ in range(3)]
    assert tried == [401, 401, 429]


def test_the_log_is_read_in_its_order(desk: Desk, program: Program) -> None:
    desk.lead("Ada")
    program.names()
    page: Any = program.get("/audit?limit=1").json
    rest: Any = program.get(f"/audit?after={page['next']}&limit=500").json
    seqs = [one["seq"] for one in (*page["entries"], *rest["entries"])]
    assert seqs == sorted(set(seqs))
    assert all(len(one["seal"]) == 64 for one in rest["entries"])
