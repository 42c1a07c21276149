"""A CV beside a post at the desk: one person, quotes, no judgement, and no CV afterwards."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select, update

from game.jobs.worker import Worker
from game.store.tables import AuditEntry, CvReading, Draft, Position
from tests.desk.at_desk import Desk, desk_in
from tests.jobs.test_drafts import PACKS

POST = "Soudeur·se TIG"
MUSTS = ["Souder au TIG sur inox", "Lire un plan isométrique", "Encadrer une équipe"]
LINES = (
    "Zéphyrine Inconnue",
    "12 rue des Lilas, 44000 Nantes",
    "Soudeuse TIG chez Brun. Lecture de plans isométriques.",
    "Formation de deux apprentis",
    "Tuyauterie inox",
    "Permis nacelle",
)
FITNESS = re.compile(
    r"\d\s?%|\b(?:scor\w+|adéqua\w+|correspond\w*|convien\w*|convenance|pertinen\w*|class[eé]\w*"
    r"|rang|meilleur\w*|match\w*|taux|total\w*|top|fit\w*|suitab\w*|compatib\w*|rank\w*|best"
    r"|rating|likel\w*|manque|missing|absent\w*|points?)\b|[0-9] ?/ ?[0-9]",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("cv")
    with desk_in(folder, cv_beside_brief="on") as made:
        row = {"lang": "fr", "title": POST, "must_haves": MUSTS, "changed_at": 1}
        made.write(lambda s: s.add(Position(**row)))
        yield made


def pdf(lines: tuple[str, ...]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file)
    for n, line in enumerate(lines):
        canvas.drawString(50, 780 - 20 * n, line)
    canvas.save()
    return file.getvalue()


def docx(lines: tuple[str, ...]) -> bytes:
    file, made = BytesIO(), Document()
    for line in lines[:3]:
        made.add_paragraph(line)
    table = made.add_table(1, 3)
    for cell, line in zip(table.rows[0].cells, lines[3:], strict=True):
        cell.text = line
    made.save(file)
    return file.getvalue()


def text(shown: str) -> str:
    main = shown.partition("<main")[2].partition("</main")[0]
    return " ".join(unescape(re.sub("<[^>]+>", " ", main)).split())


def written(desk: Desk) -> bytes:
    """All that stands in the database's files."""
    return b"".join(one.read_bytes() for one in desk.game.settings.instance_dir.glob("*.db*"))


def reading(client: Any, lead: str) -> str:
    """The reading that the page of a CV shows."""
    shown = client.get(f"/desk/leads/{lead}/cv").get_data(as_text=True)
    return str(re.findall('name="reading" value="([^"]+)"', shown)[0])


def lay(client: Any, lead: str, **given: Any) -> Any:
    return client.post(f"/desk/leads/{lead}/cv", data={"post": POST, **given})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_quotes_states_and_questions_and_then_no_cv(open_desk: Desk, lang: str) -> None:
    desk = open_desk
    client, by = desk.person(lang=lang)
    lead = desk.lead("Zéphyrine Inconnue")
    where = f"/desk/leads/{lead}/cv"
    assert lay(client, lead, text="\n".join(LINES)).status_code == 302
    page = client.get(where).get_data(as_text=True)
    shown = text(page)
    quoted = [unescape(one) for one in re.findall("<q>(.*?)</q>", page)]
    assert "Lecture de plans isométriques." in quoted
    assert all(any(one in line for line in LINES[2:]) for one in quoted)
    assert (
        "ligne 3 · plan, isométrique" if lang == "fr" else "line 3 · plan, isométrique"
    ) in shown
    assert ("Aucun mot commun" if lang == "fr" else "No word in common") in shown
    musts = re.findall('<section class="form" aria-labelledby="m-.*?</section>', page, re.S)
    three = "Trois autres phrases à lire" if lang == "fr" else "Three more sentences to read"
    assert [one.partition(three)[2].count("<q>") for one in musts] == [3, 3, 3]
    too_long = {"state-0": "ask", "question-0": "q" * 301, "state-1": "read", "question-1": "Où ?"}
    too_long |= {"reading": reading(client, lead), "state-2": ""}
    refused = client.post(f"{where}/note", data=too_long)
    assert refused.status_code == 422
    assert "Où ?" in refused.get_data(as_text=True)  # nothing typed is lost
    said = {**too_long, "question-0": "Sur quelles épaisseurs ?", "state-2": "best", "do": "done"}
    assert client.post(f"{where}/note", data=said).status_code == 302
    assert b"Permis nacelle" not in written(desk)
    kept = desk.read(lambda s: s.scalars(select(CvReading).filter_by(lead_id=lead)).one())
    assert (kept.text, kept.user_id) == (None, by)
    assert [(one["state"], one["question"]) for one in kept.noted] == [
        ("ask", "Sur quelles épaisseurs ?"),
        ("read", "Où ?"),
        ("", ""),  # a state that is none of the recruiter's
    ]
    forms = [client.post(f"/desk/leads/{lead}/held/{form}") for form in ("html", "json")]
    pages = [client.get(where), client.get(f"/desk/leads/{lead}"), *forms]
    for one in pages:
        assert one.status_code == 200
        assert "Permis nacelle" not in one.get_data(as_text=True)
    assert all(
        "Sur quelles épaisseurs ?" in one.get_data(as_text=True) for one in [pages[0], *forms]
    )
    for card in ("vcard", "resume"):  # what leaves has nothing of it
        left = client.post(f"/desk/leads/{lead}/card/{card}").get_data(as_text=True)
        assert "Zéphyrine" in left
        assert "épaisseurs" not in left
        assert "must_have" not in left
    walked = [shown, *(text(one.get_data(as_text=True)) for one in pages[:1])]
    walked += [one.get_data(as_text=True).replace("</", "<") for one in forms[1:]]
    entries = desk.read(lambda s: s.scalars(select(AuditEntry)).all())
    walked += [f"{one.action} {one.detail}" for one in entries if one.action.startswith("cv_")]
    assert len(walked) >= 5
    for one in walked:
        assert not FITNESS.search(one), (FITNESS.search(one), one)


def test_notes_stay_with_the_reading_that_they_were_typed_beside(open_desk: Desk) -> None:
    client, _ = open_desk.person()
    lead = open_desk.lead("Zéphyrine Inconnue")
    lay(client, lead, text="Soudeuse TIG")
    said = {f"state-{n}": "ask" for n in range(3)} | {"question-0": "Quels aciers ?"}
    said["reading"] = reading(client, lead)
    again = lay(client, lead, text="Un autre CV collé")  # a colleague's, say
    assert again.status_code == 422
    assert "est en lecture" in again.get_data(as_text=True)
    assert "Un autre CV collé" in again.get_data(as_text=True)
    client.post(f"/desk/leads/{lead}/cv/drop")
    for there in (False, True):  # whether nothing lies there now, or another
        if there:
            lay(client, lead, text="Un autre CV")
        refused = client.post(f"/desk/leads/{lead}/cv/note", data=said)
        assert refused.status_code == 422
        shown = refused.get_data(as_text=True)
        assert shown.count("Quels aciers") == 1  # said once, and in no field of the other
        assert "effacé entre-temps" in shown
    (kept,) = open_desk.read(lambda s: s.scalars(select(CvReading).filter_by(lead_id=lead)).all())
    assert {one["state"] for one in kept.noted} == {""}


@pytest.mark.parametrize("write", [pdf, docx])
def test_a_pdf_and_a_docx_are_read(open_desk: Desk, write: Any) -> None:
    client, _ = open_desk.person()
    lead = open_desk.lead("Zéphyrine Inconnue")
    assert lay(client, lead, file=(BytesIO(write(LINES)), "cv")).status_code == 302
    page = client.get(f"/desk/leads/{lead}/cv").get_data(as_text=True)
    assert "<q>Lecture de plans isométriques.</q>" in page
    assert "rue des Lilas" not in page
    assert client.post(f"/desk/leads/{lead}/cv/drop").status_code == 302
    assert b"Permis nacelle" not in written(open_desk)
    assert open_desk.read(lambda s: s.scalar(select(CvReading).filter_by(lead_id=lead))) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": " "}, "À remplir."),
        ({"file": (BytesIO(b"%PDF-1.4 rien"), "x.pdf")}, "Ce fichier ne se lit pas"),
        ({"file": (BytesIO(b"PK\3\4 rien"), "x.docx")}, "Ce fichier ne se lit pas"),
        ({"file": (BytesIO(pdf(())), "x.pdf")}, "n’a pas de texte"),
        ({"post": "Inconnu", "text": "Mon texte collé"}, "Mon texte collé"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    open_desk: Desk, given: dict[str, Any], told: str
) -> None:
    client, _ = open_desk.person()
    answer = lay(client, open_desk.lead("Malo"), **given)
    assert answer.status_code == 422
    assert told in unescape(answer.get_data(as_text=True))


def test_one_person_at_a_time_and_only_who_was_informed(open_desk: Desk) -> None:
    mine = [r for r in open_desk.app.url_map.iter_rules() if "cv" in r.endpoint.split(".")[-1]]
    assert len(mine) == 4
    assert all(rule.arguments == {"lead_id"} for rule in mine)
    client, _ = open_desk.person()
    one, other = open_desk.lead("Malo Un"), open_desk.lead("Malo Deux", informed=False)
    given = {"text": "Soudeuse TIG", "lead_id": other, "other": other}
    assert lay(client, one, **given).status_code == 302
    assert "Malo Deux" not in client.get(f"/desk/leads/{one}/cv").get_data(as_text=True)
    assert lay(client, other, text="Soudeuse TIG").status_code == 422
    assert open_desk.read(lambda s: s.scalar(select(CvReading).filter_by(lead_id=other))) is None


def test_a_cv_that_nobody_goes_on_with_goes_after_a_week(open_desk: Desk) -> None:
    client, by = open_desk.person()
    lead = open_desk.lead("Malo")
    lay(client, lead, text="Soudeuse TIG")
    open_desk.write(lambda s: s.execute(update(CvReading).values(created_at=1)))
    told = {
        "task": "message",
        "lead_id": lead,
        "answer": {"drafts": [{"subject": "S", "body": "B"}]},
    }
    open_desk.write(lambda s: s.add(Draft(**told, user_id=by, created_at=2**42, made_by="petit")))
    worker = Worker(open_desk.game.store, PACKS, open_desk.game.settings)
    while worker.once():
        pass
    found = open_desk.read(lambda s: s.scalars(select(CvReading).filter_by(lead_id=lead)).one())
    assert found.text is None
    assert found.done_at
    held = client.post(f"/desk/leads/{lead}/held/json").get_json(force=True)
    assert held["drafts"][0]["texts"] == ["S\n\nB"]  # what was drafted for them is theirs to read
    assert (held["drafts"][0]["by"], held["cv"]) == ("petit", "")
    shown = client.post(f"/desk/leads/{lead}/held/html").get_data(as_text=True)
    assert "S\n\nB" in shown  # on the page as in the file


def test_it_is_off_unless_somebody_says_so(desk: Desk) -> None:
    client, _ = desk.person()
    lead = desk.lead("Malo")
    assert client.get(f"/desk/leads/{lead}/cv").status_code == 404
    assert lay(client, lead, text="Soudeuse TIG").status_code == 404
    assert f"{lead}/cv" not in client.get(f"/desk/leads/{lead}").get_data(as_text=True)
