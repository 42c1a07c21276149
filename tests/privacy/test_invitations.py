"""Inviting: nobody writes of somebody else; the person enters themselves, and points come of it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool.composed import recompose
from game.privacy.erase import erase
from game.store.tables import (
    Invitation,
    Lead,
    LeadKey,
    Notice,
    OfferedWay,
    Player,
    Recommendation,
    RoundRow,
    Workshop,
)
from game.workshop import invitation, own_data
from game.workshop.me import mine
from tests.databases import opened, somebody_waits
from tests.privacy.pages import application, game_of
from tests.published import publish_notice
from tests.table import PACKS, SECRET, Table, said
from tests.waiting import wait_until

TYPED = {
    **{"name": "Nolwenn Le Gall", "mail": "nolwenn@exemple.fr", "role": "Soudeuse"},
    **{"relationship": "school", "agree": "1"},
}


@pytest.fixture
def table(store: Any) -> Table:
    made = Table(store)
    made.write(lambda s: s.execute(update(Workshop).values(capture="invite")))
    made.write(publish_notice)
    return made


def test_of_two_who_use_one_link_at_once_one_is_told(address: str) -> None:
    with opened(address) as store:
        table = Table(store)
        table.write(lambda s: s.execute(update(Workshop).values(capture="invite")))
        table.write(publish_notice)
        key, other, told = link(table), store.another(), list[str]()

        def come() -> None:
            typed = {**TYPED, "name": "Yann Le Bris", "mail": "yann@exemple.fr"}
            with Session(other.writing) as s:
                try:
                    invitation.enter(s, table.play, key, typed, "FR")
                    s.commit()
                except Refusal as refusal:
                    told.append(refusal.code)

        guest = Thread(target=come)
        with Session(store.writing) as s:
            invitation.enter(s, table.play, key, TYPED, "FR")
            s.flush()
            guest.start()
            wait_until(lambda: not guest.is_alive() or somebody_waits(store))
            s.commit()
        guest.join()
        other.close()
        assert told == ["unknown_page"]
        assert table.read(select(Lead.name)) == [(TYPED["name"],)]


def link(table: Table, player: int = 0) -> str:
    made = table.write(
        lambda s: invitation.make(s, table.players[player], table.room.rounds[0]).key
    )
    assert isinstance(made, str)
    return made


def enter(table: Table, key: str, **typed: str) -> Any:
    return table.write(lambda s: invitation.enter(s, table.play, key, {**TYPED, **typed}, "FR"))


def test_nobody_writes_of_somebody_else(table: Table) -> None:
    refused = table.submit(0, said("lead:slot0", 0))
    assert isinstance(refused, Refusal)
    assert refused.fields == {"answer": "invite_only"}
    forged = table.submit(0, said("lead:inv-0123456789abcdef", 0))
    assert isinstance(forged, Refusal)
    assert table.leads() == []
    assert table.sums()[table.players[0]] == (0, 0)


def test_the_person_enters_themselves_and_the_points_come(table: Table) -> None:
    key = link(table)
    assert table.read(select(Lead.id)) == []  # a link knows nobody
    enter(table, key)
    (lead,) = table.read(select(Lead))
    found = lead[0]
    assert (found.name, found.mail, found.origin) == (TYPED["name"], TYPED["mail"], "invite")
    assert None not in (found.informed_at, found.agreed_at, found.kept_until)
    assert table.sums()[table.players[0]][0] > 0
    assert table.sums() == table.entries()
    assert isinstance(enter(table, key), Refusal)  # once


def test_points_come_also_after_the_round_and_stay_with_later_answers(table: Table) -> None:
    table.write(lambda s: s.execute(update(RoundRow).values(phase="closed")))
    enter(table, link(table))
    first = table.sums()[table.players[0]]
    enter(table, link(table), name="Autre Personne", mail="autre@exemple.fr")
    second = table.sums()[table.players[0]]
    assert second[0] > first[0] > 0
    assert table.sums() == table.entries()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"agree": ""}, "agree"),
        ({"name": " "}, "name"),
        ({"mail": "", "phone": ""}, "mail"),
        ({"mail": "nope"}, "mail"),
        ({"relationship": ""}, "relationship"),
    ],
)
def test_what_is_missing_is_told_and_the_link_stays_good(
    table: Table, typed: dict[str, str], field: str
) -> None:
    key = link(table)
    refused = enter(table, key, **typed)
    assert isinstance(refused, Refusal)
    assert field in refused.fields
    assert table.leads() == []
    assert enter(table, key) == table.room.id


def test_nobody_agrees_to_a_notice_that_is_not_there(table: Table) -> None:
    key = link(table)
    table.write(lambda s: s.execute(delete(Notice)))
    refused = enter(table, key)
    assert isinstance(refused, Refusal)
    assert refused.code == "not_open_yet"
    assert table.leads() == []


def test_who_invited_never_reads_what_the_person_wrote(table: Table) -> None:
    enter(table, link(table))
    id = table.players[0]
    with table.store.reading.connect() as connection:
        told = str(mine(connection, SECRET, [id], lambda _: {}))
    with table.store.session() as s:
        told += str(own_data.held(s, SECRET, id, PACKS["fr"]))
    assert "Nolwenn" not in told
    assert "nolwenn@exemple.fr" not in told


def test_an_erased_person_stays_out_and_nobody_can_tell(table: Table) -> None:
    enter(table, link(table, 0))
    (lead,) = table.leads()
    table.write(lambda s: erase(s, SECRET, lead, None))
    done = enter(table, link(table, 1))
    assert done == table.room.id
    assert table.leads() == []
    first, second = (table.sums()[player] for player in table.players)
    assert first == second


def test_a_known_person_is_not_rewritten_by_whoever_holds_a_link(table: Table) -> None:
    """Nothing proves that who types a name is that person."""
    table.write(lambda s: s.execute(update(Workshop).values(capture="direct")))
    table.submit(1, {**said("lead:slot1", 1), "reach": "mail", "reach_value": TYPED["mail"]})
    table.write(lambda s: s.execute(update(Workshop).values(capture="invite")))
    before = table.read(select(Lead.name, Lead.informed_at, Lead.agreed_at, Lead.origin))
    enter(table, link(table))
    assert table.read(select(Lead.name, Lead.informed_at, Lead.agreed_at, Lead.origin)) == before
    assert len(table.read(select(Recommendation.id))) == 2


@pytest.mark.parametrize("way", ["mail", ""])
def test_another_mail_of_a_known_person_waits_for_a_recruiter(table: Table, way: str) -> None:
    """Neither lost nor believed: whoever holds a link may have letters sent to themselves."""
    table.write(lambda s: s.execute(update(Workshop).values(capture="direct")))
    told = {**said("lead:slot1", 1), "name": TYPED["name"], "company": "Naval Ouest"}
    value = TYPED["mail"] if way else ""
    table.submit(1, {**told, "reach": way, "reach_value": value})
    table.write(lambda s: s.execute(update(Workshop).values(capture="invite")))
    before = table.read(select(Lead.mail, Lead.phone))
    recognised = set(table.read(select(LeadKey.key)))
    other = {"mail": "autre@exemple.fr", "phone": "06 12 34 56 87", "company": "Naval Ouest"}
    enter(table, link(table), **other)
    assert table.read(select(Lead.mail, Lead.phone)) == before == [(value, "")]
    assert set(table.read(select(LeadKey.key))) == recognised
    waiting = table.read(select(OfferedWay.way, OfferedWay.value, OfferedWay.occasion))
    name = table.read(select(Workshop.name))[0][0]
    assert sorted(tuple(row) for row in waiting) == [
        ("mail", "autre@exemple.fr", name),
        ("phone", "+33612345687", name),
    ]
    kept = table.read(select(Recommendation.mail, Recommendation.phone))
    assert "autre@exemple.fr" not in str(kept)
    lead = table.leads()[0]
    table.write(lambda s: recompose(s.connection(), [lead]))
    assert table.read(select(Lead.mail, Lead.phone)) == before
    # who is known by it and who is new earn alike, so that nobody learns who the pool knows
    assert table.sums() == table.entries()
    table.write(lambda s: erase(s, SECRET, lead, None))
    enter(table, link(table), **other)
    assert table.leads() == []


def test_both_a_mail_and_a_phone_are_kept_and_either_recognises(table: Table) -> None:
    enter(table, link(table), phone="06 12 34 56 87")
    assert table.read(select(Lead.mail, Lead.phone)) == [(TYPED["mail"], "+33612345687")]
    assert {row[0] for row in table.read(select(LeadKey.key))} == {
        "m:nolwenn@exemple.fr",
        "p:+33612345687",
    }
    (lead,) = table.leads()
    enter(table, link(table), mail="autre@exemple.fr", phone="06 12 34 56 87")
    assert table.leads() == [lead]
    table.write(lambda s: erase(s, SECRET, lead, None))
    enter(table, link(table, 1), mail="tierce@exemple.fr", phone="06 12 34 56 87")
    assert table.leads() == []


def test_links_are_bounded_and_only_for_such_workshops(table: Table) -> None:
    for _ in range(invitation.MOST):
        link(table)
    over = table.write(lambda s: invitation.make(s, table.players[0], table.room.rounds[0]))
    assert isinstance(over, Refusal)
    table.write(lambda s: s.execute(update(Workshop).values(capture="direct")))
    shut = table.write(lambda s: invitation.make(s, table.players[1], table.room.rounds[0]))
    assert isinstance(shut, Refusal)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with application(Path(tmp_path_factory.mktemp("invited"))) as made:
        game_of(made).writer.write(publish_notice)
        yield made


def test_the_page_asks_for_the_least_and_says_who_keeps_it(app: Flask) -> None:
    game = game_of(app)

    def make(s: Session) -> str:
        workshop = Workshop(name="A", code="INVI", capture="invite", created_at=1)
        s.add(workshop)
        s.flush()
        row = RoundRow(workshop_id=workshop.id, place=0, kind="recommend", seconds=60)
        player = Player(workshop_id=workshop.id, nickname="L", folded="l", joined_at=1)
        s.add_all((row, player))
        s.flush()
        return invitation.make(s, player.id, row.id).key

    key, client = game.writer.write(make), app.test_client()
    shown = client.get(f"/invitation/{key}")
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert "CNIL" in shown.text
    bad = client.post(f"/invitation/{key}", data={**TYPED, "agree": ""})
    assert bad.status_code == 422
    assert f'value="{TYPED["name"]}"' in bad.text
    assert "Merci" in client.post(f"/invitation/{key}", data=TYPED).text
    assert client.get(f"/invitation/{key}").status_code == 404
    with game.store.session() as s:
        assert s.query(Invitation).filter(Invitation.used_at.is_not(None)).count() == 1
