"""The projector's tones: off until the remote wants them, and again in a copy of the workshop."""

import pytest
from sqlalchemy.orm import Session

from bench.room import LEAD, make_rooms
from game.base.refusal import Refusal
from game.live.commands import COMMANDS
from game.screens.dressing import dressed
from game.store.engine import Store
from game.store.tables import Workshop
from game.workshop.create import copy


def test_tones_are_off_until_the_remote_switches_them_on(store: Store) -> None:
    (room,) = make_rooms(store, 1, (LEAD,))

    def told() -> tuple[bool, int]:
        with Session(store.writing) as s:
            row = s.get_one(Workshop, room.id)
            return dressed(s, row, "fr").tones, row.version

    def switch(key: str) -> None:
        with Session(store.writing) as s:
            COMMANDS["tones"](s, None, room.id, {"key": key})  # type: ignore[arg-type]
            s.commit()

    is_on, version = told()
    assert not is_on
    switch("on")
    assert told() == (True, version + 1)  # a screen that shows it is a newer one
    with Session(store.writing) as s:
        assert copy(s, room.id, user_id=None, name="Encore").tones
    with pytest.raises(Refusal, match="bad_input"):
        switch("loud")
    switch("off")
    assert told() == (False, version + 2)
