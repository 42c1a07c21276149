"""A link that is good all year: by the player's own yes, with the room's law, gone with them."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bench.room import pack
from game.base.clock import now_ms
from game.base.days import DAY_MS, day_of, months_after
from game.base.refusal import Refusal
from game.jobs.worker import Worker
from game.pool import standing
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    Job,
    Lead,
    Player,
    Recommendation,
    RoundRow,
    Workshop,
    YearLink,
    YearLinkPlayer,
)
from game.workshop import admission, own_data, year_link
from tests.databases import laid
from tests.privacy.pages import Signed, application, game_of
from tests.table import PACKS, SECRET, Table, said


@pytest.fixture
def table(tmp_path: Path) -> Table:
    made = Table(Store(laid(tmp_path / "sourcerie.db")))
    made.write(lambda s: s.execute(update(RoundRow).values(phase="closed")))
    return made


def link(table: Table, player: int = 0, key: str = "") -> str:
    return str(table.write(lambda s: year_link.make(s, table.players[player], key).key))


def add(table: Table, key: str, person: int = 0, **more: Any) -> Any:
    raw = {**said(f"lead:year{person}", person), **more}
    return table.write(lambda s: year_link.add(table.play, s, key, f"year{person}", raw))


def test_a_lead_of_the_year_is_one_like_the_rooms(table: Table) -> None:
    key = link(table)
    ((until,),) = table.read(select(YearLink.until))
    assert until == months_after(day_of(now_ms()), 12)
    assert add(table, key) == table.room.id
    assert add(table, key) == table.room.id  # the same form sent twice is one lead
    held = add(table, key, 1, reason="élue de la CFDT")
    assert held == table.room.id
    rows = table.read(select(Recommendation.player_id, Recommendation.reason, Recommendation.held))
    assert [row[0] for row in rows] == [table.players[0]] * 2
    assert ("", {"reason": "élue de la CFDT"}) in [(row[1], row[2]) for row in rows]
    informed = table.read(select(Lead.informed_at, Lead.inform_by))
    assert all(at is None and by > day_of(now_ms()) for at, by in informed)  # told as any other
    assert table.sums()[table.players[0]][0] > 0
    assert table.sums() == table.entries()
    wrong = add(table, key, 2, relationship="")
    assert isinstance(wrong, Refusal)
    assert "relationship" in wrong.fields


def test_who_was_erased_stays_out_and_a_safe_workshop_only_invites(table: Table) -> None:
    key = link(table)
    add(table, key)
    (lead,) = table.leads()
    table.write(lambda s: erase(s, SECRET, lead, None))
    assert add(table, key, 0, slot="lead:again", name="Personne 0 Imaginaire") == table.room.id
    assert table.leads() == []
    table.write(lambda s: s.execute(update(Workshop).values(capture="invite")))
    assert isinstance(add(table, key, 3), Refusal)
    home = table.write(lambda s: year_link.home(s, year_link.players(s, year_link.of_key(s, key))))
    assert home.invites


def age(table: Table, days: int) -> None:
    came = now_ms() - days * DAY_MS
    table.write(lambda s: s.execute(update(Player).values(joined_at=came)))


def work(table: Table) -> None:
    worker = Worker(table.store, PACKS)
    while worker.once():
        pass


def test_data_are_kept_for_who_agreed_until_their_day_and_no_longer(table: Table) -> None:
    key = link(table)
    age(table, pack().notices.keep_player_days + 1)
    work(table)
    assert [row[0] for row in table.read(select(Player.id))] == [table.players[0]]
    yesterday = day_of(now_ms()) - timedelta(days=1)
    table.write(lambda s: s.execute(update(YearLink).values(until=yesterday)))
    assert isinstance(table.write(lambda s: year_link.of_key(s, key)), Refusal)
    assert isinstance(add(table, key), Refusal)
    with table.store.writing.begin() as connection:
        connection.execute(Job.__table__.delete())  # the day after
    work(table)
    assert table.read(select(Player.id)) == []
    assert table.read(select(YearLink.id)) == []


def test_a_closed_link_is_gone_and_so_is_one_whose_player_erased_themselves(table: Table) -> None:
    key = link(table)
    table.write(lambda s: year_link.end(s, key))
    assert isinstance(add(table, key), Refusal)
    key = link(table)
    assert link(table, 1, key) == key  # another workshop of the same colleague
    held = table.write(lambda s: own_data.held(s, SECRET, table.players[0], PACKS["fr"]))
    assert held["year_link_until"] == year_link.until()
    table.write(lambda s: own_data.forget(s, table.players[0]))
    assert table.read(select(YearLinkPlayer.player_id)) == [(table.players[1],)]
    table.write(lambda s: own_data.forget(s, table.players[1]))
    assert table.read(select(func.count(YearLink.id))) == [(0,)]


def test_nothing_is_taken_in_a_rehearsal_nor_of_who_was_shown_out(table: Table) -> None:
    key = link(table)
    on = day_of(now_ms()) + timedelta(days=9)
    ahead = Workshop(name="Le prochain", code="NEXT", created_at=1, held_on=on, stage="lobby")
    table.write(lambda s: s.add(ahead))

    def told(s: Any) -> tuple[bool, bool]:
        mine = year_link.players(s, year_link.of_key(s, key))
        return year_link.home(s, mine) is not None, bool(year_link.next_workshop(s, mine))

    here = update(Workshop).where(Workshop.id == table.room.id)
    assert table.write(told) == (True, True)
    table.write(lambda s: s.execute(here.values(sort="rehearsal")))
    assert isinstance(add(table, key), Refusal)
    table.write(lambda s: s.execute(here.values(sort="real")))
    table.write(lambda s: admission.remove(s, table.players[0]))
    assert table.write(told) == (False, False)
    assert isinstance(add(table, key), Refusal)


def test_who_agrees_anew_the_day_after_has_a_link(table: Table) -> None:
    key = link(table)
    yesterday = day_of(now_ms()) - timedelta(days=1)
    table.write(lambda s: s.execute(update(YearLink).values(until=yesterday)))
    assert link(table) != key  # though the daily job has not come by yet
    assert table.read(select(func.count(YearLink.id))) == [(1,)]


def test_the_page_takes_a_lead_and_gives_back_what_was_wrong(tmp_path: Path) -> None:
    with application(tmp_path) as app:
        game = game_of(app)

        def make(s: Any) -> tuple[str, str]:
            workshop = Workshop(name="A", code="YEAR", created_at=1)
            on = day_of(now_ms()) + timedelta(days=30)
            s.add_all(
                (workshop, Workshop(name="Celui de mars", code="MARS", created_at=1, held_on=on))
            )
            s.flush()
            row = RoundRow(
                workshop_id=workshop.id, place=0, kind="recommend", seconds=60, phase="closed"
            )
            player = Player(workshop_id=workshop.id, nickname="L", folded="l", joined_at=1)
            s.add_all((row, player))
            s.flush()
            return year_link.make(s, player.id).key, player.id

        key, _player = game.writer.write(make)
        client = app.test_client()
        shown = client.get(f"/year/{key}")
        assert "noindex" in shown.headers["X-Robots-Tag"]
        assert "Celui de mars" in shown.text
        form = {"_slot": "lead:", "_as": "skills:words aware:flag", "_page": "p1"}
        bad = client.post(f"/year/{key}/lead", data={**form, "name": "Nolwenn Le Gall"})
        assert bad.status_code == 422
        assert 'value="Nolwenn Le Gall"' in bad.text
        good = {**form, "name": "Nolwenn Le Gall", "relationship": "school", "aware": "on"}
        assert client.post(f"/year/{key}/lead", data=good).status_code == 303
        assert "Nolwenn Le Gall" in client.get(f"/year/{key}").text
        assert "réponse d’ici" in client.get(f"/year/{key}").text
        hired = select(Lead.id).where(Lead.name == "Nolwenn Le Gall")
        game.writer.write(lambda s: standing.set_outcome(s, s.scalar(hired), "hired", None))
        assert "recrutée" in client.get(f"/year/{key}").text  # what became of them
        assert client.post(f"/year/{key}/end", data={"sure": "1"}).status_code == 200
        assert client.get(f"/year/{key}").status_code == 404


def test_a_link_that_was_only_opened_here_takes_nobody_in(tmp_path: Path) -> None:
    """Somebody's link, sent to a colleague, is not to show its owner that colleague's leads."""
    with application(tmp_path) as app:
        game = game_of(app)

        def make(s: Any) -> tuple[str, str]:
            workshop = Workshop(name="A", code="YEAR", stage="lobby", created_at=1)
            s.add(workshop)
            s.flush()
            player = Player(workshop_id=workshop.id, nickname="L", folded="l", joined_at=1)
            s.add(player)
            s.flush()
            return year_link.make(s, player.id).key, workshop.id

        theirs, workshop_id = game.writer.write(make)
        client = app.test_client()
        client.set_cookie("door", "1")
        mine = client.post("/YEAR/join", json={"nickname": "Lila Rose"}).json["id"]
        assert client.get(f"/year/{theirs}").status_code == 200
        shown = client.get("/YEAR/mine/year").text
        assert re.search(r'name="same" value="1"(?! checked)', shown)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        form = {"agree": "1", "csrf_token": token[1] if token else ""}
        assert client.post("/YEAR/mine/year", data=form).status_code == 303
        with game.store.session() as s:
            links = dict(s.execute(select(YearLinkPlayer.player_id, YearLinkPlayer.link_id)).all())
            keys = dict(s.execute(select(YearLink.id, YearLink.key)).all())
        assert workshop_id
        assert keys[links[mine]] != theirs
        game.writer.write(lambda s: year_link.leave(s, mine))
        assert client.post("/YEAR/mine/year", data={**form, "same": "1"}).status_code == 303
        with game.store.session() as s:
            links = dict(s.execute(select(YearLinkPlayer.player_id, YearLinkPlayer.link_id)).all())
        assert keys[links[mine]] == theirs


def test_a_link_that_the_house_closed_opens_nothing_and_says_so_until_its_day(table: Table) -> None:
    key = link(table)
    id = table.read(select(YearLink.id))[0][0]
    (shown,) = table.write(year_link.all_open)
    assert shown.id == id
    assert shown.rooms
    table.write(lambda s: year_link.close(s, id, None))
    assert table.write(year_link.all_open) == []
    assert isinstance(add(table, key), Refusal)
    assert isinstance(table.write(lambda s: year_link.renew(s, key)), Refusal)
    assert isinstance(table.write(lambda s: year_link.make(s, table.players[0])), Refusal)
    assert isinstance(table.write(lambda s: year_link.close(s, id, None)), Refusal)
    other = link(table, 1, key)  # a closed one takes no further workshop in
    assert other != key
    age(table, pack().notices.keep_player_days + 1)
    work(table)
    assert [row[0] for row in table.read(select(Player.id))] == [table.players[1]]  # data end
    assert table.write(lambda s: year_link.is_closed(s, key))  # it is told all the same
    yesterday = day_of(now_ms()) - timedelta(days=1)
    table.write(lambda s: s.execute(update(YearLink).values(until=yesterday)))
    with table.store.writing.begin() as connection:
        connection.execute(Job.__table__.delete())  # the day after
    work(table)
    assert table.read(select(YearLink.id)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_officer_closes_a_link_and_its_holder_reads_that(tmp_path: Path, lang: str) -> None:
    with application(tmp_path) as app:
        game = game_of(app)

        def make(s: Any) -> tuple[str, str]:
            workshop = Workshop(name="Celui de mars", code="YEAR", stage="lobby", created_at=1)
            s.add(workshop)
            s.flush()
            names = {"nickname": "Loutre", "folded": "loutre", "real_name": "Enora Le Guirriec"}
            player = Player(workshop_id=workshop.id, joined_at=1, **names)
            s.add(player)
            s.flush()
            made = year_link.make(s, player.id)
            return made.key, made.id

        key, id = game.writer.write(make)
        officer = Signed(app, "dpo", lang)
        shown = officer.get("/law/year-links")
        assert "Enora Le Guirriec" in shown
        assert key not in shown
        at = "/law/year-links"
        officer.post(f"/law/year-links/{id}/close", at=at)  # nothing, unless they are sure
        holder = app.test_client()
        holder.post(f"/lang/{lang}")
        assert holder.get(f"/year/{key}").status_code == 200
        officer.post(f"/law/year-links/{id}/close", at=at, sure="1")
        told = holder.get(f"/year/{key}", headers={"Accept-Language": lang})
        assert told.status_code == 410
        assert holder.post(f"/year/{key}/renew", data={"sure": "1"}).status_code == 410
        assert {"fr": "L’entreprise l’a fermé", "en": "The company closed it"}[lang] in told.text
        assert "Enora Le Guirriec" not in officer.get(at)
        with game.store.session() as s:
            entry = s.scalars(select(AuditEntry).where(AuditEntry.action == "year_link_closed"))
            (one,) = entry.all()
        assert (one.user_id, one.detail) == (officer.id, {"link": id})
        Signed(app, "recruiter", lang).get(at, 403)
