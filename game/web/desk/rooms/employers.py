"""Employers to look among: named by rooms, known to the pool or a public register; kept by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.exports import csv_file
from game.helpers.employers import (
    HAND,
    MODEL,
    POOL,
    REGISTER,
    ROOM,
    Employer,
    Mention,
    Names,
    key_of,
    merged,
    search_words,
)
from game.jobs import drafts as jobs
from game.jobs.cards import positions
from game.pool import target_company
from game.rules.typed import key_of as text_key
from game.rules.view import EMPLOYER
from game.screens.draft_words import draft_words
from game.store.tables import Draft, TargetCompany
from game.web.desk.rooms.sectors import Sector, asked, sector
from game.web.desk.surface import attachment, blueprint, watched
from game.web.desk.transfer.export import TYPES
from game.web.desk.writing.drafts import SECONDS
from game.web.i18n import lang
from game.web.security import needs
from game.workshop.results import findings, votes

ENOUGH = 3  # leads of the pool from which an employer is told: fewer would be somebody


@dataclass(frozen=True)
class Line:
    """An employer on the page: how many by source, what was decided, and its register's day."""

    employer: Employer
    state: str
    day: date | None = None

    @property
    def unverified(self) -> bool:
        """Is a model the only one who named it?"""
        return set(self.employer.counts) == {MODEL}


@blueprint.get("/desk/employers")
@needs(JUDGE_LEADS)
def employers() -> ResponseReturnValue:
    """All that were named for a position, to keep or strike."""
    return _page(_topic(request.args.get("topic", "")), {})


@blueprint.post("/desk/employers/show")
@needs(JUDGE_LEADS)
def show_employers() -> ResponseReturnValue:
    """Those of the position, and of the sector, that a form asks for."""
    return _back(_topic(request.form.get("topic", "")))


@blueprint.post("/desk/employers")
@needs(JUDGE_LEADS)
def decide_employer() -> ResponseReturnValue:
    """Keeps, strikes or adds one, or takes that back."""
    by, form = current_user.id, request.form
    topic, name = _topic(form.get("topic", "")), form.get("name", "")
    source = form.get("source", HAND)
    given = (topic, key_of(name), name, form.get("state", ""))
    source = source if source in (ROOM, POOL, REGISTER, MODEL) else HAND
    try:
        current().writer.write(lambda s: target_company.decide(s, *given, source, by))
    except Refusal:
        return _page(topic, {"name": _("Deux signes au moins, et un nom.")}), 422
    return _back(topic)


@blueprint.post("/desk/employers/ask")
@needs(JUDGE_LEADS)
def ask_for_employers() -> ResponseReturnValue:
    """Has a model name some, in a job."""
    game, by, topic = current(), current_user.id, _topic(request.form.get("topic", ""))
    if game.settings.helper_for("employers") and topic:
        known = [line.employer.name for line in _lines(topic)[0]][:40]
        asked = {"lang": lang(), "position": topic, "known": known}
        game.writer.write(lambda s: jobs.ask(s, "employers", asked, by, None))
    return redirect(url_for("desk.employers", topic=topic))


@blueprint.get("/desk/employers.csv")
@needs(JUDGE_LEADS)
def employers_file() -> ResponseReturnValue:
    """Those that a person kept: what only a model named and nobody looked at is not in it."""
    topic = _topic(request.args.get("topic", ""))
    with current().store.session() as s:
        kept = [one for one in target_company.of_topic(s, topic) if one.state == "kept"]
    header = [_("Entreprise"), _("Poste"), _("Nommée par"), _("Fichier du")]
    sources = draft_words()["employers"]
    lines = [[one.name, one.topic, sources[one.source], str(one.source_day or "")] for one in kept]
    body = csv_file.write(header, lines, csv_file.separator_of(lang()))
    return attachment(body, TYPES["csv"], "sourcerie-employers.csv")


def _back(topic: str) -> ResponseReturnValue:
    """To the page, with the position and the sector that were asked for."""
    return redirect(url_for("desk.employers", topic=topic, **asked()))  # type: ignore[arg-type]


def _topic(given: str) -> str:
    return " ".join(given.split())[:160]


def _newest(s: Session, topic: str) -> Draft | None:
    """The last draft that a model was asked for, for a position."""
    rows = select(Draft).where(Draft.task == "employers").order_by(Draft.created_at.desc())
    return next((d for d in s.scalars(rows.limit(50)) if d.asked.get("position") == topic), None)


def _mentions(s: Session, topic: str, pool: list[tuple[str, int]]) -> Iterator[Mention]:
    for one in findings(s, current().pack(lang()), EMPLOYER):
        if not topic or one.brief == topic:
            yield from (Mention(t.text, ROOM, t.people) for t in one.found.texts)
    yield from (Mention(name, POOL, count) for name, count in pool)
    draft = _newest(s, topic)
    if draft and draft.answer and not draft.why:
        yield from (Mention(n, MODEL) for n in Names.model_validate(draft.answer).names)


def _lines(topic: str) -> tuple[list[Line], Sector]:
    game, by = current(), current_user.id
    pool = game.writer.write(lambda s: target_company.in_pool(s, topic, by))
    with game.store.session() as s:
        decided = {one.key: one for one in target_company.of_topic(s, topic)}
        mentions = list(_mentions(s, topic, pool))
        mentions += [Mention(one.name, HAND, 0) for one in decided.values()]
        chosen = sector(s, [one.name for one in mentions])
    mentions += [Mention(one.name, REGISTER) for one in chosen.companies]
    found = [one for one in merged(mentions) if _is_told(one) or one.key in decided]
    return [_line(one, decided.get(one.key), chosen) for one in found], chosen


def _line(one: Employer, decided: TargetCompany | None, chosen: Sector) -> Line:
    day = chosen.day_of(one.spellings)
    return Line(one, decided.state, decided.source_day or day) if decided else Line(one, "", day)


def _is_told(one: Employer) -> bool:
    """Does more than one or two people of the pool speak for it?"""
    return bool({ROOM, REGISTER, MODEL} & set(one.counts)) or one.counts.get(POOL, 0) >= ENOUGH


def _page(topic: str, faults: dict[str, str]) -> Response:
    game = current()
    lines, chosen = _lines(topic)
    with game.store.session() as s:
        draft = _newest(s, topic) if topic else None
        going = jobs.is_awaited(s, draft)
        offered = [title for _id, title in positions(s)]
        voted = votes(s, game.pack(lang()))
    kept = [line.employer.name for line in lines if line.state == "kept"]
    return watched(
        "desk/employers.html",
        SECONDS,
        going=going,
        topic=topic,
        sector=chosen,
        asked=asked(),
        offered=list(dict.fromkeys([*offered, *filter(None, [topic])])),
        open=[line for line in lines if not line.state],
        kept=[line for line in lines if line.state == "kept"],
        struck=[line for line in lines if line.state == "struck"],
        search=search_words(kept),
        draft=draft,
        model=game.settings.helper_for("employers"),
        faults=faults,
        votes=voted,
        text_key=text_key,
        words=draft_words(),
        enough=ENOUGH,
    )
