"""The world that is pictured: a round of every kind, and whatever menus lead to."""

import re
from collections.abc import Iterator
from pathlib import Path

import requests
from sqlalchemy import update

from game.base.languages import SOURCE
from game.rules.registry import kinds
from game.store.tables import RoundRow, Workshop
from game.workshop import agenda
from tests.browser.screens import World

ROOM = "http://192.168.1.20:8000"  # what a room's phones are given, told on pictures
# a model that is asked for nothing while no worker runs: a blind trial of it can be pictured
HELPER = {"HELPER_URL": "http://127.0.0.1:9/v1", "HELPER_MODEL": "none, wording=ministral-3b"}
SET = {"PUBLIC_URL": ROOM, "CV_BESIDE_BRIEF": "on", **HELPER}


class Whole(World):
    """The world of the tests, with a round of every kind there is."""

    kinds: dict[str, str]
    called: dict[str, str]

    def __init__(self, folder: Path, lang: str = SOURCE, **env: str) -> None:
        super().__init__(folder, lang, **{**SET, **env})
        self.speak(lang)

    def name(self, path: str) -> str:
        """The path as somebody would call it: ids make no two runs alike."""
        for number, id in enumerate(self.rounds, 1):
            path = path.replace(id, f"{number}-{self.kinds[id]}")
        for id, name in self.called.items():
            path = path.replace(id, name)
        return path.partition("/preview/")[2].partition("/")[2] or path

    def pages(self) -> Iterator[tuple[requests.Session, str]]:
        """Those of the tests, and whatever else the menus of the staff lead to."""
        known = list(super().pages())
        yield from known
        seen = {path.partition("?")[0] for _, path in known}
        for start in ("/desk", "/law"):
            shown = self.staff.get(start).text.partition("<main")[0]
            for path in re.findall(r'<a href="(/[^"?#]+)"', shown):
                if path not in seen:
                    seen.add(path)
                    yield self.staff.http, path

    def complete(self) -> None:
        """Adds the kinds that its agenda lacks, and names what pictures are called by."""
        store = self.server.store()
        with store.session() as s:
            # a write that comes first waits for its turn
            at = Workshop.id == self.workshop["id"]
            s.execute(update(Workshop).where(at).values(version=Workshop.version))
            mine = s.query(RoundRow).filter_by(workshop_id=self.workshop["id"])
            for name in sorted(set(kinds()) - {row.kind for row in mine}):
                agenda.add(
                    s, self.workshop["id"], kind=name, seconds=300, options={},
                    brief_id=self.brief_id,
                )  # fmt: skip
                s.flush()  # the next one's place follows this one's
            s.commit()
            rows = mine.order_by(RoundRow.place).all()
            self.rounds = [row.id for row in rows]
            self.kinds = {row.id: row.kind for row in rows}
        store.close()
        self.called = {
            self.workshop["id"]: "workshop",
            self.workshop["code"]: "CODE",
            self.workshop["key"]: "key",
            self.brief_id: "brief",
            self.year: "/year/KEY",
            self.invitation: "/invitation/KEY",
            **{id: f"lead{n}" for n, id in enumerate(self.lead_ids, 1)},
        }
