"""One line of a file as a person: a field that is wrong is left out and said, never the person."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from game.base.refusal import Refusal
from game.base.text import printable
from game.imports.book import Cell
from game.imports.dates import moment_of, ms_of
from game.imports.labels import Labels, truth
from game.pool.incoming import Incoming, Told
from game.rules.listed import split
from game.rules.person import reached, squeeze

MOST = {
    **{"name": 80, "role": 120, "company": 120, "channel": 40, "relationship": 40},
    **{"verdict_reason": 500, "reason": 140, "brief": 160, "requisition_ref": 40},
    **{"workshop": 120, "round": 120, "recommender": 80},
}
SKILLS, SKILL = 24, 60  # how many, and how long each
WAYS = ("mail", "phone", "link")
SEVERAL = re.compile(r"[;,|\n\t]| / | ou | or | et | and ")
OUR_ID = re.compile(r"[0-9a-f]{16}")
SAID = ("relationship", "reasons", "reason", "recommended", "recommender", "workshop", "round")
Values = Mapping[str, Sequence[Cell]]  # what stands in the columns of a field, without empty ones


class Reader:
    """Reads lines; `country` is where a phone number without a country code is from.

    `channel` is what everybody comes by, whatever a column says.
    """

    def __init__(self, labels: Labels, country: str, channel: str = "") -> None:
        self.labels = labels
        self.country = country
        self.channel = channel

    def read(self, values: Values) -> tuple[Incoming, dict[str, str]]:
        """The person, and a code for each field that was left out or cut, by name.

        Raises Refusal where there is no name to call the person by.
        """
        return _Line(self, values).person()


class _Line:
    def __init__(self, reader: Reader, values: Values) -> None:
        self.reader = reader
        self.values = values
        self.faults: dict[str, str] = {}

    def person(self) -> tuple[Incoming, dict[str, str]]:
        name, ways = self._name(), {way: self._ways(way) for way in WAYS}
        person = Incoming(
            name=name,
            role=self._text("role"),
            company=self._text("company"),
            skills=self._skills(),
            **{way: found[0] if found else "" for way, found in ways.items()},
            more=tuple((way, one) for way, found in ways.items() for one in found[1:]),
            channel=self.reader.channel or self._word("channel", "channels"),
            internal=self._truth("internal"),
            verdict=self._verdict(),
            verdict_reason=self._paragraph("verdict_reason"),
            judged_at=self._ms("judged"),
            inform_by=self._day("inform_by"),
            informed_at=self._ms("informed"),
            created_at=self._ms("created"),
            id=self._id(),
            told=self._told(),
        )
        return person, self.faults

    def _first(self, field: str) -> Cell:
        """What stands in the first column of a field; that others say something else is said."""
        given = self.values.get(field, ())
        if len({squeeze(str(cell)) for cell in given}) > 1:
            self.faults[field] = "only_first"
        return given[0] if given else ""

    def _text(self, field: str) -> str:
        return self._cut(field, squeeze(str(self._first(field))))

    def _paragraph(self, field: str) -> str:
        """A text that may have several lines."""
        text = printable(str(self._first(field)).replace("\r\n", "\n"))
        return self._cut(field, text.strip())

    def _cut(self, field: str, text: str) -> str:
        if len(text) > MOST[field]:
            self.faults[field] = "cut"
        return text[: MOST[field]].rstrip()

    def _name(self) -> str:
        whole = squeeze(str(self._first("name")))
        parts = (squeeze(str(self._first(part))) for part in ("first_name", "last_name"))
        name = whole or " ".join(filter(None, parts))
        if not any(c.isalnum() for c in name):
            raise Refusal("bad_input", {"name": "name_missing"})
        if len(name) > MOST["name"]:
            raise Refusal("bad_input", {"name": "too_long"})
        return name

    def _skills(self) -> tuple[str, ...]:
        given = [part for cell in self.values.get("skills", ()) for part in split(str(cell))]
        skills = list(dict.fromkeys(filter(None, map(squeeze, given))))
        if len(skills) > SKILLS or any(len(skill) > SKILL for skill in skills):
            self.faults["skills"] = "cut"
        return tuple(dict.fromkeys(skill[:SKILL].rstrip() for skill in skills[:SKILLS]))

    def _ways(self, way: str) -> tuple[str, ...]:
        """All mails, phones or links; the first is kept, the further ones recognise too."""
        cells = [str(cell) for cell in self.values.get(way, ())]
        found = tuple(dict.fromkeys(one for cell in cells for one in self._each(way, cell)))
        if len(found) > 1:
            self.faults.setdefault(way, "only_first")
        return found

    def _each(self, way: str, cell: str) -> list[str]:
        """All that one cell gives in normal form: it may hold several, or words beside one."""
        whole = reached(way, cell, self.reader.country)
        parts = [cell] if whole else [part for part in SEVERAL.split(cell) if squeeze(part)]
        found = [reached(way, _bare(way, part), self.reader.country) for part in parts]
        if not all(found):
            self.faults[way] = f"{way}_invalid"
        return [one for one in found if one]

    def _word(self, field: str, group: str) -> str:
        """The key of one of our words; another word stays as it is."""
        text = self._text(field)
        return self.reader.labels.key(group, text) or text

    def _truth(self, field: str) -> bool:
        said = truth(str(self._first(field)))
        if said is None:
            self.faults[field] = "yes_or_no"
        return bool(said)

    def _verdict(self) -> str:
        text = str(self._first("verdict"))
        key = self.reader.labels.key("verdicts", text) if text else ""
        if text and not key:
            self.faults["verdict"] = "verdict_unknown"
        return key

    def _moment(self, field: str) -> datetime | None:
        cell = self._first(field)
        found = moment_of(cell) if cell != "" else None
        if cell != "" and found is None:
            self.faults[field] = "date_invalid"
        return found

    def _ms(self, field: str) -> int | None:
        found = self._moment(field)
        return ms_of(found) if found else None

    def _day(self, field: str) -> date | None:
        found = self._moment(field)
        return found.date() if found else None

    def _id(self) -> str:
        text = squeeze(str(self._first("id")))
        return text if OUR_ID.fullmatch(text) else ""

    def _told(self) -> Told | None:
        if not any(self.values.get(field) for field in SAID):
            return None
        reasons = split(str(self._first("reasons")))
        keys = [self.reader.labels.key("reasons", text) or squeeze(text)[:40] for text in reasons]
        kind = str(self._first("type"))
        return Told(
            relationship=self._word("relationship", "relationships"),
            known=self.reader.labels.key("types", kind) != "source",
            aware=self._truth("aware"),
            reasons=tuple(keys),
            reason=self._paragraph("reason"),
            at=self._ms("recommended"),
            **{name: self._text(name) for name in ("brief", "requisition_ref", "workshop")},
            **{name: self._text(name) for name in ("round", "recommender")},
        )


NUMBER = re.compile(r"\+?\d[\d\s().\-/]*\d")
BARE: Mapping[str, Callable[[str], str]] = {
    "phone": lambda text: found[0] if (found := NUMBER.search(text)) else text,
}


def _bare(way: str, text: str) -> str:
    """A number without the words beside it: '06 12 34 56 78 (perso)'."""
    return BARE.get(way, str.strip)(text)
