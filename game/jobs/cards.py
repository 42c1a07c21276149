"""What helpers are told of a person: gathered here from the database, and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.helpers.message import Card, Occasion, Text, Tone, facts_of, whole
from game.helpers.phrases import Fact, Piece, pieces
from game.pool.letter import values_of
from game.pool.recommender import told_name
from game.pool.trace import Said, said_of, told_of
from game.pool.wording_choice import advertised
from game.rules.pack import Pack
from game.rules.translation import brief_in
from game.store.tables import BriefRow, Lead, User, Workshop

POSITIONS = 30  # the newest that a message may be about


@dataclass(frozen=True)
class Asked:
    """What a recruiter wants a message for; `brief_id` may be empty."""

    lead_id: str
    occasion: Occasion
    tone: Tone
    lang: str
    brief_id: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Asked":
        """As a draft kept it."""
        return cls(**kept)  # type: ignore[arg-type]

    def plain(self) -> dict[str, str]:
        """As a draft keeps it: keys and identifiers."""
        return {name: str(value) for name, value in vars(self).items()}


@dataclass(frozen=True)
class Dealt:
    """A card, and the facts that its places are filled with afterwards."""

    card: Card
    facts: Mapping[str, Fact]
    phrases: Mapping[str, str]

    def subject(self, text: Text) -> tuple[Piece, ...]:
        """A draft's subject, in pieces."""
        return pieces(text.subject, self.facts)

    def body(self, text: Text, *, aided: bool) -> tuple[Piece, ...]:
        """What a draft becomes when it is sent, in pieces."""
        return pieces(whole(text, self.card, self.phrases, aided=aided), self.facts)


def phrases_of(pack: Pack) -> dict[str, str]:
    """A language's phrases by key."""
    return {phrase.key: phrase.text for phrase in pack.phrases}


def deal(
    session: Session,
    lead: Lead,
    asked: Asked,
    pack: Pack,
    by: User | None,
    origins: Mapping[str, str],
    page: str,
) -> Dealt:
    """The card of a person for a message. `page` is the address of their own page."""
    said = said_of(session, [lead.id])
    colleague, tie = _colleague(session, said)
    brief = session.get(BriefRow, asked.brief_id) if asked.brief_id else None
    about = brief_in(brief, brief.translations, pack.lang) if brief else None
    called = advertised(session, [brief.title], pack.lang) if brief else {}
    advert = _clean(called.get(brief.title, "")) if brief else ""
    phrases = phrases_of(pack)
    card = Card(
        lang=pack.lang,
        occasion=asked.occasion,
        tone=asked.tone,
        tie=tie if f"named-{tie}" in phrases else "other" if colleague else "",
        family=_from(lead, said, pack),
        named=bool(colleague),
        told=lead.informed_at is not None,
        role=_clean(lead.role),
        company=_clean(lead.company),
        skills=tuple(filter(None, map(_clean, lead.skills))),
        position=advert or (_clean(about.title) if about else ""),
        place=_clean(about.where) if about else "",
        pay=_clean(about.pay) if about else "",
    )
    values = values_of(session, [lead], by, pack, origins, lambda _: page)[lead.id]
    names = {
        "first_name": Fact(values["first_name"], "card"),
        "recruiter": Fact(values["recruiter"], "you"),
        "colleague": Fact(colleague, "consent"),
        "page": Fact(page, "page"),
        "notice": Fact(values["notice"], "notice"),
    }
    names |= {"position": Fact(advert, "advert")} if advert else {}
    known = {name: fact for name, fact in names.items() if fact.value}
    return Dealt(card, facts_of(card) | known, phrases)


def _clean(text: str) -> str:
    """One line, in which nothing passes for a place of ours."""
    return " ".join(text.replace("{", " ").replace("}", " ").split())


def _colleague(session: Session, said: Sequence[Said]) -> tuple[str, str]:
    """The name of who recommended, and how they know the person: with their yes, else nothing."""
    came = told_of(session, [row[0].id for row in said])
    for one, player, _workshop, _brief, _round in reversed(said):
        name = told_name(one, player, came.get(one.id))
        if name and one.known and not one.internal:
            return _clean(name), one.relationship
    return "", ""


def _from(lead: Lead, said: Sequence[Said], pack: Pack) -> str:
    """Where we have a person from, in a word that tells nobody's name."""
    if lead.origin == "workshop":
        return "" if not said or said[0][0].known else "spotted"
    if lead.origin == "invite":
        return "invite"
    of = {channel.key: family.key for family in pack.families for channel in family.channels}
    return of.get(lead.channel, "import")


def positions(session: Session) -> list[tuple[str, str]]:
    """(id, title) of the positions that a message may be about, the newest first, each once."""
    rows = session.execute(
        select(BriefRow.id, BriefRow.title)
        .join(Workshop, Workshop.id == BriefRow.workshop_id)
        .where(Workshop.sort == "real")
        .order_by(Workshop.created_at.desc(), BriefRow.title)
        .limit(POSITIONS * 3)
    )
    found: dict[str, str] = {}
    for id, title in rows:
        found.setdefault(title, id)
    return [(id, title) for title, id in list(found.items())[:POSITIONS]]
