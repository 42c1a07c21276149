"""All that is held of one person, for that person: what, from whom, why, since when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.days import day_of
from game.base.speech import marked as _
from game.base.speech import speaker
from game.pool import offered, own_dealings, sound, trace, wording_choice
from game.pool.own_dealings import Planned, Went, Wrote
from game.pool.source import recommender, source_of
from game.pool.tag import tags_of
from game.pool.trace import Said
from game.rules.facts import INVITED
from game.store.tables import (
    Colleague,
    CvReading,
    Draft,
    GridInterview,
    GridPassage,
    Interview,
    Lead,
    Touchpoint,
)

OWN = ("occasion:", INVITED)  # how the slots begin of those who entered themselves
YOURSELF = _("Vous-même")


class Labels(Protocol):
    """What keys are called in the reader's language."""

    @property
    def channels(self) -> Mapping[str, str]: ...
    @property
    def relationships(self) -> Mapping[str, str]: ...
    @property
    def reasons(self) -> Mapping[str, str]: ...
    @property
    def verdicts(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class SaidOf:
    """What one person said. `by` is empty unless they agreed that their name be told."""

    by: str
    on: date
    relationship: str
    position: str
    reasons: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Judged:
    """What a recruiter judged."""

    on: date
    verdict: str
    reason: str


@dataclass(frozen=True)
class Exchange:
    """One contact that took place: of what kind, by which way, and whether the person spoke."""

    on: date
    kind: str
    medium: str
    theirs: bool
    note: str


@dataclass(frozen=True)
class Met:
    """A talk with a colleague that they asked for; what they asked is not told here.

    Their page may be seen by whoever handed its link on: questions went to them by mail.
    """

    on: date | None
    whom: str
    words: str


@dataclass(frozen=True)
class Drafted:
    """A message that a model helped to draft, sent or not; names in it are places still."""

    on: date
    by: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Noted:
    """What a recruiter noted of one must-have of a post beside a CV."""

    on: date
    position: str
    must_have: str
    state: str
    question: str


@dataclass(frozen=True)
class Answered:
    """What was noted of an interview, and under which question somebody filed it, if they did."""

    on: date
    question: str
    text: str


@dataclass(frozen=True)
class Offered:
    """A way to reach them that somebody typed under their name: kept, and not used."""

    on: date
    where: str
    value: str


@dataclass(frozen=True)
class Recorded:
    """That they agreed to be recorded, and what became of it; the sound itself is never kept."""

    on: date
    state: str


@dataclass(frozen=True)
class OwnFile:
    """Everything, in the reader's words."""

    name: str
    role: str
    company: str
    skills: tuple[str, ...]
    mail: str
    phone: str
    link: str
    channel: str
    collected_on: date
    source: str
    informed_on: date | None
    notice: int | None
    agreed_on: date | None
    kept_until: date | None
    objected_on: date | None
    hired_on: date | None
    not_now_on: date | None
    tags: tuple[str, ...]
    said: tuple[SaidOf, ...]
    judged: tuple[Judged, ...]
    exchanges: tuple[Exchange, ...]
    planned: tuple[Planned, ...]
    letters: tuple[Wrote, ...]
    went: tuple[Went, ...]
    talks: tuple[Met, ...]
    drafts: tuple[Drafted, ...]
    noted: tuple[Noted, ...]
    cv: str
    interviews: tuple[Answered, ...]
    offered: tuple[Offered, ...]
    sounds: tuple[Recorded, ...]
    transcribed: bool

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return asdict(self)


def own_file(
    session: Session, lead: Lead, words: Labels, lang: str, tool: Callable[[str], str] = str
) -> OwnFile:
    """What is held of a lead. `words` are the labels of a file in the reader's language, `tool`
    says what a system is called to which people are sent, by its key."""
    said = trace.said_of(session, [lead.id])
    posts = {brief.title for _one, _player, _workshop, brief, _round in said if brief}
    called = wording_choice.advertised(session, posts, lang)
    return OwnFile(
        **{name: getattr(lead, name) for name in ("name", "role", "company", "mail", "phone")},
        skills=tuple(lead.skills),
        link=lead.link,
        channel=words.channels.get(lead.channel, lead.channel),
        collected_on=day_of(lead.created_at),
        source=source_of(lead, said, lang),
        notice=lead.notice_version,
        kept_until=lead.kept_until,
        informed_on=_day(lead.informed_at),
        agreed_on=_day(lead.agreed_at),
        objected_on=_day(lead.objected_at),
        hired_on=_day(lead.hired_at),
        not_now_on=_day(lead.not_now_at),
        tags=tuple(tags_of(session, lead.id)),
        said=tuple(_said(row, words, lang, called) for row in said),
        judged=tuple(
            Judged(day_of(row[0].at), words.verdicts.get(row[0].verdict, ""), row[0].reason)
            for row in trace.verdicts_of(session, lead.id)
        ),
        exchanges=tuple(_exchanges(session, lead.id)),
        planned=tuple(own_dealings.planned(session, lead.id)),
        letters=tuple(own_dealings.letters(session, lead.id)),
        went=tuple(own_dealings.went(session, lead.id, tool)),
        talks=tuple(_talks(session, lead.id)),
        drafts=tuple(_drafts(session, lead.id)),
        noted=tuple(_noted(session, lead.id)),
        cv="\n\n".join(one.text for one in _readings(session, lead.id) if one.text),
        interviews=tuple(_answers(session, lead.id)),
        offered=tuple(
            Offered(day_of(one.at), one.occasion, one.value)
            for one in offered.of_lead(session, lead.id)
        ),
        sounds=tuple(_sounds(session, lead.id)),
        transcribed=sound.may_withdraw(session, lead.id),
    )


def _day(at: int | None) -> date | None:
    return day_of(at) if at else None


def _answers(session: Session, lead_id: str) -> Iterator[Answered]:
    rows = select(GridInterview, GridPassage).join(
        GridPassage, GridPassage.interview_id == GridInterview.id
    )
    mine = rows.where(GridInterview.lead_id == lead_id)
    for talk, one in session.execute(mine.order_by(GridInterview.began_at, GridPassage.place)):
        asked = {str(question["key"]): str(question["text"]) for question in talk.questions}
        yield Answered(day_of(talk.began_at), asked.get(one.filed, ""), one.text)


def _sounds(session: Session, lead_id: str) -> Iterator[Recorded]:
    for one, _talk in sound.of_lead(session, lead_id):
        yield Recorded(day_of(one.agreed_at), one.state)


def _drafts(session: Session, lead_id: str) -> Iterator[Drafted]:
    mine = (Draft.lead_id == lead_id, Draft.answer.is_not(None))
    for one in session.scalars(select(Draft).where(*mine).order_by(Draft.created_at)):
        found = (one.answer or {}).get("drafts")
        texts = found if isinstance(found, list) else []
        told = tuple(f"{text['subject']}\n\n{text['body']}" for text in texts)
        yield Drafted(day_of(one.created_at), one.made_by, told)


def _readings(session: Session, lead_id: str) -> Sequence[CvReading]:
    mine = select(CvReading).where(CvReading.lead_id == lead_id)
    return session.scalars(mine.order_by(CvReading.created_at)).all()


def _noted(session: Session, lead_id: str) -> Iterator[Noted]:
    for one in _readings(session, lead_id):
        for line in one.noted:
            if line["state"] or line["question"]:
                yield Noted(day_of(one.created_at), one.title, **line)


def _talks(session: Session, lead_id: str) -> Iterator[Met]:
    rows = select(Interview, Colleague.name).join(
        Colleague, Colleague.id == Interview.colleague_id, isouter=True
    )
    mine = rows.where(Interview.lead_id == lead_id).order_by(Interview.opened_at)
    for one, whom in session.execute(mine):
        yield Met(_day(one.at), whom or "", one.words)


def _exchanges(session: Session, lead_id: str) -> Iterator[Exchange]:
    done = (Touchpoint.lead_id == lead_id, Touchpoint.done_at.is_not(None))
    for one in session.scalars(select(Touchpoint).where(*done).order_by(Touchpoint.done_at)):
        on, theirs = day_of(one.done_at or 0), one.direction == "in"
        yield Exchange(on, one.kind, one.medium, theirs, one.note)


def _said(row: Said, words: Labels, lang: str, called: Mapping[str, str]) -> SaidOf:
    one, _player, _workshop, brief, _round = row
    return SaidOf(
        by=speaker(lang)(YOURSELF) if one.slot.startswith(OWN) else recommender(row),
        on=day_of(one.at),
        relationship=words.relationships.get(one.relationship, one.relationship),
        position=called.get(brief.title, brief.title) if brief else "",
        reasons=tuple(words.reasons.get(key, key) for key in one.reasons),
        reason=one.reason,
    )
