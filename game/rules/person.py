"""How a person is reached, in one normal form; and what recognises the same person twice."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol
from urllib.parse import unquote

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from game.rules.marks import without_towers

# numbers without a country code are French: of Europe, or of La Réunion, Guadeloupe, Martinique,
# Guyane, Mayotte and Saint-Martin, whose own plans keep the French leading zero
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "MF")
AS_TYPED = re.compile(r"0[1-9](?:[ .-]?[0-9]{2}){4}")
WEB = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


UNSEEN = ("Cf", "Cc", "Cs", "Cn")  # invisible, lone surrogates, and what is no character at all
# letters that Unicode does not take apart, as people type them without a special keyboard
LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)

SIGNS = re.compile(r"[^a-z0-9]+")


def squeeze(text: str) -> str:
    """The text with single spaces and none at its ends, without what cannot be seen or read.

    That is invisible characters, and marks that stand in towers over the lines above.
    """
    if text.isascii() and text.isprintable():  # most texts: a tenth of the time
        return " ".join(text.split())
    seen = "".join(c for c in text if unicodedata.category(c) not in UNSEEN or c.isspace())
    return " ".join(without_towers(seen).split())


def fold(text: str) -> str:
    """The text as compared: without case, accents, punctuation."""
    if text.isascii():  # most words: a tenth of the time
        return " ".join(SIGNS.sub(" ", text.lower()).split())
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>[^<>]*")
MAILTO = re.compile(r"mailto:([^?]*).*", re.IGNORECASE)


def mail_of(text: str) -> str:
    """The normalised, lower-case address; empty where it is none.

    It may stand as a mail program copies it: 'Nora Blanc <nora@exemple.fr>', 'mailto:…', or with
    the full stop of its sentence.
    """
    bare = squeeze(text)
    if "<" in bare or ":" in bare:
        bare = MAILTO.sub(r"\1", IN_BRACKETS.sub(r"\1", bare))
    bare = bare.strip(" .,;:")
    local, _, house = bare.rpartition("@")
    if PLAIN.fullmatch(local):
        found = _house(house)
        return f"{local.lower()}@{found}" if found and len(bare) <= LONGEST else ""
    return _valid_mail(bare)


PLAIN = re.compile(r"(?=.{1,64}$)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
LONGEST = 254  # signs of an address


@lru_cache(maxsize=4_096)
def _house(house: str) -> str:
    """What stands behind the @, in its normal form; a file has few of them."""
    return _valid_mail(f"a@{house}").removeprefix("a@")


def _valid_mail(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""


def phone_of(text: str, country: str = "FR") -> str:
    """The number in E.164, like +33612345678; empty where it is none.

    Without a country code it is of `country`, as two letters, or else of a French region.
    """
    if country == "FR" and AS_TYPED.fullmatch(text):
        number = re.sub("[^0-9]", "", text)[1:]
        if any(plan.fullmatch(number) for plan in _french_plans()):
            return f"+33{number}"
    regions = dict.fromkeys((country, *REGIONS))
    return next(filter(None, (_valid_phone(text, region) for region in regions)), "")


@cache
def _french_plans() -> tuple[re.Pattern[str], ...]:
    """The library's own plans of mobile and fixed numbers: most of what is typed, and quickly."""
    found = phonenumbers.PhoneMetadata.metadata_for_region("FR")
    plans = (found.mobile, found.fixed_line) if found else ()
    patterns = (plan.national_number_pattern for plan in plans if plan)
    return tuple(re.compile(pattern) for pattern in patterns if pattern)


def _valid_phone(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region)
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


def reached(way: str, text: str, country: str = "FR") -> str:
    """What was typed as a way to reach somebody, in its normal form; empty where it is none.

    `way` is mail, phone or link.
    """
    match way:
        case "mail":
            return mail_of(text)
        case "phone":
            return phone_of(text, country)
        case _:
            return link_of(text)


LINKEDIN = re.compile(r"(?:[a-z]{1,3}\.)?linkedin\.com/(in|pub)/([^/]+).*")


def canonical_link(link: str) -> str:
    """A web address as compared: one form for all spellings of the same page.

    Without scheme, `www.` or `m.`, query, fragment, percent-encoding, case or final slash; a
    LinkedIn profile is its name alone, whichever country's host or language it was copied from.
    """
    bare = unquote(link.split("://", 1)[-1]).split("?")[0].split("#")[0].casefold()
    for prefix in ("www.", "m."):
        bare = bare.removeprefix(prefix)
    profile = LINKEDIN.fullmatch(bare)
    return f"linkedin.com/{profile[1]}/{profile[2]}" if profile else bare.rstrip("/")


class Known(Protocol):
    """A person as a recommendation, a lead or a file knows them; all in normal form, or empty."""

    @property
    def name(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def mail(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def link(self) -> str: ...


def match_keys(lead: Known) -> tuple[str, ...]:
    """What recognises this person: mail, phone, link, and name with company."""
    keys = []
    if lead.mail:
        keys.append(f"m:{lead.mail}")
    if lead.phone:
        keys.append(f"p:{lead.phone}")
    if lead.link:
        keys.append(f"l:{canonical_link(lead.link)}")
    if lead.company:
        keys.append(f"n:{fold(lead.name)}|{fold(lead.company)}")
    return tuple(keys)
