"""How a lead is found at the desk: the text it is found by, and the words of a search."""

import re
from collections.abc import Mapping

import phonenumbers

from game.rules.person import fold, phone_of

MOST = 2_000  # bytes: an entry of PostgreSQL's index holds 2,704
NUMBER = re.compile(r"\+?\d[\d\s().\-/]*\d")
FRENCH = re.compile(r"\+33[1-79][0-9]{8}")
SHORTEST = 6  # digits of what is a part of a number, unless it begins like one


def folded(values: Mapping[str, object]) -> str:
    """All that a lead is found by, of its fields by name; a missing field is an empty one.

    The folded name comes first and ends at the first bar. The number stands there twice: with its
    country's code, and as it is dialled at home.
    """
    texts = {name: str(value or "") for name, value in values.items()}
    names = [fold(texts.get(name, "")) for name in ("name", "role", "company")]
    skills = fold(" ".join(_listed(values.get("skills"))))
    contact = [texts.get("mail", "").lower(), *_numbers(texts.get("phone", ""))]
    text = "|".join((names[0], *contact, *names[1:], skills))
    return text.encode("utf-8", "ignore")[:MOST].decode("utf-8", "ignore")


def _listed(texts: object) -> list[str]:
    return [str(text) for text in texts] if isinstance(texts, list | tuple) else []


def _numbers(phone: str) -> list[str]:
    if not phone:
        return []
    if FRENCH.fullmatch(phone):
        return [phone[1:], f"0{phone[3:]}"]
    try:
        number = phonenumbers.parse(phone, "FR")
    except phonenumbers.NumberParseException:
        return [_digits(phone)]
    home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return [_digits(phone), _digits(home)]


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")


def words(text: str) -> list[str]:
    """What must all be somewhere in the folded text: words, mail addresses, parts of numbers."""
    numbers: list[str] = []

    def take(found: re.Match[str]) -> str:
        number = _number(found[0])
        numbers.extend([number] if number else [])
        return " " if number else found[0]

    rest = NUMBER.sub(take, text).split()
    mails = [part.lower() for part in rest if "@" in part]
    plain = fold(" ".join(part for part in rest if "@" not in part)).split()
    return list(dict.fromkeys((*numbers, *mails, *plain)))


def _number(typed: str) -> str:
    """The digits of what looks like a number, whole or in part; empty for what does not.

    One without a country's code is sought as it is dialled at home, whichever home that is.
    """
    whole = phone_of(typed)
    if whole and typed.startswith(("+", "00")):
        return _digits(whole)
    digits = _digits(typed.replace("(0)", ""))
    begins = typed.startswith(("+", "0")) and len(digits) > 2
    if not begins and len(digits) < SHORTEST:
        return ""
    return digits.removeprefix("00")
