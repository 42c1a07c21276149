"""What webhooks tell: the shapes of their messages."""

from typing import Literal

from game.web.api.shapes import Id, Moment, Shape


class Recommended(Shape):
    """A person was recommended: in which round, for which brief, by which recommendation."""

    lead: Id
    recommendation: Id
    workshop: Id
    round: Id
    brief: Id | None
    new_to_pool: bool


class Reviewed(Shape):
    """The verdict that counts now; null where it was taken back."""

    lead: Id
    verdict: Literal["pursue", "nurture", "pass"] | None


class Erased(Shape):
    """A person is no longer held: whoever has their data deletes them, too."""

    lead: Id
    why: Literal["asked", "retention", "uninformed", "taken_back"]


class LeadRecommended(Shape):
    """The message of `lead_recommended`."""

    type: Literal["lead_recommended"]
    timestamp: Moment
    data: Recommended


class LeadReviewed(Shape):
    """The message of `lead_reviewed`."""

    type: Literal["lead_reviewed"]
    timestamp: Moment
    data: Reviewed


class LeadErased(Shape):
    """The message of `lead_erased`."""

    type: Literal["lead_erased"]
    timestamp: Moment
    data: Erased


MESSAGES = {
    "lead_recommended": LeadRecommended,
    "lead_reviewed": LeadReviewed,
    "lead_erased": LeadErased,
}
