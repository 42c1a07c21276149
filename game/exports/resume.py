"""A person as JSON Resume (jsonresume.org, schema 1.0.0): what is known, and nothing made up."""

from collections.abc import Mapping

from game.exports.person import Person

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(person: Person) -> Mapping[str, object]:
    """The document; a part of which nothing is known is not there."""
    basics = {
        "name": person.name,
        "label": person.role,
        "email": person.mail,
        "phone": person.phone,
        "url": person.website if not person.github else "",
        "profiles": _profiles(person),
    }
    work = {"name": person.company, "position": person.role}
    return {
        "$schema": SCHEMA,
        "basics": _known(basics),
        **({"work": [_known(work)]} if person.company else {}),
        **({"skills": [{"name": one} for one in person.skills]} if person.skills else {}),
    }


def _profiles(person: Person) -> list[dict[str, str]]:
    links = {"LinkedIn": person.linkedin, "GitHub": person.github}
    return [{"network": name, "url": link} for name, link in links.items() if link]


def _known(part: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in part.items() if value}
