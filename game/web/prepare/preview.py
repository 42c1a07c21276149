"""Preview: every screen of a workshop at phone and projector size, before anyone is there."""

from dataclasses import replace

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from game.accounts import policy
from game.base.clock import now_ms
from game.base.json_object import Json
from game.context import current
from game.rules.pack import Points
from game.rules.round import Kind, NotPlayable, Setting, Standing, Tally
from game.rules.view import View
from game.screens.build import brief_shown, build, names_leads
from game.screens.data import BoardRow, BoardShown, RoundShown, ScreenData, TeamRow
from game.screens.messages import kind_names, step_label
from game.screens.render import template
from game.store.tables import BriefRow, RoundRow, Workshop
from game.web.security import needs
from game.workshop import setting
from game.workshop.state import agenda_of

blueprint = Blueprint("preview", __name__)
PHASES = ("briefing", "open", "closed", "revealed")
MADE_UP = 8  # players
STAGES = ("lobby", "board", "podium", "ended")


@blueprint.get("/workshops/<workshop_id>/preview")
@needs(policy.PREPARE_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """All screens side by side."""
    with current().store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        rounds = agenda_of(s, workshop_id)
    names = kind_names()
    return render_template(
        "prepare/preview.html",
        workshop=workshop,
        rounds=rounds,
        phases=PHASES,
        stages=STAGES,
        names=names,
    )


@blueprint.get(
    "/workshops/<workshop_id>/preview/<any(phone, projector):surface>"
    "/<any(lobby, board, podium, ended):stage>"
)
@needs(policy.PREPARE_WORKSHOP)
def stage_screen(workshop_id: str, surface: str, stage: str) -> ResponseReturnValue:
    """A screen outside the rounds; boards have made-up players on them."""
    shown = _show(workshop_id, surface)
    board = _sample_board(shown) if stage != "lobby" else None
    workshop = replace(shown.workshop, stage=stage)
    return _screen(replace(shown, workshop=workshop, board=board), surface)


def _sample_board(shown: ScreenData) -> BoardShown:
    nouns = current().pack(shown.workshop.lang).nicknames.nouns[:6]
    shapes = [team.shape for team in shown.teams] or [""]
    rows = [
        BoardRow(n + 1, name, shapes[n % len(shapes)], 90 - 9 * n) for n, name in enumerate(nouns)
    ]
    teams = [
        TeamRow(n + 1, team.name, team.shape, 60 - 7 * n, 8) for n, team in enumerate(shown.teams)
    ]
    return BoardShown(tuple(rows), tuple(teams), ((nouns[2], 4), (nouns[4], 2)), "provisional")


@blueprint.get(
    "/workshops/<workshop_id>/preview/<any(phone, projector):surface>/<round_id>"
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
    seen = _round(shown, row, brief, phase, surface)
    return _screen(
        replace(shown, workshop=replace(shown.workshop, stage="round"), round=seen), surface
    )


def _show(workshop_id: str, surface: str) -> ScreenData:
    with current().store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        shown = build(current(), s, workshop_id, surface, workshop.lang)
    if shown is None:
        abort(404)
    return replace(shown, workshop=replace(shown.workshop, stage="lobby"), round=None)


def _round(
    shown: ScreenData, row: RoundRow, brief: BriefRow | None, phase: str, surface: str
) -> RoundShown:
    pack = current().pack(shown.workshop.lang)
    result: Json | None = None
    view: View | None = None
    worth: Points | None = None
    pages = 1
    try:
        kind, where = setting.make(
            *(row.kind, row.options, pack, {}, setting.brief_of(brief)), **setting.of_row(row)
        )
    except NotPlayable:
        pass
    else:
        if phase == "revealed":
            result = kind.settle(where, _made_up(kind, where)).result
            pages = kind.pages(where, result)
        worth = where.points
        view = kind.view(where, surface, result, Tally(0, 0, 0))
    return RoundShown(
        id=row.id,
        kind=row.kind,
        number=row.place + 1,
        total=len(shown.agenda),
        title=row.title,
        phase=phase,
        seconds=row.seconds,
        closes_at=now_ms() + 1000 * row.seconds if phase == "open" else None,
        left_ms=None,
        page=0,
        pages=pages,
        brief=brief_shown(brief),
        view=view,
        worth=worth,
        names_leads=names_leads(row.kind),
    )


def _made_up(kind: Kind, where: Setting) -> list[Standing]:
    """What made-up players answer, so that a reveal has something to show."""
    standings = []
    for n in range(MADE_UP):
        for raw in kind.example(where, n):
            taken = kind.accept(where, {}, raw)
            standings.append(Standing(str(n), taken.slot, n, f"{n}-{taken.slot}", taken.stored))
    return standings


def _screen(shown: ScreenData, surface: str) -> ResponseReturnValue:
    nickname = current().pack(shown.workshop.lang).nicknames.nouns[0]
    with force_locale(shown.workshop.lang):
        return render_template(
            "prepare/screen.html",
            show=shown,
            player={"nickname": nickname},
            screen=template(surface, shown),
            surface=surface,
            lang=shown.workshop.lang,
            next_label=step_label(""),
            now=now_ms(),
        )
