"""Understanding a post at the desk: documents, passages with source and day, a model that cites."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.helpers import near
from game.helpers.passages import passages
from game.helpers.post import asked
from game.helpers.ranked import heads
from game.pool import document
from game.store.tables import Document, Draft, PassageRow, Workshop
from game.web.desk.posts import questions
from tests.databases import opened
from tests.desk.at_desk import Desk
from tests.desk.test_aids import helped, page, revealed
from tests.desk.test_cv import docx, pdf
from tests.desk.test_drafts import _helped, work
from tests.model_server import Models
from tests.reading import words_of

__all__ = ["_helped", "helped"]
POSTS = Path(__file__).parents[1] / "helpers" / "posts"
POST = "Soudeur·se TIG"
TOPIC = {"topic": POST}
QUESTION = {**TOPIC, "question": "Quelle licence faut-il pour souder ici ?"}


def bring(client: Any, name: str, **given: Any) -> Any:
    sent = {**TOPIC, "name": name, "day": "2026-03-02", "lang": "fr", **given}
    return client.post("/desk/posts/documents", data=sent)


def test_a_dossier_answers_with_passages_their_source_and_day(
    helped: tuple[Desk, Models],
) -> None:
    desk, models = helped
    client, _by = desk.person()
    said = [{"about": "", "text": "Chantiers Brun", "people": 4, "tie": ""}]
    revealed(desk, "rivals", {"companies": said, "people": 6}, {})
    for file in sorted(POSTS.glob("soudure-*.txt")):
        assert bring(client, file.stem, text=file.read_text()).status_code == 302
    shown = words_of(page(client, f"/desk/posts?topic={POST}"))
    assert "Chantiers Brun" in shown  # what a room said
    assert "soudure-fiche 2 mars 2026" in shown
    assert "EN ISO 9606-1" in shown  # among the tools and norms
    answer = words_of(client.post("/desk/posts/ask", data=QUESTION).get_data(as_text=True))
    first = answer[answer.index("Passages") : answer.index("D’autres passages")]
    assert "La licence selon la norme EN ISO 9606-1" in first
    assert "soudure-fiche, page 1, 2 mars 2026" in first
    nothing = client.post("/desk/posts/ask", data={**TOPIC, "question": "zzzz"})
    assert "Aucun passage" in nothing.get_data(as_text=True)
    assert client.post("/desk/posts/ask", data={**TOPIC, "question": " "}).status_code == 422
    assert not models.asked


@pytest.mark.parametrize("sort", ["demo", "rehearsal"])
def test_what_a_demonstration_or_a_rehearsal_said_of_a_post_answers_nothing(
    helped: tuple[Desk, Models], sort: str
) -> None:
    desk, _ = helped
    client, _by = desk.person()
    said = [{"about": "", "text": "Licence Zéphyrine", "people": 4, "tie": ""}]
    revealed(desk, "rivals", {"companies": said, "people": 6}, {}, sort)

    def told() -> str:
        answer = client.post("/desk/posts/ask", data=QUESTION).get_data(as_text=True)
        return words_of(page(client, f"/desk/posts?topic={POST}") + answer)

    assert "Zéphyrine" not in told()
    desk.write(lambda s: s.execute(update(Workshop).values(sort="real")))
    assert told().count("Zéphyrine") > 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_files_are_read_replaced_and_taken_out(helped: tuple[Desk, Models], lang: str) -> None:
    desk, _ = helped
    client, _by = desk.person(lang=lang)
    desk.write(lambda s: s.execute(delete(Document)))
    lines = ("Fiche", "Poste", "Souder au TIG.", "L'argon pur.", "Le vendredi.", "Libre.")
    for write in (pdf, docx):
        assert bring(client, "Fiche", file=(BytesIO(write(lines)), "x")).status_code == 302
    kept = desk.read(lambda s: s.scalars(select(Document)).one())  # the newer in place of the older
    assert "argon" in str(desk.read(lambda s: document.texts_of(s, POST)))
    refused = bring(client, "Vide", text=" ", day="hier")
    assert refused.status_code == 422
    assert client.post(f"/desk/posts/documents/{kept.id}/remove").status_code == 302
    assert desk.read(lambda s: s.scalars(select(PassageRow)).all()) == []


def test_a_model_s_sentences_each_cite_a_passage_or_are_cut(helped: tuple[Desk, Models]) -> None:
    desk, models = helped
    client, _by = desk.person()
    said = [{"about": "", "text": "Licence Zéphyrine Inconnue", "people": 4, "tie": ""}]
    revealed(desk, "rivals", {"companies": said, "people": 6}, {})
    bring(client, "fiche", text=(POSTS / "soudure-fiche.txt").read_text())

    def says(told: dict[str, Any]) -> str:
        one = next(p for p in told["passages"] if "EN ISO 9606-1" in p["text"])
        quote = "La licence selon la norme EN ISO 9606-1"
        text = "La licence (https://vol.example) EN ISO 9606-1."
        sound = {"text": text, "passage": one["number"], "quote": quote}
        bad = {**sound, "text": "La licence coûte 900 euros chez Afpa."}
        return json.dumps({"sentences": [sound, bad]})

    models.says = says
    shown = words_of(page(client, f"/desk/posts?topic={POST}"))
    assert "n’y nommez personne" in shown
    asks = client.post("/desk/posts/ask/model", data=QUESTION)
    assert asks.status_code == 302
    work(desk)
    assert "Zéphyrine" not in json.dumps(models.asked, ensure_ascii=False)  # what players typed
    shown = words_of(page(client, asks.headers["Location"]))
    assert "La licence EN ISO 9606-1. La licence selon la norme" in shown
    assert "fiche, page 1, 2 mars 2026" in shown
    assert "900" not in shown
    assert "vol.example" not in shown
    assert "1 lien qui n’était pas de vous a été retiré" in shown
    assert "Écrit par le modèle" in shown
    models.mood = "500"
    again = client.post("/desk/posts/ask/model", data=QUESTION)
    work(desk)
    shown = words_of(page(client, again.headers["Location"]))
    assert "Cette réponse est celle des règles" in shown
    assert "Composé par les règles." in shown
    assert len(desk.read(lambda s: s.scalars(select(Draft)).all())) == 2


def shown_passages(page: str) -> list[str]:
    return [
        " ".join(one.split()) for one in re.findall("<blockquote>(.*?)</blockquote>", page, re.S)
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_vectors_reorder_in_a_job_what_words_have_found(
    helped: tuple[Desk, Models], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    desk, _ = helped
    client, _by = desk.person(lang=lang)
    said = [{"about": "", "text": "Licence Zéphyrine Inconnue", "people": 4, "tie": ""}]
    revealed(desk, "rivals", {"companies": said, "people": 6}, {})
    bring(client, "fiche", text=(POSTS / "soudure-fiche.txt").read_text())
    by_words = shown_passages(client.post("/desk/posts/ask", data=QUESTION).get_data(as_text=True))
    assert len(by_words) > 2
    assert "Licence Zéphyrine Inconnue" in str(by_words)  # what a room said answers, too

    def backwards(texts: list[str], questions: list[str]) -> list[list[float]]:
        assert questions == [QUESTION["question"]]
        return [[10.0**n] for n in range(len(texts))]  # the last counts by far the most

    monkeypatch.setattr(near, "is_there", lambda: True)
    monkeypatch.setattr(questions, "is_there", lambda: True)
    monkeypatch.setattr(near, "nearness", backwards)
    asks = client.post("/desk/posts/ask", data=QUESTION)
    assert "Quelle" not in asks.headers["Location"]  # what was typed stands in no address
    waiting = client.get(asks.headers["Location"])
    assert "data-watch" in waiting.text
    assert shown_passages(waiting.get_data(as_text=True)) == by_words  # meanwhile as by rules
    draft = desk.read(lambda s: s.scalars(select(Draft)).one())
    assert len(draft.asked["texts"]) == len(by_words)
    work(desk)
    told = client.get(asks.headers["Location"])
    assert "data-watch" not in told.text
    found = shown_passages(told.get_data(as_text=True))
    assert sorted(found) == sorted(by_words)
    assert found[0] == by_words[-1]
    said = {"fr": "rangés d’après leur sens aussi", "en": "ordered by their meaning as well"}[lang]
    assert said in words_of(told.get_data(as_text=True))
    draft = desk.read(lambda s: s.scalars(select(Draft)).one())
    assert "Zéphyrine" not in json.dumps([draft.asked, draft.answer], ensure_ascii=False)
    assert "texts" not in draft.asked
    assert (draft.made_by, draft.tokens_out) == ("vectors", 0)
    assert draft.cpu_millis is not None
    assert "<h2>" not in page(client, "/desk/aids")  # it is no cost of a model's
    desk.write(lambda s: s.execute(delete(Document)))  # what has gone is shown no more
    gone = shown_passages(page(client, asks.headers["Location"]))
    assert "EN ISO 9606-1" not in str(gone)


def test_both_databases_find_the_same_passages(either: str) -> None:
    with opened(either) as store, Session(store.writing) as s:
        s.execute(delete(Document))
        for file in sorted(POSTS.glob("soin-*.txt")):
            pieces = [
                document.Piece(one.text, one.page, one.place) for one in passages(file.read_text())
            ]
            given = (file.stem, "fr", document.date(2026, 3, 2), pieces)
            document.bring(s, "Nuit", *given, None)  # type: ignore[arg-type]
        document.bring(s, "Autre", "x", "fr", document.date(2026, 3, 2), pieces, None)  # type: ignore[arg-type]
        question = "Que faire quand une personne est tombée ?"
        found = document.likely(s, "Nuit", heads(question, "fr"))
        assert 0 < len(found) < len(document.texts_of(s, "Nuit"))
        first = asked(question, [one.text for one in found], "fr").passages[:3]
        assert any("lève-personne" in one.text for one in first)
        assert document.likely(s, "Nuit", ["'; DROP TABLE passages; --", 'a" OR 1']) == []
        s.rollback()
