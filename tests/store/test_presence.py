"""Proof of presence: who only holds the link brings nothing; who sees the big screen comes in."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.room import LEAD, answer, make_rooms
from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.live.commands import COMMANDS
from game.rules import presence
from game.rules.presence import BURST, EVERY_MS, MANY, REFILL_MS, SIGNS, Tries
from game.store.engine import Store
from game.store.tables import Lead, Player, RoundRow, Submission, Workshop
from game.workshop import admission, course, presence_proof
from game.workshop.addresses import STRANGE, WAITING
from game.workshop.door import Door, Guest, Joined
from game.workshop.play import Play, Sent

PACKS = content.load(paths.content())
SECRET, NOW = "a secret of this test", 1_800_000_000_000


@given(at=st.integers(NOW, NOW + 10**9))
def test_signs_stand_a_minute_and_are_good_for_one_more(at: int) -> None:
    signs = presence.shown(SECRET, "w", at)
    assert len(signs) == MANY
    assert set(signs) <= set(SIGNS)
    still = at + presence.left_ms(at)
    assert presence.shown(SECRET, "w", still - 1) == signs
    assert presence.is_right(SECRET, "w", signs, still)
    late = still + EVERY_MS
    others = {presence.shown(SECRET, "w", late - early) for early in (0, EVERY_MS)}
    assert presence.is_right(SECRET, "w", signs, late) == (signs in others)


@given(wrong=st.integers(0, 100), later=st.integers(0, 10**7))
def test_time_forgives_wrong_guesses_one_by_one(wrong: int, later: int) -> None:
    now = Tries(wrong, NOW).now(NOW + later)
    assert now.wrong == max(0, wrong - later // REFILL_MS)
    half = Tries(wrong, NOW).now(NOW + later // 2).now(NOW + later)
    assert half.wrong == now.wrong  # however often somebody asks
    assert Tries(BURST, NOW).are_over


class Hall:
    """A workshop that asks for proof of presence, at a time that this test sets."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch) -> None:
        self.store, self.now, self.many = store, NOW, 0
        patch.setattr(presence_proof, "now_ms", lambda: self.now)
        self.door = Door(PACKS, SECRET)
        (self.room,) = make_rooms(store, 1, (LEAD,))
        with Session(store.writing) as s:
            s.get_one(Workshop, self.room.id).presence = True
            while s.get_one(RoundRow, self.room.rounds[0]).phase != "open":
                course.go_on(s, PACKS, self.room.id)
            s.commit()

    def come(self, forms: Sequence[dict[str, str]], address: str = "") -> list[Joined | Refusal]:
        """From this address, or each from one of their own."""
        self.many += len(forms)
        guests = [
            Guest(self.room.id, "fr", form, address=address or f"2001:db8:{self.many - n:x}::/64")
            for n, form in enumerate(forms)
        ]
        with self.store.writing.begin() as connection:
            return self.door.many(connection, guests)

    def form(self, name: str, signs: Sequence[str]) -> dict[str, str]:
        return {"nickname": name, **dict(zip(presence_proof.SIGN_FIELDS, signs, strict=True))}

    def give(self, players: Sequence[str]) -> list[object]:
        play = Play(PACKS, SECRET, 2_000)
        with Session(self.store.writing) as s:
            at = s.get_one(RoundRow, self.room.rounds[0]).opened_at or 0
        sent = [
            Sent(player, self.room.rounds[0], f"given-{n:06}", answer(LEAD, n, 0), at + 1)
            for n, player in enumerate(players)
        ]
        with self.store.writing.begin() as connection:
            return list(play.many(connection, sent))

    def count(self, *where: object) -> int:
        with Session(self.store.writing) as s:
            return s.scalar(select(func.count()).select_from(*where)) or 0


def test_ten_thousand_who_hold_only_the_link_bring_no_lead(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, dice = Hall(store, monkeypatch), random.Random(7)
    came: list[Joined | Refusal] = []
    for n in range(0, 10_000, 1_000):
        here.now += 1_000  # ten seconds in all
        forms = [here.form(f"Visiteur {n + k}", dice.choices(SIGNS, k=MANY)) for k in range(1_000)]
        for form in forms[::2]:
            form["away"] = "1"
        came += here.come(forms)
    waiting = [one for one in came if isinstance(one, Joined)]
    refused = {tuple(one.fields.values()) or one.code for one in came if isinstance(one, Refusal)}
    assert all(one.waiting for one in waiting)
    assert len(waiting) == presence_proof.MOST_WAITING
    assert refused == {"door_full", ("signs_wrong",), ("signs_wait",)}
    told = here.give([one.id for one in waiting])
    assert {one.code for one in told if isinstance(one, Refusal)} == {"removed"}
    assert len(told) == presence_proof.MOST_WAITING
    assert (here.count(Lead), here.count(Submission)) == (0, 0)

    signs = presence.shown(SECRET, here.room.id, here.now)
    (refusal,) = here.come([here.form("Ortie", signs)])
    assert isinstance(refusal, Refusal)  # the room waits, too, or is let in by hand
    here.now += REFILL_MS
    signs = presence.shown(SECRET, here.room.id, here.now)
    (joined,) = here.come([here.form("Ortie", signs)])
    assert isinstance(joined, Joined)
    assert not joined.waiting
    with Session(store.writing) as s:
        admission.forgive(s, waiting[0].id)
        s.commit()
        assert not s.get_one(Player, waiting[0].id).waiting
    assert all(isinstance(one, dict) for one in here.give([joined.id, waiting[0].id]))
    assert here.count(Lead) == 2


def signs(come: Sequence[Joined | Refusal]) -> list[str]:
    return [
        one.fields.get("sign_1", one.code) if isinstance(one, Refusal) else "in" for one in come
    ]


def test_one_address_shuts_no_door(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Hall(store, monkeypatch)
    right = presence.shown(SECRET, here.room.id, here.now)
    good = {right, presence.shown(SECRET, here.room.id, here.now - EVERY_MS)}
    wrong = next(row for row in ((sign,) * MANY for sign in SIGNS) if row not in good)
    tried = signs(here.come([here.form(f"V{n}", wrong) for n in range(200)], "198.51.100.7"))
    assert tried == ["signs_wrong"] * STRANGE + ["signs_wait"] * (200 - STRANGE)
    assert signs(here.come([here.form("Ortie", right)], "203.0.113.1")) == ["in"]
    away = [{**here.form(f"A{n}", right), "away": "1"} for n in range(WAITING + 1)]
    assert signs(here.come(away, "198.51.100.7")) == ["in"] * WAITING + ["door_full"]
    many = [here.form(f"B{n}", wrong) for n in range(BURST + 1)]
    assert signs(here.come(many))[-1] == "signs_wait"  # the world has emptied the budget
    slow = [here.form("Lente", wrong), here.form("Lente", right)]
    assert signs(here.come(slow, "203.0.113.1")) == ["signs_wrong", "in"]  # the room comes in


def test_the_remote_has_the_door_ask_or_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall(store, monkeypatch)

    def ask(key: str) -> None:
        with Session(store.writing) as s:
            COMMANDS["presence"](s, None, hall.room.id, {"key": key})  # type: ignore[arg-type]
            s.commit()

    wrong = hall.form("Ortie", ("star",) * MANY)
    ask("off")
    assert isinstance(hall.come([wrong])[0], Joined)
    ask("on")
    assert isinstance(hall.come([{**wrong, "nickname": "Sauge"}])[0], Refusal)
