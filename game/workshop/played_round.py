"""The rounds that answers arrive for, each with its kind and setting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Protocol

import orjson
from sqlalchemy import ColumnElement, Connection, Text, cast, select

from game.base.recent import Recent
from game.rules.own import with_workshop_s
from game.rules.pack import Pack
from game.rules.round import Kind, NotPlayable, Setting
from game.rules.timing import timing_of
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import setting

JSONS = ("must_haves", "own", "translations")
BRIEF: Mapping[str, ColumnElement[str]] = {
    name: getattr(BriefRow, name)
    for name in ("key", "title", "trade", "where", "why", "pay", "requisition_ref")
} | {name: cast(getattr(BriefRow, name), Text) for name in JSONS}
ROUNDS = Prepared(
    select(
        *(RoundRow.id, RoundRow.workshop_id, RoundRow.phase, RoundRow.closes_at, RoundRow.left_ms),
        RoundRow.brief_id,
        *(RoundRow.kind, cast(RoundRow.options, Text).label("options"), Workshop.lang),
        *(cast(Workshop.points, Text).label("worth"), cast(Workshop.own, Text).label("ours")),
        RoundRow.seconds,
        *(Workshop.capture, RoundRow.warm_up),
        cast(RoundRow.timing, Text).label("timing"),
        *(column.label(f"brief_{name}") for name, column in BRIEF.items()),
    )
    .join(Workshop, Workshop.id == RoundRow.workshop_id)
    .outerjoin(BriefRow, BriefRow.id == RoundRow.brief_id)
    .where(Among(RoundRow.id, "ids"))
    .with_for_update(read=True, of=RoundRow)
)
TEXTS = 6  # columns of ROUNDS before those that make its setting


class _Brief(SimpleNamespace):
    """A brief as it stands in a row of ROUNDS."""

    @classmethod
    def of(cls, row: Found) -> "_Brief":
        texts = {name: getattr(row, f"brief_{name}") for name in BRIEF}
        read = {name: orjson.loads(texts[name] or "null") for name in JSONS}
        return cls(**{**texts, **read})


class RoundState(Protocol):
    """A row of ROUNDS, as far as an answer asks; times in milliseconds since the epoch."""

    id: str
    workshop_id: str
    phase: str
    closes_at: int | None
    left_ms: int | None
    brief_id: str | None


@dataclass(frozen=True)
class PlayedRound:
    """A round that answers arrive for, whatever its phase."""

    row: RoundState
    kind: Kind
    setting: Setting


class PlayedRounds:
    """Reads rounds; kind and setting of each are made once as long as its texts stay."""

    def __init__(self, packs: Mapping[str, Pack], country: str) -> None:
        self.packs = packs
        self.country = country
        self.settings: Recent[str, tuple[tuple[object, ...], tuple[Kind, Setting]]] = Recent(500)

    def read(
        self, connection: Connection, ids: Iterable[str]
    ) -> tuple[dict[str, PlayedRound], set[str]]:
        """Those of these ids that can be played, by id, and the ids of those that cannot."""
        found: dict[str, PlayedRound] = {}
        unplayable: set[str] = set()
        for row in ROUNDS.all(connection, ids=list(ids)):
            try:
                found[row.id] = PlayedRound(row, *self._setting_of(row))
            except NotPlayable:
                unplayable.add(row.id)
        return found, unplayable

    def _setting_of(self, row: Found) -> tuple[Kind, Setting]:
        texts = tuple(row)[TEXTS:]
        if self.settings.get(row.id, (None,))[0] != texts:
            self.settings[row.id] = texts, self._make(row)
        return self.settings[row.id][1]

    def _make(self, row: Found) -> tuple[Kind, Setting]:
        options, worth = orjson.loads(row.options), orjson.loads(row.worth)
        stored = _Brief.of(row) if row.brief_key else None
        ours = with_workshop_s(self.packs[row.lang], orjson.loads(row.ours or "{}"), row.lang)
        brief, pack = setting.brief_of(stored, row.lang), setting.pack_of(ours, stored)
        timing = timing_of(orjson.loads(row.timing or "null"))
        return setting.make(
            *(row.kind, options, pack, worth, brief, self.country),
            seconds=row.seconds,
            timing=timing,
            capture=row.capture,
            warm_up=row.warm_up,
        )
