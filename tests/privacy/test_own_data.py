"""A player's own data: told before joining, seen, taken along, erased."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.live import player_cookie
from game.store.tables import Player, Point, Recommendation, Submission
from game.workshop import create
from game.workshop.play import Sent
from tests.privacy.pages import application, game_of
from tests.table import said


def open_round(s: object) -> None:
    from sqlalchemy import update

    from game.store.tables import RoundRow

    s.execute(update(RoundRow).values(phase="open", closes_at=None))  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_from_the_notice_at_the_door_to_the_erasure(tmp_path: Path, lang: str) -> None:
    with application(tmp_path) as app:
        game = game_of(app)
        pack = game.packs[lang]
        made = game.writer.write(lambda s: (lambda w: (w.id, w.code))(create.create_demo(s, pack)))
        workshop_id, code = made
        client: FlaskClient = app.test_client()
        door = client.get(f"/{code}", headers={"Accept-Language": lang}).text
        assert "L. 1222-4" in door  # before anything is typed
        joined = client.post(f"/{code}/join", data={"nickname": "Loutre Calme"})
        assert joined.status_code == 303
        with game.store.session() as s:
            player = s.scalars(select(Player)).one()
            from game.store.tables import RoundRow

            row = s.scalars(select(RoundRow).where(RoundRow.kind == "recommend").limit(1)).one()
        game.writer.write(open_round)
        sent = Sent(player.id, row.id, "answer-1", said("lead:aaaa", 0), now_ms())
        assert game.writer.put(game.play.many, sent).wait()["ok"]
        shown = client.get(f"/{code}/my-data").text
        assert "Loutre Calme" in shown
        assert "Personne 0 Imaginaire" in shown
        file = client.get(f"/{code}/my-data.json")
        assert file.json["nickname"] == "Loutre Calme"
        assert file.json["answers"][0]["said"]["name"] == "Personne 0 Imaginaire"
        assert sum(one["amount"] for one in file.json["entries"]) == file.json["points"] > 0
        assert app.test_client().get(f"/{code}/my-data").status_code in (403, 422)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        assert token
        unsure = client.post(f"/{code}/my-data/erase", data={"csrf_token": token[1]})
        assert unsure.status_code == 303
        gone = client.post(f"/{code}/my-data/erase", data={"csrf_token": token[1], "sure": "1"})
        assert gone.status_code == 200
        name = player_cookie.name(workshop_id, https=False)
        assert any(f"{name}=;" in line for line in gone.headers.getlist("Set-Cookie"))
        with game.store.session() as s:
            for table in (Player, Submission, Point):
                assert s.scalar(select(func.count()).select_from(table)) == 0, table
            assert s.scalars(select(Recommendation.player_id)).all() == [None]


def test_who_gave_their_name_reads_it_in_their_file(tmp_path: Path) -> None:
    """Name, work mail and department are the house's as much as points are."""
    given = {"real_name": "Camille Bernard", "work_mail": "c@maison.fr", "department": "Ateliers"}
    with application(tmp_path) as app:
        game = game_of(app)

        def make(s: Session) -> str:
            made = create.create_demo(s, game.packs["fr"])
            made.asks = "identity"
            return made.code

        code, client = game.writer.write(make), app.test_client()
        client.get(f"/{code}")
        joined = client.post(f"/{code}/join", data={"nickname": "Loutre", **given})
        assert joined.status_code == 303
        told = client.get(f"/{code}/my-data.json").json
        assert {name: told[name] for name in given} == given
        shown = client.get(f"/{code}/my-data").text
        for value in given.values():
            assert value in shown
