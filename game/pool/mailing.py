"""A message to one person or to many: made, stopped, and told how it goes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.letter import Text, barred
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import Job, Lead, Letter, Mailing

MOST = 5_000  # people at once
SHOWN = 200
STATES = ("waiting", "sending", "sent", "skipped", "refused", "unsure", "cancelled")


@dataclass
class Reach:
    """Whom a message reaches: `leads` may be written to, `barred` counts why others may not."""

    leads: list[str] = field(default_factory=list)
    barred: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        session: Session,
        secret: str,
        leads: Sequence[Lead],
        text: Text,
        values: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Looks at some more people; `values` are what the fields are filled with, by lead."""
        bars = barred(session, secret, leads, text.kind)
        for lead in leads:
            code = bars.get(lead.id) or ("lacks_field" if text.lacking(values[lead.id]) else "")
            if code:
                self.barred[code] += 1
            else:
                self.leads.append(lead.id)


def make(session: Session, text: Text, lead_ids: Iterable[str], by: str) -> str:
    """A mailing to these people, each once; returns its id. A job sends it."""
    now = now_ms()
    made = Mailing(
        name=text.name or text.subject[:80],
        lang=text.lang,
        kind=text.kind,
        subject=text.subject,
        body=text.body,
        template_id=text.template_id,
        user_id=by,
        created_at=now,
    )
    session.add(made)
    session.flush()
    same = {"mailing_id": made.id, "state": "waiting", "reason": "", "subject": "", "body": ""}
    rows = [{**same, "id": new_id(), "lead_id": id, "at": now} for id in dict.fromkeys(lead_ids)]
    if rows:
        session.execute(insert(Letter), rows)
    audit(session, by, "mailing_made", {"mailing": made.id, "count": len(rows)})
    return made.id


def make_one(session: Session, text: Text, lead_id: str, filled: tuple[str, str], by: str) -> str:
    """A message to one person, whose words go when the person goes; returns the mailing's id."""
    bare = Text(text.lang, text.kind, "", "", text.name, text.template_id)
    made = make(session, bare, [lead_id], by)
    own = {"subject": filled[0], "body": filled[1]}
    session.execute(update(Letter).where(Letter.mailing_id == made).values(**own))
    return made


def existing(session: Session, mailing_id: str) -> Mailing:
    """The mailing of this id. Raises Refusal where there is none."""
    found = session.get(Mailing, mailing_id)
    if found is None:
        raise Refusal("unknown_mailing")
    return found


def stop(session: Session, mailing_id: str, by: str) -> int:
    """What has not left yet stays; returns to how many."""
    waiting = update(Letter).where(Letter.mailing_id == mailing_id, Letter.state == "waiting")
    stopped = session.execute(waiting.values(state="cancelled", at=now_ms()).returning(Letter.id))
    count = len(stopped.all())
    audit(session, by, "mailing_stopped", {"mailing": mailing_id, "count": count})
    return count


def states(session: Session, mailing_id: str) -> dict[str, int]:
    """How many letters are in each state, those that there are."""
    rows = session.execute(
        select(Letter.state, func.count())
        .where(Letter.mailing_id == mailing_id)
        .group_by(Letter.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found[state] for state in STATES if state in found}


def letters_of(session: Session, mailing_id: str) -> Sequence[Row[Letter, Lead]]:
    """(letter, lead) of a mailing, what needs a look first, then by name."""
    rows = (
        select(Letter, Lead)
        .join(Lead, Lead.id == Letter.lead_id)
        .where(Letter.mailing_id == mailing_id)
        .order_by(Letter.state.in_(("sent", "waiting")), Letter.state, Lead.folded)
    )
    return session.execute(rows.limit(SHOWN)).all()


def mailings(session: Session, most: int = 30) -> Sequence[Row[Mailing, str | None, int]]:
    """(mailing, state of its job, how many letters), the newest first."""
    count = select(func.count()).where(Letter.mailing_id == Mailing.id).scalar_subquery()
    rows = select(Mailing, Job.state, count).outerjoin(Job, Job.id == Mailing.job_id)
    return session.execute(rows.order_by(Mailing.created_at.desc()).limit(most)).all()


def note_shown(session: Session, mailing_id: str, count: int, by: str) -> None:
    """So many people of a mailing are about to be shown."""
    audit(session, by, "mailing_shown", {"mailing": mailing_id, "count": count})
