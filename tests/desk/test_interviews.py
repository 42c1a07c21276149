"""An interview by a grid at the desk: tapped, noted, transcribed, confirmed; then in one's file."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from game.jobs.worker import Worker
from game.store.tables import Grid, GridInterview, GridPassage, Position
from tests.desk.at_desk import Desk, desk_in
from tests.desk.test_aids import page
from tests.jobs.test_drafts import PACKS
from tests.reading import words_of

POST = "Soudeur·se TIG"
MUSTS = ["Souder au TIG sur inox", "Respecter les règles de sécurité", "Travailler en équipe"]
TOPIC = {"topic": POST}


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("interviews")
    with desk_in(folder) as made:
        row = {"lang": "fr", "title": POST, "must_haves": MUSTS, "changed_at": 1}
        made.write(lambda s: s.add(Position(**row)))
        yield made


def fields(shown: str) -> dict[str, str]:
    """What the form of a grid holds."""
    hidden = re.findall(r'type="hidden" name="((?:must|theme)-\d+)" value="([^"]*)"', shown)
    areas = re.findall(r'name="((?:text|levels)-\d+)"[^>]*>([^<]*)<', shown)
    return {name: unescape(value) for name, value in [*hidden, *areas]}


def test_a_grid_is_proposed_changed_and_printed(floor: Desk) -> None:
    client, _by = floor.person()
    shown = page(client, f"/desk/grids?topic={POST}")
    form = fields(shown)
    assert form["must-0"] == MUSTS[0]
    assert "dangereux" in form["text-1"]
    assert len(form["levels-1"].splitlines()) == 4
    form |= {"text-0": "", "text-3": "Que voulez-vous savoir de nous ?"}
    assert client.post("/desk/grids", data={**TOPIC, **form}).status_code == 302
    kept = floor.read(lambda s: s.scalars(select(Grid)).one())
    assert [one["key"] for one in kept.questions] == ["q1", "q2", "q3"]
    paper = words_of(page(client, f"/desk/grids/print?topic={POST}"))
    assert "3. Que voulez-vous savoir de nous ?".replace(" ?", "") in paper
    assert "Cite des règles, sans situation." in paper
    too_long = {**TOPIC, **form, "text-4": "q" * 301}
    refused = client.post("/desk/grids", data=too_long)
    assert refused.status_code == 422
    assert "q" * 301 in refused.get_data(as_text=True)
    assert client.post("/desk/grids", data={**TOPIC, "text-0": " "}).status_code == 422
    english = page(floor.person(lang="en")[0], f"/desk/grids?topic={POST}")
    assert "Interview grid" in english


def test_what_is_tapped_noted_and_said_stands_once_a_person_confirms_it(floor: Desk) -> None:
    client, by = floor.person()
    form = fields(page(client, f"/desk/grids?topic={POST}"))
    client.post("/desk/grids", data={**TOPIC, **form})
    lead = floor.lead("Zéphyrine Inconnue")
    begun = client.post(f"/desk/leads/{lead}/interviews", data={"grid": POST})
    assert begun.status_code == 302
    here = begun.headers["Location"]
    assert client.post(f"{here}/tap", data={"question": "q2"}).status_code == 302
    sent = {"question": "q1", "note": "A posé la meuleuse."}  # typed under q2, then q1 is tapped
    assert client.post(f"{here}/tap", data=sent).status_code == 302
    long = client.post(f"{here}/tap", data={"note": "n" * 4001, "do": "note"})
    assert long.status_code == 422
    assert "n" * 4001 in long.get_data(as_text=True)
    client.post(f"{here}/tap", data={"do": "end"})
    rows = floor.read(lambda s: s.scalars(select(GridPassage)).all())
    assert [(one.tapped, one.filed, one.source) for one in rows] == [("q2", "", "note")]
    grid = page(client, here).partition("La grille")[2]
    assert "meuleuse" not in grid  # nobody confirmed it
    client.post(f"{here}/file", data={"do": "tapped"})
    assert "meuleuse" in page(client, here).partition("La grille</h2>")[2]
    taps = [(10, "q1"), (60, "q2"), (120, "q3")]
    floor.write(lambda s: s.execute(update(GridInterview).values(taps=taps)))
    told = "0:12 Une soudure délicate ?\nUn collecteur.\n\n1:05 Et le danger ?\nJ'ai dit stop.\n\n"
    told += "Avec l'équipe, on se dit bonjour."
    refused = client.post(f"{here}/transcript", data={"transcript": told})
    assert refused.status_code == 422
    assert "on se dit bonjour" in refused.get_data(as_text=True)
    client.post(f"{here}/transcript", data={"transcript": told, "agreed": "1"})
    said = floor.read(
        lambda s: s.scalars(
            select(GridPassage).filter_by(source="transcript").order_by(GridPassage.place)
        ).all()
    )
    assert [one.tapped for one in said] == ["q1", "q2", ""]
    waiting = page(client, here).partition("La grille</h2>")[0]
    assert waiting.count('name="passage"') >= 9
    tapped = waiting[waiting.index("collecteur") :].partition("<details")[0]
    assert re.findall('name="question" value="(q.)', tapped) == ["q1"]  # that one alone
    last = waiting[waiting.index("on se dit bonjour") :]
    assert len(re.findall('name="question" value="q.', last.partition("<details")[0])) == 3
    client.post(f"{here}/file", data={"passage": said[2].id, "question": "q3"})
    client.post(f"{here}/file", data={"passage": said[0].id, "question": ""})
    grid = page(client, here).partition("La grille</h2>")[2]
    assert "bonjour" in grid
    assert "collecteur" not in page(client, here)
    client.post(f"{here}/file", data={"do": "back", "passage": said[2].id})
    shown, _, grid = page(client, here).partition("La grille</h2>")
    assert "bonjour" in shown
    assert "bonjour" not in grid  # taken back, and filed again
    client.post(f"{here}/file", data={"passage": said[2].id, "question": "q3"})
    floor.write(lambda s: s.execute(update(GridInterview).values(agreed_at=1)))
    worker = Worker(floor.game.store, PACKS, floor.game.settings)
    while worker.once():
        pass
    left = floor.read(lambda s: s.scalars(select(GridPassage)).all())
    assert sorted(one.filed for one in left) == ["q2", "q3"]  # what nobody confirmed is gone
    assert {one.filed_by for one in left} == {by}
    held = client.post(f"/desk/leads/{lead}/held/json").get_json(force=True)
    assert next(one["text"] for one in held["interviews"]) == "A posé la meuleuse."
    client.post(f"/desk/leads/{lead}/erase")
    assert floor.read(lambda s: s.scalars(select(GridPassage)).all()) == []  # it goes with them
    assert floor.read(lambda s: s.scalars(select(GridInterview)).all()) == []


def test_a_transcript_is_refused_at_its_field_and_goes_when_agreement_does(floor: Desk) -> None:
    client, _by = floor.person()
    client.post("/desk/grids", data={**TOPIC, "text-0": "Le danger ?"})
    lead = floor.lead("Zéphyrine Inconnue")
    here = client.post(f"/desk/leads/{lead}/interviews", data={"grid": POST}).headers["Location"]
    client.post(f"{here}/tap", data={"do": "note", "note": "Une note."})
    for told in ("mot " * 50_001, "mot\n\n" * 3_001):
        refused = client.post(f"{here}/transcript", data={"transcript": told, "agreed": "1"})
        assert refused.status_code == 422
        assert 'id="n-transcript-e"' in refused.get_data(as_text=True)
    client.post(f"{here}/tap", data={"do": "end"})
    told = "On a parlé de soudure. " * 300  # one line, as some programs write it
    sent = {"transcript": told, "agreed": "1"}
    asked: list[str] = []
    engine = floor.game.store.writing
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert client.post(f"{here}/transcript", data=sent).status_code == 302
    assert len([one for one in asked if "grid_passages" in one]) <= 3  # however many passages
    rows = floor.read(lambda s: s.scalars(select(GridPassage).order_by(GridPassage.place)).all())
    assert [one.place for one in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == 4
    client.post(f"{here}/file", data={"passage": rows[1].id, "question": "q1"})
    client.post(f"{here}/transcript/withdraw")
    assert [one.text for one in floor.read(lambda s: s.scalars(select(GridPassage)).all())] == [
        "Une note."
    ]
    assert floor.read(lambda s: s.scalars(select(GridInterview)).one()).agreed_at is None
    assert "/transcript/withdraw" not in page(client, here)


def test_who_was_not_informed_is_not_interviewed(floor: Desk) -> None:
    client, _by = floor.person()
    lead = floor.lead("Malo", informed=False)
    assert client.post(f"/desk/leads/{lead}/interviews", data={"grid": POST}).status_code == 422
    mine = [r for r in floor.app.url_map.iter_rules() if "interview" in r.endpoint]
    assert all(len(rule.arguments) == 1 for rule in mine)
