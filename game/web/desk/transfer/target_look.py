"""How the leads of a list stand to a target."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.exports import mapping, ready, remote
from game.exports.pace import Players, paced
from game.exports.ready import STATES, Ready, State
from game.exports.target import Target
from game.exports.target_settings import Setting, setting, settings
from game.exports.targets import targets
from game.pool import lead_list
from game.pool.lead_filter import Filter
from game.privacy import inform
from game.privacy.objection import returned
from game.store.tables import Lead

AT_ONCE = 50  # leads: a few milliseconds, in which nobody else has a turn
MOST = 5_000  # that the page looks at
SHOWN = 50  # of each state


@dataclass(frozen=True)
class Chosen:
    """A target, what is set for it, and whether those go who were not told yet.

    Who left in a file `left_before` this moment stays out.
    """

    target: Target
    setting: Setting
    untold: bool
    left_before: int = ready.ALWAYS

    @property
    def options(self) -> dict[str, str]:
        """What is set."""
        return self.setting.options


@dataclass
class Looked:
    """What was found: how many in each state, the first of each, and how many were not told.

    `untold` counts those who would be ready but for that; `more` says that the list is longer.
    """

    counts: Counter[State] = field(default_factory=Counter)
    shown: dict[State, list[tuple[Lead, Ready]]] = field(default_factory=dict)
    untold: int = 0
    more: bool = False

    @property
    def total(self) -> int:
        """How many were looked at."""
        return self.counts.total()

    @property
    def names(self) -> int:
        """How many are shown by their names."""
        return sum(map(len, self.shown.values()))

    def add(self, lead: Lead, found: Ready) -> None:
        """One more."""
        self.counts[found.state] += 1
        self.untold += found.why == ("lead_uninformed",)
        there = self.shown.setdefault(found.state, [])
        if len(there) < SHOWN:
            there.append((lead, found))

    def ordered(self) -> list[tuple[State, list[tuple[Lead, Ready]]]]:
        """What needs a look first, before what does not."""
        return [(state, self.shown[state]) for state in STATES if state in self.shown]


def target_of(session: Session, key: str, by: str) -> Target:
    """The target of this key, or a mapping that one may use. Raises Refusal."""
    if key in targets():
        return targets()[key]
    made = mapping.mapping(session, by, key.removeprefix(mapping.PREFIX))
    if made is None or not key.startswith(mapping.PREFIX):
        raise Refusal("unknown_target")
    return mapping.as_target(made)


def chosen(session: Session, key: str, by: str, *, untold: bool, again: bool = False) -> Chosen:
    """A target with what is set for it; `again` takes who left in a file, too. Raises Refusal."""
    target = target_of(session, key, by)
    may = ready.may_go_untold(session, wanted=untold)
    return Chosen(target, setting(session, target), may, 0 if again else now_ms())


def look(what: Chosen, wanted: Filter) -> Looked:
    """The list as the page tells it, the first MOST of it."""
    game, made = current(), Looked()
    for leads in _batches(wanted):
        if made.total >= MOST:
            made.more = True
            break
        with game.store.session() as s:
            stands = ready.look(
                *(s, game.secret, what.target, what.options, leads, today()),
                untold=what.untold,
                left_before=what.left_before,
            )
        for lead in leads:
            made.add(lead, stands[lead.id])
    return made


def ready_leads(what: Chosen, wanted: Filter, most: int = 0) -> tuple[list[str], list[str]]:
    """(ids of those who are ready, those of them who were not told yet); at most so many."""
    game = current()
    with game.store.session() as s:
        allowed = inform.may(s, "export", today(), gone())
    ids: list[str] = []
    untold: list[str] = []
    for leads in _batches(wanted, allowed):
        with game.store.session() as s:
            stands = ready.sort_out(
                *(s, what.target, what.options, leads, {}),
                untold=what.untold,
                left_before=what.left_before,
            )
        may = [lead for lead in leads if stands[lead.id].state == "ready"]
        ids += [lead.id for lead in may]
        untold += [lead.id for lead in may if lead.informed_at is None]
        if most and len(ids) >= most:
            break
    return ids[:most] if most else ids, untold


def gone() -> tuple[str, ...]:
    """Those who objected as another lead."""
    game = current()
    plays = Players(lambda: game.writer.committed)
    with game.store.session() as s:
        return tuple(returned(s, game.secret, lambda told: paced(told, plays)))


def _batches(wanted: Filter, *also: ColumnElement[bool]) -> Iterator[list[Lead]]:
    """A list, some at a time; others have their turn in between."""
    game = current()
    found = lead_list.batches(game.store.session, wanted, today(), AT_ONCE, *also)
    return paced(found, Players(lambda: game.writer.committed))


def stands_of(session: Session, lead: Lead) -> list[tuple[Target, Ready]]:
    """How one person stands to every target that there is."""
    untold = ready.may_go_untold(session, wanted=False)
    law = ready.held_among(session, current().secret, [lead.id], today()).get(lead.id, "")
    there, filed = remote.there_among(session, [lead.id]), remote.filed_among(session, [lead.id])
    doubtful, kept = ready.doubtful_among(session, [lead.id]), settings(session)
    found = []
    for key, target in targets().items():
        options, ids = kept[key].options, there.get(key, {}).get(lead.id)
        held = law or ("push_unsure" if key in doubtful else "")
        left = filed.get(key, {}).get(lead.id)
        stand = ready.stand(target, options, lead, held, ids, untold=untold, left=left)
        found.append((target, stand))
    return found


def title_of(key: str) -> str:
    """What a target is called, in the reader's language."""
    found = targets().get(key)
    return _(found.title) if found else _("un fichier") if key.startswith(mapping.PREFIX) else key
