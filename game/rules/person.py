"""How a person is reached, in one normal form; and what recognises the same person twice."""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from game.rules.facts import LeadRecommended

REGION = "FR"  # numbers without a country code are French
WEB = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


def squeeze(text: str) -> str:
    """The text with single spaces and none at its ends, without invisible characters."""
    seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return " ".join(seen.split())


def fold(text: str) -> str:
    """The text as compared: without case, accents, punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def mail_of(text: str) -> str:
    """The normalised, lower-case address; empty where it is none."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""


def phone_of(text: str) -> str:
    """The number in E.164, like +33612345678; empty where it is none."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def link_of(text: str) -> str:
    """The web address with its scheme; empty where it is none."""
    text = text.strip()
    if not WEB.fullmatch(text) or len(text) > 290:
        return ""
    return text if "://" in text else f"https://{text}"


def match_keys(lead: LeadRecommended) -> tuple[str, ...]:
    """What recognises this person: mail, phone, link, and name with company."""
    keys = []
    if lead.mail:
        keys.append(f"m:{lead.mail}")
    if lead.phone:
        keys.append(f"p:{lead.phone}")
    if lead.link:
        keys.append("l:" + lead.link.split("://", 1)[-1].lower().removeprefix("www.").rstrip("/"))
    if lead.company:
        keys.append(f"n:{fold(lead.name)}|{fold(lead.company)}")
    return tuple(keys)
