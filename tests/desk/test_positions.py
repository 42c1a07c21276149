"""Positions written in the browser: blank at first, checked, and copied into workshops."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from game import content
from game.base import paths
from game.rules.own import is_one, own_parts
from game.store.engine import Store
from game.store.tables import AuditEntry, BriefRow, Position, RoundRow, Workshop
from game.workshop import agenda, create
from game.workshop import position as positions
from game.workshop.played_round import PlayedRounds
from tests.databases import opened
from tests.desk.at_desk import Desk, desk_in

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
PARTS = {is_one(part): part.name for part in own_parts()}
DECK, PROMPTS = PARTS[True], PARTS[False]
BRIEF = {
    **{"title": "Soudeuse sous-marine", "trade": "Soudure", "where": "Brest", "why": "La mer."},
    **{"must_1": "Plonge", "must_2": "Soude", "must_3": "Garde son calme"},
}


def deck(cards: int = 3) -> dict[str, str]:
    """The fields of a deck, as a browser sends them."""
    form = {f"{DECK}.criteria.{n}.label": label for n, label in enumerate(("Plonge", "Soude"))}
    form |= {f"{DECK}.criteria.{n}.key": f"own-{n + 1}" for n in range(2)}
    for n in range(cards):
        card = {
            "key": f"own-{n + 1}",
            "title": f"Profil {n}",
            "facts": "Plonge à trente mètres\r\n\r\nSoude à sec",
            "gold": "keep" if n % 2 else "pass",
            "criterion": "own-1",
            "explanation": "Parce que.",
        }
        form |= {f"{DECK}.cards.{n}.{name}": value for name, value in card.items()}
    return form


def prompt(text: str = "Qui plonge ?") -> dict[str, str]:
    row = {"key": "own-1", "text": text, "cue": "best"}
    return {f"{PROMPTS}.0.{name}": value for name, value in row.items()}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("positions") / "instance") as made:
        yield made


def blank(client: FlaskClient) -> str:
    made = client.post("/positions", data={"title": "Soudeuse", "lang": "fr"})
    return str(made.location)


def row_of(desk: Desk, path: str) -> Position:
    return desk.read(lambda s: s.get_one(Position, path.rpartition("/")[2]))  # type: ignore[no-any-return]


def test_a_recruiter_writes_a_position_and_each_mistake_is_at_its_field(desk: Desk) -> None:
    client, user_id = desk.person("recruiter")
    path = blank(client)
    wrong = {**BRIEF, **deck(2), **prompt("x" * 161), "why": ""}
    wrong |= {f"{DECK}.cards.1.gold": "", f"{DECK}.cards.0.facts": "Un seul fait"}
    said = client.post(path, data=wrong)
    assert said.status_code == 422
    for name in ("why", f"{DECK}.cards.1.gold", f"{DECK}.cards.0.facts", f"{PROMPTS}.0.text"):
        tag = re.search(rf'<[^>]*name="{name}"[^>]*>', said.text)
        assert tag, name
        assert 'aria-invalid="true"' in tag[0], name
        assert f'id="{name}-error"' in said.text
    assert "Il en faut au moins 3." in said.text
    assert "Un seul fait" in said.text  # nothing typed is lost
    assert not row_of(desk, path).is_whole
    assert "à compléter" in client.get("/positions").text
    assert client.post(path, data={**BRIEF, **deck(), **prompt()}).location == path
    kept = row_of(desk, path)
    assert kept.is_whole
    assert kept.changed_by == user_id
    cards: Any = kept.own[DECK]
    assert cards["cards"][0]["facts"] == [
        "Plonge à trente mètres",
        "Soude à sec",
    ]
    shown = client.get(path).text
    assert 'value="Profil 2"' in shown
    assert (
        shown.count(f'name="{DECK}.cards.') == 6 * 9
    )  # three that are there, three to fill in; three texts in both languages
    keys = re.findall(rf'name="{DECK}.cards.\d+.key" value="([^"]+)"', shown)
    assert len(set(keys)) == len(keys)
    noted = desk.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert "position_saved" in noted


def test_an_emptied_row_is_removed_and_a_position_needs_no_cards(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    path = blank(client)
    emptied = {**BRIEF, **deck(4)} | {
        f"{DECK}.cards.1.{name}": "" for name in ("title", "facts", "gold", "criterion")
    }
    client.post(path, data={**emptied, f"{DECK}.cards.1.explanation": " "})
    cards: Any = row_of(desk, path).own[DECK]
    assert [card["title"] for card in cards["cards"]] == ["Profil 0", "Profil 2", "Profil 3"]
    assert client.post(path, data=BRIEF).status_code == 302
    assert row_of(desk, path).own == {}
    client.post(f"{path}/remove")
    assert client.get(path).status_code == 404


def test_a_workshop_takes_a_copy_and_plays_its_cards(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    path = blank(client)
    client.post(path, data={**BRIEF, **deck(), **prompt()})
    workshop = client.post(
        "/workshops", data={"name": "Atelier", "lang": "fr", "agenda": "decouverte-30"}
    ).location
    assert "Soudeuse sous-marine" in client.get(workshop).text
    position_id = path.rpartition("/")[2]
    client.post(f"{workshop}/briefs", data={"position": position_id})
    workshop_id = workshop.rpartition("/")[2]
    brief = desk.read(
        lambda s: s.scalars(select(BriefRow).filter_by(key=f"own-{position_id}")).one()
    )

    def use(s: Session) -> dict[str, str]:
        rows = s.scalars(select(RoundRow).where(RoundRow.workshop_id == workshop_id)).all()
        for row in rows:  # what the ready-made agenda chose stands in nobody's way
            agenda.edit(
                *(s, workshop_id, row.id),
                seconds=row.seconds,
                options=row.options,
                brief_id=brief.id,
            )
        return {row.kind: row.id for row in rows}

    rounds = desk.write(use)
    shown = [
        client.get(f"{workshop}/preview/phone/{round_id}/open").text for round_id in rounds.values()
    ]
    assert any("Profil 0" in text and "Plonge à trente mètres" in text for text in shown)
    assert any("Qui plonge ?" in text for text in shown)
    page = client.get(workshop).text
    assert "Qui plonge ?" in page  # to choose from, among the ready ones
    client.post(path, data={**BRIEF, "title": "Autre"})
    kept = desk.read(lambda s: s.get_one(BriefRow, brief.id))
    assert kept.title == "Soudeuse sous-marine"
    assert set(kept.own) == {DECK, PROMPTS}
    copied = desk.write(lambda s: create.copy(s, workshop_id, user_id=None, name="Encore").id)
    theirs = desk.read(
        lambda s: s.scalars(
            select(BriefRow).where(BriefRow.workshop_id == copied, BriefRow.key == kept.key)
        ).one()
    )
    assert theirs.own == kept.own
    # in the workshop, the copy is written on with the same check
    edited = f"{workshop}/briefs/{brief.id}"
    assert client.post(edited, data={**BRIEF, **deck(1)}).status_code == 422
    assert client.post(edited, data={**BRIEF, **prompt("Et qui soude ?")}).status_code == 302
    assert set(desk.read(lambda s: s.get_one(BriefRow, brief.id).own)) == {PROMPTS}


def test_a_blank_position_is_not_offered_to_workshops(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    path = blank(client)
    workshop = client.post("/workshops", data={"name": "A", "lang": "fr", "agenda": ""}).location
    assert path.rpartition("/")[2] not in client.get(workshop).text
    sent = client.post(f"{workshop}/briefs", data={"position": path.rpartition("/")[2]})
    assert sent.status_code == 404


def test_answers_are_taken_for_its_own_cards_on_either_database(either: str) -> None:
    packs = content.load(paths.content())
    with opened(either) as store:
        round_id = _round(store)
        with store.reading.connect() as connection:
            found, unplayable = PlayedRounds(packs, "FR").read(connection, [round_id])
    assert not unplayable
    played = found[round_id]
    taken = played.kind.accept(played.setting, {}, {"slot": "card:own-2", "choice": "keep"})
    assert taken.slot == "card:own-2"


def _round(store: Store) -> str:
    from game.screens.part_form import read

    kind = next(k for k in _kinds() if DECK in {part.name for part in k.parts})
    with Session(store.writing) as s:
        workshop = Workshop(name="A", code=f"W{id(s)}"[:8], created_at=1)
        s.add(workshop)
        s.flush()
        made = positions.create(s, "Soudeuse", "fr", None)
        texts = {name: BRIEF[name] for name in ("title", "trade", "where", "why")}
        values = {**texts, "must_haves": ["a", "b", "c"], "own": read(deck())}
        positions.save(s, made, values, None)
        brief_id = positions.copy_to(s, s.get_one(Position, made), workshop.id)
        row = RoundRow(
            workshop_id=workshop.id, place=0, kind=kind.name, seconds=60, brief_id=brief_id
        )
        s.add(row)
        s.commit()
        return row.id


def _kinds() -> Any:
    from game.rules.registry import kinds

    return kinds().values()
