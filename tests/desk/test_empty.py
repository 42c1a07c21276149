"""A page with nothing to show says so, and what would bring something: in a house that begins."""

import pytest
from bs4 import BeautifulSoup

from tests.desk.at_desk import Desk

LISTS = (
    *("/desk", "/desk/review", "/desk/review/list", "/desk/doubles", "/desk/introductions"),
    *("/desk/agenda", "/desk/rules", "/desk/messages", "/desk/again", "/desk/import"),
    *("/desk/export", "/desk/references", "/desk/workshops", "/desk/results", "/desk/mix"),
    *("/desk/places", "/desk/nominees", "/desk/colleagues", "/desk/occasions", "/desk/employers"),
)


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_teaches(desk: Desk, path: str) -> None:
    said = set()
    for lang in ("fr", "en"):
        who, _ = desk.person(lang=lang)
        page = who.get(path)
        assert page.status_code == 200
        found = BeautifulSoup(page.text, "html.parser").select_one("main .empty")
        assert found, page.text[-2000:]
        text = found.get_text(" ", strip=True)
        assert len(text.split()) > 5, text  # more than « nothing »
        said.add(text)
    assert len(said) == 2
