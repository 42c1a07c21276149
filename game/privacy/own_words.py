"""A player's own words about somebody who was erased: sealed, and shown to that player only.

Erasing takes them from everybody else. Were they gone for their author too, the gap would tell
that the person had been known and was erased. They are encrypted, so that neither the database's
file nor its backups hold the erased person's strings, and they end with the player's data.
"""

from collections.abc import Iterable, Mapping, Sequence

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select

from game.base.seal import InvalidToken, seal
from game.privacy.suppression import digest
from game.rules.person import match_keys
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import OwnWords

WORDS = (
    *("name", "relationship", "reach", "mail", "phone", "link", "role", "company"),
    *("skills", "reasons", "reason", "aware", "speaks"),
)
Slot = tuple[str, str, str]  # player, round, slot
PURPOSE = "own words of players"
GONE = Prepared(
    delete(OwnWords).where(
        OwnWords.player_id == bindparam("player"),
        OwnWords.round_id == bindparam("round"),
        OwnWords.slot == bindparam("slot"),
    )
)
NEW = Prepared(insert(OwnWords))
HERE = Prepared(
    select(OwnWords.player_id, OwnWords.round_id, OwnWords.slot).where(
        Among(OwnWords.player_id, "players"), Among(OwnWords.round_id, "rounds")
    )
)
SAID = Prepared(
    select(OwnWords.player_id, OwnWords.slot, OwnWords.sealed).where(
        Among(OwnWords.player_id, "players"), Among(OwnWords.round_id, "rounds")
    )
)


class _Known:
    """Words as what recognises a person reads them."""

    def __init__(self, said: Mapping[str, object]) -> None:
        self.name, self.company, self.mail, self.phone, self.link = (
            str(said.get(name) or "") for name in ("name", "company", "mail", "phone", "link")
        )


def words_of(said: object) -> dict[str, object]:
    """What an author is shown again of a recommendation, or of the fact that it was made of."""
    held = getattr(said, "held", None)
    kept_back = held if isinstance(held, dict) else {}
    return {**{name: getattr(said, name) for name in WORDS}, **kept_back}


def keep(connection: Connection, secret: str, words: Mapping[Slot, Mapping[str, object]]) -> None:
    """Seals what players said in these slots, in the place of what was sealed there before."""
    drop(connection, words)
    ours = seal(secret, PURPOSE)
    rows = [
        {
            "player_id": player,
            "round_id": round_id,
            "slot": slot,
            "sealed": ours.encrypt(orjson.dumps(said)).decode(),
            "keys": [digest(secret, key) for key in match_keys(_Known(said))],
        }
        for (player, round_id, slot), said in words.items()
    ]
    if rows:
        NEW.run_each(connection, rows)


def drop(connection: Connection, slots: Iterable[Slot]) -> None:
    """Forgets what was sealed in these slots."""
    names, wanted = ("player", "round", "slot"), set(slots)
    players, rounds = ({slot[n] for slot in wanted} for n in (0, 1))
    here = HERE.raw(connection, players=sorted(players), rounds=sorted(rounds)) if wanted else ()
    rows = [dict(zip(names, slot, strict=True)) for slot in map(tuple, here) if slot in wanted]
    if rows:
        GONE.run_each(connection, rows)


def said(
    connection: Connection, secret: str, players: Sequence[str], rounds: Sequence[str]
) -> dict[tuple[str, str], dict[str, object]]:
    """The sealed words of these players in these rounds, by player and slot.

    What was sealed under another secret cannot be read any more, and is left out.
    """
    found = {}
    for player, slot, sealed in SAID.raw(connection, players=players, rounds=rounds):
        try:
            found[player, slot] = dict(orjson.loads(seal(secret, PURPOSE).decrypt(sealed.encode())))
        except InvalidToken:
            continue
    return found
