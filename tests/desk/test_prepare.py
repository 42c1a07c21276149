"""Preparing a workshop over HTTP."""

import html
import re

import pytest
import requests
from bs4 import BeautifulSoup, Tag

from game import content
from game.base import paths
from game.rules.registry import worths
from game.store.tables import Team
from tests.serving import Server, Staff
from tests.waiting import LONG

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


def test_what_was_typed_into_a_round_or_the_points_comes_back(staff: Staff, path: str) -> None:
    first = rounds(staff, path)[0]
    typed = {"minutes": "99", "rest": "7", "title": "Un titre", "notes": "Rire d'abord"}
    told = staff.post(f"{path}/rounds/{first}", {**typed, "warm_up": "on"}, path)
    assert told.status_code == 422
    shown = BeautifulSoup(told.text, "html.parser").find(id=f"round-{first}")
    assert isinstance(shown, Tag)
    assert shown.details is not None
    assert shown.details.has_attr("open")
    assert shown.find(role="alert")
    values = {name: shown.find(attrs={"name": name}) for name in ("minutes", "rest", "title")}
    assert {name: field["value"] for name, field in values.items() if isinstance(field, Tag)} == {
        name: typed[name] for name in values
    }
    assert "Rire d'abord" in shown.text
    tick = shown.find(attrs={"name": "warm_up"})
    assert isinstance(tick, Tag)
    assert tick.has_attr("checked")
    names = re.findall(r'name="(\w+)" min="0" max="1000" value="(\d+)"', staff.get(path).text)
    wrong = staff.post(f"{path}/points", {**dict(names), "pursue": "²", "aware": "41"}, path)
    assert wrong.status_code == 422
    for name, value in (("pursue", "²"), ("aware", "41")):
        assert re.search(rf'name="{name}"[^>]+value="{value}"', wrong.text), name


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


def test_every_screen_can_be_walked_through(staff: Staff) -> None:
    made = staff.post("/workshops", {**FORM, "agenda": "decouverte-30"})
    path = made.url.replace(staff.server.url, "")
    walk = staff.get(f"{path}/preview").text
    stops = re.findall(r'href="([^"]+/preview\?at=\d+)"', walk)
    assert len(set(stops)) >= 4 + len(rounds(staff, path)) * 4  # a reveal may have several
    seen = set()
    for stop in dict.fromkeys(stops):
        screens = re.findall(r'src="([^"]+/preview/[^"]+)"', staff.get(stop).text)
        assert len(screens) == 3, "phone, big screen and remote"
        seen |= set(screens)
    for screen in seen:
        shown = staff.get(screen)
        assert shown.ok, screen
        assert 'id="screen"' in shown.text
    assert len(seen) == 3 * len(set(stops))


def test_each_page_of_a_reveal_is_a_stop_of_the_walk(staff: Staff) -> None:
    kinds = ("bingo", "boolean", "quiz", "rivals", "spot")
    made = staff.post("/workshops", {**FORM, "agenda": ""})
    path = made.url.replace(staff.server.url, "")
    for kind in kinds:
        assert staff.post(f"{path}/rounds", {"kind": kind}, path).ok
    for lang in ("fr", "en"):
        walk = soup(staff, f"{path}/preview?lang={lang}")
        parts = [ol for ol in walk.select(".walk-way ol") if len(ol.select("li")) > 3]
        for kind, part in zip(kinds, parts[-len(kinds) :], strict=True):
            pages = [a for a in part.select("a") if a.text.startswith("Révélée, page")]
            assert {a.text.rpartition(" ")[2] for a in pages} == {str(len(pages))}, kind
            for surface in ("projector", "remote"):
                stops = [soup(staff, str(a["href"])) for a in pages]
                frames = [str(stop.select(f".as-{surface}")[0]["src"]) for stop in stops]
                shown = [soup(staff, one).select("#screen")[0].get_text() for one in frames]
                assert len(set(shown)) == len(pages) > 1, f"each of {kind} shows another one"


def soup(staff: Staff, path: str) -> BeautifulSoup:
    return BeautifulSoup(staff.get(path).text, "html.parser")


def test_minutes_add_up_and_two_rounds_never_have_one_name(staff: Staff, path: str) -> None:
    shown = staff.get(path).text
    assert re.search(r"48 min de jeu \+ 12 min de parole = 60 min", shown)
    for _ in range(2):
        staff.post(f"{path}/rounds", {"kind": "spot"}, path)
    named = re.findall(r"<summary><strong>([^<]+)</strong>", staff.get(path).text)
    assert len(set(named)) == len(named)
    first = rounds(staff, path)[0]
    again = {"minutes": "2", "option-part": "claim", "title": named[1], "notes": "Respirer."}
    renamed = staff.post(f"{path}/rounds/{first}", again, path).text
    assert f"<strong>{named[1]} 2</strong>" in renamed
    assert "Respirer." in renamed


def test_a_position_is_written_from_a_blank_page(staff: Staff, path: str) -> None:
    new = f"{path}/briefs/new"
    form = {"title": "Luthier", "must_1": "a", "must_2": "b", "must_3": "c", "where": "Mirecourt"}
    refused = staff.post(new, form)
    assert refused.status_code == 422
    assert 'value="Mirecourt"' in refused.text
    assert "Luthier" in staff.post(new, {**form, "why": "le bois"}).text


def read(staff: Staff, path: str, lang: str) -> str:
    """A page in a language, with the signs of a keyboard."""
    staff.http.post(f"{staff.server.url}/lang/{lang}", timeout=LONG)
    text = html.unescape(staff.get(path).text).replace("’", "'")
    return re.sub(r"[^\S\n]+", " ", text)


def summaries(staff: Staff, path: str) -> list[str]:
    """What the page says of each round."""
    return re.findall(r"<summary><strong>.*?</summary>", staff.get(path).text)


def test_a_position_of_ones_own_is_played_in_every_round_that_has_one(
    staff: Staff, path: str
) -> None:
    had = [" · " in line for line in summaries(staff, path)]
    new = f"{path}/briefs/new"
    form = {f"must_{n}": "Sait" for n in (1, 2, 3)} | {"where": "Ici", "why": "Oui"}
    staff.post(new, {"title": "Cordier", "everywhere": "y", **form}, page=new)
    assert ["Cordier · " in line for line in summaries(staff, path)] == had
    assert 0 < sum(had) < len(had)


@pytest.mark.parametrize(
    ("lang", "said", "why"),
    [
        (
            "fr",
            "contenu d'un autre poste",
            "Cette manche joue le contenu de « ",
        ),
        ("en", "another job's content", "This round plays the content of “"),
    ],
)
def test_a_round_that_plays_another_job_s_cards_says_whose(
    staff: Staff, path: str, lang: str, said: str, why: str
) -> None:
    assert said not in read(staff, path, lang), "ready-made briefs have all that they play"
    new = f"{path}/briefs/new"
    form = {f"must_{n}": "Sait" for n in (1, 2, 3)} | {"where": "Ici", "why": "Oui"}
    staff.post(new, {"title": "Cordier", "everywhere": "y", **form}, page=new)
    told = read(staff, path, lang)
    lines = [line for line in summaries(staff, path) if "Cordier" in line]
    assert 0 < told.count(said) < len(lines), "a round of recommendations wants no cards"
    assert why in told


def test_forty_teams_are_kept_each_with_a_look_of_its_own(staff: Staff, path: str) -> None:
    names = [f"Équipe {n}" for n in range(1, 43)]
    form = {**FORM, "sort": "real", "asks": "nickname", "capture": "direct", "boards": "each"}
    more = {"teaming": "balanced", "team_names": "\n".join(names), "code_days": "7"}
    assert staff.post(path, form | more).ok
    store = staff.server.store()
    with store.session() as s:
        teams = s.query(Team).order_by(Team.place).all()
        assert [team.name for team in teams] == names[:40]
        assert len({team.shape for team in teams}) == 40
    store.close()


def test_a_new_code_ends_the_old_one(server: Server, staff: Staff, path: str) -> None:
    code = re.search(r'class="code">([A-Z]+)<', staff.get(path).text)
    assert code
    assert requests.get(f"{server.url}/{code[1]}", timeout=LONG).ok
    staff.post(f"{path}/code", {}, path)
    assert requests.get(f"{server.url}/{code[1]}", timeout=LONG).status_code == 404
