"""No page of staff ranks employees outside the game, and none scores or ranks a person at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.roles import ROLES
from game.pool import occasion
from game.store.base import new_id
from game.store.tables import (
    Arrival,
    BriefRow,
    Colleague,
    CvReading,
    GuestCard,
    Lead,
    Player,
    Position,
    Recommendation,
    RoundRow,
    Workshop,
)
from tests.accounts.test_policy import CHOICES
from tests.fuzz import World, world

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
GAME = ("remote", "report", "preview")  # a workshop's own: there a game is played
MUSTS = ["Soude l’inox fin", "Lit un plan", "Contrôle son travail"]
POINTS = {  # neither by name, nor as they came
    "Morgane Abiven": 7_341,
    "Bertille Quéré": 7_113,
    "Ronan Cozic": 7_902,
    "Aziliz Nédélec": 7_527,
    "Gwenaël Tanguy": 7_028,
    "Loeiza Derrien": 7_666,
}
HOSTS = {"Yuna Omnès": 2, "Erwan Bihan": 4, "Katell Jézéquel": 1, "Divi Pouliquen": 3}  # guests
LEADS = {  # more of the brief's words than the next: nearly the order of fitness
    "Zoé Ferrand": ["soudure", "inox", "plans", "contrôle"],
    "Iris Lozac’h": ["soudure", "inox", "plans"],
    "Ursule Vidal": ["inox", "plans"],
    "Ada Marrec": ["soudure"],
    "Nil Kerbrat": ["inox"],
}
PEOPLE = (*POINTS, *HOSTS, *LEADS)
FITNESS = re.compile(
    r"\bscor(?:e|es|ing|é|ée)\b|\d\s?%|\b\d{1,3}(?:[.,]\d)?\s?/\s?(?:5|10|20|100)\b(?!/)|[★☆⭐]"
    r"|\b(?:meilleur\w*|best|pertinen\w*|relevan\w*|rank\w*|classement\w*|rang|top|match\w*"
    r"|adéquation|compatib\w*|suitab\w*|fit|fitness|rating)\b",
    re.IGNORECASE,
)
ROWS = ("tr", "li", "article", "dl", "p", "fieldset", "label", "h2", "h3")


def in_order(names: Sequence[str], points: dict[str, int]) -> bool:
    """Do at least four of them stand by what each has, the most or the least first?"""
    found = [points[name] for name in names]
    return len(found) > 3 and found in (sorted(found), sorted(found, reverse=True))


def named(text: str, people: Sequence[str]) -> list[str]:
    """Who stands in a text, in the order of the first time."""
    places = {name: text.find(name) for name in people}
    return sorted((name for name in people if places[name] >= 0), key=places.__getitem__)


def beside(page: str) -> Iterator[str]:
    """What stands beside each person: their row, or all of a page that is about one."""
    if not named(unescape(page), PEOPLE):
        return  # most pages: reading a page as a tree takes as long as making it
    main = BeautifulSoup(page, "html.parser").main
    for text in main.find_all(string=True) if main else ():
        if named(str(text), PEOPLE) and text.find_parent(("option", "textarea")) is None:
            row = text.find_parent(ROWS)
            about = main if text.find_parent("h1") else row
            yield (about if isinstance(about, Tag) else text).get_text(" ", strip=True)


def figure(n: int) -> str:
    """A number of thousands, as either language writes it."""
    return rf"(?<!\d){n // 1000}[\s\u202f\u00a0.,]?{n % 1000:03}(?!\d)"


def faults(page: str) -> list[str]:
    """What a page does that none may."""
    text = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    found = [f"points of {name}" for name, n in POINTS.items() if re.search(figure(n), text)]
    for group in (POINTS, HOSTS):
        if in_order(named(text, tuple(group)), group):
            found.append(f"ranked: {named(text, tuple(group))}")
    for row in beside(page):
        if word := FITNESS.search(row):
            found.append(f"{word[0]!r} beside {named(row, PEOPLE)}: {row[:200]}")
    return found


@dataclass(frozen=True)
class House:
    """A house with people in it whom something could rank."""

    world: World
    brief_id: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with world(tmp_path_factory.mktemp("ranked"), cv_beside_brief="on") as made:
        game = made.app.extensions["sourcerie"]
        yield House(made, game.writer.write(lambda s: fill(s, made)))


def fill(s: Session, made: World) -> str:
    """Players with points, the people they named, hosts with guests; returns a brief's id."""
    now, ids = now_ms(), made.ids
    workshop = s.get_one(Workshop, ids["workshop_id"][0])
    workshop.sort, workshop.stage = "real", "ended"
    brief = BriefRow(workshop_id=workshop.id, key="k", title="Soudeur", must_haves=MUSTS)
    s.add_all((brief, Position(lang="fr", title="Soudeur", must_haves=MUSTS, changed_at=1)))
    s.flush()
    round_id = ids["round_id"][0]
    s.execute(update(RoundRow).where(RoundRow.id == round_id).values(brief_id=brief.id))
    s.execute(update(Lead).values(folded="malo"))
    players = [_player(s, workshop.id, name, n, now) for name, n in POINTS.items()]
    where = {"round_id": round_id, "workshop_id": workshop.id, "brief_id": brief.id, "at": now}
    leads = [_lead(s, name, skills, now) for name, skills in LEADS.items()]
    for n, player in enumerate(players):
        lead = leads[n % len(leads)]
        said = {"lead_id": lead.id, "name": lead.name, "slot": f"lead:slot{n}", "channel": "people"}
        said |= {"relationship": "former-colleague", "reach": "introduce", "skills": lead.skills}
        flags = dict.fromkeys(("known", "aware"), True)
        s.add(Recommendation(player_id=player.id, **said, **where, **flags, internal=False))
    ids["lead_id"], ids["brief_id"] = [leads[0].id], [brief.id]
    ids["occasion_id"] = [_evening(s, now)]
    for n, name in enumerate(POINTS):
        offers = {"mail": f"c{n}@maison.fr", "lang": "fr", "offered_at": now, "created_at": now}
        s.add(Colleague(name=name, **offers))
    noted = [{"must_have": must, "state": "read", "question": ""} for must in MUSTS]
    reading = {"lead_id": leads[0].id, "user_id": made.users["recruiter"], "title": "Soudeur"}
    s.add(CvReading(**reading, lang="fr", noted=noted, text="Soude l'inox", created_at=now))
    s.flush()
    return str(brief.id)


def _player(s: Session, workshop_id: str, name: str, points: int, now: int) -> Player:
    nickname = name.split()[0]
    made = Player(workshop_id=workshop_id, nickname=nickname, folded=nickname.lower())
    made.real_name, made.joined_at = name, now
    made.provisional = made.confirmed = points
    s.add(made)
    s.flush()
    return made


def _lead(s: Session, name: str, skills: list[str], now: int) -> Lead:
    made = Lead(id=new_id(), name=name, role="soudeuse inox", skills=skills, created_at=now)
    made.inform_by, made.informed_at, made.agreed_at = day_of(now), now, now
    made.verdict, made.mail = "pursue", f"{name[:2].lower()}@exemple.fr"
    s.add(made)
    s.flush()
    return made


def _evening(s: Session, now: int) -> str:
    typed = {"name": "Soirée du port", "sort": "afterwork", "held_on": day_of(now).isoformat()}
    made = occasion.make(s, typed, "fr", None)
    occasion.add_hosts(s, made.id, "\n".join(HOSTS), None)
    for card in s.scalars(select(GuestCard).filter_by(occasion_id=made.id)).all():
        for _ in range(HOSTS.get(card.host, 0)):
            s.add(Arrival(id=new_id(), occasion_id=made.id, card_id=card.id, at=now, digest=""))
    return made.id


def addresses(made: World) -> Iterator[tuple[str, str]]:
    """Each page that staff may look at: its name, and its address about what there is."""
    urls = made.app.url_map.bind("x")
    for rule in made.rules:
        view = made.app.view_functions[rule.endpoint]
        of_game = rule.endpoint.partition(".")[0] in GAME
        if "GET" in (rule.methods or ()) and getattr(view, "right", None) and not of_game:
            given = {name: made.ids[name][0] for name in rule.arguments if made.ids.get(name)}
            rest = {name: CHOICES.get(name, "0" * 16) for name in rule.arguments}
            yield rule.endpoint, urls.build(rule.endpoint, {**rest, **given, **_one(rule.endpoint)})


def _one(endpoint: str) -> dict[str, str]:
    return {"version": "1", "key": "register-entry"} if endpoint.startswith("law.") else {}


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    told = answer.mimetype in ("text/html", "text/csv") and answer.status_code == 200
    return answer.get_data(as_text=True) if told else ""


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_staff_ranks_anybody(house: House, role: str, lang: str) -> None:
    made, found, shown = house.world, [], set()
    client = made.clients[role]
    client.post(f"/lang/{lang}")
    for name, path in addresses(made):
        page = read(client, path)
        found += [f"{name}: {fault}" for fault in faults(page)]
        shown |= {name for one in PEOPLE if one in page}
    assert found == []
    assert made.faults == []
    if role in ("recruiter", "admin"):  # or it would prove nothing
        wanted = {"desk.lead", "desk.leads", "desk.again_for", "desk.introductions", "desk.cv_page"}
        assert wanted | {"desk.colleagues", "desk.occasion_page"} <= shown


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_whom_a_brief_finds_again_stands_by_name(house: House, lang: str) -> None:
    client = house.world.clients["recruiter"]
    client.post(f"/lang/{lang}")
    page = f"/desk/again/{house.brief_id}"
    searched = client.post(page, data={"words": "inox, plans, soudure", "do": "search"})
    for shown in (client.get(page).text, searched.text):
        names = [unescape(n) for n in re.findall(r'/desk/leads/[0-9a-f]{16}">([^<]+)</a>', shown)]
        assert names == sorted(LEADS)
        assert faults(shown) == []


def table(rows: Sequence[Any]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<main><h1>Pistes</h1><table>{cells}</table></main>"


RANKED = sorted(POINTS, key=POINTS.__getitem__, reverse=True)


@pytest.mark.parametrize(
    "page",
    [
        table([(name,) for name in RANKED]),
        table([(name,) for name in reversed(RANKED[:4])]),
        table([("Ronan Cozic", "7 902 points")]),
        table([("Ronan Cozic", "7\u202f902")]),
        table([(name,) for name in sorted(HOSTS, key=HOSTS.__getitem__)]),
        *(
            table([("Zoé Ferrand", said)])
            for said in ("87 %", "87%", "8/10", "4,5 / 5", "★★★", "Meilleur profil", "best match")
        ),
        *(table([("Zoé Ferrand", said)]) for said in ("Score : 3", "pertinence", "Top", "Ranking")),
        "<main><h1>Zoé Ferrand</h1><section><p>Adéquation avec le poste</p></section></main>",
    ],
)
def test_a_page_that_ranks_is_found(page: str) -> None:
    assert faults(page)


def test_a_page_that_ranks_nobody_is_not() -> None:
    by_name = table([(name, "29/10/2026", "3 h") for name in sorted(POINTS)])
    assert faults(by_name) == []
    assert faults("<main><p>Sans score ni classement.</p><p>Zoé Ferrand</p></main>") == []
