"""The agenda: adding, ordering, duplicating, changing and removing rounds, and their briefs."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.base.speech import speaker
from game.rules.options import asking
from game.rules.pack import AgendaRound, Brief, Pack
from game.rules.registry import kinds
from game.rules.round import parse
from game.rules.round_title import NUMBERED
from game.rules.translation import said_elsewhere, without_stale
from game.store.base import new_id
from game.store.tables import BriefRow, RoundRow, Workshop
from game.store.version import touch
from game.workshop.position import FIELDS
from game.workshop.state import agenda_of

SECONDS = range(10, 3601)
MOST_NOTES = 2_000  # signs
OWN = "own"  # the key of a brief that no content pack has


def check(kind: str, seconds: int, options: Mapping[str, object]) -> dict[str, object]:
    """The options as they will be stored. Raises Refusal naming the field at fault."""
    if kind not in kinds():
        raise Refusal("bad_input", {"kind": "invalid"})
    if seconds not in SECONDS:
        raise Refusal("bad_input", {"seconds": "seconds_range"})
    return parse(kinds()[kind].options, options).model_dump(mode="json")


def add(
    session: Session,
    workshop_id: str,
    *,
    kind: str,
    seconds: int,
    options: Mapping[str, object],
    brief_id: str | None = None,
    title: str = "",
    notes: str = "",
    warm_up: bool = False,
    after: str | None = None,
) -> str:
    """Adds a round, at the end unless `after` names one ('' is the start). Returns its id."""
    row = RoundRow(
        id=new_id(),
        workshop_id=workshop_id,
        place=0,
        kind=kind,
        seconds=seconds,
        options=check(kind, seconds, options),
        title=title[:80],
        notes=notes,
        warm_up=warm_up,
        brief_id=_own_brief(session, workshop_id, brief_id),
    )
    rows = agenda_of(session, workshop_id)
    index = len(rows) if after is None else _index(rows, after) + 1
    row.title = _distinct(session.get_one(Workshop, workshop_id).lang, rows, row)
    session.add(row)
    _number([*rows[:index], row, *rows[index:]])
    touch(session, workshop_id)
    return row.id


def _distinct(lang: str, others: Sequence[RoundRow], row: RoundRow) -> str:
    """The round's title; where another round is called so, with the first number that is free.

    Nobody can tell two rounds of one name apart, on a remote or in a report.
    """
    say = speaker(lang)

    def called(one: RoundRow) -> str:
        return one.title or say(kinds()[one.kind].title if one.kind in kinds() else one.kind)

    taken = {called(other) for other in others if other is not row}
    name, number = called(row), 2
    if name not in taken:
        return row.title
    stem = NUMBERED.sub("", name)
    while f"{stem} {number}"[:80] in taken:
        number += 1
    return f"{stem[:76]} {number}"


def _own_brief(session: Session, workshop_id: str, brief_id: str | None) -> str | None:
    if not brief_id:
        return None
    row = session.get(BriefRow, brief_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("bad_input", {"brief_id": "invalid"})
    return row.id


def _index(rows: Sequence[RoundRow], round_id: str) -> int:
    return next((i for i, row in enumerate(rows) if row.id == round_id), -1)


def _number(rows: Sequence[RoundRow]) -> None:
    for place, row in enumerate(rows):
        row.place = place


def _round(session: Session, workshop_id: str, round_id: str) -> RoundRow:
    row = session.get(RoundRow, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("unknown_round")
    return row


def edit(
    session: Session,
    workshop_id: str,
    round_id: str,
    *,
    seconds: int,
    options: Mapping[str, object],
    brief_id: str | None,
    title: str = "",
    notes: str = "",
    warm_up: bool = False,
) -> None:
    """Changes a round. Raises Refusal."""
    row = _round(session, workshop_id, round_id)
    if warm_up != row.warm_up and row.phase != "waiting":
        raise Refusal("bad_input", {"warm_up": "round_counted"})
    row.warm_up = warm_up
    checked, brief = check(row.kind, seconds, options), _own_brief(session, workshop_id, brief_id)
    if brief and brief != row.brief_id:
        checked |= _given_up(row, checked, session.get_one(BriefRow, brief))
    row.options, row.brief_id = checked, brief
    row.seconds, row.title, row.notes = seconds, title.strip()[:80], notes.strip()[:MOST_NOTES]
    lang = session.get_one(Workshop, workshop_id).lang
    row.title = _distinct(lang, agenda_of(session, workshop_id), row)
    touch(session, workshop_id)


def play_everywhere(session: Session, workshop_id: str, brief_id: str) -> None:
    """Rounds that are still to come, and are about a brief, are about this one. Raises Refusal."""
    for row in agenda_of(session, workshop_id):
        if row.phase == "waiting" and row.brief_id:
            edit(
                *(session, workshop_id, row.id),
                seconds=row.seconds,
                options=row.options,
                brief_id=brief_id,
                title=row.title,
                notes=row.notes,
                warm_up=row.warm_up,
            )


def _given_up(row: RoundRow, chosen: Mapping[str, object], brief: BriefRow) -> dict[str, object]:
    """What was chosen for the brief before, and stands in the way of what the new one brings."""
    model = kinds()[row.kind].options
    return {
        name: model.model_fields[name].get_default()
        for name, value in chosen.items()
        if (part := asking(model, name).part) is not None
        and brief.own.get(part.name)
        and value == row.options.get(name)
    }


def move(session: Session, workshop_id: str, round_id: str, by: int) -> None:
    """Moves a round so many places down (or up, below 0), as far as it goes."""
    rows = agenda_of(session, workshop_id)
    index = _index(rows, _round(session, workshop_id, round_id).id)
    row = rows.pop(index)
    rows.insert(max(0, index + by), row)
    _number(rows)
    touch(session, workshop_id)


def duplicate(session: Session, workshop_id: str, round_id: str) -> str:
    """Puts a copy of a round, not yet played, right after it; returns the copy's id."""
    row = _round(session, workshop_id, round_id)
    return add(
        session,
        workshop_id,
        kind=row.kind,
        seconds=row.seconds,
        options=row.options,
        brief_id=row.brief_id,
        title=row.title,
        notes=row.notes,
        warm_up=row.warm_up,
        after=row.id,
    )


def remove(session: Session, workshop_id: str, round_id: str) -> None:
    """Removes a round that was not played. Raises Refusal('round_played') for one that was."""
    row = _round(session, workshop_id, round_id)
    if row.phase != "waiting":
        raise Refusal("round_played")
    session.delete(row)
    touch(session, workshop_id)


def add_brief(session: Session, workshop_id: str, brief: Brief, also: Iterable[Pack] = ()) -> str:
    """Gives the workshop its own copy of a brief; returns its id.

    `also` are the packs in which it may be said in other languages.
    """
    spoken = _lang(session, workshop_id)
    row = BriefRow(
        id=new_id(),
        workshop_id=workshop_id,
        lang=spoken,
        translations=said_elsewhere(brief, spoken, also),
        **{**brief.model_dump(), "must_haves": list(brief.must_haves)},
    )
    session.add(row)
    session.flush()
    return row.id


def write_brief(session: Session, workshop_id: str, values: Mapping[str, object]) -> str:
    """A position that no content pack has, from the fields that `values` has; returns its id."""
    spoken = _lang(session, workshop_id)
    row = BriefRow(id=new_id(), workshop_id=workshop_id, key=OWN, title="", lang=spoken)
    session.add(row)
    session.flush()
    edit_brief(session, workshop_id, row.id, values)
    return row.id


def _lang(session: Session, workshop_id: str) -> str:
    return session.get_one(Workshop, workshop_id).lang


def edit_brief(
    session: Session,
    workshop_id: str,
    brief_id: str,
    values: Mapping[str, object],
    packs: Iterable[Pack] = (),
) -> None:
    """Changes a workshop's copy of a brief, in the fields that `values` has.

    What `packs` say of it in another language goes where it no longer says the same job.
    """
    row = session.get(BriefRow, brief_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("bad_input", {"brief_id": "invalid"})
    values = without_stale(row, row.translations, values, packs)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    touch(session, workshop_id)


def fill(
    session: Session,
    workshop: Workshop,
    rounds: Sequence[AgendaRound],
    pack: Pack,
    also: Iterable[Pack] = (),
) -> None:
    """Adds the rounds of a ready-made agenda, and the briefs that they are about.

    `also` are the packs in which those briefs may be said in other languages.
    """
    others = tuple(also)
    briefs: dict[str, str] = {}
    for line in rounds:
        if line.brief and line.brief not in briefs:
            brief = next(b for b in pack.briefs if b.key == line.brief)
            briefs[line.brief] = add_brief(session, workshop.id, brief, others)
        add(
            session,
            workshop.id,
            kind=line.kind,
            seconds=line.seconds,
            options=line.options,
            title=line.title,
            warm_up=line.warm_up,
            brief_id=briefs.get(line.brief or ""),
        )
