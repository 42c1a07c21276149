"""What sourcing brought, and what a workshop cost in hours."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import READ_LEADS
from game.context import current
from game.pool import mix as figures
from game.rules.round import NO_TURNS, NotPlayable, Turns
from game.screens.round_words import round_name
from game.store.tables import BriefRow, RoundRow, Workshop
from game.web.desk.surface import blueprint, words
from game.web.i18n import lang
from game.web.security import needs
from game.workshop import setting, state


@blueprint.get("/desk/mix")
@needs(READ_LEADS)
def mix() -> ResponseReturnValue:
    """Channels, families, rounds and lines by who came of them; LinkedIn beside the rest."""
    pack, labels = current().pack(lang()), words().channels
    with current().store.session() as s:
        channels = figures.by_channel(s)
        rounds = figures.by_round(s, round_name)
        occasions = figures.by_occasion(s)
        lines = figures.by_line(s, partial(_turns, s))
        workshops = figures.funnels(s)
    by = current_user.id
    current().writer.write(lambda s: figures.note_shown(s, by))
    known = [(f.label, f.linkedin, [c.key for c in f.channels]) for f in pack.families]
    own = [figures.Group(labels.get(key, key), *counts) for key, counts in channels.items()]
    return render_template(
        "desk/mix.html",
        families=figures.families(channels, known),
        channels=figures.shown(own),
        rounds=rounds,
        occasions=occasions,
        lines=lines,
        workshops=workshops,
        least=figures.LEAST,
    )


def _turns(s: Session, one: RoundRow) -> Turns:
    """The lines that a round shows in turn; none for one that shows none, or cannot be shown."""
    brief = s.get(BriefRow, one.brief_id) if one.brief_id else None
    workshop, before = s.get_one(Workshop, one.workshop_id), state.agenda_before(s, one)
    try:
        kind, where = setting.of_round(one, workshop, brief, current().pack(lang()), before)
    except NotPlayable:
        return NO_TURNS
    return NO_TURNS if kind.deals(where) else kind.turns(where)
