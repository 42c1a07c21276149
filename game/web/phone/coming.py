"""Letting somebody in who came by the door's page, whoever answers them."""

import hmac
from collections.abc import Mapping

from game.accounts.guesses import network
from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import Game
from game.workshop.door import Guest, Joined, Vouched
from game.workshop.header import Header
from game.workshop.presence_proof import SIGN_FIELDS

CAME = "sourcerie.came"  # in a request's environment: who came in already, or why not
PAGE_SIGNS = 12  # of the token of a page: what is shorter is none of ours
FIELDS = ("nickname", "real_name", "work_mail", "department", "team", "page", "away", *SIGN_FIELDS)
limits = Limits()


def check_door(workshop: Header, address: str) -> None:
    """Raises Refusal where too many come from this address."""
    if not limits.allows_door(address, workshop.id):
        raise Refusal("too_often")


def check_open(workshop: Header) -> None:
    """Raises Refusal where nobody comes in any more."""
    if workshop.has_expired(now_ms()):
        raise Refusal("code_expired")


def come_in(
    game: Game, workshop: Header, address: str, lang: str, sent: Mapping[str, object]
) -> Joined:
    """The new player, written. Raises Refusal, or Away or Busy of the writer."""
    check_door(workshop, address)
    check_open(workshop)
    return enter(game, workshop, address, lang, typed(sent))


def typed(sent: Mapping[str, object]) -> dict[str, str]:
    """The fields of the door's form."""
    return {name: str(sent.get(name, ""))[:300] for name in FIELDS}


def enter(
    game: Game,
    workshop: Header,
    address: str,
    lang: str,
    fields: dict[str, str],
    vouched: Vouched | None = None,
) -> Joined:
    """Writes a new player. Raises Refusal, or Away or Busy of the writer."""
    who = _who(game, workshop, fields["page"])
    guest = Guest(workshop.id, lang, fields, *who, vouched, network(address))
    outcome = game.writer.put(game.door.many, guest).wait()
    assert isinstance(outcome, Joined)
    return outcome


def _who(game: Game, workshop: Header, page: str) -> tuple[str, str]:
    """The (id, key) of who comes in by this page: two taps, or one after a lost answer, are one.

    Nobody can tell the page's token or the key from the id, nor become another without theirs.
    Both are empty where the page has no token of ours.
    """
    if len(page) < PAGE_SIGNS:
        return "", ""
    said = f"{workshop.id}:{page}".encode(errors="replace")
    made = hmac.digest(game.secret.encode(), said, "sha256").hex()
    return made[:16], made[16:32]
