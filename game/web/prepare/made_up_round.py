"""A round of the preview as the made-up room plays it: its kind and setting, and its result."""

from dataclasses import replace

from game.base.json_object import Json
from game.rules.own import with_workshop_s
from game.rules.pack import Pack
from game.rules.registry import made_up_before
from game.rules.round import Kind, NotPlayable, Setting
from game.store.tables import BriefRow, RoundRow, Workshop
from game.web.prepare import made_up
from game.workshop import setting


def playing(
    row: RoundRow, workshop: Workshop, brief: BriefRow | None, pack: Pack
) -> tuple[Kind, Setting] | None:
    """A round's kind and how it is set, in a pack's language; None where it can't be played."""
    pack = with_workshop_s(pack, workshop.own, workshop.lang)
    brief_shown = setting.brief_of(brief, pack.lang)
    options, words = made_up.options(row, pack), setting.pack_of(pack, brief)
    try:
        kind, where = setting.make(row.kind, options, words, {}, brief_shown, **setting.of_row(row))
    except NotPlayable:
        return None
    return kind, replace(where, before=made_up_before(where)) if kind.looks_back else where


def result(kind: Kind, where: Setting) -> Json:
    """What the round comes to."""
    return kind.settle(where, made_up.standings(kind, where)).result


def pages(row: RoundRow, workshop: Workshop, brief: BriefRow | None, pack: Pack) -> int:
    """How many pages its reveal has, 1 or more."""
    found = playing(row, workshop, brief, pack)
    return found[0].pages(found[1], result(*found)) if found else 1
