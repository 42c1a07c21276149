"""What a candidate asks of a colleague stands on that colleague's page, and nowhere that staff see.

Every page, file and program's answer is read by every role, unpacked where it is packed, for a
word in plain letters: no escape of any format writes it otherwise.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.roles import ROLES
from game.base.slots import FORM
from game.pool import talk, talk_answer
from game.store.tables import AuditEntry, Colleague, Interview, Lead
from tests.accounts.test_policy import CHOICES
from tests.api.program import Program
from tests.desk.at_desk import Desk
from tests.fuzz import World, world

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
MARK, NAME, WHOM = "Vorhangfrage", "Solenn Kerguelen", "Camille Bernard"
PARIS = ZoneInfo("Europe/Paris")
THEIRS = ("contact.colleague_page", "contact.colleague_file")  # the colleague's own
ANY = re.compile(r"<any\(([^)]*)\):(\w+)>").findall  # each form of a file is asked for
FILES = ("desk.export", "desk.export_to", "desk.lead_held", "desk.lead_card", "desk.contact_link")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("asked")
    with world(folder, cv_beside_brief="on") as made:
        desk = Desk(made.app)
        desk.write(lambda s: ask(s, made, desk.game.secret))
        yield made


def ask(s: Session, made: World, secret: str) -> None:
    """A candidate asks a colleague, who says yes."""
    lead, now = s.get_one(Lead, made.ids["lead_id"][0]), now_ms()
    lead.name, lead.folded, lead.mail = NAME, NAME.lower(), "solenn@exemple.fr"
    lead.informed_at = now
    friend = Colleague(name=WHOM, mail="c@maison.fr", lang="fr", ways=["walk"], created_at=now)
    friend.offered_at = now
    s.add(friend)
    s.flush()
    by = made.users["recruiter"]
    talk_id = talk.open(s, secret, lead.id, "offer", "fr", by)
    slot = (datetime.now(UTC).astimezone(PARIS) + timedelta(days=3)).strftime(FORM)
    wish = talk.Wish(friend.id, "walk", [slot], [f"{MARK} ?"], "fr")
    talk.ask(s, secret, lead.id, wish)
    talk_answer.agree(s, friend.key, talk_id, slot, "", PARIS)


def unpacked(raw: bytes) -> str:
    """What a file says; of a zip, which a spreadsheet is too, all that lies in it."""
    if not raw.startswith(b"PK\3\4"):
        return raw.decode("utf-8", "replace")
    with ZipFile(BytesIO(raw)) as file:
        return "\n".join(unpacked(file.read(name)) for name in file.namelist())


def addresses(made: World, talk_id: str) -> Iterator[tuple[str, str, str]]:
    """(name, method, address) of whatever can be looked at or downloaded."""
    urls = made.app.url_map.bind("x")
    for rule in made.rules:
        methods = {"GET"} | ({"POST"} if rule.endpoint in FILES else set())
        if rule.endpoint in ("static", *THEIRS) or rule.endpoint.startswith("auth."):
            continue
        given = {name: made.ids[name][0] for name in rule.arguments if made.ids.get(name)}
        rest = {name: CHOICES.get(name, talk_id) for name in rule.arguments}
        named = [[(name, one.strip()) for one in some.split(",")] for some, name in ANY(rule.rule)]
        for picked, method in product(product(*named), sorted(methods & (rule.methods or set()))):
            values = {**rest, **given, **dict(picked)}
            yield rule.endpoint, method, urls.build(rule.endpoint, values, method=method)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_or_file_of_staff_says_it(house: World, role: str) -> None:
    client, desk, shown, said = house.clients[role], Desk(house.app), set(), []
    talk_id = desk.read(lambda s: s.scalars(select(Interview.id)).one())
    key = desk.read(lambda s: s.scalars(select(Colleague.key)).one())  # of the page that says it
    for name, method, path in addresses(house, talk_id):
        if name == "second.step" or name.endswith(".sign_out"):
            continue
        found = unpacked(client.open(path, method=method).get_data())
        said += [name] if MARK in found or key in found else []
        shown |= {name} if NAME in found or WHOM in found else set()
    assert said == []
    assert house.faults == []
    if role in ("recruiter", "admin"):  # or it would prove nothing
        wanted = {"desk.lead", "desk.leads", "desk.colleagues", "desk.export", "desk.lead_held"}
        assert (
            wanted | {"desk.lead_card", "contact.own", "contact.own_data", "contact.talk"} <= shown
        )


def test_no_program_and_no_log_is_told_it(house: World) -> None:
    desk = Desk(house.app)
    program, lead = Program(desk), house.ids["lead_id"][0]
    said = [program.get(f"/leads/{lead}"), program.get("/leads"), program.get("/audit?limit=500")]
    said += [program.get("/workshops"), program.get("/briefs")]
    told = [unpacked(one.get_data()) for one in said]
    assert NAME in told[0]
    assert "talk_asked" in told[2]
    assert not [one for one in told if MARK in one]
    entries = desk.read(lambda s: [f"{one.detail}" for one in s.scalars(select(AuditEntry))])
    assert not [one for one in entries if MARK in one]


def test_the_colleague_alone_reads_it(house: World) -> None:
    desk = Desk(house.app)
    key = desk.read(lambda s: s.scalars(select(Colleague.key)).one())
    assert MARK in house.app.test_client().get(f"/colleague/{key}").text
