"""A message with fields: which there are, and how they are filled in.

No field holds what a colleague said of the person, or who the colleague is: a message can't say
what its writer was not given.
"""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{([^{}\n]{0,40})\}")
NAMES = ("first_name", "last_name", "company", "role", "brief", "recruiter", "notice")
FIELDS: Mapping[str, Mapping[str, str]] = {  # by language: what is written, and which field it is
    "fr": dict(
        zip(
            ("prénom", "nom", "entreprise", "métier", "poste", "recruteur", "notice"),
            NAMES,
            strict=True,
        )
    ),
    "en": dict(
        zip(
            ("first name", "last name", "company", "role", "position", "recruiter", "notice"),
            NAMES,
            strict=True,
        )
    ),
}
NOTICE = "notice"
MOST = {"subject": 160, "body": 5_000}  # characters


def fields_of(lang: str) -> Mapping[str, str]:
    """The fields of a language; one that has none of its own writes them in English."""
    return FIELDS.get(lang, FIELDS["en"])


def used(text: str, lang: str) -> set[str]:
    """The fields that a text has."""
    known = fields_of(lang)
    return {known[name] for name in FIELD.findall(text) if name in known}


def faults(subject: str, body: str, lang: str, kind: str) -> dict[str, str]:
    """What is wrong with a message, as codes by field.

    A field that is none is a slip of the pen; the notice is said whole, in the body.
    """
    found = {}
    for name, text in (("subject", subject), ("body", body)):
        if not text.strip():
            found[name] = "missing"
        elif len(text) > MOST[name]:
            found[name] = "too_long"
        elif set(FIELD.findall(text)) - set(fields_of(lang)):
            found[name] = "field_unknown"
    if "\n" in subject or NOTICE in used(subject, lang):
        found["subject"] = "invalid"
    if kind == NOTICE and "body" not in found and NOTICE not in used(body, lang):
        found["body"] = "notice_missing"
    return found


def fill(text: str, lang: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; what is no field stays as it stands."""
    known = fields_of(lang)

    def value(found: re.Match[str]) -> str:
        return values.get(known.get(found[1], ""), found[0])

    return FIELD.sub(value, text)


def lacking(text: str, lang: str, values: Mapping[str, str]) -> set[str]:
    """The fields of a text for which there is nothing to fill in."""
    return {name for name in used(text, lang) if not values.get(name)}
