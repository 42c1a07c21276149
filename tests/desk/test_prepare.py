"""Preparing a workshop over HTTP."""

import re

import pytest
import requests

from game import content
from game.base import paths
from game.rules.registry import worths
from tests.serving import Server, Staff

FORM = {"name": "Atelier du jeudi", "lang": "fr", "held_on": "2026-12-03", "agenda": "complet-60"}


@pytest.fixture
def path(staff: Staff) -> str:
    made = staff.post("/workshops", FORM)
    assert made.ok
    return str(made.url).replace(staff.server.url, "")


def rounds(staff: Staff, path: str) -> list[str]:
    return re.findall(r'id="round-([0-9a-f]{16})"', staff.get(path).text)


def test_a_ready_made_agenda_comes_with_its_briefs(staff: Staff, path: str) -> None:
    shown = staff.get(path).text
    agenda = next(a for a in content.load(paths.content())["fr"].agendas if a.key == FORM["agenda"])
    assert len(rounds(staff, path)) == len(agenda.rounds)
    assert "Développeur·se back-end" in shown
    assert "Comptable fournisseurs" in shown


def test_rounds_move_double_and_go(staff: Staff, path: str) -> None:
    first, second, *rest = rounds(staff, path)
    staff.post(f"{path}/rounds/{first}/down", {}, path)
    assert rounds(staff, path)[:2] == [second, first]
    staff.post(f"{path}/rounds/{first}/copy", {}, path)
    assert len(rounds(staff, path)) == len(rest) + 3
    staff.post(f"{path}/rounds/{first}/remove", {}, path)
    assert first not in rounds(staff, path)


def test_a_rounds_length_and_options_are_kept_and_checked(staff: Staff, path: str) -> None:
    first = rounds(staff, path)[0]
    good = {"minutes": "2", "rest": "30", "option-part": "claim", "title": "Le débat"}
    assert "Le débat" in staff.post(f"{path}/rounds/{first}", good, path).text
    assert "2:30" in staff.get(path).text
    for bad in ({**good, "minutes": "99"}, {**good, "option-part": "nothing"}):
        assert staff.post(f"{path}/rounds/{first}", bad, path).status_code == 422


def test_a_brief_is_edited_in_place(staff: Staff, path: str) -> None:
    found = re.search(rf"{path}/briefs/[0-9a-f]{{16}}", staff.get(path).text)
    assert found
    form = {"title": "Nouveau poste", "must_1": "a", "must_2": "b", "must_3": "c", "where": "ici"}
    missing = staff.post(found[0], form)
    assert missing.status_code == 422
    assert 'value="Nouveau poste"' in missing.text
    staff.post(found[0], {**form, "why": "parce que"})
    assert "Nouveau poste" in staff.get(path).text


@pytest.mark.parametrize("sent", [{"kind": "spot"}, {"agenda": "complet-60"}])
def test_rounds_are_added_on_the_page(staff: Staff, path: str, sent: dict[str, str]) -> None:
    before = len(rounds(staff, path))
    assert staff.post(f"{path}/rounds", sent, path).ok
    assert len(rounds(staff, path)) > before


def test_what_is_no_number_is_told_at_the_field(staff: Staff, path: str) -> None:
    """`²` is a digit to Python, and no number to anybody."""
    first = rounds(staff, path)[0]
    assert staff.post(f"{path}/rounds/{first}", {"minutes": "²"}, path).status_code == 422
    shown = staff.get(path).text
    form = dict(re.findall(r'name="(\w+)" min="0" max="1000" value="(\d+)"', shown))
    assert staff.post(f"{path}/points", {**form, "pursue": "²"}, path).status_code == 422
    assert staff.get("/desk?page=²").ok


def test_copy_and_delete(staff: Staff, path: str) -> None:
    copied = staff.post(f"{path}/copy", {}, "/workshops")
    assert "(copie)" in copied.text
    assert len(re.findall(r'id="round-', copied.text)) == len(rounds(staff, path))
    staff.post(f"{path}/delete", {})
    assert staff.get(path).status_code == 404


def test_points_are_checked_at_the_field(staff: Staff, path: str) -> None:
    shown = staff.get(path).text
    names = re.findall(r'name="(\w+)" min="0" max="1000" value="(\d+)"', shown)
    assert {name for name, _ in names} == set(worths())
    form = dict(names)
    assert staff.post(f"{path}/points", {**form, "pursue": "-3"}, path).status_code == 422
    assert staff.post(f"{path}/points", {**form, "pursue": "50"}, path).ok
    assert re.search(r'name="pursue"[^>]+value="50"', staff.get(path).text)


def test_every_screen_can_be_previewed(staff: Staff, path: str) -> None:
    page = staff.get(f"{path}/preview").text
    screens = re.findall(r'src="([^"]+/preview/[^"]+)"', page)
    assert len(screens) == 4 * 2 + len(rounds(staff, path)) * 4 * 2
    for screen in screens:
        shown = staff.get(screen)
        assert shown.ok, screen
        assert 'id="screen"' in shown.text


def test_a_new_code_ends_the_old_one(server: Server, staff: Staff, path: str) -> None:
    code = re.search(r'class="code">([A-Z]+)<', staff.get(path).text)
    assert code
    assert requests.get(f"{server.url}/{code[1]}", timeout=5).ok
    staff.post(f"{path}/code", {}, path)
    assert requests.get(f"{server.url}/{code[1]}", timeout=5).status_code == 404
