"""No table, form or import has a place for what must not be asked of anybody."""

import re
from pathlib import Path

import pytest

from game.base import paths
from game.imports import headings
from game.rules.person import fold
from game.store.base import Base
from game.store.tables import Workshop  # noqa: F401  all tables are known with it

NEVER = {
    "birth": r"birth|born|naissance|\bage\b|\bdob\b",
    "photo": r"photo|picture|portrait|avatar|selfie",
    "nationality": r"nationalit|citizenship|passport|citoyennet",
    "address": r"postal|street|\brue\b|domicile|home_address|zip_?code|\baddress\b",
    "family": r"famil(?!y_|ies)|marital|spouse|conjoint|children|enfants|matrimonial",
    "health": r"health|sante\b|santé|handicap|disabil|medical",
    "others": r"gender|\bsex\b|religion|syndic|ethnic|salary|salaire_actuel",
}
FAULTS = re.compile("|".join(NEVER.values()), re.IGNORECASE)
INNOCENT = {"families"}  # of channels
TEMPLATES = sorted(paths.templates().rglob("*.html"))


def named(text: str) -> set[str]:
    """The names of the fields that a template's forms have."""
    return set(re.findall(r'<(?:input|textarea|select)[^>]*?\bname="([a-z_.-]+)"', text))


def words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


@pytest.mark.parametrize("name", ["birth_date", "photo", "nationality", "marital_status", "santé"])
def test_what_is_looked_for_would_be_found(name: str) -> None:
    assert FAULTS.search(name)


def test_no_column_of_any_table() -> None:
    columns = {c.name for table in Base.metadata.tables.values() for c in table.columns}
    assert len(columns) > 80
    assert {name for name in columns - INNOCENT if FAULTS.search(words(name))} == set()


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(paths.templates())))
def test_no_field_of_any_form(file: Path) -> None:
    assert {n for n in named(file.read_text()) if FAULTS.search(words(n))} == set()


NOT_TAKEN = (
    *("Date de naissance", "Birth date", "Né le", "Âge", "Photo", "Nationalité", "Nationality"),
    *("Adresse", "Adresse postale", "Home address", "Code postal", "Situation de famille"),
    *("Enfants", "Marital status", "Santé", "Handicap", "RQTH", "Disability", "Sexe", "Gender"),
    *("Religion", "Salaire actuel", "Current salary"),
)


def test_no_field_that_an_import_fills() -> None:
    filled = set(headings._known().values())
    assert len(filled) > 15
    assert {name for name in filled if FAULTS.search(words(name))} == set()


@pytest.mark.parametrize("heading", NOT_TAKEN)
def test_no_column_of_a_file_that_is_taken(heading: str) -> None:
    assert fold(heading) not in headings._known()
