"""What a round shows: a frozen view a kind, whose attributes its templates read."""

from dataclasses import dataclass


def percent(share: int | None) -> str:
    """A share in a table; a dash for none."""
    return "–" if share is None else f"{share} %"


@dataclass(frozen=True)
class Table:
    """What a round taught the recruiter; the columns' titles are French texts to translate."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


TITLE, EMPLOYER, VOTED = "title", "employer", "voted"


@dataclass(frozen=True)
class Found:
    """A text that a round was about: its share in per cent, and how many people it is from."""

    text: str
    share: int
    people: int


@dataclass(frozen=True)
class Findings:
    """What a round of so many people found for the desk; `of` is TITLE, EMPLOYER or VOTED."""

    of: str
    people: int
    texts: tuple[Found, ...]


@dataclass(frozen=True)
class TypedText:
    """A text that players typed, and how often; `key` names it to hide it, and never repeats it.

    Without a key there is nothing to hide: the text is a word of the content.
    """

    key: str
    name: str
    count: int
    hidden: bool


@dataclass(frozen=True)
class Draft:
    """A message that a recruiter may take up, in words: it makes a touchpoint of this kind.

    It is meant to be sent by this medium, so many days from now. `body` may hold the fields of
    message templates.
    """

    name: str
    kind: str
    medium: str
    subject: str
    body: str
    days: int


@dataclass(frozen=True, kw_only=True)
class View:
    """What one audience may see of a round; each kind derives its own.

    `result` is what the round came to, None before the reveal. `texts` are those that the remote
    can keep from the room, `table`, `drafts` and `findings` are for
    the desk.
    """

    result: object | None = None
    texts: tuple[TypedText, ...] = ()
    table: Table | None = None
    findings: Findings | None = None
    drafts: tuple[Draft, ...] = ()
