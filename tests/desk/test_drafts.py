"""From a card to a message: three drafts, one taken, changed, noted; a model where there is one."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from game.base.days import day_of
from game.jobs.cards import Asked
from game.jobs.worker import Worker
from game.store.base import new_id
from game.store.database_clock import clock
from game.store.tables import (
    BriefRow,
    Draft,
    Job,
    Lead,
    Mailing,
    Notice,
    Player,
    Recommendation,
    Touchpoint,
    Workshop,
)
from tests.desk.at_desk import Desk, desk_in
from tests.jobs.test_drafts import rephrased
from tests.model_server import KEY, Models, model_server
from tests.published import publish_notice


@pytest.fixture(scope="module")
def _helped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Models]]:
    folder = tmp_path_factory.mktemp("helped") / "instance"
    with model_server() as models:
        given = {"helper_url": models.url, "helper_key": KEY, "helper_model": "petit"}
        with desk_in(folder, **given) as desk:
            yield desk, models


@pytest.fixture
def helped(_helped: tuple[Desk, Models]) -> tuple[Desk, Models]:
    desk, models = _helped
    for table in (Lead, Draft, Mailing, Job, Notice, Workshop):
        desk.write(lambda s, table=table: s.execute(delete(table)))
    models.says, models.mood = rephrased, ""
    models.asked.clear()
    return desk, models


def named(desk: Desk, lead_id: str, speaks: str) -> None:
    """A colleague recommended them for a position, and said whether their name may be told."""

    def add(s: object) -> None:
        w, p, b = new_id(), new_id(), new_id()
        given = {"code": w[:8], "projector_key": w, "created_at": 1}
        s.add(Workshop(id=w, name="Atelier", **given))  # type: ignore[attr-defined]
        s.flush()  # type: ignore[attr-defined]
        s.add(Player(id=p, workshop_id=w, nickname="Loutre", folded=p, joined_at=1))  # type: ignore[attr-defined]
        s.add(BriefRow(id=b, workshop_id=w, key="k", title="Soudeur·se TIG", where="Nantes"))  # type: ignore[attr-defined]
        s.flush()  # type: ignore[attr-defined]
        said = {"known": True, "internal": False, "aware": False, "reach": "mail"}
        s.add(  # type: ignore[attr-defined]
            Recommendation(
                **{"lead_id": lead_id, "player_id": p, "workshop_id": w, "brief_id": b, **said},
                **{"slot": "lead:1", "name": "Ada", "relationship": "school", "channel": "school"},
                **{"speaks": speaks, "reason": "Elle est formidable", "at": 1},
            )
        )

    desk.write(add)


def text(page: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", "", page)).split())


def taken(page: str, nth: int = 0) -> dict[str, str]:
    """What the button beside a draft sends."""
    form = re.findall(r"<article.*?</article>", page, re.S)[nth]
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def work(desk: Desk) -> None:
    worker = Worker(desk.game.store, desk.game.packs, desk.game.settings)
    worker.asked = day_of(desk.read(clock))
    while worker.once():
        pass


def drafts(client: FlaskClient, lead_id: str, query: str = "") -> str:
    return client.get(f"/desk/leads/{lead_id}/drafts{query}").get_data(as_text=True)


def test_a_draft_is_taken_changed_and_noted(helped: tuple[Desk, Models]) -> None:
    desk, models = helped
    client, _ = desk.person()
    id = desk.lead("Ada Duval", role="Soudeuse TIG", company="Ateliers Brun")
    named(desk, id, "unnamed")
    page = drafts(client, id)
    assert page.count("<article") == 3
    assert "Soudeuse TIG – sa fiche" in text(page)
    assert '<u class="fact" title="sa fiche">Soudeuse TIG</u>' in page  # in the draft itself
    assert "Soudeur·se TIG – le poste" in text(page)
    assert "Composé par les règles." in text(page)
    assert "Loutre" not in text(page)  # they did not say that their name may be told
    assert "formidable" not in page
    sent = taken(page, 1)
    assert sent["kind"] == "message"
    assert "/contact/" in sent["body"]
    opened = client.post(f"/desk/leads/{id}/write", data={**sent, "do": "draft"})
    shown = opened.get_data(as_text=True)
    assert opened.status_code == 200
    assert sent["body"].splitlines()[0] in unescape(shown)
    more = {**sent, "body": f"{sent['body']}\nP.-S. À bientôt.", "do": "copied", "template": ""}
    assert client.post(f"/desk/leads/{id}/write", data=more).status_code == 302
    touched = desk.read(lambda s: s.scalars(select(Touchpoint)).one())
    noted = (touched.kind, touched.note, touched.template_id)
    assert noted == ("message", " ".join(sent["subject"].split()), None)
    assert not models.asked  # nobody asked a model


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_who_was_not_told_yet_is_told_whole_and_who_agreed_is_named(
    helped: tuple[Desk, Models], lang: str
) -> None:
    desk, _ = helped
    desk.write(publish_notice)
    client, _ = desk.person()
    id = desk.lead("Ada Duval", informed=False)
    named(desk, id, "named")
    page = drafts(client, id, f"?lang={lang}&occasion=first")
    assert "Loutre – avec l’accord de la personne nommée" in text(page)
    sent = taken(page)
    assert sent["kind"] == "notice"
    done = client.post(f"/desk/leads/{id}/write", data={**sent, "do": "copied", "template": ""})
    assert done.status_code == 302
    assert desk.read(lambda s: s.get_one(Lead, id).informed_at)


def test_a_model_is_asked_by_hand_and_says_who_wrote(helped: tuple[Desk, Models]) -> None:
    desk, models = helped
    client, _ = desk.person(lang="en")
    id = desk.lead("Ada Duval", role="Welder")
    form = {"occasion": "callback", "tone": "plain", "lang": "en", "brief_id": ""}
    asked = client.post(f"/desk/leads/{id}/drafts", data=form)
    waiting = client.get(asked.location)
    assert "data-watch" in waiting.text
    assert "Meanwhile, here are the drafts made by rules" in text(waiting.get_data(as_text=True))
    work(desk)
    page = client.get(asked.location)
    assert "data-watch" not in page.text
    shown = page.get_data(as_text=True)
    assert "Written by the model petit on" in text(shown)
    assert re.search(r"20 tokens written in [0-9.]+ s; between 0.004 and 0.053 Wh", text(shown))
    month = text(client.get("/desk/aids").get_data(as_text=True)).rpartition("Wh ")[2]
    assert re.match(r"[0-9]{4}-[0-9]{2} ?1 ?1 ?40 ?20", month), month[:80]
    assert "Drafted with an automated tool" in taken(shown)["body"]
    assert "Vous me direz" in taken(shown)["body"]
    assert "Ada" not in str(models.asked)
    assert not desk.read(lambda s: s.scalars(select(Mailing)).all())  # nothing left by itself
    models.mood = "500"
    asked = client.post(f"/desk/leads/{id}/drafts", data=form)
    work(desk)
    shown = client.get(asked.location).get_data(as_text=True)
    assert "the model server refuses to answer" in text(shown)
    asked = client.post(f"/desk/leads/{id}/drafts", data=form)
    assert client.post(f"{asked.location}/stop").status_code == 302
    assert "The model was stopped" in text(client.get(asked.location).get_data(as_text=True))


def test_without_a_server_there_is_nothing_to_ask(desk: Desk) -> None:
    client, _ = desk.person()
    id = desk.lead("Ada Duval")
    assert "Faire reformuler" not in drafts(client, id)
    assert client.post(f"/desk/leads/{id}/drafts", data={}).status_code == 404


@pytest.mark.parametrize(
    ("lang", "said", "not_said", "sums"),
    [
        ("fr", "1,23 s de processeur", "Temps de processeur non mesuré", "1,23 de 1 sur 2"),
        ("en", "1.23 s of processor", "Processor time not measured", "1.23 of 1 in 2"),
    ],
)
def test_processor_time_is_told_or_said_not_to_be_measured(
    helped: tuple[Desk, Models], lang: str, said: str, not_said: str, sums: str
) -> None:
    desk, _ = helped
    client, by = desk.person(lang=lang)
    id = desk.lead("Ada Duval", role="Soudeuse TIG")
    page = text(drafts(client, id))
    assert re.search(r"(ont pris ici|took) [0-9.,]+ ms", page)
    given = {"task": "message", "lead_id": id, "user_id": by, "tokens_out": 20, "made_by": "petit"}
    given |= {"asked": Asked(id, "thanks", "warm", lang).plain(), "created_at": 1, "made_at": 1}
    answer = {"drafts": [{"subject": "Merci", "body": "Merci de votre temps, et à bientôt."}]}
    made = Draft(id="metered", cpu_millis=1_234, answer=answer, **given)
    desk.write(lambda s: s.add_all([made, Draft(id="unmetered", answer=answer, **given)]))
    shown = text(client.get("/desk/drafts/metered").get_data(as_text=True))
    assert said in shown
    assert not_said not in shown
    shown = text(client.get("/desk/drafts/unmetered").get_data(as_text=True))
    assert not_said in shown
    assert "ms" not in shown.split()  # what rules took is not told of what a model wrote
    assert sums in text(client.get("/desk/aids").get_data(as_text=True))
