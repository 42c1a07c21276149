"""The command that restores brings nobody back who was erased, and forgets no objection."""

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.cli import main
from game.privacy.erase import erase
from game.privacy.objection import object
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import Lead
from tests.table import SECRET, SLOTS, Table, said


def test_who_was_erased_or_objected_since_stays_so(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'x.db'}", str(tmp_path / "before.zip")
    env = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": SECRET}
    upgrade(url)
    table = Table(Store(url))
    for n in range(3):
        table.submit(0, said(SLOTS[n], n))
    done = CliRunner().invoke(main, ["backup", file], env=env)
    assert done.exit_code == 0, done.output
    gone, objects, other = table.leads()
    with Session(table.store.writing) as s:
        erase(s, SECRET, gone, None)
        object(s, SECRET, objects, None)
        s.commit()
    done = CliRunner().invoke(main, ["restore", "--replace", file], env=env)
    assert done.exit_code == 0, done.output
    rows = table.read(select(Lead.id, Lead.objected_at.is_not(None)).order_by(Lead.id))
    assert [tuple(row) for row in rows] == [(objects, True), (other, False)]
    table.store.close()
