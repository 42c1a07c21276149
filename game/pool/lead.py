"""Changing leads: corrected, told."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool import keys
from game.pool.doubles import compare_again
from game.privacy import notice
from game.privacy.audit import audit
from game.rules.listed import split
from game.rules.person import match_keys, reached, squeeze
from game.store.tables import Lead

PLAIN = {"name": 80, "role": 120, "company": 120}
REACH = ("mail", "phone", "link")


def clean(typed: Mapping[str, object], country: str = "FR") -> dict[str, object]:
    """Typed fields in their normal form. Raises Refusal naming each that cannot be one."""
    values: dict[str, object] = {}
    fields: dict[str, str] = {}
    for name, most in PLAIN.items():
        values[name] = text = squeeze(str(typed.get(name, "")))
        if len(text) > most:
            fields[name] = "too_long"
    if not values["name"]:
        fields["name"] = "name_missing"
    for name in REACH:
        given = str(typed.get(name, "")).strip()
        values[name] = reached(name, given, country) if given else ""
        if given and not values[name]:
            fields[name] = f"{name}_invalid"
    skills = map(squeeze, split(str(typed.get("skills", ""))))
    values["skills"] = [skill[:60] for skill in skills if skill][:24]
    if fields:
        raise Refusal("bad_input", fields)
    return values


def correct(
    session: Session,
    lead_id: str,
    typed: Mapping[str, object],
    by: str | None,
    country: str = "FR",
) -> None:
    """Corrects a lead; `by` is the user who does. Raises Refusal.

    A phone number without a country code is of `country`.
    """
    lead = session.get_one(Lead, lead_id)
    was = set(match_keys(lead))
    cleaned = clean(typed, country)
    new = {name: value for name, value in cleaned.items() if getattr(lead, name) != value}
    for name, value in new.items():
        setattr(lead, name, value)
    know_anew(session, lead, was)
    audit(session, by, "lead_corrected", {"lead": lead_id, "fields": sorted(new)})


def know_anew(session: Session, lead: Lead, was: Collection[str]) -> None:
    """A lead that was changed by hand is recognised by what it says now, and compared anew.

    `was` is what recognised it by its own fields before; what it got otherwise stays.
    """
    lead.corrected_at = now_ms()
    session.flush()
    compare_again(session, [lead.id])
    had = keys.keys_by_lead(session.connection(), [lead.id])[lead.id]
    keys.replace(session.connection(), {lead.id: had.difference(was).union(match_keys(lead))})


def note_informed(session: Session, lead_id: str, by: str | None) -> None:
    """Notes that the person was told who holds their data, and why, by the newest notice."""
    lead, version = session.get_one(Lead, lead_id), notice.newest(session)
    lead.informed_at = lead.informed_at or now_ms()
    lead.notice_version = version
    audit(session, by, "lead_informed", {"lead": lead_id, "notice": version})
