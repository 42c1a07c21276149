"""No page or file of staff shows who was named without leaving a trace, whichever page it is."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from game.store.tables import AuditEntry
from tests.accounts.test_policy import CHOICES
from tests.fuzz import World
from tests.privacy.test_no_ranking import LEADS, House, addresses
from tests.privacy.test_no_ranking import house as house

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
NAMES = [name.split()[0] for name in LEADS]  # as a file may part them
SHOWS = ("desk.export", "desk.leads", "desk.lead_card", "desk.lead_held", "desk.export_to")
CARDS = ({"card": "vcard"}, {"card": "resume"}, {"form": "json"}, {"form": "html"})


def traces(made: World) -> int:
    with made.app.extensions["sourcerie"].store.session() as s:
        return s.scalar(select(func.count()).select_from(AuditEntry)) or 0


def files(made: World) -> Iterator[tuple[str, str]]:
    """What is asked for by a form: lists that were searched, and files."""
    urls, ids = made.app.url_map.bind("x"), {name: one[0] for name, one in made.ids.items() if one}
    for name in SHOWS:
        for more in CARDS:
            given = {**CHOICES, **ids, "target": "opencats", "kind": "csv", **more}
            yield name, urls.build(name, given, method="POST").partition("?")[0]


def unnoted(made: World, client: FlaskClient, method: str, path: str) -> tuple[bool, bool]:
    """Does the answer name somebody, and was that noted?"""
    before = traces(made)
    typed = {"csrf_token": "", "text": "", "company": ""}
    answer = client.open(path, method=method, data=typed if method == "POST" else None)
    shown = answer.status_code == 200 and any(name.encode() in answer.data for name in NAMES)
    return shown, traces(made) > before


@pytest.mark.parametrize("role", ["recruiter", "dpo", "admin", "facilitator"])
def test_whoever_is_shown_somebody_leaves_a_trace(house: House, role: str) -> None:
    made, shown, found = house.world, set(), set()
    client = made.clients[role]
    asked = [("GET", *one) for one in addresses(made)] + [("POST", *one) for one in files(made)]
    for method, name, path in asked:
        is_shown, is_noted = unnoted(made, client, method, path)
        shown |= {name} if is_shown else set()
        found |= {(method, name)} if is_shown and not is_noted else set()
    assert found == set()
    assert (len(shown) > 12) is (role in ("recruiter", "admin")), shown
    if role == "facilitator":
        assert shown == set()  # who runs a workshop sees no lead
