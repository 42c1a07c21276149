"""One person as other systems are told of them: everything that a column may hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from sqlalchemy.orm import Session

from game.base.day_words import day_words
from game.base.days import day_of
from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.exports.words import Words
from game.pool import trace
from game.pool.recommender import told_name
from game.pool.trace import Said
from game.rules.name_parts import first_and_last
from game.rules.person import canonical_link
from game.store.tables import Lead, ToldOrigin

LONGEST = 2_000  # characters of a note
FIELDS: Mapping[str, str] = {  # what a column may hold, and what that is called
    "name": _("Nom complet"),
    "first_name": _("Prénom"),
    "last_name": _("Nom de famille"),
    "role": _("Métier"),
    "company": _("Entreprise"),
    "skills": _("Compétences"),
    "mail": _("Mail"),
    "phone": _("Téléphone"),
    "link": _("Lien"),
    "linkedin": _("Lien LinkedIn"),
    "website": _("Autre lien"),
    "channel": _("Canal"),
    "type": _("Type"),
    "brief": _("Poste visé"),
    "requisition_ref": _("Référence"),
    "workshop": _("Atelier"),
    "recommender": _("Recommandée par"),
    "relationship": _("Relation"),
    "reason": _("En quelques mots"),
    "notice": _("Notice donnée"),
    "note": _("Note, avec la notice"),
    "id": _("Identifiant"),
}


class Origin(TypedDict):
    """Where a person comes from, by one recommendation; the fields are those of Person."""

    type: str
    known: bool
    brief: str
    requisition_ref: str
    workshop: str
    recommender: str
    recommender_mail: str
    relationship: str
    reason: str


@dataclass(frozen=True)
class Person:
    """A lead with where it comes from. All texts, empty where nothing is known or may be told.

    `recommender` and `recommender_mail` need the recommender's yes; `known` says that they know the
    person; `notice` is the version and the day of the notice that was given, in words.
    """

    id: str
    name: str
    role: str = ""
    company: str = ""
    skills: tuple[str, ...] = ()
    mail: str = ""
    phone: str = ""
    link: str = ""
    channel: str = ""
    type: str = ""
    known: bool = False
    brief: str = ""
    requisition_ref: str = ""
    workshop: str = ""
    recommender: str = ""
    recommender_mail: str = ""
    relationship: str = ""
    reason: str = ""
    notice: str = ""
    note: str = ""

    @property
    def first_name(self) -> str:
        return first_and_last(self.name)[0]

    @property
    def last_name(self) -> str:
        return first_and_last(self.name)[1]

    @property
    def linkedin(self) -> str:
        return self.link if host(self.link) == "linkedin.com" else ""

    @property
    def github(self) -> str:
        return self.link if host(self.link) == "github.com" else ""

    @property
    def website(self) -> str:
        return self.link if self.link and not self.linkedin else ""

    def text(self, field: str) -> str:
        """What stands under one of FIELDS."""
        found = getattr(self, field)
        return ", ".join(found) if isinstance(found, tuple) else str(found)


def host(link: str) -> str:
    """Whose page a link is of, without www."""
    return canonical_link(link).partition("/")[0]


def persons(session: Session, leads: Sequence[Lead], words: Words, lang: str) -> Iterator[Person]:
    """These leads, in the words of a language; two statements for all of them."""
    said: dict[str, list[Said]] = {}
    every = trace.said_of(session, [lead.id for lead in leads])
    told = trace.told_of(session, [row[0].id for row in every if row[0].player_id is None])
    for row in every:
        said.setdefault(row[0].lead_id, []).append(row)
    for lead in leads:
        yield _person(lead, said.get(lead.id, []), told, words, lang)


def _person(
    lead: Lead, said: list[Said], told: Mapping[str, ToldOrigin], words: Words, lang: str
) -> Person:
    named = [row for row in said if told_name(row[0], row[1], told.get(row[0].id))]
    notice = notice_of(lead, lang)
    person = Person(
        id=lead.id,
        name=lead.name,
        role=lead.role,
        company=lead.company,
        mail=lead.mail,
        phone=lead.phone,
        link=lead.link,
        skills=tuple(lead.skills),
        channel=words.channels.get(lead.channel, lead.channel),
        notice=notice,
        note=_note(notice, said, told, words),
    )
    return replace(person, **_origin((named or said)[0], told, words)) if said else person


def _origin(row: Said, told: Mapping[str, ToldOrigin], words: Words) -> Origin:
    """Where somebody comes from, by this recommendation."""
    one, player, workshop, brief, _round = row
    came = told.get(one.id)
    by = told_name(one, player, came)
    where = (brief.title, brief.requisition_ref) if brief else ("", "")
    if came is not None:
        where = (came.brief, came.requisition_ref)
    return {
        "type": words.types["referral" if one.known else "source"],
        "known": one.known,
        "brief": where[0],
        "requisition_ref": where[1],
        "workshop": came.workshop if came else workshop.name if workshop else "",
        "recommender": by,
        "recommender_mail": player.work_mail if by and player else "",
        "relationship": words.relationships.get(one.relationship, one.relationship),
        "reason": one.reason,
    }


def _note(notice: str, said: Sequence[Said], told: Mapping[str, ToldOrigin], words: Words) -> str:
    """The notice first: it is never cut off. Then each recommendation, on the same line."""
    parts = [notice]
    for one, player, *_more in said:
        by = told_name(one, player, told.get(one.id))
        relation = words.relationships.get(one.relationship, one.relationship)
        who = f"{by} ({relation})" if by else relation
        parts.append(f"{who} : {one.reason}" if one.reason else who)
    return " – ".join(filter(None, parts))[:LONGEST]


GIVEN = _("Notice n° %(version)s donnée le %(day)s (Sourcerie).")
TOLD = _("Informée le %(day)s (Sourcerie).")
UNTOLD = _("Pas encore informée : à informer avant le %(day)s (Sourcerie).")


def notice_of(lead: Lead, lang: str) -> str:
    """Which notice a person was given, and when; or until when they must be."""
    text = UNTOLD if lead.informed_at is None else GIVEN if lead.notice_version else TOLD
    day = lead.inform_by if lead.informed_at is None else day_of(lead.informed_at)
    said = {"day": day_words(day, lang), "version": lead.notice_version}
    return typeset(speaker(lang)(text), lang) % said
