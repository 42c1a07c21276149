"""Which column of a file is which field, in French and in English, as people spell them."""

from collections.abc import Sequence
from functools import cache

from game.base.languages import LANGS
from game.exports.columns import COLUMNS, titles
from game.imports.book import Cell
from game.imports.sheet import Sheet
from game.rules.person import fold

FIRST_LINES = 25  # some exports open with a note of several lines
NAMES = frozenset(("name", "first_name", "last_name"))
SPELLINGS = {
    "name": (
        "name, full name, nom complet, nom et prénom, nom prénom, prénom nom, prénom et nom, "
        "noms et prénoms, noms prénoms, nom prénoms, candidat, candidate, personne, contact, "
        "contact name, candidate name, display name, nom du contact, nom du candidat, nom affiché, "
        "personnes, participant, participante, invité, applicant name, partner name"
    ),
    "first_name": "first name, firstname, given name, prénom, prénoms, forename",
    "last_name": (
        "last name, lastname, surname, family name, nom, noms, nom de famille, nom d'usage, "
        "patronyme"
    ),
    "role": (
        "role, job title, title, position, job, current title, current position, occupation, "
        "fonction, poste, poste actuel, poste occupé, intitulé, intitulé de poste, "
        "intitulé du poste, métier, profession, emploi, titre"
    ),
    "company": (
        "company, company name, organisation, organization, employer, current company, "
        "current employer, account, société, entreprise, employeur, employeur actuel, "
        "entreprise actuelle, raison sociale, structure, établissement"
    ),
    "skills": (
        "skills, key skills, expertise, tags, compétences, compétence, compétences clés, "
        "savoir faire, mots clés, domaines"
    ),
    "mail": (
        "mail, mails, email, emails, e mail, e mails, email address, e mail address, mail address, "
        "courriel, adresse mail, adresse email, adresse e mail, adresse électronique, mél, "
        "email from, email id"
    ),
    "phone": (
        "phone, telephone, tel, phone number, mobile, mobile phone, cell, cell phone, home phone, "
        "work phone, téléphone, numéro de téléphone, n de téléphone, no de téléphone, téléphone "
        "portable, téléphone mobile, tél portable, tél mobile, tél fixe, téléphone fixe, portable, "
        "gsm, natel, numéro, partner phone"
    ),
    "link": (
        "link, url, profile, profile url, linkedin, linkedin url, linkedin profile, website, web, "
        "web site, social media, social links, lien, profil, profil linkedin, lien linkedin, "
        "url linkedin, url du profil, page, site, site web"
    ),
    "channel": "channel, source, canal, origine, provenance, origin",
    "verdict": "verdict, review, avis, décision",
    "verdict_reason": "verdict reason, raison de l'avis, motif",
    "internal": "internal, interne, mobilité interne, internal mobility",
    "inform_by": "inform by, à informer avant, à informer le, date limite d'information",
    "informed": (
        "informed, informed on, informée le, informé le, informé, informée, date d'information"
    ),
    "reason": "reason, raison, en quelques mots, pitch",
    "recommender": (
        "recommender, referrer, referred by, recommandé par, recommandée par, coopté par, "
        "cooptée par, coopteur, parrain, who gets credit"
    ),
}
# words that say which one of several, and not what
_WHICH = (
    "1 2 3 pro perso professionnel professionnelle personnel personnelle principal principale "
    "work personal primary home obligatoire requis required facultatif optional"
)
WHICH = frozenset(_WHICH.split())


@cache
def _known() -> dict[str, str]:
    """Field by folded heading; what our own files are headed by, in every language, comes first."""
    found: dict[str, str] = {}
    for lang in LANGS:
        for column, title in zip(COLUMNS, titles(lang), strict=True):
            found.setdefault(fold(title), column.key)
    for column in COLUMNS:
        found.setdefault(fold(column.key), column.key)
    for field, spellings in SPELLINGS.items():
        for spelling in spellings.split(", "):
            found.setdefault(fold(spelling), field)
    return found


def field_of(heading: Cell) -> str:
    """The field that a column is for; empty for none that we have."""
    words = fold(str(heading)).split()
    bare = [word for word in words if word not in WHICH]
    return _known().get(" ".join(words)) or _known().get(" ".join(bare), "")


def fields_of(cells: Sequence[Cell]) -> list[str]:
    """The field of each column. A last name without a first one is the whole name."""
    fields = [field_of(cell) for cell in cells]
    if "name" not in fields and "first_name" not in fields:
        fields = ["name" if field == "last_name" else field for field in fields]
    return fields


def heading_of(sheet: Sheet) -> int | None:
    """Which line holds the headings: that with most fields of ours, a name among them."""
    best: tuple[int, int] | None = None
    for row, line in enumerate(sheet[:FIRST_LINES]):
        fields = set(fields_of(line.cells)) - {""}
        if fields & NAMES and (best is None or len(fields) > best[0]):
            best = len(fields), row
    return best[1] if best else None


def best_reading(readings: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """Of the ways to read a sheet, the one that makes most sense, and where its headings are.

    That is the one that finds most of our fields, and leaves fewest lines longer than the headings.
    """
    ranked = []
    for order, sheet in enumerate(readings):
        row = heading_of(sheet)
        if row is None:
            continue
        headings = sheet[row].cells
        found = len(set(fields_of(headings)) - {""})
        longer = sum(len(line.cells) > len(headings) for line in sheet[row + 1 :])
        ranked.append(((-found, longer, order), sheet, row))
    if not ranked:
        return None
    _, sheet, row = min(ranked, key=lambda each: each[0])
    return sheet, row


def as_it_stands(readings: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """The reading whose first line that says anything has most cells, and where that line is."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in readings:
        row = next((n for n, line in enumerate(sheet) if any(map(str, line.cells))), None)
        if row is not None and (best is None or len(sheet[row].cells) > best[0]):
            best = len(sheet[row].cells), sheet, row
    return best[1:] if best else None
