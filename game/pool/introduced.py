"""Who a player really is, where they say so: known to the desk alone."""

from sqlalchemy import Connection, update

from game.store.tables import Player


def note(connection: Connection, player_id: str, name: str = "", mail: str = "") -> None:
    """Notes their name and work mail, as far as they said them."""
    said = {"real_name": name, "work_mail": mail}
    values = {field: value for field, value in said.items() if value}
    connection.execute(update(Player).where(Player.id == player_id).values(**values))
