"""A way back without a cookie: code, name and word; why not is told in one way only."""

import re
from pathlib import Path

from sqlalchemy import select

from game.store.tables import AuditEntry, Player
from game.workshop import create
from tests.privacy.pages import application, game_of


def test_a_lost_phone_is_no_lost_game(tmp_path: Path) -> None:
    with application(tmp_path) as app:
        game = game_of(app)
        pack = game.packs["fr"]
        code = game.writer.write(lambda s: create.create_demo(s, pack).code)
        ways = f"/{code}/mine/ways"
        old, new = app.test_client(), app.test_client()
        old.set_cookie("door", "1")
        assert old.get(ways).status_code != 200  # a stranger has no word
        old.post(f"/{code}/join", data={"nickname": "Loutre Calme"})
        assert ways in old.get(f"/{code}").text
        page = old.get(ways)
        assert "own-word" not in page.text, "looking makes no word"
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token
        made = old.post(ways, data={"word": "1", "csrf_token": token[1]})
        assert made.status_code == 303
        page = old.get(made.location)
        found = re.search(r"<strong>([A-Z]{4})</strong>", page.text)
        assert found
        word = found[1]
        assert word in old.get(ways).text, "it stays"
        # asked for one's own time; nobody else's page knows
        answer = old.post(ways, data={"extra": "50", "csrf_token": token[1]})
        assert answer.status_code == 303
        assert 'value="50" checked' in old.get(answer.location).text
        refused = old.post(ways, data={"extra": "51", "csrf_token": token[1]})
        assert refused.status_code == 422
        new.set_cookie("door", "1")
        asked = app.test_client().post("/back", data={"code": code})
        assert "refuse les cookies" in asked.text
        form = {"code": code, "name": "Loutre Calme", "word": word}
        told = set()
        for wrong in ({"code": "ZZZZZ"}, {"name": "Personne"}, {"word": "ZAZU"}, {"word": ""}):
            refused = new.post("/back", data={**form, **wrong})
            assert refused.status_code == 422
            alert = re.search(r'role="alert">([^<]+)<', refused.text)
            assert alert
            told.add(alert[1])
        assert len(told) == 1, "neither code nor name nor word is told to be right"
        back = new.post("/back", data={**form, "name": "loutre calme", "word": f" {word.lower()}"})
        assert (back.status_code, back.location) == (303, f"/{code}")
        assert "Loutre Calme" in new.get(f"/{code}").text
        with game.store.session() as s:
            assert s.scalars(select(Player.extra_percent)).one() == 50
            assert "player_came_back" in set(s.scalars(select(AuditEntry.action)))
        said = [new.post("/back", data={**form, "word": "ZAZU"}).text for _ in range(7)]
        assert "Trop de codes" in said[-1], "a name is not guessed at for long"
        assert "Trop de codes" in new.post("/back", data=form).text
