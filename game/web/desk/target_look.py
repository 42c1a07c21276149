"""How the leads of a list stand to a target."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.context import current
from game.exports import mapping, ready
from game.exports.pace import Players, paced
from game.exports.ready import STATES, Ready, State
from game.exports.target import Target
from game.exports.target_settings import Setting, setting
from game.exports.targets import targets
from game.pool import search
from game.store.tables import Lead
from game.web.written import today

AT_ONCE = 200  # leads
MOST = 5_000  # that the page looks at
SHOWN = 50  # of each state


@dataclass(frozen=True)
class Chosen:
    """A target, what is set for it, and whether those go who were not told yet."""

    target: Target
    setting: Setting
    untold: bool

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


def chosen(session: Session, key: str, by: str, *, untold: bool) -> Chosen:
    """A target with what is set for it. Raises Refusal."""
    target = target_of(session, key, by)
    may = ready.may_go_untold(session, wanted=untold)
    return Chosen(target, setting(session, target), may)


def found(what: Chosen, wanted: search.Filter) -> Iterator[tuple[Lead, Ready]]:
    """Each lead of a list with how it stands; others have their turn in between."""
    game = current()
    batches = search.batches(game.store.session, wanted, today(), AT_ONCE)
    for leads in paced(batches, Players(lambda: game.writer.committed)):
        with game.store.session() as s:
            stand = ready.look(
                s, game.secret, what.target, what.options, leads, today(), untold=what.untold
            )
        yield from ((lead, stand[lead.id]) for lead in leads)


def look(what: Chosen, wanted: search.Filter) -> Looked:
    """The list as the page tells it."""
    made = Looked()
    for lead, stands in found(what, wanted):
        if made.total >= MOST:
            made.more = True
            break
        made.add(lead, stands)
    return made


def ready_leads(what: Chosen, wanted: search.Filter, most: int = 0) -> tuple[list[str], list[str]]:
    """(ids of those who are ready, those of them who were not told yet); at most so many."""
    ids: list[str] = []
    untold: list[str] = []
    for lead, stands in found(what, wanted):
        if stands.state != "ready":
            continue
        if most and len(ids) >= most:
            break
        ids.append(lead.id)
        if lead.informed_at is None:
            untold.append(lead.id)
    return ids, untold


def stands_of(session: Session, lead: Lead) -> list[tuple[Target, Ready]]:
    """How one person stands to every target that there is."""
    untold = ready.may_go_untold(session, wanted=False)
    held = ready.held_among(session, current().secret, [lead.id], today())
    found = []
    for target in targets().values():
        options = setting(session, target).options
        stands = ready.sort_out(session, target, options, [lead], held, untold=untold)
        found.append((target, stands[lead.id]))
    return found
