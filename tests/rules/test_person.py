"""One person: numbers, addresses, names and links have one form each, however they are typed."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import person
from game.rules.person import canonical_link, fold, mail_of, phone_of, squeeze
from game.rules.sought import folded

PROFILES = (
    "https://www.linkedin.com/in/nora-blanc-1a2b3c/",
    "https://fr.linkedin.com/in/nora-blanc-1a2b3c?trk=people-guest",
    "http://m.linkedin.com/in/nora-blanc-1a2b3c",
    "linkedin.com/in/Nora-Blanc-1a2b3c/?utm_source=share&utm_medium=ios_app",
    "https://www.linkedin.com/in/nora-blanc-1a2b3c/fr",
    "https://www.linkedin.com/in/nora%2Dblanc-1a2b3c#about",
)


def test_the_spellings_of_one_profile_are_one() -> None:
    assert {canonical_link(link) for link in PROFILES} == {"linkedin.com/in/nora-blanc-1a2b3c"}


def test_pages_of_different_people_stay_apart() -> None:
    links = (
        "https://www.linkedin.com/in/nora",
        "https://www.linkedin.com/in/nora2",
        "https://notlinkedin.com/in/nora",
        "https://example.org/team/nora",
        "https://example.org/team/nils",
    )
    assert len({canonical_link(link) for link in links}) == len(links)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("0692 12 34 56", "+262692123456"),
        ("0690 35 12 34", "+590690351234"),
        ("0696 20 12 34", "+596696201234"),
        ("0694 20 12 34", "+594694201234"),
        ("0639 01 23 45", "+262639012345"),
        ("0262 12 34 56", "+262262123456"),
        ("+262 692 12 34 57", "+262692123457"),
        ("06 12 34 56 78", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("12", ""),
    ],
)
def test_numbers_of_the_french_regions_are_numbers(typed: str, normal: str) -> None:
    assert phone_of(typed) == normal


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Lætitia Lebœuf", "laetitia leboeuf"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted", "lukasz orsted"),
    ],
)
def test_ligatures_and_barred_letters_fold(typed: str, plain: str) -> None:
    assert fold(typed) == fold(plain) == plain


def test_what_is_no_character_is_dropped() -> None:
    assert squeeze("produc\ufffetion \ud800\u200bx") == "production x"


@pytest.mark.parametrize(
    ("country", "typed", "normal"),
    [
        ("BE", "0470 12 34 56", "+32470123456"),
        ("FR", "0470 12 34 56", "+33470123456"),
        ("CH", "079 123 45 67", "+41791234567"),
        ("LU", "621 123 456", "+352621123456"),
        ("BE", "0692 12 34 56", "+262692123456"),  # the French regions stay tried
        ("LU", "06 12 34 56 78", "+33612345678"),
        ("CH", "+33 6 12 34 56 78", "+33612345678"),
    ],
)
def test_a_number_without_a_code_is_of_the_house_s_country(
    country: str, typed: str, normal: str
) -> None:
    assert phone_of(typed, country) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Nora.Blanc+cv@EXEMPLE.FR", "nora.blanc+cv@exemple.fr"),
        ("Nora Blanc <nora3@exemple.fr>", "nora3@exemple.fr"),
        ("nora4@exemple.fr.", "nora4@exemple.fr"),
        ("mailto:nora5@exemple.fr?subject=Bonjour", "nora5@exemple.fr"),
        (" hélène@exemple.fr\u200b", "hélène@exemple.fr"),
        ("a?b@exemple.fr", "a?b@exemple.fr"),
        ("nora@exemple", ""),
        ("<a@exemple.fr> <b@exemple.fr>", ""),
    ],
)
def test_a_mail_is_read_as_it_is_copied(typed: str, normal: str) -> None:
    assert mail_of(typed) == normal


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_all_letters_do(text: str) -> None:
    beside = fold(f"{text} é")  # one letter that is not plain takes the long way
    assert beside == f"{fold(text)} e".strip()


@given(
    digits=st.text("0123456789", min_size=9, max_size=9), gap=st.sampled_from(["", " ", ".", "-"])
)
def test_a_french_number_is_read_quickly_as_the_library_reads_it(digits: str, gap: str) -> None:
    pairs = [f"0{digits}"[n : n + 2] for n in range(0, 10, 2)]
    typed = gap.join(pairs)
    ways = (person._valid_phone(typed, region) for region in person.REGIONS)
    assert person.phone_of(typed) == next(filter(None, ways), "")


@given(digits=st.text("0123456789", min_size=9, max_size=9))
def test_a_french_number_is_found_as_it_is_dialled_at_home(digits: str) -> None:
    phone = person.phone_of(f"0{digits}")
    if phone.startswith("+33"):
        number = phonenumbers.parse(phone)
        home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert folded({"phone": phone}).split("|")[2:4] == [phone[1:], home.replace(" ", "")]
