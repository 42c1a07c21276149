"""Leads, read: by the rules of exports, and each reading noted."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.context import current
from game.pool import leaving, seen, tag, touchpoint, trace, verdict
from game.pool.lead_filter import Filter
from game.pool.merge import became
from game.pool.recommender import told_name
from game.privacy.inform import Purpose
from game.store.tables import Lead, ToldOrigin, Touchpoint, Verdict
from game.web.api.lead_shapes import (
    LeadPage,
    LeadsAsked,
    LeadsSought,
    LeadTold,
    LeadWhole,
    SaidOfLead,
    TouchpointTold,
)
from game.web.api.shapes import maybe, moment
from game.web.api.surface import Call, Merged, operation

READ, TAG = "leads:read", _("Pistes")
OF_A_LEAD = ("unknown_lead", "lead_merged")


@operation(
    "GET",
    "/leads",
    READ,
    summary=_("Les pistes qui peuvent sortir, les plus récentes d'abord"),
    tag=TAG,
    query=LeadsAsked,
    body=None,
    answer=LeadPage,
    refusals=("bad_cursor",),
)
def list_leads(call: Call, query: LeadsAsked) -> LeadPage:
    """A page of leads."""
    return _page(call, query)


@operation(
    "POST",
    "/leads/search",
    READ,
    summary=_("La même liste, cherchée par des mots ou une entreprise"),
    tag=TAG,
    query=None,
    body=LeadsSought,
    answer=LeadPage,
    refusals=("bad_cursor",),
)
def search_leads(call: Call, body: LeadsSought) -> LeadPage:
    """A page of leads, by words that stand in no address."""
    return _page(call, body, body.text, body.company)


def _page(call: Call, asked: LeadsAsked, text: str = "", company: str = "") -> LeadPage:
    wanted = _filter(asked, text, company)
    with current().store.session() as s:
        leads, following = leaving.page(
            s, call.secret, wanted, call.today, asked.limit, asked.cursor
        )
        ids = [lead.id for lead in leads]
        judged, tags = verdict.newest_of(s, ids), tag.tags_of_all(s, ids)
    call.note(lambda s: seen.note_list(s, wanted, len(ids), call.caller.id))
    told = [LeadTold(**fields(lead, judged.get(lead.id), tags.get(lead.id, ()))) for lead in leads]
    return LeadPage(leads=told, next=following or None)


def _filter(asked: LeadsAsked, text: str, company: str) -> Filter:
    return Filter(
        text=text,
        company=company,
        verdict=asked.verdict or "",
        workshop=asked.workshop,
        brief=asked.brief,
        channel=asked.channel,
        tag=asked.tag,
        skill=asked.skill,
        internal=asked.internal,
        kept=asked.kept,
        since=str(asked.since or ""),
        until=str(asked.until or ""),
    )


def fields(lead: Lead, judged: Verdict | None, tags: Sequence[str]) -> dict[str, object]:
    """A lead in the API's words."""
    plain = ("id", "name", "role", "company", "skills", "mail", "phone", "link", "channel")
    return {
        **{name: getattr(lead, name) for name in (*plain, "internal", "origin")},
        "verdict": lead.verdict or None,
        "verdict_reason": judged.reason if judged else "",
        "judged_at": maybe(judged.at if judged else None),
        "outcome": lead.outcome or None,
        "tags": tags,
        **{"inform_by": lead.inform_by, "informed_at": maybe(lead.informed_at)},
        **{"kept_until": lead.kept_until, "created_at": moment(lead.created_at)},
    }


def leaving_lead(session: Session, call: Call, lead_id: str, purpose: Purpose = "export") -> Lead:
    """A lead that may leave. Raises Merged for one that is part of another that may.

    Raises Refusal('unknown_lead') for any other.
    """
    found = leaving.one(session, call.secret, lead_id, call.today, purpose)
    if found is None:
        kept = became(session, lead_id)
        if kept and leaving.one(session, call.secret, kept, call.today, purpose):
            raise Merged(lead_id, kept)
        raise Refusal("unknown_lead")
    return found


@operation(
    "GET",
    "/leads/{lead}",
    READ,
    summary=_("Une piste, ce qu'on a dit d'elle et les contacts avec elle"),
    tag=TAG,
    query=None,
    body=None,
    answer=LeadWhole,
    refusals=OF_A_LEAD,
)
def one_lead(call: Call, lead: str) -> LeadWhole:
    """One lead, whole."""
    with current().store.session() as s:
        found = leaving_lead(s, call, lead, "handover")
        judged = verdict.newest_of(s, [lead]).get(lead)
        told = fields(found, judged, tag.tags_of(s, lead))
        said, touched = _said(s, lead), touchpoint.touchpoints_of(s, lead)
    call.note(lambda s: seen.note_lead(s, lead, call.caller.id))
    touchpoints = [_touchpoint(row[0]) for row in touched]
    return LeadWhole(**told, recommendations=said, touchpoints=touchpoints)


def _said(session: Session, lead_id: str) -> list[SaidOfLead]:
    rows = trace.said_of(session, [lead_id])
    told = trace.told_of(session, [row[0].id for row in rows])
    return [_one_said(row, told.get(row[0].id)) for row in rows]


def _one_said(row: trace.Said, came: ToldOrigin | None) -> SaidOfLead:
    one, player, workshop, brief, _round = row
    return SaidOfLead(
        id=one.id,
        workshop=workshop.id if workshop else None,
        workshop_name=came.workshop if came else workshop.name if workshop else "",
        brief=brief.id if brief else None,
        brief_title=came.brief if came else brief.title if brief else "",
        requisition_ref=came.requisition_ref if came else brief.requisition_ref if brief else "",
        type="referral" if one.known else "source",
        relationship=one.relationship,
        aware=one.aware,
        reasons=one.reasons,
        reason=one.reason,
        recommender=told_name(one, player, came),
        at=moment(one.at),
    )


def _touchpoint(one: Touchpoint) -> TouchpointTold:
    return TouchpointTold.model_validate(
        {
            **{name: getattr(one, name) for name in ("id", "kind", "medium", "direction", "note")},
            **{"due_on": one.due_on, "answer": one.answer or None, "brief": one.brief_id},
            **{name: maybe(getattr(one, name)) for name in ("done_at", "cancelled_at")},
        }
    )
