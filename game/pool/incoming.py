"""A person who comes into the pool from a file, in normal form."""

from dataclasses import dataclass
from datetime import date

from game.rules.person import fold, match_keys


@dataclass(frozen=True)
class Told:
    """What a file says of a recommendation. `at` is milliseconds since the epoch, or None."""

    relationship: str = ""
    known: bool = True
    aware: bool = False
    reasons: tuple[str, ...] = ()
    reason: str = ""
    at: int | None = None
    brief: str = ""
    requisition_ref: str = ""
    workshop: str = ""
    round: str = ""
    recommender: str = ""


@dataclass(frozen=True)
class Incoming:
    """A person, and the state that a file has them in.

    `id` is the one that our own files give; `more` has further mails, phones and links of the same
    person, as ('mail', …). Moments are milliseconds since the epoch.
    """

    name: str
    role: str = ""
    company: str = ""
    skills: tuple[str, ...] = ()
    mail: str = ""
    phone: str = ""
    link: str = ""
    more: tuple[tuple[str, str], ...] = ()
    channel: str = ""
    internal: bool = False
    verdict: str = ""
    verdict_reason: str = ""
    judged_at: int | None = None
    inform_by: date | None = None
    informed_at: int | None = None
    created_at: int | None = None
    id: str = ""
    told: Told | None = None

    def keys(self) -> tuple[str, ...]:
        """What recognises this person, anywhere in the pool."""
        others = (reached_by(way, value) for way, value in self.more)
        return tuple(dict.fromkeys(key for one in (self, *others) for key in match_keys(one)))

    def sheet_key(self) -> str:
        """What recognises the same line of another copy of a file that gives little but a name.

        Only people who came in files have it: it never makes one of two who share a name.
        """
        return f"i:{fold(self.name)}|{fold(self.role)}"


def reached_by(way: str, value: str) -> Incoming:
    """Somebody of whom no more is known than one way to reach them (mail, phone, link)."""
    mail, phone, link = (value if way == name else "" for name in ("mail", "phone", "link"))
    return Incoming("", mail=mail, phone=phone, link=link)
