"""A restore opens no door that was shut since the backup was made, on either database."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.accounts import api_token, webhook
from game.accounts import user as accounts
from game.pool import feed, grid_interview, standing
from game.pool.merge import merge
from game.privacy import own_link
from game.store.backup import backup, restore, tables
from game.store.tables import (
    Colleague,
    GridInterview,
    GridPassage,
    GuestCard,
    Invitation,
    Lead,
    Nomination,
    Occasion,
    Player,
    SecondFactor,
    User,
    Webhook,
    Workshop,
    YearLink,
)
from tests.databases import opened
from tests.table import SECRET, SLOTS, USUAL, Table, said


def given(s: Session, table: Table) -> dict[str, str]:
    """Doors of every sort, open."""
    user = accounts.add_user(s, "r@maison.fr", "recruiter")
    user.password_hash = "the old password"
    s.add(SecondFactor(user_id=user.id, sealed="the lost phone", made_at=1, confirmed_at=1))
    by = {"created_at": 1}
    s.add(Webhook(id="w", url="https://dehors.example/x", created_by=user.id, **by))
    friend = {"name": "Camille", "mail": "c@maison.fr", "lang": "fr"}
    s.add(Colleague(id="c", added_by=user.id, **friend, **by))
    room = {"round_id": table.room.rounds[0], "workshop_id": table.room.id, "at": 1}
    player = table.players[0]
    s.get_one(Player, player).waiting = True
    s.add(Invitation(id="i", player_id=player, **room))
    s.add(Nomination(id="n", player_id=player, slot="x", nominee="Zoé", subject="TIG", **room))
    day = date(2030, 1, 1)
    at = {"channel": "fair", "sort": "stand", "held_on": day, "closes_on": day, "lang": "fr"}
    s.add(Occasion(id="o", name="Salon", **at, **by))
    s.flush()
    s.add(GuestCard(id="g", occasion_id="o", host="Camille", **by))
    for id in ("y", "z"):
        s.add(YearLink(id=id, until=date(2030, 1, 1), agreed_at=1, **by))
    lead = s.scalars(select(Lead.id)).one()
    asked = {"title": "Soudeur", "lang": "fr", "questions": [], "taps": []}
    talk = GridInterview(id="talk", lead_id=lead, began_at=1, agreed_at=1, **asked)
    s.add(talk)
    s.flush()
    for source in ("transcript", "note"):
        s.add(GridPassage(interview_id="talk", text="J'ai dit stop.", place=1, source=source))
    s.execute(update(Lead).values(agreed_at=1, kept_until=day))
    other = Lead(name="Zoé Autre", inform_by=day, created_at=1, skills=[])
    s.add(other)
    s.flush()
    merged = own_link.token(s, SECRET, other.id, None)
    merge(s, lead, other.id, None, USUAL)
    return {
        "merged": merged,
        "user": user.id,
        "link": accounts.link_token(SECRET, user),
        "page": own_link.token(s, SECRET, lead, None),
        "token": api_token.make(s, user.id, "Outil", ["leads:read"], 30),
        "feed": feed.make(s, user.id, "count"),
        "lead": lead,
    }


def shut(s: Session, table: Table, made: dict[str, str]) -> None:
    user = s.get_one(User, made["user"])
    own_link.revoke(s, made["lead"], None)
    grid_interview.withdraw(s, "talk", user.id)
    standing.end_agreement(s, made["lead"], user.id)
    caller = api_token.caller(s, made["token"])
    assert caller
    api_token.revoke(s, caller.token, user.id)
    feed.revoke(s, user.id)
    webhook.remove(s, "w", user.id)
    accounts.new_link(s, SECRET, user, None)
    user.password_hash, user.role, user.disabled_at = "the new one", "facilitator", 5
    s.execute(update(SecondFactor).values(sealed="the new phone"))
    s.execute(
        update(Player).where(Player.id == table.players[0]).values(key="moved", waiting=False)
    )
    s.execute(delete(Player).where(Player.id == table.players[1]))
    s.execute(update(Workshop).values(projector_key="another"))
    s.execute(update(Occasion).values(closes_on=date(2026, 1, 1)))
    s.execute(update(YearLink).where(YearLink.id == "z").values(closed_at=5))
    s.execute(delete(YearLink).where(YearLink.id == "y"))
    for row in (Colleague, GuestCard, Invitation, Nomination):
        s.execute(delete(row))


def test_whatever_was_ended_stays_ended(either: str, tmp_path: Path) -> None:
    with opened(either) as store:
        table = Table(store)
        table.submit(0, said(SLOTS[0], 0))
        made = table.write(lambda s: given(s, table))
        backup(store, tmp_path / "before.zip", SECRET)
        table.write(lambda s: shut(s, table, made))
        restore(store, tmp_path / "before.zip", replace=True, secret=SECRET)
        with store.session() as s:
            for ended in ("page", "merged"):
                with pytest.raises(Exception, match="unknown_page"):
                    own_link.lead_of(s, SECRET, made[ended])
            assert s.scalars(select(GridPassage.source)).all() == ["note"]
            assert s.get_one(GridInterview, "talk").agreed_at is None
            lead = s.get_one(Lead, made["lead"])
            assert (lead.agreed_at, lead.kept_until) == (None, None)
            assert api_token.caller(s, made["token"]) is None
            assert feed.opened_by(s, made["feed"]) is None
            assert s.scalars(select(Webhook)).all() == []
            user = s.get_one(User, made["user"])
            assert accounts.link_token(SECRET, user) != made["link"]
            kept = (user.password_hash, user.role, user.disabled_at)
            assert kept == ("the new one", "facilitator", 5)
            assert s.scalars(select(SecondFactor.sealed)).all() == ["the new phone"]
            assert {p.id: p.key for p in s.scalars(select(Player))} == {table.players[0]: "moved"}
            assert not s.get_one(Player, table.players[0]).waiting
            assert s.scalars(select(Workshop.projector_key)).all() == ["another"]
            assert s.scalars(select(Occasion.closes_on)).all() == [date(2026, 1, 1)]
            assert s.execute(select(YearLink.id, YearLink.closed_at)).all() == [("z", 5)]
            for row in (Colleague, GuestCard, Invitation, Nomination):
                assert s.scalars(select(row)).all() == []


def test_another_house_s_backup_is_taken_as_it_is(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'one.db'}") as store:
        table = Table(store)
        table.submit(0, said(SLOTS[0], 0))
        made = table.write(lambda s: given(s, table))
        backup(store, tmp_path / "one.zip", SECRET)
    with opened(f"sqlite:///{tmp_path / 'two.db'}") as store:
        with Session(store.writing) as s:
            accounts.add_user(s, "admin@ailleurs.fr", "admin")
            s.commit()
        restore(store, tmp_path / "one.zip", replace=True, secret=SECRET)
        with store.session() as s:
            assert own_link.lead_of(s, SECRET, made["page"]).id == made["lead"]
            assert len(s.scalars(select(GridPassage)).all()) == 2
            assert s.get_one(Lead, made["lead"]).agreed_at
            assert api_token.caller(s, made["token"])
            assert feed.opened_by(s, made["feed"])
            assert len(s.scalars(select(Player)).all()) == 2
            assert len(s.scalars(select(YearLink)).all()) == 2


def test_every_table_that_holds_a_key_is_thought_of() -> None:
    """A new column that opens something is either laid over, or named here with its reason."""
    from game.store import ended

    told = {*ended.AS_NOW, *ended.GONE, *ended.OF_USERS, *ended.SEALED_OF_USERS}
    opens = ("key", "nonce", "digest", "sealed", "hash", "revoked_at", "disabled_at")
    keeps_no_door = {
        *("own_words", "suppressions", "objections"),  # hashes and sealed words of the erased
        *(
            "lead_keys",
            "former_keys",
            "briefs",
            "target_companies",
            "logos",
        ),  # names of things
        *("api_answers",),  # goes with its token
        *("arrivals",),  # a hash that tells two forms apart
    }
    having = {t.name for t in tables() for c in t.columns if c.name in opens}
    assert having - keeps_no_door <= told
