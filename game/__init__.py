"""Sourcerie: a game for sourcing workshops."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from game.base.config import Settings


def create_app(settings: "Settings", *, serving: bool = True) -> "Flask":
    """The application, running; see `game.app`, the only place where parts meet.

    Imported only now: the entry point has to prepare the machinery of sockets before anything
    else of ours is there.
    """
    from game.app import create_app as create

    return create(settings, serving=serving)
