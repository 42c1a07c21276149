"""Leads that were there before the search had a text of its own are found by it."""

from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from game.store.engine import Store
from game.store.migrate import config, upgrade

LEAD = """INSERT INTO leads (id, name, role, company, skills, mail, phone, link, channel, internal,
origin, verdict, inform_by, created_at) VALUES (:id, 'Zoë', 'Régleuse', '', '["C++"]', '', '', '',
'pool', false, 'import', '', '2026-12-01', 1)"""


def before(script: ScriptDirectory) -> str:
    ours = next(one for one in script.walk_revisions() if "the_search" in str(one.path))
    return str(ours.down_revision)


def test_older_leads_get_their_text(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    store = Store(url)
    with store.writing.connect() as connection:
        settings = config(url)
        settings.attributes["connection"] = connection
        command.upgrade(settings, before(ScriptDirectory.from_config(settings)))
        connection.execute(text(LEAD), [{"id": f"{n:016}"} for n in range(1_001)])
        connection.commit()
    upgrade(url)
    with store.reading.connect() as connection:
        found = connection.execute(text("SELECT DISTINCT folded FROM leads")).all()
    store.close()
    assert [row.folded for row in found] == ["zoe||regleuse||c"]
