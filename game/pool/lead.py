"""Changing leads: corrected, told, merged into another."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.person import match_keys, reached, squeeze
from game.store.tables import Lead, LeadKey, Recommendation

PLAIN = {"name": 80, "role": 120, "company": 120}
REACH = ("mail", "phone", "link")


def clean(typed: Mapping[str, Any], country: str = "FR") -> dict[str, Any]:
    """Typed fields in their normal form. Raises Refusal naming each that cannot be one."""
    values: dict[str, Any] = {}
    fields: dict[str, str] = {}
    for name, most in PLAIN.items():
        values[name] = squeeze(str(typed.get(name, "")))
        if len(values[name]) > most:
            fields[name] = "too_long"
    if not values["name"]:
        fields["name"] = "name_missing"
    for name in REACH:
        given = str(typed.get(name, "")).strip()
        values[name] = reached(name, given, country) if given else ""
        if given and not values[name]:
            fields[name] = f"{name}_invalid"
    skills = str(typed.get("skills", "")).split(",")
    values["skills"] = [squeeze(skill)[:60] for skill in skills if skill.strip()][:12]
    if fields:
        raise Refusal("bad_input", fields)
    return values


def correct(
    session: Session,
    lead_id: str,
    typed: Mapping[str, Any],
    by: str | None,
    country: str = "FR",
) -> None:
    """Corrects a lead; `by` is the user who does. Raises Refusal.

    A phone number without a country code is of `country`.
    """
    lead = session.get_one(Lead, lead_id)
    cleaned = clean(typed, country)
    new = {name: value for name, value in cleaned.items() if getattr(lead, name) != value}
    for name, value in new.items():
        setattr(lead, name, value)
    session.flush()
    rekey(session, lead)
    audit(session, by, "lead_corrected", {"lead": lead_id, "fields": sorted(new)})


def rekey(session: Session, lead: Lead) -> None:
    """Writes what recognises a lead now; a key that another lead has stays with that one."""
    session.execute(delete(LeadKey).where(LeadKey.lead_id == lead.id))
    taken = set(session.scalars(select(LeadKey.key).where(LeadKey.key.in_(match_keys(lead)))))
    session.add_all(LeadKey(key=k, lead_id=lead.id) for k in match_keys(lead) if k not in taken)
    session.flush()


def note_informed(session: Session, lead_id: str, by: str | None) -> None:
    """Notes that the person has been told who holds their data, and why."""
    session.get_one(Lead, lead_id).informed_at = now_ms()
    audit(session, by, "lead_informed", {"lead": lead_id})


def merge(session: Session, kept_id: str, other_id: str, by: str | None) -> None:
    """Makes two leads one: what the kept one lacks comes from the other, which goes."""
    if kept_id == other_id:
        raise Refusal("bad_input", {"other": "invalid"})
    kept, other = session.get_one(Lead, kept_id), session.get_one(Lead, other_id)
    for name in ("role", "company", "mail", "phone", "link"):
        setattr(kept, name, getattr(kept, name) or getattr(other, name))
    kept.skills = [*kept.skills, *(s for s in other.skills if s not in kept.skills)]
    kept.inform_by = min(kept.inform_by, other.inform_by)
    session.execute(
        update(Recommendation)
        .where(Recommendation.lead_id == other_id)
        .values(lead_id=kept_id)
        .execution_options(synchronize_session=False)
    )
    session.delete(other)
    session.flush()
    rekey(session, kept)
    audit(session, by, "leads_merged", {"lead": kept_id, "gone": other_id})
