"""Who recommended somebody: by which name the desk knows them, and where their name may be told."""

from game.store.tables import Player, Recommendation, ToldOrigin

NAMED = ("named", "together")  # what players say who want their name told, or write themselves


def told_name(said: Recommendation, player: Player | None, came: ToldOrigin | None = None) -> str:
    """The recommender's name for a message, a notice or a file; empty without their yes.

    What a file had told of them (`came`) is told again: our own files hold no name without a yes.
    """
    if came is not None:
        return came.recommender
    if player is None or said.speaks not in NAMED:
        return ""
    return player.real_name or player.nickname


def short_name(player: Player) -> str:
    """How the desk calls a colleague: 'Camille B.', or the name they play under."""
    parts = player.real_name.split()
    return f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else player.real_name or player.nickname
