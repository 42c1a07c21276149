"""What an answer means beyond the game: the facts that the rules hand down to the store."""

from dataclasses import dataclass

INVITED = "lead:inv-"  # the slots of people who entered themselves
MORE = "more:"  # the slots of what is said more of somebody named before


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is said of a lead beside their name.

    `reach` is how to get in touch: 'mail', 'phone', 'link', 'introduce' or ''. `mail` is
    normalised, `phone` is E.164. `speaks` is who speaks to them first: 'first' (the player),
    'together', 'named', 'unnamed' (the recruiter, with or without the player's name) or ''.
    `own_name` and `own_mail` are who the player really is, where they offer an introduction and
    said so. `held` names the texts that touch on what the law keeps out: one person reads them
    before anybody else.
    """

    aware: bool = False
    reach: str = ""
    mail: str = ""
    phone: str = ""
    link: str = ""
    role: str = ""
    company: str = ""
    skills: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reason: str = ""
    speaks: str = ""
    own_name: str = ""
    own_mail: str = ""
    held: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeadRecommended(Details):
    """A player put a person forward, or corrected what they said of them.

    `internal` marks internal mobility.
    """

    slot: str
    name: str
    relationship: str
    channel: str
    known: bool
    internal: bool


@dataclass(frozen=True)
class LeadWithdrawn:
    """The player took back the lead of this slot."""

    slot: str


@dataclass(frozen=True, kw_only=True)
class LeadEnriched(Details):
    """A player said more of somebody whom they named before, in `of_slot` of `of_round`.

    It holds only the details that they had not told there.
    """

    slot: str
    of_round: str
    of_slot: str


@dataclass(frozen=True)
class PlaceSpotted:
    """A place, on line or on the ground, where people of the brief are found.

    `knows` says that the player knows somebody there, and lets recruiters ask them; `own_name` is
    who the player really is, where they said so with it.
    """

    slot: str
    name: str
    channel: str
    note: str = ""
    knows: bool = False
    own_name: str = ""


@dataclass(frozen=True)
class PlaceWithdrawn:
    """The player took back the place of this slot."""

    slot: str


@dataclass(frozen=True)
class ExpertNominated:
    """'My expert of `subject`': nobody sees it until the nominee has accepted."""

    slot: str
    nominee: str
    subject: str
    why: str = ""


@dataclass(frozen=True)
class NominationWithdrawn:
    """The player took back the nomination of this slot."""

    slot: str


Fact = (
    LeadRecommended
    | LeadWithdrawn
    | LeadEnriched
    | PlaceSpotted
    | PlaceWithdrawn
    | ExpertNominated
    | NominationWithdrawn
)
