"""Workshops, briefs and the log as programs read them."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from game.base.json_object import Json
from game.base.speech import marked as _
from game.web.api.shapes import Day, Id, Moment, Page, Shape


class WorkshopTold(Shape):
    """One workshop for real; demonstrations and rehearsals are not told of."""

    id: Id
    name: str
    lang: str
    held_on: date | None
    stage: Literal["draft", "lobby", "round", "board", "podium", "ended"]
    created_at: Moment
    ended_at: Moment | None


class WorkshopPage(Shape):
    """A page of workshops, the newest first."""

    workshops: Sequence[WorkshopTold]
    next: str | None


class Figures(Shape):
    """Counts of leads: each counts once, whoever named it."""

    leads: int
    reachable: int = Field(description=_("Avec un moyen de les joindre."))
    to_judge: int
    pursue: int
    nurture: int
    passed: int
    to_inform: int = Field(description=_("À informer dans les sept jours."))


class BriefFigures(Shape):
    """What one brief brought."""

    brief: Id
    title: str
    figures: Figures


class RoundFigures(Shape):
    """What one round brought; `place` counts from 1."""

    round: Id
    place: int
    kind: str
    title: str
    figures: Figures


class Promise(Shape):
    """How the 72 hours were kept."""

    kept: int
    broken: int
    waiting: int
    percent: int | None


class WorkshopWhole(WorkshopTold):
    """A workshop and what it brought: numbers, no names."""

    figures: Figures
    briefs: Sequence[BriefFigures]
    rounds: Sequence[RoundFigures]
    promise: Promise


class BriefsAsked(Page):
    """How the list of briefs is narrowed."""

    workshop: str = Field("", pattern="^[0-9a-f]{16}$", description=_("Ceux de cet atelier."))


class BriefTold(Shape):
    """The card of an open position."""

    id: Id
    workshop: Id
    title: str
    trade: str
    must_haves: Sequence[str]
    where: str
    why: str
    pay: str
    requisition_ref: str
    advertised: dict[str, str] = Field(
        description=_("L'intitulé choisi pour l'annonce, par langue, où il y en a un.")
    )


class BriefPage(Shape):
    """A page of briefs, those of the newest workshop first."""

    briefs: Sequence[BriefTold]
    next: str | None


class AuditAsked(Shape):
    """Which part of the log is asked for."""

    limit: int = Field(100, ge=1, le=500, description=_("Combien au plus."))
    after: int = Field(
        0, ge=0, le=10**15, description=_("Le numéro de la dernière entrée déjà lue.")
    )
    action: str = Field("", max_length=40, description=_("Le code d'un acte."))
    about: str = Field("", max_length=40, description=_("Un identifiant que l'entrée nomme."))
    since: Day | None = Field(None, description=_("Ce jour ou après."))
    until: Day | None = Field(None, description=_("Ce jour ou avant."))


class EntryTold(Shape):
    """One entry of the log, and its link of the chain."""

    seq: int
    at: Moment
    user: str | None
    action: str
    detail: Json
    seal: str


class EntryPage(Shape):
    """Entries of the log, in their order."""

    entries: Sequence[EntryTold]
    next: int | None = Field(description=_("Le « after » de la suite, s'il y en a une."))
