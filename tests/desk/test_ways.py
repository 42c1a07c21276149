"""Rules or model: what each costs as far as it was measured, and a blind trial of five cases."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from game.helpers import hear, near
from game.helpers.measured import SOUND, VECTORS
from game.helpers.trial import MODEL, RULES, SAME, picked, suggested
from game.store.tables import Trial
from tests.desk.at_desk import Desk
from tests.desk.test_aids import helped, page
from tests.desk.test_drafts import _helped, work
from tests.model_server import Models
from tests.reading import words_of

__all__ = ["_helped", "helped"]
WORDS = ("web", "C", "Go", "R", "IA")
TITLES = {f"case-{n}": f"Développeur {word}" for n, word in enumerate(WORDS)}


def test_the_smaller_way_wins_unless_the_larger_is_clearly_better() -> None:
    assert suggested([MODEL] * 4 + [SAME]) == MODEL
    assert suggested([MODEL] * 3 + [SAME] * 2) == RULES
    assert suggested([SAME] * 5) == RULES
    assert suggested([MODEL] * 4 + [""]) == ""
    assert suggested([]) == ""
    assert [picked(one, model_first=True) for one in ("a", "b", "same", "x")] == [
        MODEL,
        RULES,
        SAME,
        "",
    ]
    assert picked("a", model_first=False) == RULES


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_was_not_measured_is_said_not_to_be(helped: tuple[Desk, Models], lang: str) -> None:
    desk, _ = helped
    told = page(desk.person(lang=lang)[0], "/desk/aids/ways")
    for table in told.split("<tbody>")[1:]:  # each task: nothing, rules, vectors, a model
        ways = re.findall(r'<th scope="row">\s*(\S+?)[\s<]', table)
        four = {"fr": ["rien", "règles", "vecteurs", "modèle"]}
        assert ways == four.get(lang, ["nothing", "rules", "vectors", "model"])
        columns = re.findall("<td[ >]", table.partition("</tr>")[0])
        assert len(columns) == 6  # size, memory, licence, place, speed, energy
    shown = words_of(told)
    said = "non mesuré" if lang == "fr" else "not measured"
    assert shown.count(said) >= 12
    assert len(re.findall(r"[\d.,]+ ms", shown)) == 6  # the rules of each task, measured just now


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("there", [True, False])
def test_vectors_and_sound_tell_what_they_cost_whether_or_not_they_are_there(
    helped: tuple[Desk, Models], monkeypatch: pytest.MonkeyPatch, lang: str, there: bool
) -> None:
    desk, _ = helped
    monkeypatch.setattr(near, "is_there", lambda: there)
    monkeypatch.setattr(hear, "is_there", lambda: there)
    shown = words_of(page(desk.person(lang=lang)[0], "/desk/aids/ways"))
    sound = shown[shown.index({"fr": "Transcription d’un", "en": "Transcribing an"}[lang]) :]
    fr = lang == "fr"
    megabytes = "733 Mo" if fr else "733 MB"
    assert megabytes in sound
    assert "MIT" in sound
    assert ("411 s de processeur pour 45 minutes" if fr else "411 s of processor for 45") in sound
    assert ("entre 0,3425 et 2,2833 Wh" if fr else "between 0.3425 and 2.2833 Wh") in sound
    assert ("pas installé :" in sound) is (fr and not there)
    assert ("not installed: one pastes" in sound) is (not fr and not there)
    vectors = "31,7 Mo" if fr else "31.7 MB"
    assert shown.count(vectors) == 2  # the grid's, and a post's
    assert shown.count("pas installés" if fr else "not installed: rules") == (0 if there else 2)


def test_what_the_pages_tell_is_what_the_papers_say() -> None:
    told = (Path(__file__).parents[2] / "docs" / "aids.md").read_text()
    for said in (
        f"glued to {SOUND.units} minutes",
        f"{SOUND.seconds} CPU seconds",
        f"{SOUND.memory} MB",
        f"some {SOUND.disk} MB with its libraries",
        f"{VECTORS.disk} MB",
    ):
        assert said in told


def test_five_cases_are_answered_twice_and_chosen_between_blindly(
    helped: tuple[Desk, Models],
) -> None:
    desk, models = helped
    desk.write(lambda s: s.execute(delete(Trial)))
    client, _by = desk.person()
    here = "/desk/aids/trial/wording"
    lacking = client.post(here, data={**TITLES, "case-3": " "})
    assert lacking.status_code == 422
    assert "Développeur IA" in lacking.get_data(as_text=True)
    assert '<summary class="is-here">Aides</summary>' in lacking.get_data(as_text=True)

    def says(told: dict[str, Any]) -> str:
        return json.dumps({"proposals": ["Ingénieur·e logiciel (www.vol.fr)"]})

    models.says = says
    assert client.post(here, data=TITLES).status_code == 302
    for _ in range(5):
        work(desk)
    assert len(models.asked) == 5
    shown = words_of(page(client, here))
    assert "Ingénieur·e logiciel" in shown
    assert "Développeur·se web" in shown
    assert "était le modèle" not in shown  # nobody knows which is which
    assert "lien" not in shown
    row = desk.read(lambda s: s.scalars(select(Trial)).one())
    model = {f"pick-{n}": "a" if c["model_first"] else "b" for n, c in enumerate(row.cases)}
    client.post(f"{here}/pick", data={**model, "pick-0": ""})
    assert "était le modèle" not in words_of(page(client, here))
    client.post(f"{here}/pick", data=model)
    shown = words_of(page(client, here))
    assert "Vous avez préféré le modèle 5 fois" in shown
    assert "était le modèle" in shown
    assert shown.count("1 lien qui n’était pas de vous") == 5
    client.post(f"{here}/pick", data={f"pick-{n}": "same" for n in range(5)})
    assert "les règles suffisent" in words_of(page(client, here))
    ways = words_of(page(client, "/desk/aids/ways"))
    assert "5 réponses mesurées" in ways
    assert client.get("/desk/aids/trial/message").status_code == 404
