"""One person as JSON Resume and as a vCard 4: by the book, with nothing made up."""

import json
from pathlib import Path

import jsonschema
import pytest
import vobject

from game.exports.card_file import card
from game.exports.person import Person
from game.exports.resume import resume
from game.imports.cards import cards

SCHEMA = json.loads((Path(__file__).parent / "resume-schema-1.0.0.json").read_text())
ANNE = Person(
    **{"id": "a1", "name": "Anne-Lise de La Tour", "role": "Soudeuse ; TIG", "company": "Łoś, & C"},
    **{"skills": ("TIG", "inox"), "mail": "anne@exemple.fr", "phone": "+33612345687"},
    **{"link": "https://www.linkedin.com/in/anne", "notice": "Notice n° 2\ndonnée."},
)
BARE = Person("a2", "Cher")


@pytest.mark.parametrize("person", [ANNE, BARE], ids=lambda one: one.name)
def test_a_resume_is_what_its_schema_says(person: Person) -> None:
    checker = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    made = json.loads(json.dumps(resume(person)))
    assert list(checker.iter_errors(made)) == []
    assert list(checker.iter_errors({"basics": {"email": 1}}))
    assert set(made["basics"]) <= set(SCHEMA["properties"]["basics"]["properties"])


def test_a_resume_has_what_is_known() -> None:
    made = resume(ANNE)
    assert made["basics"]["profiles"][0]["network"] == "LinkedIn"
    assert made["work"] == [{"name": "Łoś, & C", "position": "Soudeuse ; TIG"}]
    assert set(resume(BARE)) == {"$schema", "basics"}


def test_a_card_reads_back(tmp_path: Path) -> None:
    raw = card(ANNE)
    assert raw.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    read = vobject.readOne(raw.decode()).contents
    assert read["n"][0].value.family == "de La Tour"
    assert read["n"][0].value.given == "Anne-Lise"
    assert read["fn"][0].value == "Anne-Lise de La Tour"
    assert read["note"][0].value == "Notice n° 2\ndonnée."
    (tmp_path / "x.vcf").write_bytes(raw + card(BARE))
    told = [line.cells for line in cards(tmp_path / "x.vcf")]  # as our own import reads it
    assert told[0] == [
        *("Anne-Lise de La Tour", "Soudeuse ; TIG", "Łoś, & C", ""),
        *("anne@exemple.fr", "+33612345687", "https://www.linkedin.com/in/anne"),
    ]
    assert told[1] == ["Cher", *[""] * 6]
