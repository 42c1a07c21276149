"""A message to a person: what its fields are filled with, and why it may not be sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import wording_choice
from game.pool.rehearsal import REAL
from game.privacy import inform, notice
from game.privacy.objection import objected_among
from game.rules import letter
from game.rules.name_parts import first_and_last
from game.rules.pack import Pack
from game.rules.touch import NOTICE
from game.rules.translation import brief_in
from game.store.tables import BriefRow, Lead, Recommendation, User, Workshop


@dataclass(frozen=True)
class Text:
    """A message with its fields still in it."""

    lang: str
    kind: str
    subject: str
    body: str
    name: str = ""
    template_id: str | None = None

    def filled(self, values: Mapping[str, str]) -> tuple[str, str]:
        """(subject, body) for one person."""
        subject = letter.fill(self.subject, self.lang, values)
        return " ".join(subject.split()), letter.fill(self.body, self.lang, values)

    @property
    def has_notice(self) -> bool:
        """Does it say the notice?"""
        return letter.NOTICE in letter.used(self.body, self.lang)

    def lacking(self, values: Mapping[str, str]) -> set[str]:
        """The fields that it has and for which nothing is known."""
        return letter.lacking(f"{self.subject}\n{self.body}", self.lang, values)


def values_of(
    session: Session,
    leads: Sequence[Lead],
    writer: User | None,
    pack: Pack,
    origins: Mapping[str, str],
    page: Callable[[Lead], str] | None = None,
) -> dict[str, dict[str, str]]:
    """What the fields are filled with, by lead; empty where nothing is known.

    `origins` says in words where data come from, by a lead's origin, and `page` the address of a
    lead's own page: the notice tells both.
    """
    version = notice.newest(session) or 0
    notices = {origin: _notice(session, version, pack, said) for origin, said in origins.items()}
    briefs = _briefs(session, [lead.id for lead in leads], pack.lang)
    who = (writer.name or writer.mail) if writer else ""
    found = {}
    for lead in leads:
        first, last = first_and_last(lead.name)
        found[lead.id] = {
            "first_name": first or last,
            "last_name": last if first else lead.name,
            "company": lead.company,
            "role": lead.role,
            "brief": briefs.get(lead.id, ""),
            "recruiter": who,
            "notice": with_page(
                notices.get(lead.origin) or _notice(session, version, pack, lead.origin),
                pack,
                page(lead) if page else "…",
            ),
        }
    return found


def notice_text(session: Session, pack: Pack, source: str) -> str:
    """The notice that is given today, in a language; its published version where there is one."""
    return _notice(session, notice.newest(session) or 0, pack, source)


def with_page(text: str, pack: Pack, link: str) -> str:
    """A notice, and the address where its rights are one gesture away."""
    return f"{text}\n\n{pack.notices.own_page.replace('{link}', link)}"


def _notice(session: Session, version: int, pack: Pack, source: str) -> str:
    given = notice.given(session, version, pack.lang, source)
    if given is None:
        return " ".join(pack.notices.told_to_contacts.split())
    parts = ("\n".join((part.heading, *part.paragraphs)) for part in given.parts)
    return "\n\n".join(parts)


def _briefs(session: Session, lead_ids: Sequence[str], lang: str) -> dict[str, str]:
    """What the position that each was named for last is called in adverts, in a language."""
    rows = session.execute(
        select(Recommendation.lead_id, BriefRow)
        .join(BriefRow, BriefRow.id == Recommendation.brief_id)
        .join(Workshop, Workshop.id == BriefRow.workshop_id)
        .where(Recommendation.lead_id.in_(lead_ids), REAL)
        .order_by(Recommendation.at, Recommendation.id)
    ).all()
    called = wording_choice.advertised(session, {brief.title for _, brief in rows}, lang)
    return {id: called.get(brief.title) or _title(brief, lang) for id, brief in rows}


def _title(brief: BriefRow, lang: str) -> str:
    return brief_in(brief, brief.translations, lang).title


def barred(session: Session, secret: str, leads: Sequence[Lead], kind: str) -> dict[str, str]:
    """Why these leads must not be written to, as codes; those who may are not in it."""
    ids = [lead.id for lead in leads]
    purpose: inform.Purpose = "notice" if kind == NOTICE else "contact"
    found = {lead.id: "no_mail" for lead in leads if not lead.mail}
    found |= inform.barred(session, ids, purpose, day_of(now_ms()))
    return found | dict.fromkeys(objected_among(session, secret, ids), "objected")
