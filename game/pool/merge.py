"""Two leads that are one person are made one; and parted again, should that have been wrong."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.pool import doubles, keys, letters_merged
from game.pool import tags_merged as tags
from game.pool.belongings import MORE
from game.pool.composed import FILLED, recompose
from game.pool.verdict import Usual, follow
from game.privacy import objection
from game.privacy.audit import audit
from game.rules.person import match_keys
from game.store.tables import FormerKey, Lead, LeadKey, Merge, Recommendation, Touchpoint, Verdict

DAYS = ("inform_by", "kept_until")  # columns that JSON keeps as text


def merge(
    session: Session,
    kept_id: str,
    other_id: str,
    user_id: str | None,
    usual: Usual,
    reasons: Sequence[str] = (),
) -> set[str]:
    """Makes two leads one; returns the workshops whose boards follow.

    What the kept one lacks comes from the other, which goes; so do all that was said of it, its
    verdicts (the newest of both counts), its keys, the leads that it was merged from, and whatever
    else any table has of it. Whoever was decided not to be the other is not the kept one either.
    Where either objected, what was planned or agreed for the other ends.
    `reasons` are the keys of why. Raises Refusal where both are the same.
    """
    if kept_id == other_id:
        raise Refusal("bad_input", {"other": "invalid"})
    kept, other = session.get_one(Lead, kept_id), session.get_one(Lead, other_id)
    letters_merged.settle(session, other_id, kept_id)
    made = _noted(session, kept, other, reasons, user_id)
    session.add(made)
    kept.corrected_at = now_ms()
    session.flush()
    _bring(session, made, other_id, kept_id)
    if kept.objected_at:
        objection.stop(session, kept_id)
    made.made = doubles.keep_apart(session, kept_id, made.apart, user_id)
    doubles.compare_again(session, [kept_id])
    former = session.scalars(select(FormerKey.key).where(FormerKey.lead_id == other_id)).all()
    keys.remember(session.connection(), {kept_id: [*former, *made.keys]})
    session.execute(delete(Lead).where(Lead.id == other_id))
    recompose(session.connection(), [kept_id])
    session.expire_all()
    audit(session, user_id, "leads_merged", {"kept": kept_id, "other": other_id})
    return follow(session, kept_id, usual)


def _noted(
    session: Session, kept: Lead, other: Lead, reasons: Sequence[str], user_id: str | None
) -> Merge:
    """What a merge has to know to be taken apart again; the kept one is filled by it."""
    return Merge(
        kept_id=kept.id,
        other=_columns(other),
        filled=_fill(kept, other),
        recommendations=_ids(session, Recommendation, other.id),
        verdicts=_ids(session, Verdict, other.id),
        touchpoints=_ids(session, Touchpoint, other.id),
        keys=sorted(keys.keys_by_lead(session.connection(), [other.id])[other.id]),
        merges=list(session.scalars(select(Merge.id).where(Merge.kept_id == other.id))),
        moved={
            name: found for name, table in MORE.items() if (found := table.ids(session, other.id))
        },
        tags=tags.give(session, other.id, kept.id),
        apart=[id for id in doubles.apart_from(session, other.id) if id != kept.id],
        reasons=list(reasons),
        user_id=user_id,
        at=now_ms(),
    )


def became(session: Session, lead_id: str) -> str | None:
    """The lead that one of this id is part of now; None where it was merged into none."""
    about = select(Merge.kept_id).where(Merge.other["id"].as_string() == lead_id)
    found = session.scalars(about.order_by(Merge.at.desc())).first()
    return str(found) if found else None


def which_stays(one: Lead, other: Lead) -> tuple[Lead, Lead]:
    """(the one to keep, the other): somebody worked on the first, else it is the older one."""
    kept, gone = sorted((one, other), key=_touched)
    return kept, gone


def _touched(lead: Lead) -> tuple[bool, bool, bool, int, str]:
    untold = not lead.informed_at
    return (not lead.verdict, untold, not lead.corrected_at, lead.created_at, lead.id)


def _ids(
    session: Session, table: type[Recommendation | Verdict | Touchpoint], lead_id: str
) -> list[str]:
    return list(session.scalars(select(table.id).where(table.lead_id == lead_id)))


def _columns(lead: Lead) -> dict[str, object]:
    values = {name: getattr(lead, name) for name in inspect(Lead).column_attrs.keys()}  # noqa: SIM118
    days = {name: day.isoformat() for name, day in values.items() if isinstance(day, date)}
    return {**values, **days}


def _fill(kept: Lead, other: Lead) -> dict[str, object]:
    """Fills in what the kept lead lacks; returns what those fields were before."""
    before: dict[str, object] = {}
    for name in (*FILLED, "informed_at", "hired_at", "objected_at", "not_now_at"):
        if not getattr(kept, name) and getattr(other, name):
            before[name] = getattr(kept, name)
            setattr(kept, name, getattr(other, name))
    if "informed_at" in before:  # and by which notice
        before["notice_version"], kept.notice_version = kept.notice_version, other.notice_version
    if other.origin == "import" != kept.origin:  # the pool knew them
        before["origin"], kept.origin = kept.origin, other.origin
    more = [skill for skill in other.skills if skill not in kept.skills]
    if more:
        before["skills"] = kept.skills
        kept.skills = [*kept.skills, *more]
    if other.inform_by < kept.inform_by:
        before["inform_by"] = kept.inform_by.isoformat()
        kept.inform_by = other.inform_by
    chosen = _chosen(kept, other)
    if chosen != (kept.agreed_at, kept.kept_until):
        before["agreed_at"], before["kept_until"] = kept.agreed_at, _day(kept.kept_until)
        kept.agreed_at, kept.kept_until = chosen
    return before


def _chosen(kept: Lead, other: Lead) -> tuple[int | None, date | None]:
    """When they agreed to be kept and until when, as they said last; nothing of who objected."""
    if kept.objected_at:
        return None, None
    newer = max(kept, other, key=lambda lead: lead.agreed_at or 0)
    return newer.agreed_at, newer.kept_until


def _day(kept: date | None) -> str | None:
    return kept.isoformat() if kept else None


def _bring(session: Session, made: Merge, was: str, now: str) -> None:
    """What belongs to one lead belongs to the other from now on."""
    rows = session.execute(
        select(Recommendation.player_id, Recommendation.round_id, Recommendation.slot).where(
            Recommendation.id.in_(made.recommendations)
        )
    )
    slots = [(str(player), str(round_id), slot) for player, round_id, slot in rows]
    ledger.pass_on(session, slots, was, now)
    moves = (
        (Recommendation, Recommendation.id, Recommendation.lead_id, made.recommendations),
        (Verdict, Verdict.id, Verdict.lead_id, made.verdicts),
        (Touchpoint, Touchpoint.id, Touchpoint.lead_id, made.touchpoints),
        (LeadKey, LeadKey.key, LeadKey.lead_id, made.keys),
        (Merge, Merge.id, Merge.kept_id, made.merges),
    )
    for table, id, owner, ids in moves:
        session.execute(
            update(table)
            .where(id.in_(ids), owner == was)
            .values({owner.key: now})
            .execution_options(synchronize_session=False)
        )
    for name, ids in made.moved.items():
        MORE[name].move(session, ids, was, now)


def unmerge(session: Session, merge_id: str, user_id: str | None, usual: Usual) -> set[str]:
    """Parts two leads again, each with what it had; returns the workshops whose boards follow.

    What the kept lead was given since stays with it, and the two are remembered as two people.
    Raises Refusal where there is no such merge.
    """
    made = session.get(Merge, merge_id)
    if made is None:
        raise Refusal("unknown_lead")
    kept, other_id = session.get_one(Lead, made.kept_id), str(made.other["id"])
    days = {n: date.fromisoformat(str(made.other[n])) for n in DAYS if made.other.get(n)}
    session.add(Lead(**{**made.other, **days}))
    _empty(kept, made)
    session.flush()
    own = set(match_keys(kept))
    made.keys = [key for key in made.keys if key not in own]
    _bring(session, made, kept.id, other_id)
    tags.give_back(session, made.tags, kept.id, other_id)
    doubles.forget_apart(session, kept.id, made.made)
    since = doubles.apart_from(session, kept.id, made.at)  # decided of both
    doubles.keep_apart(session, other_id, [*made.apart, *since, kept.id], user_id)
    doubles.compare_again(session, [kept.id, other_id])
    session.delete(made)
    audit(session, user_id, "leads_parted", {"kept": kept.id, "other": other_id})
    kept_id = kept.id
    session.flush()
    recompose(session.connection(), [kept_id, other_id])
    session.expire_all()
    return follow(session, kept_id, usual) | follow(session, other_id, usual)


def _texts(kept: object) -> list[str]:
    return [str(text) for text in kept] if isinstance(kept, list) else []


def _empty(kept: Lead, made: Merge) -> None:
    """Takes back what was filled in, where nobody has changed it since."""
    for name, before in made.filled.items():
        if name == "skills":
            came = set(_texts(made.other["skills"])) - set(_texts(before))
            kept.skills = [skill for skill in kept.skills if skill not in came]
        elif name == "inform_by":
            kept.inform_by = date.fromisoformat(str(before))
        elif name == "kept_until":
            if _day(kept.kept_until) == made.other[name]:
                kept.kept_until = date.fromisoformat(str(before)) if before else None
        elif getattr(kept, name) == made.other[name]:
            setattr(kept, name, before)
