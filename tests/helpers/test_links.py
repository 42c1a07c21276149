"""Links that a model was not given are taken out; what is left keeps its sense, and counts them."""

import json
from typing import Any

import pytest

from game.helpers import employers, message, post, wording
from game.helpers.contract import RULES
from game.helpers.links import links, without_links, without_links_in_name
from game.helpers.make import with_model
from tests.helpers.test_endpoint import PHRASES, endpoint
from tests.helpers.test_endpoint import models as models
from tests.model_server import Models

OURS = ("Nos métiers : https://maison.example/metiers.", "Écrire à rosa@maison.fr")


@pytest.mark.parametrize(
    ("text", "left", "count"),
    [
        ("Un poste (https://vol.example/x) s’ouvre.", "Un poste s’ouvre.", 1),
        ("Lisez [notre page](http://vol.example) ce soir.", "Lisez notre page ce soir.", 1),
        ('Lisez <a href="http://vol.example">notre page</a>.', "Lisez notre page.", 1),
        ("Un poste s’ouvre. Voyez www.vol.fr/x pour postuler. Bien à vous.", None, 1),
        (
            "Un poste s’ouvre. Tout est sur vol.fr, ou ftp://vol.example ! Bien à vous.",
            None,
            2,
        ),
        ("Un poste s’ouvre. Écrivez à x@vol.fr. Bien à vous.", None, 1),
        ("Un poste s’ouvre.\n\nhttps://vol.example\n\nBien à vous.", None, 1),
        ("Voyez https://vol.example", "", 1),
        ("Voyez https://maison.example/metiers, ou écrivez à rosa@maison.fr.", "same", 0),
        ("Voyez [nos métiers](https://maison.example/metiers) (et vol.fr).", "", 1),
        ("Voyez https://maison.example/metiers.vol.fr", "", 1),  # ours is no beginning of it
        ("Sans lien : M./Mme, 2.0, node.js, etc.", "same", 0),
    ],
)
def test_a_link_goes_alone_or_with_its_sentence(text: str, left: str | None, count: int) -> None:
    found = without_links(text, OURS)
    if left is None:
        assert " ".join(found[0].split()) == "Un poste s’ouvre. Bien à vous."
        assert found[1] == count
    else:
        assert found == (text if left == "same" else left, count)
    assert set(links(found[0])) <= {"https://maison.example/metiers", "rosa@maison.fr"}


@pytest.mark.parametrize(
    ("name", "left", "count"),
    [
        ("Fonderies Lacroix – www.lacroix.fr", "Fonderies Lacroix", 1),
        ("Booking.com", "Booking.com", 0),
        ("[Brun](http://vol.example)", "Brun", 1),
        ("Ingénieur logiciel (http://vol.example)", "Ingénieur logiciel", 1),
        ("http://vol.example", "", 1),
    ],
)
def test_a_name_is_left_without_its_link(name: str, left: str, count: int) -> None:
    assert without_links_in_name(name) == (left, count)


CARD = message.Card(lang="fr", occasion="first", tone="warm", position="Soudeur·se TIG")
TEXTS = [
    "La licence EN ISO 9606-1 est exigée, voir https://norme.example.",
    "L’atelier est à Brest.",
]


def says(models: Models, answer: dict[str, Any]) -> None:
    models.says = lambda told: json.dumps(answer)


def test_a_message_is_kept_without_the_link_that_was_put_in(models: Models) -> None:
    (first, *_), linked = message.by_rules(CARD, PHRASES).drafts, " (https://vol.example/go)"
    body = first.body.replace(".", f"{linked}.", 1)
    alone = {"subject": first.subject, "body": "Tout est ici, il suffit de voir http://vol.example"}
    drafts = [{"subject": f"{first.subject} – www.vol.fr", "body": body}, alone]
    says(models, {"drafts": drafts})
    made = with_model(message.task(PHRASES), CARD, endpoint(models), "petit")
    assert (made.by, made.links) == ("petit", 3)
    assert made.answer.drafts == (first,)  # the other was nothing without its link
    says(models, {"drafts": [alone]})
    made = with_model(message.task(PHRASES), CARD, endpoint(models), "petit")
    assert (made.by, made.why, made.links) == (RULES, "invented", 0)
    says(models, {"drafts": [{**drafts[0], "body": f"{body} Salaire : 90 000 euros."}]})
    assert with_model(message.task(PHRASES), CARD, endpoint(models), "petit").why == "invented"


def test_titles_employers_and_answers_are_kept_without_theirs(models: Models) -> None:
    says(models, {"proposals": ["Server engineer (http://vol.example)", "Developer x@vol.fr"]})
    titles = with_model(
        wording.TASK, wording.Compared(lang="en", names=("Coder",)), endpoint(models), "petit"
    )
    assert (titles.by, titles.links) == ("petit", 2)
    assert titles.answer.proposals == ("Server engineer", "Developer")
    says(models, {"names": ["Lacroix https://vol.example", "Booking.com", "www.vol.fr"]})
    wanted = employers.Wanted(lang="fr", position="Soudeur")
    named = with_model(employers.TASK, wanted, endpoint(models), "petit")
    assert (named.by, named.links, named.answer.names) == ("petit", 2, ("Lacroix", "Booking.com"))
    asked = post.asked("Quelle licence est exigée ?", TEXTS, "fr")
    quote = "La licence EN ISO 9606-1 est exigée"
    one = {"passage": 0, "quote": quote}
    told = [
        {**one, "text": "La licence EN ISO 9606-1 est exigée, voir https://norme.example."},
        {**one, "text": "La licence (https://vol.example) est exigée."},
        {**one, "text": "La licence est sur https://vol.example."},
    ]
    says(models, {"sentences": told})
    answer = with_model(post.TASK, asked, endpoint(models), "petit")
    assert (answer.by, answer.links) == ("petit", 2)
    said = [each.text for each in answer.answer.sentences]
    assert said == [told[0]["text"], "La licence est exigée."]
