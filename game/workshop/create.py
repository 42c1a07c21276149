"""Making a workshop: new, as a copy, or the ready-made demonstration; and deleting one."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.languages import SOURCE
from game.pool import rehearsal
from game.privacy.audit import audit
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.shapes import MOST_TEAMS, shape_of
from game.store.base import new_id
from game.store.tables import BriefRow, Logo, RoundRow, Team, Workshop
from game.workshop import agenda
from game.workshop.code import expiry, new_code
from game.workshop.state import agenda_of

TEAM_NAMES = {
    "fr": (
        "Les Gouttes",
        "Les Feuilles",
        "Les Galets",
        "Les Flammes",
        "Les Étoiles",
        "Les Coquilles",
    ),
    "en": ("Drops", "Leaves", "Stones", "Flames", "Stars", "Shells"),
}

WORN = ("theme", "tones", "welcome", "colour_act", "colour_earn", "wifi_name", "wifi_password")

DEMO_NAMES = {"fr": "Atelier de démonstration", "en": "Demonstration workshop"}


def team_names(lang: str) -> tuple[str, ...]:
    """Names that teams may have, in a language, or in the one of the texts."""
    return TEAM_NAMES.get(lang, TEAM_NAMES[SOURCE])


def create(
    session: Session,
    *,
    user_id: str | None,
    name: str,
    lang: str,
    held_on: date | None,
    agenda_key: str | None,
    pack: Pack,
    also: Iterable[Pack] = (),
) -> Workshop:
    """A new workshop in draft, with the rounds of a ready-made agenda if one is named.

    `also` are the packs in which its briefs may be said in other languages.
    """
    now = now_ms()
    workshop = Workshop(
        id=new_id(),
        name=name,
        lang=lang,
        held_on=held_on,
        code=new_code(session),
        code_expires_at=expiry(held_on, now),
        created_by=user_id,
        created_at=now,
    )
    session.add(workshop)
    session.flush()
    chosen = next((a for a in pack.agendas if a.key == agenda_key), None)
    if chosen:
        workshop.minutes = chosen.minutes
        agenda.fill(session, workshop, chosen.rounds, pack, also)
    return workshop


def set_teams(session: Session, workshop: Workshop, teaming: str, names: Sequence[str]) -> None:
    """Teams on ('free', 'balanced', 'department') with these names, at most forty; or 'none'."""
    workshop.teaming = teaming
    rows = list(session.scalars(select(Team).where(Team.workshop_id == workshop.id)))
    kept = sorted(rows, key=lambda row: row.place)
    wanted = [] if teaming == "none" else [n.strip()[:40] for n in names if n.strip()][:MOST_TEAMS]
    for place, name in enumerate(wanted):
        if place < len(kept):
            kept[place].name = name
        else:
            shape = shape_of(place)
            session.add(Team(workshop_id=workshop.id, name=name, shape=shape, place=place))
    for row in kept[len(wanted) :]:
        session.delete(row)
    session.flush()


def copy(session: Session, workshop_id: str, *, user_id: str | None, name: str) -> Workshop:
    """A draft with the same agenda, briefs, teams, door and points; nobody and nothing played."""
    old = session.get_one(Workshop, workshop_id)
    now = now_ms()
    new = Workshop(
        id=new_id(),
        name=name,
        lang=old.lang,
        held_on=None,
        code=new_code(session),
        code_expires_at=expiry(None, now),
        asks=old.asks,
        presence=old.presence,
        moderated=old.moderated,
        capture=old.capture,
        points=dict(old.points),
        minutes=old.minutes,
        boards=old.boards,
        auto=old.auto,
        after_days=old.after_days,
        own=dict(old.own),
        created_by=user_id,
        created_at=now,
        **{name: getattr(old, name) for name in WORN},
    )
    session.add(new)
    session.flush()
    logo = session.get(Logo, old.id)
    if logo:
        worn = {"kind": logo.kind, "digest": logo.digest, "content": logo.content}
        session.add(Logo(workshop_id=new.id, **worn))
    set_teams(session, new, old.teaming, _team_names(session, old.id))
    _copy_rounds(session, old.id, new.id)
    return new


def _team_names(session: Session, workshop_id: str) -> list[str]:
    rows = select(Team.name).where(Team.workshop_id == workshop_id).order_by(Team.place)
    return list(session.scalars(rows))


def _copy_rounds(session: Session, old_id: str, new_id_: str) -> None:
    briefs: dict[str, str] = {}
    for brief in session.scalars(select(BriefRow).where(BriefRow.workshop_id == old_id)):
        briefs[brief.id] = new_id()
        session.add(
            BriefRow(
                id=briefs[brief.id],
                workshop_id=new_id_,
                key=brief.key,
                title=brief.title,
                trade=brief.trade,
                must_haves=list(brief.must_haves),
                where=brief.where,
                why=brief.why,
                pay=brief.pay,
                requisition_ref=brief.requisition_ref,
                own=brief.own,
                lang=brief.lang,
                translations=brief.translations,
            )
        )
    session.flush()
    for row in agenda_of(session, old_id):
        session.add(
            RoundRow(
                workshop_id=new_id_,
                place=row.place,
                kind=row.kind,
                title=row.title,
                brief_id=briefs.get(row.brief_id or ""),
                seconds=row.seconds,
                options=_own_options(row),
                notes=row.notes,
                warm_up=row.warm_up,
            )
        )
    session.flush()


def _own_options(row: RoundRow) -> dict[str, object]:
    """The options of a round, without what the room itself had written."""
    kind = kinds().get(row.kind)
    if kind is None or kind.votes_on is None:
        return dict(row.options)
    return {**row.options, **kind.votes_on(())}


def delete(session: Session, workshop_id: str, by: str | None) -> None:
    """Deletes a workshop with its players, answers and points; its leads stay in the pool.

    Those of a demonstration or a rehearsal never were there, and go with it.
    """
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.sort != "real":
        rehearsal.forget(session, workshop_id, by)
    session.delete(workshop)
    session.flush()
    audit(session, by, "workshop_deleted", {"workshop": workshop_id})


def create_demo(
    session: Session, pack: Pack, user_id: str | None = None, also: Iterable[Pack] = ()
) -> Workshop:
    """The ready-made demonstration: the shortest agenda, with balanced teams, its lobby open."""
    shortest = min(pack.agendas, key=lambda a: a.minutes)
    workshop = create(
        session,
        user_id=user_id,
        name=DEMO_NAMES.get(pack.lang, DEMO_NAMES[SOURCE]),
        lang=pack.lang,
        held_on=None,
        agenda_key=shortest.key,
        pack=pack,
        also=also,
    )
    set_teams(session, workshop, "balanced", team_names(pack.lang)[:3])
    workshop.stage, workshop.sort = "lobby", "demo"
    session.flush()
    return workshop
