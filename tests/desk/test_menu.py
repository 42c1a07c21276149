"""The menu says where one is, on whichever page of the desk or of the papers one is."""

import re
from collections.abc import Iterator

import pytest

from tests.accounts.test_policy import CHOICES
from tests.fuzz import World
from tests.privacy.test_no_ranking import House, addresses
from tests.privacy.test_no_ranking import house as house

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
OF_MENU = ("desk.", "law.", "integrations.")
MENU = re.compile(r'<nav class="sections".*?</nav>', re.DOTALL)


def forms(made: World) -> Iterator[tuple[str, str]]:
    """Each address that takes a form."""
    urls = made.app.url_map.bind("x")
    ids = {name: one[0] for name, one in made.ids.items() if one}
    for rule in made.rules:
        if "POST" in (rule.methods or ()) and rule.endpoint.startswith(OF_MENU):
            given = {name: {**CHOICES, **ids}.get(name, "0" * 16) for name in rule.arguments}
            yield rule.endpoint, urls.build(rule.endpoint, given, method="POST")


def test_each_page_marks_its_place_also_with_faults(house: House) -> None:
    """A form with nothing in it is answered by its page, with what is missing."""
    made, lost, shown = house.world, set(), set()
    client = made.clients["admin"]
    asked = [("GET", *one) for one in addresses(made) if one[0].startswith(OF_MENU)]
    for method, name, path in [*asked, *(("POST", *one) for one in forms(made))]:
        answer = client.open(path, method=method, data={} if method == "POST" else None)
        menu = (
            MENU.search(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else None
        )
        if menu and answer.status_code in (200, 422):
            shown.add((method, name))
            if "aria-current" not in menu[0] and "is-here" not in menu[0]:
                lost.add((method, name))
    assert lost == set()
    assert len(shown) > 50
