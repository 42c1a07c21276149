"""Guests enter themselves: by a host's card, at a stand's screen, late where there was no line."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.days import DAY_MS, day_of
from game.base.limits import PER_GUEST
from game.exports.words import words
from game.jobs.worker import Worker
from game.pool import composed, held_text, keys, mix, occasion
from game.pool.occasion import CHANNELS
from game.pool.own_file import own_file
from game.privacy.erase import erase
from game.screens.qr import qr_svg
from game.store.tables import (
    Arrival,
    GuestCard,
    Job,
    Lead,
    LeadKey,
    Notice,
    Occasion,
    Place,
    Player,
    Recommendation,
    RoundRow,
    ToldOrigin,
    Workshop,
)
from tests.pool.guests import HOST, TYPED, card, made, read
from tests.privacy.pages import Signed, game_of
from tests.published import publish_notice
from tests.reading import without_tokens, words_of


def test_a_guest_by_a_hosts_card_is_a_lead_with_consent_credited_to_the_host(app: Flask) -> None:
    evening, client = made(app), app.test_client()
    at = f"/hello/{card(app)}"
    shown = client.get(at)
    assert HOST in shown.text
    assert "CNIL" in shown.text
    assert "noindex" in shown.headers["X-Robots-Tag"]
    bad = client.post(at, data={**TYPED, "agree": ""})
    assert bad.status_code == 422
    assert 'value="Nolwenn Le Gall"' in bad.text
    assert read(app, select(Lead.id)) == []
    sent = {**TYPED, "page": "a-form-of-this-test"}
    assert "Merci" in client.post(at, data=sent).text
    assert "Merci" in client.post(at, data=sent).text  # sent twice, one guest
    ((lead,),) = read(app, select(Lead))
    assert (lead.origin, lead.channel) == ("invite", "afterwork")
    assert None not in (lead.informed_at, lead.agreed_at, lead.kept_until)
    assert read(app, select(ToldOrigin.workshop, ToldOrigin.recommender)) == [(evening.name, HOST)]
    board = client.get(f"/evening/{evening.board_key}").text
    assert HOST in board
    assert "Nolwenn" not in board
    assert "Loïc" not in board  # nobody came by him yet
    own = client.get(f"/card/{card(app)}").text
    assert "1 personne" in own
    assert qr_svg(f"{public_url(game_of(app).settings)}{at}") in own  # what a guest scans


@pytest.mark.parametrize(("sort", "channel"), list(CHANNELS.items()))
def test_each_sort_of_occasion_is_a_channel_of_its_own(app: Flask, sort: str, channel: str) -> None:
    told = {"stand": "fair", "school": "school", "afterwork": "afterwork"}
    assert channel == told.get(sort, "online-community")
    made(app, sort)
    assert "Merci" in app.test_client().post(f"/hello/{card(app)}", data=TYPED).text
    assert read(app, select(Lead.channel)) == [(channel,)]


def test_hosts_are_told_not_ranked_and_their_name_goes_with_their_card(app: Flask) -> None:
    evening, client = made(app), app.test_client()
    for n, host in enumerate((HOST, "Loïc Madec", "Loïc Madec")):
        guest = {**TYPED, "name": f"Personne {n}", "mail": f"p{n}@exemple.fr"}
        client.post(f"/hello/{card(app, host)}", data=guest)
    board = client.get(f"/evening/{evening.board_key}").text
    assert board.index(HOST) < board.index("Loïc Madec")  # who brought more stands no higher
    assert "rank" not in without_tokens(board)
    assert "L. 1222-4" in client.get(f"/card/{card(app)}").text
    desk = Signed(app, "recruiter")
    assert "L. 1222-4" in desk.get(f"/desk/occasions/{evening.id}")
    ((id,),) = read(app, select(GuestCard.id).where(GuestCard.host == "Loïc Madec"))
    game_of(app).writer.write(lambda s: occasion.remove_card(s, id, None))
    told = [row[0] for row in read(app, select(ToldOrigin.recommender))]
    assert sorted(told) == ["", "", HOST]


def test_a_known_guest_is_not_rewritten_and_an_erased_one_stays_out_unseen(app: Flask) -> None:
    evening, client = made(app), app.test_client()
    at = f"/hello/{card(app)}"
    client.post(at, data=TYPED)
    again = client.post(at, data={**TYPED, "name": "Un Autre", "phone": "06 12 34 56 78"})
    assert read(app, select(Lead.name, Lead.phone)) == [("Nolwenn Le Gall", "")]
    assert read(app, select(func.count(Recommendation.id))) == [(2,)]
    lead = read(app, select(Lead.id))[0][0]
    game = game_of(app)
    game.writer.write(lambda s: erase(s, game.secret, lead, None))
    after = client.post(at, data=TYPED)
    assert after.text == again.text
    assert read(app, select(Lead.id)) == []
    with game.store.session() as s:
        assert occasion.board(s, evening.id)[0].count == 3  # counted alike: no board tells


def test_a_strangers_mail_is_not_that_of_somebody_whom_a_workshop_named(app: Flask) -> None:
    made(app)
    who = {"name": "Gwenaël Riou", "company": "Naval Ouest"}

    def named(s: Any) -> str:
        lead = Lead(**who, origin="workshop", inform_by=day_of(now_ms()), created_at=1)
        s.add(lead)
        s.flush()
        way = {"slot": "1", "channel": "", "relationship": "", "known": True, "internal": False}
        s.add(Recommendation(**who, **way, lead_id=lead.id, aware=True, reach="", reason="", at=1))
        keys.give(s.connection(), {lead.id: ["n:gwenael riou|naval ouest"]})
        return str(lead.id)

    game = game_of(app)
    lead = game.writer.write(named)
    sent = {**TYPED, **who, "mail": "inconnu@exemple.fr", "phone": "06 12 34 56 78"}
    assert "Merci" in app.test_client().post(f"/hello/{card(app)}", data=sent).text
    game.writer.write(lambda s: composed.recompose(s.connection(), [lead]))
    assert read(app, select(Lead.mail, Lead.phone)) == [("", "")]
    assert read(app, select(LeadKey.key)) == [("n:gwenael riou|naval ouest",)]
    assert read(app, select(func.count(Recommendation.id))) == [(2,)]


def test_a_guests_own_page_says_that_they_entered_themselves(app: Flask) -> None:
    made(app)
    app.test_client().post(f"/hello/{card(app)}", data=TYPED)
    game, ((lead,),) = game_of(app), read(app, select(Lead))
    with game.store.session() as s:
        held = own_file(s, s.get_one(Lead, lead.id), words(game.pack("fr"), "fr"), "fr")
    assert [one.by for one in held.said] == ["Vous-même"]


def test_the_notice_that_a_guest_had_before_them_is_the_one_that_is_kept(app: Flask) -> None:
    stand, client, at = made(app, "stand"), app.test_client(), f"/hello/{card(app)}"
    old = re.findall('name="notice" value="([0-9]+)"', client.get(at).text)[0]
    new = game_of(app).writer.write(publish_notice)
    client.post(at, data={**TYPED, "notice": old})
    client.post(at, data={**TYPED, "mail": "autre@exemple.fr", "notice": "999"})
    versions = read(app, select(Lead.notice_version).order_by(Lead.notice_version))
    assert versions == [(int(old),), (new,)]
    game_of(app).writer.write(lambda s: s.execute(delete(Notice)))
    try:
        assert "<form method" not in client.get(at).text
        assert "fermé" in client.get(f"/stand/{stand.stand_key}/").text
        sent = {**TYPED, "mail": "encore@exemple.fr"}
        assert client.post(at, data=sent).status_code == 422
        assert len(read(app, select(Lead.id))) == 2
    finally:
        game_of(app).writer.write(publish_notice)


def test_a_crowd_that_floods_one_card_leaves_the_others_open(app: Flask) -> None:
    made(app)
    client, at = app.test_client(), f"/hello/{card(app)}"
    ((most, _seconds),) = PER_GUEST
    assert {client.post(at, data={}).status_code for _ in range(most)} == {422}
    assert client.post(at, data=TYPED).status_code == 429
    assert "Merci" in client.post(f"/hello/{card(app, 'Loïc Madec')}", data=TYPED).text


def test_texts_that_the_law_keeps_out_wait_for_one_reader(app: Flask) -> None:
    made(app)
    touchy = {**TYPED, "skills": "soudure, élue de la CFDT"}
    app.test_client().post(f"/hello/{card(app)}", data=touchy)
    rows = read(app, select(Recommendation.skills, Recommendation.held, Lead.skills).join(Lead))
    assert rows == [([], {"skills": ["soudure", "élue de la CFDT"]}, [])]
    ((id,),) = read(app, select(Recommendation.id))
    game_of(app).writer.write(lambda s: held_text.let_through(s, id, None))
    assert read(app, select(Lead.skills)) == [(["soudure", "élue de la CFDT"],)]


def test_a_late_remark_that_the_law_keeps_out_waits_too(app: Flask) -> None:
    stand = made(app, "stand", place="Sirha")
    late = {**TYPED, "phone": "élue de la CFDT", "late": "1", "page": "f" * 32}
    app.test_client().post(f"/stand/{stand.stand_key}/", data=late)
    rows = read(app, select(Recommendation.reason, Recommendation.held))
    assert rows == [("", {"reason": "élue de la CFDT"})]


def test_a_form_that_somebody_else_fills_in_again_is_not_thanked_and_dropped(app: Flask) -> None:
    made(app)
    client, at = app.test_client(), f"/hello/{card(app)}"
    sent = {**TYPED, "page": "one-form-for-two"}
    assert "Merci" in client.post(at, data=sent).text
    other = {**sent, "name": "Yann Le Bris", "mail": "yann@exemple.fr"}
    told = client.post(at, data=other)
    assert told.status_code == 422
    assert "déjà été envoyé" in told.text
    (fresh,) = re.findall('name="page" value="([^"]+)"', told.text)
    assert fresh != sent["page"]
    assert "Merci" in client.post(at, data={**other, "page": fresh}).text
    assert sorted(read(app, select(Lead.name))) == [("Nolwenn Le Gall",), ("Yann Le Bris",)]


def test_a_stands_screen_takes_what_it_kept_without_a_line_once(app: Flask) -> None:
    stand, client = made(app, "stand", place="Sirha"), app.test_client()
    at, json = f"/stand/{stand.stand_key}/", {"Accept": "application/json"}
    bad = client.post(at, data={**TYPED, "phone": "12"}, headers=json)
    assert (bad.status_code, list(bad.json["error"]["fields"])) == (422, ["phone"])
    yesterday = now_ms() - DAY_MS
    late = {**TYPED, "mail": "", "phone": "12", "late": "1", "page": "f" * 32, "at": str(yesterday)}
    for _ in range(2):
        assert client.post(at, data=late, headers=json).json == {"ok": True}
    assert read(app, select(Arrival.at)) == [(yesterday,)]
    assert read(app, select(Lead.name, Lead.agreed_at, Recommendation.reason).join(Lead)) == [
        ("Nolwenn Le Gall", yesterday, "12")
    ]  # what cannot be a number is a remark: its author is gone, and nothing is lost
    game_of(app).writer.write(lambda s: occasion.close(s, stand.id, None))
    assert client.post(at, data=TYPED, headers=json).status_code == 409
    kept = {**late, "page": "e" * 32, "mail": "autre@exemple.fr"}
    assert client.post(at, data=kept, headers=json).json == {"ok": True}
    plain = client.post(at, data={**TYPED, "late": "1", "page": "d" * 32})
    assert client.get(plain.headers["Location"]).headers["Refresh"].endswith(at)
    ahead = {**TYPED, "page": "c" * 32, "at": "1"}
    assert client.post(at, data=ahead, headers=json).status_code == 409

    def long_ago(s: Any) -> None:
        s.get_one(Occasion, stand.id).closes_on -= occasion.LATE

    game_of(app).writer.write(long_ago)
    assert client.post(at, data={**kept, "page": "b" * 32}, headers=json).status_code == 409
    assert "caches" in client.get(f"{at}worker.js").text


def test_each_occasion_is_a_channel_with_its_yield(app: Flask) -> None:
    made(app)
    client = app.test_client()
    for n in range(5):
        client.post(
            f"/hello/{card(app)}",
            data={**TYPED, "name": f"Personne {n}", "mail": f"p{n}@exemple.fr"},
        )
    with game_of(app).store.session() as s:
        assert [(one.name, one.leads) for one in mix.by_occasion(s)] == [("Soirée du port", 5)]
    desk = Signed(app, "recruiter")
    assert "Soirée du port" in desk.get("/desk/mix")


def test_the_directory_says_what_was_posted_where_and_who_came_by_it(app: Flask) -> None:
    said = {"place": "Forum Soudure", "posted": "Nous soudons à Brest, venez voir."}
    evening = made(app, "community", **said)
    app.test_client().post(f"/hello/{card(app)}", data=TYPED)

    def knows(s: Any) -> None:
        workshop = Workshop(name="A", code="KNOW", created_at=1)
        s.add(workshop)
        s.flush()
        names = {"nickname": "L", "folded": "l", "real_name": "Enora Le Guirriec"}
        player = Player(workshop_id=workshop.id, joined_at=1, **names)
        row = RoundRow(workshop_id=workshop.id, place=0, kind="bingo", seconds=60)
        s.add_all((player, row))
        s.flush()
        where = {"workshop_id": workshop.id, "round_id": row.id, "player_id": player.id}
        spotted = {"slot": "place:1", "name": "Forum Soudure", "channel": "online-community"}
        s.add(Place(**where, **spotted, knows=True, at=1))

    game_of(app).writer.write(knows)
    shown = Signed(app, "recruiter").get("/desk/places")
    for table in (Place, Workshop):
        game_of(app).writer.write(lambda s, table=table: s.execute(delete(table)))
    assert evening.posted in shown
    row = words_of(shown.partition("Forum Soudure")[2].partition("</tr>")[0])
    assert "« Nous soudons à Brest, venez voir. »" in row
    assert "1 personne" in row
    assert "Enora G." in row


def test_hosts_names_end_with_players_data_and_the_counts_stay(app: Flask) -> None:
    evening, client = made(app), app.test_client()
    client.post(f"/hello/{card(app)}", data=TYPED)
    game = game_of(app)

    def age(s: Any) -> None:
        s.get_one(Occasion, evening.id).held_on -= timedelta(days=91)
        s.execute(delete(Job))

    game.writer.write(age)
    worker = Worker(game.store, game.packs)
    while worker.once():
        pass
    assert read(app, select(GuestCard.host)) == [("",)]
    with game.store.session() as s:
        assert [(one.host, one.count) for one in occasion.board(s, evening.id)] == [("", 1)]


def test_the_desk_makes_one_and_says_what_is_wrong(app: Flask) -> None:
    desk = Signed(app, "recruiter")
    bad = desk.post("/desk/occasions", 422, name="Forum des métiers", sort="school", held_on="")
    assert 'value="Forum des métiers"' in bad.text
    for day in ("9999-12-31", "0001-01-01"):
        far = desk.post("/desk/occasions", 422, name="Forum", sort="school", held_on=day)
        assert "pas possible" in far.text
    today = day_of(now_ms())
    early = (today - timedelta(days=1)).isoformat()
    typed = {"name": "Forum", "sort": "school", "held_on": today.isoformat()}
    assert "Entre ce jour" in desk.post("/desk/occasions", 422, **typed, closes_on=early).text
    page = desk.post("/desk/occasions", **typed).headers["Location"]
    desk.post(f"{page}/hosts", at=page, hosts="Camille Berthou")
    assert "Camille Berthou" in desk.get(page)
    assert desk.get(f"{page}/cards").count("<svg") >= 2
    assert "Camille Berthou" in desk.post(f"{page}/hosts", 422, at=page, hosts="x" * 81).text
    desk.post(f"{page}/close", at=page)
    assert app.test_client().get(f"/hello/{card(app)}").status_code == 404
    assert read(app, select(Workshop.id)) == []
