"""A person as a vCard 4.0 (RFC 6350), written by the library that writes our calendars.

Both formats are content lines with the same folding and escaping; the library knows the types of
values that are a card's own.
"""

from icalendar import Component, vText, vUri
from icalendar.prop import vN, vOrg

from game.exports.person import Person

PRODUCT = "-//Sourcerie//FR"


class _Card(Component):
    name = "VCARD"


def card(person: Person) -> bytes:
    """The card; a line of which nothing is known is not there."""
    made = _Card()
    made["VERSION"] = vText("4.0")
    made["PRODID"] = vText(PRODUCT)
    made["UID"] = vText(f"{person.id}@sourcerie")
    made["FN"] = vText(person.name)
    made["N"] = vN((person.last_name, person.first_name, "", "", ""))
    if person.company:
        made["ORG"] = vOrg((person.company,))
    if person.phone:
        made["TEL"] = vUri(f"tel:{person.phone}", params={"VALUE": "uri"})
    for name, value in _lines(person):
        made[name] = value
    return bytes(made.to_ical(sorted=False))


def _lines(person: Person) -> list[tuple[str, vText | vUri]]:
    found: list[tuple[str, str, type[vText | vUri]]] = [
        ("TITLE", person.role, vText),
        ("EMAIL", person.mail, vText),
        ("URL", person.link, vUri),
        ("NOTE", person.notice, vText),
    ]
    return [(name, kind(value)) for name, value, kind in found if value]
