"""Leads as programs read and write them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from game.base.speech import marked as _
from game.pool.tag import LONGEST, MOST
from game.pool.touchpoint import NOTE
from game.web.api.shapes import Day, Id, Instant, Moment, Page, Shape

Verdict = Literal["pursue", "nurture", "pass"]
Kind = Literal[
    "message", "call", "callback", "article", "newsletter", "event", "invitation", "notice"
]
Medium = Literal["mail", "phone", "meeting", "post", "other"]
Direction = Literal["out", "in"]
Came = Literal["answered", "silent", "bounced"]
Said = Literal["referral", "source"]
SEEN = r"[0-9A-Za-zÀ-ÖØ-öø-ÿ]"  # something that can be read
Tag = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^,;\n]*$")]
NAME = Field(min_length=1, max_length=80, pattern=SEEN, description=_("Prénom et nom."))


class LeadsAsked(Page):
    """How the list of leads is narrowed; never to a name or an employer: an address keeps it."""

    workshop: str = Field("", pattern="^[0-9a-f]{16}$", description=_("Nommées dans cet atelier."))
    brief: str = Field("", max_length=160, description=_("Nommées pour un poste de ce titre."))
    channel: str = Field("", max_length=40, description=_("La clé d'un canal."))
    verdict: Literal["pursue", "nurture", "pass", "none"] | None = Field(
        None, description=_("L'avis qui compte ; « none » : pas encore jugées.")
    )
    tag: str = Field("", max_length=LONGEST, description=_("Une étiquette."))
    skill: str = Field("", max_length=60, description=_("Une compétence."))
    since: Day | None = Field(None, description=_("Entrées au vivier ce jour ou après."))
    until: Day | None = Field(None, description=_("Entrées au vivier ce jour ou avant."))
    internal: bool = Field(False, description=_("Seulement la mobilité interne."))
    kept: bool = Field(False, description=_("Seulement qui a accepté de rester."))


class LeadsSought(LeadsAsked):
    """The same, with what no address may hold."""

    text: str = Field("", max_length=160, description=_("Des mots : nom, métier, mail, téléphone…"))
    company: str = Field("", max_length=120, description=_("Leur entreprise."))


class LeadTold(Shape):
    """A lead: a named person who has not applied."""

    id: Id
    name: str
    role: str
    company: str
    skills: Sequence[str]
    mail: str
    phone: str
    link: str
    channel: str
    internal: bool
    origin: Literal["workshop", "import", "invite"]
    verdict: Verdict | None
    verdict_reason: str
    judged_at: Moment | None
    outcome: Literal["hired", "not_now"] | None
    tags: Sequence[str]
    inform_by: date = Field(description=_("Le dernier jour pour lui dire que ses données sont là."))
    informed_at: Moment | None
    kept_until: Day | None
    created_at: Moment


class SaidOfLead(Shape):
    """One recommendation of a lead."""

    id: Id
    workshop: Id | None
    workshop_name: str
    brief: Id | None
    brief_title: str
    requisition_ref: str
    type: Said
    relationship: str
    aware: bool
    reasons: Sequence[str]
    reason: str
    recommender: str = Field(description=_("Vide sans l'accord de la personne."))
    at: Moment


class TouchpointTold(Shape):
    """One contact with a lead, planned, done or cancelled."""

    id: Id
    kind: Kind
    medium: Medium
    direction: Direction
    due_on: date | None
    done_at: Moment | None
    cancelled_at: Moment | None
    answer: Came | None
    note: str
    brief: Id | None


class LeadWhole(LeadTold):
    """A lead with what was said of it, and the contacts with it."""

    recommendations: Sequence[SaidOfLead]
    touchpoints: Sequence[TouchpointTold]


class LeadPage(Shape):
    """A page of leads, the newest first."""

    leads: Sequence[LeadTold]
    next: str | None = Field(description=_("Le curseur de la page suivante, s'il y en a une."))


class OriginGiven(Shape):
    """Where a lead comes from, and who says so."""

    type: Said = "referral"
    relationship: str = Field("", max_length=40)
    aware: bool = Field(False, description=_("La personne sait qu'on la recommande."))
    reason: str = Field("", max_length=140)
    recommender: str = Field("", max_length=80, description=_("Seulement avec son accord."))
    brief: str = Field("", max_length=160)
    requisition_ref: str = Field("", max_length=40)
    workshop: str = Field("", max_length=120)
    at: Instant | None = None


class LeadGiven(Shape):
    """A person for the pool; who is known already stays as they are."""

    name: Annotated[str, NAME]
    role: str = Field("", max_length=120)
    company: str = Field("", max_length=120)
    skills: Sequence[Annotated[str, Field(min_length=1, max_length=60, pattern=SEEN)]] = Field(
        (), max_length=24
    )
    mail: str = Field("", max_length=254)
    phone: str = Field("", max_length=40, description=_("Avec l'indicatif du pays, si possible."))
    link: str = Field("", max_length=300)
    channel: str = Field("pool", max_length=40, description=_("La clé ou le nom d'un canal."))
    internal: bool = False
    collected_on: Day | None = Field(
        None,
        description=_(
            "Le jour où ses données ont été recueillies : le mois pour l'informer en part."
        ),
    )
    origin: OriginGiven | None = None


class LeadTaken(Shape):
    """What came of a person; no more is said of who may not leave."""

    state: Literal["new", "known"]
    lead: Id | None


class VerdictGiven(Shape):
    """A verdict; its reason is needed to let go whom somebody has spoken to."""

    verdict: Verdict
    reason: str = Field("", max_length=500)


class VerdictTaken(Shape):
    """The verdict that counts from now on."""

    lead: Id
    verdict: Verdict


class TagsGiven(Shape):
    """All tags of a lead, in the place of those before."""

    tags: Sequence[Tag] = Field(max_length=MOST)


class TagsTaken(Shape):
    """The tags of a lead."""

    lead: Id
    tags: Sequence[str]


class TouchpointGiven(Shape):
    """A contact: planned where it has a day, else one that has just taken place."""

    kind: Kind
    medium: Medium
    direction: Direction = "out"
    due_on: Day | None = Field(None, description=_("Le jour prévu ; sans lui, c'est fait."))
    note: str = Field("", max_length=NOTE)
    answer: Came | None = Field(None, description=_("Ce qu'un contact fait a donné."))
    brief: Id | None = None


class TouchpointTaken(Shape):
    """A touchpoint, noted."""

    id: Id
    lead: Id
    state: Literal["planned", "done", "cancelled"]


class TouchpointDone(Shape):
    """What came of a contact that was planned; the note is added to what was planned."""

    note: str = Field("", max_length=NOTE)
    answer: Came | None = Field(None, description=_("Ce que le contact a donné."))
