"""The facilitator's eye before the room's, and the room's vote on what it may see."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bench.room import LEAD, make_rooms
from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.registry import kinds
from game.rules.typed import key_of
from game.screens.round_shown import can_vote
from game.store.engine import Store
from game.store.tables import Player, RoundRow, Workshop
from game.workshop import agenda, course, create, results, room_vote, state
from game.workshop.play import Play, Sent

PACKS = content.load(paths.content())
COMPANIES = ("Ateliers Vauban", "Forges du Lac", "Nef et Filles")
WRITES = "rivals"


class Hall:
    """A moderated room of ten that names companies, driven straight on the database."""

    def __init__(self, store: Store, kinds_: tuple[str, ...]) -> None:
        self.store = store
        (self.room,) = make_rooms(store, 1, kinds_)
        self.play = Play(PACKS, "a secret of this test", 2_000)
        with Session(store.writing) as s:
            s.get_one(Workshop, self.room.id).moderated = True
            own = [
                Player(workshop_id=self.room.id, nickname=f"p{n}", folded=f"p{n}", joined_at=1)
                for n in range(10)
            ]
            s.add_all(own)
            s.commit()
            self.players = [player.id for player in own]

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> None:
        with Session(self.store.writing) as s:
            verb(s, PACKS, self.room.id, *args, **more)
            s.commit()

    def now(self) -> state.State:
        with Session(self.store.writing, expire_on_commit=False) as s:
            found = state.load(s, self.room.id, PACKS["fr"])
            assert found is not None
            s.expunge_all()
            return found

    def on_to(self, phase: str) -> RoundRow:
        while (row := self.now().current) is None or row.phase != phase:
            self.do(course.go_on)
        return row

    def give(self, row: RoundRow, raws: list[dict[str, Any]]) -> None:
        sent = [
            Sent(player, row.id, f"{row.id[:6]}-{n}", raw, (row.opened_at or 0) + 1)
            for n, (player, raw) in enumerate(zip(self.players, raws, strict=True))
        ]
        with self.store.writing.begin() as connection:
            assert all(isinstance(one, dict) for one in self.play.many(connection, sent))

    def seen(self, audience: str) -> str:
        return repr(self.now().view(audience))


def named(n: int) -> dict[str, Any]:
    return {"slot": "company:aaaa", "name": COMPANIES[n % 3], "tie": ""}


def test_the_room_sees_and_votes_on_what_was_let_through(store: Store) -> None:
    hall = Hall(store, (WRITES,))
    hall.give(hall.on_to("open"), [named(n) for n in range(10)])
    hall.on_to("closed")
    texts = {text.name: text for text in hall.now().texts}
    assert set(texts) == set(COMPANIES)  # the facilitator reads before anybody else
    assert all(text.hidden for text in texts.values())
    hall.do(course.hide, texts[COMPANIES[1]].key, is_hidden=False)
    hall.on_to("revealed")
    for audience in ("phone", "projector"):
        seen = hall.seen(audience)
        assert [name in seen for name in COMPANIES] == [False, True, False]
    with pytest.raises(Refusal, match="nothing_to_vote_on"):
        hall.do(room_vote.start)
    assert not can_vote(hall.now(), hall.now().texts)

    hall.do(course.release)
    hall.do(course.hide, texts[COMPANIES[2]].key, is_hidden=True)
    assert can_vote(hall.now(), hall.now().texts)
    hall.do(room_vote.start)
    vote = hall.on_to("open")
    assert (vote.seconds, len(hall.now().agenda)) == (30, 2)
    view = hall.now().view("remote")
    assert view is not None
    assert [text.name for text in view.texts] == list(COMPANIES[:2])
    hall.do(course.release)
    hall.give(
        vote, [{"slot": "firsts", "keys": [texts[COMPANIES[n % 5 > 0]].key]} for n in range(10)]
    )
    hall.on_to("revealed")
    desk = hall.now().view("desk")
    assert desk is not None
    assert desk.findings is not None
    assert [(one.text, one.people) for one in desk.findings.texts] == [
        (COMPANIES[1], 8),
        (COMPANIES[0], 2),
    ]
    with Session(store.writing) as s:
        voted = results.votes(s, PACKS["fr"])
        assert voted[key_of("ateliers vauban")] == (2, 10)
        assert set(voted) == {key_of(name) for name in COMPANIES[:2]}
    with pytest.raises(Refusal):
        hall.do(room_vote.start)  # a vote is not voted on
    with Session(store.writing) as s:
        copied = create.copy(s, hall.room.id, user_id=None, name="Encore")
        rows = state.agenda_of(s, copied.id)
        assert [row.options.get("texts") for row in rows][1:] == [[]]
        assert copied.moderated


def test_a_vote_of_the_agenda_takes_what_was_written_before_it(store: Store) -> None:
    vote = next(name for name, kind in kinds().items() if kind.votes_on)
    hall = Hall(store, (WRITES, vote))
    hall.give(hall.on_to("open"), [named(n) for n in range(10)])
    hall.on_to("closed")
    hall.do(course.release)
    hall.on_to("revealed")
    hall.on_to("briefing")
    view = hall.now().view("phone")
    assert view is not None
    assert all(name in repr(view) for name in COMPANIES)  # nothing is to be let through twice
    assert sorted(hall.on_to("open").options["texts"]) == sorted(COMPANIES)  # type: ignore[arg-type]


def test_companies_that_were_named_come_back_as_prompts(store: Store) -> None:
    hall = Hall(store, (WRITES, LEAD, LEAD))
    with Session(store.writing) as s:
        other = agenda.write_brief(s, hall.room.id, {"title": "Soudeuse"})
        s.get_one(RoundRow, hall.room.rounds[2]).brief_id = other
        s.commit()
    hall.give(hall.on_to("open"), [named(n) for n in range(10)])
    hall.on_to("closed")
    hall.do(course.release)
    hidden = next(text for text in hall.now().texts if text.name == COMPANIES[1])
    hall.do(course.hide, hidden.key, is_hidden=True)
    hall.on_to("revealed")
    for round_id, recalled in zip(
        hall.room.rounds[1:], ([True, False, True], [False] * 3), strict=True
    ):
        while (row := hall.now().current) is None or (row.id, row.phase) != (round_id, "open"):
            hall.do(course.go_on)
        at = hall.now()
        assert at.kind is not None
        assert at.setting is not None
        lines = at.kind.turns(at.setting)[0]
        assert [any(name in line for line in lines[:2]) for name in COMPANIES] == recalled
        assert len(lines) > 3
