"""The contact's own page: what is held, from whom, why; and each wish done at once."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import lead as change
from game.pool.merge import merge, unmerge
from game.pool.touchpoint import Plan, note_done
from game.pool.verdict import review
from game.privacy import company, notice, own_link
from game.privacy.inform import barred
from game.store.tables import (
    AuditEntry,
    BriefRow,
    Lead,
    Merge,
    Player,
    Recommendation,
    RoundRow,
    Suppression,
    Workshop,
)
from tests.addresses import call_from_elsewhere
from tests.privacy.pages import Signed, application, game_of
from tests.privacy.test_papers import FACTS
from tests.table import USUAL

NAME, RECOMMENDER = "Solenn Kerguelen", "Camille Bernard"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with application(Path(tmp_path_factory.mktemp("contact"))) as made:
        game = game_of(made)
        game.writer.write(lambda s: company.save(s, FACTS, None))
        game.writer.write(lambda s: notice.publish(s, game.packs, None))
        yield made


def held(app: Flask, speaks: str = "", **more: Any) -> tuple[str, str]:
    """A recommended lead: (its id, the token of its page)."""
    game = game_of(app)

    def make(s: Session) -> tuple[str, str]:
        now = now_ms()
        workshop = Workshop(name="Atelier", code=f"C{now % 10**6:06}"[:8], created_at=now)
        s.add(workshop)
        s.flush()
        at = {"workshop_id": workshop.id}
        player = Player(
            nickname="Loutre", folded="loutre", real_name=RECOMMENDER, joined_at=1, **at
        )
        row = RoundRow(place=0, kind="recommend", seconds=60, **at)
        brief = BriefRow(key="k", title="Soudeuse", must_haves=[], **at)
        lead = Lead(
            name=NAME,
            inform_by=date(2099, 1, 1),
            created_at=now,
            **{"mail": "s@exemple.fr", **more},
        )
        s.add_all((player, row, brief, lead))
        s.flush()
        s.add(
            Recommendation(
                **{"lead_id": lead.id, "player_id": player.id, "round_id": row.id, **at},
                **{"slot": "lead:aaaa", "brief_id": brief.id, "name": NAME, "channel": "school"},
                **{"relationship": "school", "known": True, "internal": False, "aware": False},
                **{"reach": "mail", "reason": "Des soudures sans reprise", "at": now},
                speaks=speaks,
            )
        )
        return lead.id, own_link.token(s, game.secret, lead.id, None)

    return game.writer.write(make)  # type: ignore[no-any-return]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return call_from_elsewhere(app.test_client())


def of(app: Flask, lead_id: str) -> Lead | None:
    with game_of(app).store.session() as s:
        return s.get(Lead, lead_id)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_says_what_is_held_why_and_by_which_notice(
    app: Flask, client: FlaskClient, lang: str
) -> None:
    _lead, token = held(app)
    client.post(f"/lang/{lang}")
    answer = client.get(f"/contact/{token}")
    shown = answer.text
    for said in (NAME, "s@exemple.fr", "Soudeuse", "Des soudures sans reprise", "Chantiers Łoś"):
        assert said in shown
    assert ("pas publique" if lang == "fr" else "not public") in shown
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ({}, "Une personne qui travaille chez nous"),
        ({"origin": "import"}, "Un fichier de l’entreprise"),
        ({"origin": "invite"}, "sur une page que l’entreprise vous a ouverte"),
    ],
)
def test_the_source_is_the_one_that_it_was(
    app: Flask, client: FlaskClient, origin: dict[str, str], said: str
) -> None:
    _lead, token = held(app, **origin)
    (told,) = re.findall(r"<dt>D’où elles viennent</dt><dd>([^<]+)</dd>", unescape(
        client.get(f"/contact/{token}").text
    ))  # fmt: skip
    assert said in told
    assert ("n’est pas publique" in told) is ("invite" not in origin.values())


def test_a_public_page_is_told_as_the_source_where_it_was_one(
    app: Flask, client: FlaskClient
) -> None:
    address = "https://pages.exemple.fr/solenn"
    lead_id, token = held(app, link=address)
    game_of(app).writer.write(
        lambda s: s.execute(
            update(Recommendation).where(Recommendation.lead_id == lead_id).values(known=False)
        )
    )
    source = client.get(f"/contact/{token}/data.json").json["source"]
    assert "d’après une page publique" in source
    assert address in source


def test_each_wish_is_one_press_away(app: Flask, client: FlaskClient) -> None:
    """Correct, stay, object, erase; and to take all of it along. Who objected is asked no more."""
    _lead, token = held(app, mail="un-clic@exemple.fr")
    shown = client.get(f"/contact/{token}").text
    wishes = re.findall(rf'<form method="post"[^>]*action="/contact/{token}/(\w+)"', shown)
    assert sorted(wishes) == ["correct", "erase", "object", "stay"]
    for kind in ("json", "html"):
        assert f'href="/contact/{token}/data.{kind}"' in shown
    client.post(f"/contact/{token}/object")
    shown = client.get(f"/contact/{token}").text
    wishes = re.findall(rf'<form method="post"[^>]*action="/contact/{token}/(\w+)"', shown)
    assert sorted(wishes) == ["correct", "erase"]


def test_what_was_judged_and_said_meanwhile_is_theirs_to_read(
    app: Flask, client: FlaskClient
) -> None:
    lead_id, token = held(app, informed_at=1)

    def work(s: Session) -> None:
        review(s, lead_id, None, "nurture", "Plus tard dans l'année", USUAL)
        call = Plan("call", "phone", note="Rappelée un mardi", direction="in")
        note_done(s, game_of(app).secret, lead_id, call, None)

    game_of(app).writer.write(work)
    told = client.get(f"/contact/{token}/data.json").json
    assert [one["reason"] for one in told["judged"]] == ["Plus tard dans l'année"]
    assert [(one["note"], one["theirs"]) for one in told["exchanges"]] == [
        ("Rappelée un mardi", True)
    ]
    shown = unescape(client.get(f"/contact/{token}").text)
    for word in ("Plus tard dans l'année", "Rappelée un mardi"):
        assert word in shown


@pytest.mark.parametrize(
    ("speaks", "told"),
    [("named", True), ("unnamed", False), ("", False), ("first", False), ("together", False)],
)
def test_the_recommender_is_named_only_where_they_agreed(
    app: Flask, client: FlaskClient, speaks: str, told: bool
) -> None:
    _lead, token = held(app, speaks)
    for path in ("", "/data.json", "/data.html"):
        shown = client.get(f"/contact/{token}{path}").get_data(as_text=True)
        assert (RECOMMENDER in shown) is told, path
        assert "Loutre" not in shown


def test_they_correct_at_the_field(app: Flask, client: FlaskClient) -> None:
    lead_id, token = held(app)
    bad = client.post(f"/contact/{token}/correct", data={"name": "S. K.", "mail": "nope"})
    assert bad.status_code == 422
    assert 'value="nope"' in bad.text
    done = client.post(f"/contact/{token}/correct", data={"name": "S. K.", "mail": "k@exemple.fr"})
    assert done.status_code == 303
    lead = of(app, lead_id)
    assert lead is not None
    assert (lead.name, lead.mail) == ("S. K.", "k@exemple.fr")
    assert (lead.informed_at is not None, lead.notice_version) == (True, 1)


def test_they_choose_for_how_long_and_no_longer_than_the_notice_says(
    app: Flask, client: FlaskClient
) -> None:
    lead_id, token = held(app)
    shown = client.get(f"/contact/{token}").text
    assert re.findall(r'name="months" value="(\d+)"', shown) == ["6", "12", "18"]
    for months in ("24", "19", "-1", "x", ""):
        assert client.post(f"/contact/{token}/stay", data={"months": months}).status_code == 422
    client.post(f"/contact/{token}/stay", data={"months": "6"})
    lead, today = of(app, lead_id), day_of(now_ms())
    assert lead is not None
    assert lead.agreed_at is not None
    assert lead.kept_until is not None
    assert timedelta(days=180) <= lead.kept_until - today <= timedelta(days=184)


def test_an_objection_stops_everything_at_once(app: Flask, client: FlaskClient) -> None:
    lead_id, token = held(app, informed_at=1)
    client.post(f"/contact/{token}/stay", data={"months": "6"})
    assert client.post(f"/contact/{token}/object").status_code == 303
    lead = of(app, lead_id)
    assert lead is not None
    assert lead.objected_at is not None
    assert (lead.agreed_at, lead.kept_until) == (None, None)
    with game_of(app).store.session() as s:
        for purpose in ("export", "contact", "notice"):
            found = barred(s, [lead_id], purpose, day_of(now_ms()))  # type: ignore[arg-type]
            assert found == {lead_id: "lead_objected"}, purpose
    assert "Rester en contact" not in client.get(f"/contact/{token}").text


def test_an_erasure_is_one_and_ends_the_link(app: Flask, client: FlaskClient) -> None:
    lead_id, token = held(app)
    assert "effacé" in client.post(f"/contact/{token}/erase").text
    assert of(app, lead_id) is None
    with game_of(app).store.session() as s:
        assert s.scalar(select(Suppression.digest).limit(1)) is not None
        entry = s.query(AuditEntry).filter_by(action="lead_erased").one()
        assert (entry.user_id, entry.detail) == (None, {"lead": lead_id})
    assert client.get(f"/contact/{token}").status_code == 404


def test_they_take_everything_with_them(app: Flask, client: FlaskClient) -> None:
    _lead, token = held(app)
    file = client.get(f"/contact/{token}/data.json")
    assert "attachment" in file.headers["Content-Disposition"]
    told = file.json
    assert told["name"] == NAME
    assert told["said"][0]["reason"] == "Des soudures sans reprise"
    assert told["collected_on"] == day_of(now_ms()).isoformat()
    page = client.get(f"/contact/{token}/data.html")
    assert page.text.startswith("<!doctype html>")
    assert "<script" not in page.text


def test_a_link_is_good_until_it_is_revoked_and_cannot_be_made_up(
    app: Flask, client: FlaskClient
) -> None:
    lead_id, token = held(app)
    recruiter = Signed(app, "recruiter")
    page = f"/desk/leads/{lead_id}"
    assert token in recruiter.post(f"{page}/link", 200, at=page).text
    assert token not in recruiter.get(page)
    other, theirs = held(app)
    forged = theirs.replace(theirs[:8], token[:8])
    signed = token[:-4] + ("A" if token[-4] != "A" else "B") + token[-3:]  # not its spare bits
    for made_up in ("x", signed, forged, other, lead_id):
        assert client.get(f"/contact/{made_up}").status_code == 404, made_up
    recruiter.post(f"{page}/link/revoke", at=page)
    assert client.get(f"/contact/{token}").status_code == 404
    assert client.post(f"/contact/{token}/erase").status_code == 404
    assert of(app, lead_id) is not None


def test_a_revoked_link_stays_so_for_whoever_was_merged(app: Flask, client: FlaskClient) -> None:
    (kept, own), (gone, token) = held(app), held(app)
    with Session(game_of(app).store.writing) as s:
        merge(s, kept, gone, None, USUAL)
        s.commit()
    assert client.get(f"/contact/{token}").status_code == 200
    recruiter, page = Signed(app, "recruiter"), f"/desk/leads/{kept}"
    recruiter.post(f"{page}/link/revoke", at=page)
    for ended in (own, token):
        assert client.get(f"/contact/{ended}").status_code == 404
    with Session(game_of(app).store.writing) as s:
        unmerge(s, s.scalars(select(Merge.id).where(Merge.kept_id == kept)).one(), None, USUAL)
        s.commit()
    assert client.get(f"/contact/{token}").status_code == 404


def test_a_merged_person_keeps_their_link(app: Flask, client: FlaskClient) -> None:
    (kept, _), (gone, token) = held(app), held(app)
    with Session(game_of(app).store.writing) as s:
        change.note_informed(s, gone, None)
        merge(s, kept, gone, None, USUAL)
        s.commit()
    assert NAME in client.get(f"/contact/{token}").text
    client.post(f"/contact/{token}/erase")
    assert of(app, kept) is None


def test_nothing_of_it_is_in_the_log(
    app: Flask, client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    _lead, token = held(app)
    capfd.readouterr()
    for path in (f"/contact/{token}", f"/contact/{token}x", f"/contact/{token}/data.json"):
        client.get(path)
    client.post(f"/contact/{token}/correct", data={"name": "", "mail": "s@exemple.fr"})
    said = "".join(capfd.readouterr())
    for secret in (token, NAME, "exemple.fr"):
        assert secret not in said
