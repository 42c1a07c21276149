"""Each paper by itself, in both languages, as page and as PDF: what the law has it name."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from game import content
from game.base import paths
from game.privacy import company, papers
from tests.privacy.pages import Signed, application, game_of
from tests.privacy.test_papers import KEYS

LANGS = ("fr", "en")
PACKS = content.load(paths.content())
FACTS = {
    "controller": "Chantiers Kerbrat",
    "contact": "1 rue du Port, Quimper",
    "representative": "Maison Rein, Kehl",
    "dpo": "deleguee@chantiers.example",
    "basis": "interest",
    "interests.fr": "Recruter par relations.",
    "interests.en": "Recruiting by relations.",
    "recipients.fr": "Recruteurs et hébergeur.",
    "recipients.en": "Recruiters and host.",
    "transfers.fr": "Aucun transfert.",
    "transfers.en": "No transfer.",
    "lead_months": "18",
    "council": "Informé le 3 mars",
    "aids.fr": "Messages par règles.",
    "aids.en": "Messages by rules.",
    "a11y_level": "partial",
    "a11y_exceptions.fr": "Deux contrastes.",
    "a11y_exceptions.en": "Two contrasts.",
    "a11y_contact": "acces@chantiers.example",
}
# what each must say: a fact by its name, which nobody but the company can give, …
NEEDS = {
    "council-note": {"controller", "council", "aids", "lead_months"},
    "players-notice": {"controller", "contact", "dpo"},
    "contacts-notice": {
        *("controller", "contact", "representative", "dpo", "basis", "interests"),
        *("recipients", "transfers", "lead_months"),
    },
    "register-entry": {
        *("controller", "contact", "representative", "dpo", "basis"),
        *("recipients", "transfers", "lead_months"),
    },
    "balancing-test": {"controller", "basis", "interests", "lead_months"},
    "aids-sheet": {"aids"},
    "cv-self-assessment": {"controller", "council"},
    "accessibility": {"controller", "a11y_level", "a11y_exceptions", "a11y_contact"},
}
# … and what the paper says by itself, in French and in English
SAYS = {
    "council-note": [  # L.2312-38: aids made known beforehand, means that let people be monitored
        (r"L\. 2312-38", r"L\. 2312-38"),
        (
            r"informé, avant leur utilisation.*consulté",
            r"informed.*before they are used.*consulted",
        ),
        (r"points, l’heure d’arrivée", r"points, the time of arrival"),
        (r"90 jours après l’arrivée", r"90 days after arrival"),
        (r"aucun classement de salariés", r"no ranking of employees"),
        (r"aucune décision automatique", r"no automated decision"),
    ],
    "players-notice": [  # L.1222-4: names, points and times, told before joining
        (r"L\. 1222-4", r"L\. 1222-4"),
        (r"dit avant d’entrer", r"told before you come in"),
        (r"vos points, et l’heure de chaque réponse", r"your points, and the time of each answer"),
        (r"votre nom, votre mail professionnel", r"your name, work mail"),
        (r"90 jours après votre arrivée", r"90 days after your arrival"),
        (r"corriger, limiter, vous opposer.*CNIL", r"correct, restrict, object.*CNIL"),
        (r"lues par le recrutement", r"Recruiters read"),
    ],
    "contacts-notice": [  # article 14
        (r"Base légale", r"Legal basis"),
        (r"Votre nom, un moyen de vous joindre", r"Your name, a way to reach you"),
        (
            r"consulter.*corriger.*effacer.*limiter.*opposer.*recevoir dans un fichier",
            r"see your data, correct.*erased.*restrict.*object.*receive them in a file",
        ),
        (r"retirer à tout moment", r"withdraw your consent at any time"),
        (r"saisir la CNIL", r"turn to the French authority, the CNIL"),
        (r"D’où viennent ces données", r"Where these data come from"),
        (r"Décisions automatiques Aucune", r"Automated decisions None"),
    ],
    "register-entry": [  # article 30, points a to g
        (r"Recueillir des recommandations.*vivier", r"Gathering recommendations.*talent pool"),
        (r"personnes recommandées : nom", r"recommended people: name"),
        (r"salariés qui jouent : nom de jeu", r"employees who play: name in the game"),
        (r"équipe : mail, nom, rôle", r"staff: mail, name, role"),
        (r"Destinataires", r"Recipients"),
        (r"Programmes et outils reliés", r"Connected programs and tools"),
        (r"Transferts hors de l’Union", r"Transfers outside the Union"),
        (r"18 mois après le dernier échange", r"18 months after the last exchange"),
        (r"90 jours après leur arrivée", r"90 days after their arrival"),
        (r"Mesures de sécurité", r"Security measures"),
        (r"Droits par rôle.*journal chaîné", r"Rights by role.*chained log"),
    ],
    "balancing-test": [
        (r"Est-ce nécessaire", r"Is it necessary"),
        (r"Ce que cela fait aux personnes", r"What it does to people"),
        (r"s’opposer sans raison", r"object without a reason"),
        (r"mois calendaire", r"calendar month"),
        (r"signer par", r"signed by"),
    ],
    "aids-sheet": [  # the AI Act: what is never done, who sends, what is said
        (r"noter, classer ou étiqueter une personne", r"score, rank or label a person"),
        (r"aucune aide n’envoie rien", r"no aid sends anything"),
        (r"rédigé avec un modèle le dit", r"written with a model says so"),
        (r"2 décembre 2027", r"2 December 2027"),
        (r"article 50", r"article 50"),
        (r"émotions au travail est interdit", r"emotions at work is forbidden"),
    ],
    "cv-self-assessment": [
        (r"annexe III, 4\(a\)", r"annex III, 4\(a\)"),
        (r"2 décembre 2027", r"2 December 2027"),
        (r"aucun total, aucune note", r"no sum, no score"),
        (r"aucun ordre et aucun filtre", r"no order and no filter"),
        (r"L\. 1221-8", r"L\. 1221-8"),
        (r"dater et signer", r"dated and signed"),
    ],
    "accessibility": [
        (r"RGAA 4\.1", r"RGAA 4\.1"),
        (r"Partiellement conforme", r"Partly compliant"),
        (r"Signaler une difficulté", r"Reporting a difficulty"),
    ],
}
PAPERS = [(key, lang) for key in sorted(KEYS) for lang in LANGS]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with application(Path(tmp_path_factory.mktemp("papers"))) as made:
        with Session(game_of(made).store.writing) as s:
            company.save(s, FACTS, None)
            s.commit()
        yield made


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("­", ""))


def fact(name: str, lang: str) -> str:
    """What stands for a fact in a paper."""
    (field,) = [one for one in company.FIELDS if one.name == name]
    return papers.values(FACTS, PACKS[lang].notices, lang)[field.name]


def read(key: str, lang: str, text: str) -> None:
    """Raises where a paper lacks something that it must say."""
    for name in sorted(NEEDS[key]):
        assert plain(fact(name, lang)) in text, name
    for said in SAYS[key]:
        wanted = said[LANGS.index(lang)]
        assert re.search(wanted, text), wanted


def written(known: dict[str, str], key: str, lang: str) -> str:
    (found,) = [one for one in papers.every(known, PACKS, lang) if one.key == key]
    return found.text


def test_no_paper_is_without_its_test() -> None:
    assert set(NEEDS) == set(SAYS) == KEYS


@pytest.mark.parametrize(("key", "lang"), PAPERS)
def test_a_paper_says_what_it_must_as_page_and_as_file(app: Flask, key: str, lang: str) -> None:
    officer = Signed(app, "dpo", lang)
    page = BeautifulSoup(officer.get(f"/law/papers/{lang}/{key}"), "lxml").select_one("main")
    assert page is not None
    read(key, lang, plain(page.get_text(" ")))
    made = officer.client.get(f"/law/papers/{lang}/{key}.pdf")
    assert made.mimetype == "application/pdf"
    sheets = PdfReader(BytesIO(made.data)).pages
    read(key, lang, plain(" ".join(sheet.extract_text() for sheet in sheets)))


@pytest.mark.parametrize(("key", "lang"), PAPERS)
def test_a_fact_that_is_missing_is_a_gap_in_it_or_its_part_is_left_out(key: str, lang: str) -> None:
    whole = written(FACTS, key, lang)
    optional = {"representative", "dpo"}  # the law knows companies that need neither
    for name in NEEDS[key] - {"lead_months"}:  # which the pack says where the company does not
        less = {one: value for one, value in FACTS.items() if one.split(".")[0] != name}
        text = written(less, key, lang)
        assert fact(name, lang) not in text, name
        gaps = text.count(papers.GAP) - whole.count(papers.GAP)
        assert gaps == 0 if name in optional else gaps > 0, name
