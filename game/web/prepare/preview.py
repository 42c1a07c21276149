"""Preview: a walk through a workshop, one screen after another, on every surface."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.accounts import policy
from game.base.clock import now_ms
from game.base.json_object import Json
from game.base.languages import LANGS, NAMES
from game.context import current
from game.rules.course import Position, next_step
from game.rules.pack import Points
from game.rules.round import Tally
from game.rules.view import View
from game.screens import round_words
from game.screens.build import build
from game.screens.data import AgendaLine, RoundShown, ScreenData
from game.screens.render import next_words, template
from game.screens.round_shown import brief_shown, names_leads
from game.store.tables import BriefRow, RoundRow, Workshop
from game.web.prepare import made_up, made_up_player, made_up_round
from game.web.security import needs
from game.workshop.state import agenda_of
from game.workshop.yielded import titles_of

blueprint = Blueprint("preview", __name__)
PHASES = ("briefing", "open", "closed", "revealed")
STAGES = ("lobby", "board", "podium", "ended")
TALLY = Tally(made_up.COUNTS.answers, made_up.COUNTS.people, made_up.COUNTS.leads)
SURFACES = ("phone", "projector", "remote")


@dataclass(frozen=True)
class Step:
    """One stop of the walk: where it is, what it is called there, and its address by surface."""

    part: str
    name: str
    screens: dict[str, str]


@blueprint.app_template_filter("groupby_run")
def runs(steps: list[Step], name: str) -> list[tuple[str, list[tuple[int, Step]]]]:
    """What follows each other and is alike in an attribute, each with its number, from 0."""
    numbered = groupby(enumerate(steps), key=lambda one: str(getattr(one[1], name)))
    return [(value, list(found)) for value, found in numbered]


@blueprint.get("/workshops/<workshop_id>/preview")
@needs(policy.PREPARE_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """One stop of the walk, and the way to all others."""
    with current().store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        steps = _steps(s, workshop, agenda_of(s, workshop_id))
    typed = request.args.get("at", "")
    at = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    at = min(at, len(steps) - 1)
    lang = _spoken(workshop.lang)
    return render_template(
        "prepare/preview.html", workshop=workshop, steps=steps, at=at, seen=lang, names=NAMES
    )


def _steps(session: Session, workshop: Workshop, rounds: list[RoundRow]) -> list[Step]:
    """The walk in the order of the hour: the lobby, each round in its phases, the end."""
    steps = [_stage(workshop, "lobby", _("Accueil"))]
    for n, row in enumerate(rounds, 1):
        part = f"{n}. {round_words.title_of_round(row)}"
        for name, where in _phases(session, workshop, row):
            found = {s: _round_address(s, workshop.id, row.id, **where) for s in SURFACES}
            steps.append(Step(part, name, found))
    if workshop.boards != "never":
        steps.append(_stage(workshop, "board", _("Classement")))
        steps.append(_stage(workshop, "podium", _("Podium")))
    return [*steps, _stage(workshop, "ended", _("Terminé"))]


def _phases(
    session: Session, workshop: Workshop, row: RoundRow
) -> Iterator[tuple[str, dict[str, str]]]:
    """The stops of a round, each page of its reveal one: what it is called and where it is."""
    yield _("Présentation"), {"phase": "briefing"}
    yield _("En cours"), {"phase": "open"}
    yield _("Close"), {"phase": "closed"}
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    pack = current().pack(_spoken(workshop.lang))
    pages = made_up_round.pages(row, workshop, brief, pack)
    for page in range(pages):
        name = _("Révélée, page %(n)s sur %(of)s", n=page + 1, of=pages)
        yield name if pages > 1 else _("Révélée"), {"phase": "revealed", "page": str(page)}


def _stage(workshop: Workshop, stage: str, name: str) -> Step:
    found = {s: _stage_address(s, workshop.id, stage) for s in SURFACES}
    return Step("", name, found)


def _stage_address(surface: str, workshop_id: str, stage: str) -> str:
    return url_for(
        "preview.stage_screen",
        workshop_id=workshop_id,
        surface=surface,
        stage=stage,
        lang=request.args.get("lang"),
    )


def _round_address(
    surface: str, workshop_id: str, round_id: str, phase: str, page: str = "0"
) -> str:
    return url_for(
        "preview.round_screen",
        workshop_id=workshop_id,
        surface=surface,
        round_id=round_id,
        phase=phase,
        page=page if page != "0" else None,
        lang=request.args.get("lang"),
    )


@blueprint.get(
    "/workshops/<workshop_id>/preview/<any(phone, projector, remote):surface>"
    "/<any(lobby, board, podium, ended):stage>"
)
@needs(policy.PREPARE_WORKSHOP)
def stage_screen(workshop_id: str, surface: str, stage: str) -> ResponseReturnValue:
    """A screen outside the rounds, with a made-up room."""
    shown = _show(workshop_id, surface)
    pack = current().pack(_spoken(shown.workshop.lang))
    board = made_up.board(pack, shown.teams) if stage != "lobby" else None
    if stage == "ended":
        shown = replace(shown, yielded=made_up.yielded(pack, _titles(workshop_id, pack.lang)))
    at = Position(stage, more_rounds=stage == "lobby", boards=shown.workshop.boards)
    shown = replace(shown, workshop=replace(shown.workshop, stage=stage), board=board)
    return _screen(_about(shown, at, shown.agenda[0] if shown.agenda else None), surface)


@blueprint.get(
    "/workshops/<workshop_id>/preview/<any(phone, projector, remote):surface>/<round_id>"
    "/<any(briefing, open, closed, revealed):phase>"
)
@needs(policy.PREPARE_WORKSHOP)
def round_screen(workshop_id: str, surface: str, round_id: str, phase: str) -> ResponseReturnValue:
    """One round in one phase, as a few made-up players would leave it."""
    shown = _show(workshop_id, surface)
    with current().store.session() as s:
        row = s.get(RoundRow, round_id)
        if row is None or row.workshop_id != workshop_id:
            abort(404)
        brief = s.get(BriefRow, row.brief_id) if row.brief_id else None
    typed = request.args.get("page", "")
    page = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    seen, own = _round(shown, row, brief, phase, surface, page)
    shown = replace(shown, workshop=replace(shown.workshop, stage="round"), round=seen)
    more = seen.number < seen.total
    at = Position("round", phase, seen.page, seen.pages, more, shown.workshop.boards)
    agenda = tuple(replace(line, current=line.id == row.id) for line in shown.agenda)
    line = next((one for one in agenda if one.id == row.id), None)
    about = _about(replace(shown, agenda=agenda, notes=row.notes), at, line)
    return _screen(about, surface, own)


def _titles(workshop_id: str, lang: str) -> list[str]:
    with current().store.session() as s:
        return list(titles_of(s, workshop_id, lang).values())


def _about(shown: ScreenData, at: Position, line: AgendaLine | None) -> ScreenData:
    """What the remote says of the next step."""
    step = next_step(at) or ""
    is_rounds = step in ("briefing", "open", "close", "reveal", "page")
    return replace(shown, next_label=step, step_line=line if is_rounds else None)


def _spoken(of_workshop: str) -> str:
    """The language that is looked at: the one asked for, else the workshop's."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGS else of_workshop


def _show(workshop_id: str, surface: str) -> ScreenData:
    with current().store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        shown = build(current(), s, workshop_id, surface, _spoken(workshop.lang))
    if shown is None:
        abort(404)
    pack = current().pack(_spoken(workshop.lang))
    return replace(
        shown,
        workshop=replace(shown.workshop, stage="lobby", auto_at=None),
        round=None,
        counts=made_up.COUNTS if surface != "phone" else shown.counts,
        players=made_up.players(pack, shown.teams) if surface != "phone" else (),
        teams=tuple(replace(team, members=made_up.TEAM_SIZE) for team in shown.teams),
        undo_until=0,
        pace=None,
        agenda=tuple(replace(line, shorten=0) for line in shown.agenda),  # nothing is late here
        projectors=1,
    )


def _round(
    shown: ScreenData,
    row: RoundRow,
    brief: BriefRow | None,
    phase: str,
    surface: str,
    page: int,
) -> tuple[RoundShown, dict[str, object]]:
    """The round, and what a made-up player's own phone knows of it."""
    lang = _spoken(shown.workshop.lang)
    result: Json | None = None
    view: View | None = None
    worth: Points | None = None
    pages, own = 1, dict[str, object]()
    with current().store.session() as s:
        workshop = s.get_one(Workshop, row.workshop_id)
        found = made_up_round.playing(row, workshop, brief, current().pack(lang))
    if found:
        kind, where = found
        if phase == "revealed":
            result = made_up_round.result(kind, where)
            pages = kind.pages(where, result)
        worth = where.points
        view = kind.view(where, surface, result, TALLY)
        own = made_up_player.answers(kind, where, phase, lang)
    seen = RoundShown(
        id=row.id,
        kind=row.kind,
        number=row.place + 1,
        total=len(shown.agenda),
        title=row.title,
        phase=phase,
        seconds=row.seconds,
        closes_at=now_ms() + 600 * row.seconds if phase == "open" else None,
        left_ms=None,
        page=min(page, pages - 1),
        pages=pages,
        brief=brief_shown(brief, lang),
        view=view,
        worth=worth,
        names_leads=names_leads(row.kind),
        warm_up=row.warm_up,
    )
    return seen, {"round": row.id, **own}


def _screen(
    shown: ScreenData, surface: str, own: dict[str, object] | None = None
) -> ResponseReturnValue:
    lang = _spoken(shown.workshop.lang)
    pack = current().pack(lang)
    with force_locale(lang):
        return render_template(
            "prepare/screen.html",
            show=shown,
            player={"id": "made-up", "nickname": made_up_player.nickname(pack)},
            me={**made_up_player.numbers(pack, shown.teams), **(own or {})},
            reasons=round_words.reasons(),
            screen=template(surface, shown),
            surface=surface,
            lang=lang,
            next_label=next_words(shown),
            now=now_ms(),
        )
