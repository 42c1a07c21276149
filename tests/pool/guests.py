"""An evening with its hosts' cards, and what guests type there."""

from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import occasion
from game.store.tables import Arrival, GuestCard, Lead, Occasion, Suppression
from tests.privacy.pages import game_of

TYPED = {"name": "Nolwenn Le Gall", "mail": "nolwenn@exemple.fr", "role": "Soudeuse", "agree": "1"}
HOST = "Camille Berthou"


def empty(s: Any) -> None:
    """Nobody is in the pool, and nothing is open."""
    for one in (Arrival, GuestCard, Occasion, Lead, Suppression):
        s.execute(delete(one))


def made(app: Flask, sort: str = "afterwork", **more: str) -> Occasion:
    today = day_of(now_ms()).isoformat()

    def write(s: Any) -> str:
        typed = {"name": "Soirée du port", "sort": sort, "held_on": today, **more}
        one = occasion.make(s, typed, "fr", None)
        occasion.add_hosts(s, one.id, f"{HOST}\n\n{HOST}\nLoïc Madec", None)
        return one.id

    id = game_of(app).writer.write(write)
    with game_of(app).store.session() as s:
        return s.get_one(Occasion, id)


def read(app: Flask, statement: Any) -> list[Any]:
    with game_of(app).store.session() as s:
        return list(s.execute(statement).all())


def card(app: Flask, host: str = HOST) -> str:
    return str(read(app, select(GuestCard.key).where(GuestCard.host == host))[0][0])
