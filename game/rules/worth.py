"""What things are worth: each reason of the ledger, its usual points and its words."""

from dataclasses import dataclass

from game.base.speech import marked as _


@dataclass(frozen=True)
class Worth:
    """A reason to earn points: its key in the ledger, its usual amount, and its words, in French.

    Kinds that reward the same thing share one Worth.
    """

    name: str
    usual: int
    label: str


# earned at the desk or by the contact, whatever kind of round the lead came from
BEYOND = (
    Worth("contact_confirmed", 15, _("la personne a confirmé")),
    Worth("pursue", 20, _("retenue par le recrutement")),
    Worth("talked", 10, _("une conversation avec un candidat")),
)
