"""Workshops and briefs, read: numbers and cards, nobody's name."""

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.context import current
from game.pool import brought, seen
from game.pool.rehearsal import REAL
from game.pool.wording_choice import by_language
from game.screens.round_words import title_of_round
from game.store.tables import BriefRow, Workshop
from game.web.api.shapes import Page, maybe, moment
from game.web.api.surface import Call, operation
from game.web.api.workshop_shapes import (
    BriefFigures,
    BriefPage,
    BriefsAsked,
    BriefTold,
    Figures,
    Promise,
    RoundFigures,
    WorkshopPage,
    WorkshopTold,
    WorkshopWhole,
)

READ, TAG = "workshops:read", _("Ateliers")
CARD = ("id", "title", "trade", "must_haves", "where", "why", "pay", "requisition_ref")


def _after(text: str) -> tuple[int, str]:
    """Where a cursor stands; the shape of the request has checked it."""
    at, _dot, id = text.partition(".")
    return int(at), id


@operation(
    "GET",
    "/workshops",
    READ,
    summary=_("Les ateliers, les plus récents d'abord"),
    tag=TAG,
    query=Page,
    body=None,
    answer=WorkshopPage,
)
def list_workshops(call: Call, query: Page) -> WorkshopPage:
    """A page of workshops; demonstrations and rehearsals are none."""
    key = tuple_(Workshop.created_at, Workshop.id)
    rows = select(Workshop).where(REAL).order_by(Workshop.created_at.desc(), Workshop.id.desc())
    if query.cursor:
        rows = rows.where(_after(query.cursor) > key)
    with current().store.session() as s:
        found = s.scalars(rows.limit(query.limit + 1)).all()
    shown = found[: query.limit]
    call.note(lambda s: seen.note_workshops(s, len(shown), call.caller.id))
    following = f"{shown[-1].created_at}.{shown[-1].id}" if len(found) > query.limit else None
    return WorkshopPage(workshops=[WorkshopTold(**_fields(w)) for w in shown], next=following)


def _fields(workshop: Workshop) -> dict[str, object]:
    plain = {name: getattr(workshop, name) for name in ("id", "name", "lang", "held_on", "stage")}
    moments = {"created_at": moment(workshop.created_at), "ended_at": maybe(workshop.ended_at)}
    return {**plain, **moments}


@operation(
    "GET",
    "/workshops/{workshop}",
    READ,
    summary=_("Un atelier et ce qu'il a apporté, en chiffres"),
    tag=TAG,
    query=None,
    body=None,
    answer=WorkshopWhole,
    refusals=("unknown_workshop",),
)
def one_workshop(call: Call, workshop: str) -> WorkshopWhole:
    """One workshop's figures."""
    with current().store.session() as s:
        found = _real(s, workshop)
        told = brought.of(s, found, now_ms())
    call.note(lambda s: seen.note_workshops(s, 1, call.caller.id))
    kept = told.promise
    return WorkshopWhole(
        **_fields(found),
        figures=_figures(told.whole),
        briefs=[BriefFigures(brief=b.id, title=b.title, figures=_figures(b)) for b in told.briefs],
        rounds=[
            RoundFigures(
                round=row.id,
                place=row.place + 1,
                kind=row.kind,
                title=title_of_round(row),
                figures=_figures(line),
            )
            for row, line in told.rounds
        ],
        promise=Promise(**kept._asdict(), percent=kept.percent),
    )


def _real(session: Session, workshop_id: str) -> Workshop:
    found = session.get(Workshop, workshop_id)
    if found is None or found.sort != "real":
        raise Refusal("unknown_workshop")
    return found


def _figures(line: brought.Line) -> Figures:
    judged = {name: len(leads) for name, leads in line.verdicts.items()}
    return Figures(
        **{"leads": len(line.leads), "reachable": len(line.reachable)},
        **{"to_judge": len(line.to_judge), "to_inform": len(line.to_inform)},
        **{"pursue": judged["pursue"], "nurture": judged["nurture"], "passed": judged["pass"]},
    )


@operation(
    "GET",
    "/briefs",
    READ,
    summary=_("Les postes ouverts, ceux de l'atelier le plus récent d'abord"),
    tag=TAG,
    query=BriefsAsked,
    body=None,
    answer=BriefPage,
)
def list_briefs(call: Call, query: BriefsAsked) -> BriefPage:
    """A page of briefs of workshops for real."""
    key = tuple_(Workshop.created_at, BriefRow.id)
    rows = select(BriefRow, Workshop.created_at).join(Workshop).where(REAL)
    if query.workshop:
        rows = rows.where(BriefRow.workshop_id == query.workshop)
    if query.cursor:
        rows = rows.where(_after(query.cursor) > key)
    rows = rows.order_by(Workshop.created_at.desc(), BriefRow.id.desc())
    with current().store.session() as s:
        found = s.execute(rows.limit(query.limit + 1)).all()
        called = by_language(s, [row[0].title for row in found])
    shown = found[: query.limit]
    call.note(lambda s: seen.note_workshops(s, len(shown), call.caller.id))
    following = f"{shown[-1][1]}.{shown[-1][0].id}" if len(found) > query.limit else None
    briefs = [_brief(row[0], called.get(row[0].title, {})) for row in shown]
    return BriefPage(briefs=briefs, next=following)


def _brief(row: BriefRow, called: dict[str, str]) -> BriefTold:
    told = {name: getattr(row, name) for name in CARD}
    return BriefTold(workshop=row.workshop_id, advertised=called, **told)
