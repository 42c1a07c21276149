"""Who is one person, and why; how well it is told on made-up people of whom the truth is known."""

import pytest

from bench.found import quality
from bench.people import People
from bench.strangers import Strangers
from game import content
from game.base import paths
from game.content import short_names
from game.pool.incoming import Incoming
from game.rules.blocks import blocks
from game.rules.commonness import Commons
from game.rules.likeness import Likeness, likeness, traits
from game.rules.sounds import sound

SHORT = short_names.load(paths.content())


def alike(one: Incoming, other: Incoming) -> Likeness | None:
    """What is said of two, which is the same whichever comes first."""
    a, b = traits(one), traits(other)
    there, back = likeness(a, b, SHORT), likeness(b, a, SHORT)
    assert (there and (there.sure, set(there.reasons))) == (back and (back.sure, set(back.reasons)))
    if there:
        assert blocks(a, SHORT) & blocks(b, SHORT)
    return there


def who(name: str, company: str = "", mail: str = "", phone: str = "", link: str = "") -> Incoming:
    return Incoming(name, company=company, mail=mail, phone=phone, link=link)


ONE = "+33612345678"
SURE = [
    (who("Nora Blanc", mail="n@x.fr"), who("Nora Blanc", mail="n@x.fr"), "same_mail"),
    (who("Nora Blanc", phone=ONE), who("BLANC Nora", phone=ONE), "name_order"),
    (who("Robert Hénaff", phone=ONE), who("Bob Henaff", phone=ONE), "short_name"),
    (
        who("Jean-Philippe Le Goff", mail="j@x.fr"),
        who("Jean-Phi Legoff", mail="j@x.fr"),
        "same_mail",
    ),
    (who("J. Martin", mail="j@x.fr"), who("Jeanne Martin", mail="j@x.fr"), "initials"),
    (
        who("Zoé Vidal", link="https://www.linkedin.com/in/zoe-v/"),
        who("Zoe Vidal", link="https://fr.linkedin.com/in/zoe-v?x=1"),
        "same_link",
    ),
    (who("Nora Blanc", "Acier SA"), who("Nora Blanc", "ACIER"), "same_company"),
    (who("Nora Blanc", "Acier"), who("Nora Blanc", mail="nb@acier.fr"), "same_company"),
    (who("Mme Nora Blanc", mail="n@x.fr"), who("Nora Blanc-Vidal", mail="n@x.fr"), "part_of_name"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SURE, ids=lambda v: getattr(v, "name", v))
def test_the_same_person_for_sure(one: Incoming, other: Incoming, reason: str) -> None:
    found = alike(one, other)
    assert found
    assert found.sure
    assert reason in found.reasons


LIKELY = [
    (
        who("Nora Blanc", mail="nora.blanc@x.fr"),
        who("Nora Blanc", mail="nora.blnac@x.fr"),
        "near_mail",
    ),
    (who("Nora Blanc", phone=ONE), who("Nora Blanc", phone="+33612345687"), "near_phone"),
    (who("Nora Blanc", "Acier SA"), who("Nora Blnac", "ACIER"), "typo"),
    (who("Nora Blanc", "Fonderies de Nantes"), who("Nora Blanc", "Fonderies"), "near_company"),
    (who("N. Blanc", "Acier"), who("Nora Blanc", "Acier"), "initials"),
    (who("Nora Blanc"), who("Nora Blanc", "Acier"), "same_name"),
    (who("Nora Blanc", mail="n@x.fr"), who("Nora Vidal", mail="n@x.fr"), "new_name"),
    (who("Louis Martin", phone=ONE), who("Louise Martin", phone=ONE), "typo"),
]


@pytest.mark.parametrize(("one", "other", "reason"), LIKELY, ids=lambda v: getattr(v, "name", v))
def test_perhaps_the_same_person(one: Incoming, other: Incoming, reason: str) -> None:
    found = alike(one, other)
    assert found
    assert not found.sure
    assert reason in found.reasons


APART = [
    (who("Nora Blanc", "Acier"), who("Nora Blanc", "Boulangerie Vidal")),  # a namesake
    (who("Nora Blanc", phone=ONE), who("Paul Blanc", phone=ONE)),  # a family's telephone
    (who("Nora Blanc", "Acier", phone=ONE), who("Paul Vidal", "Acier", phone=ONE)),  # a switchboard
    (who("Nora Blanc", mail="contact@x.fr"), who("Paul Vidal", mail="contact@x.fr")),
    (who("Nora Blanc", "Acier"), who("Paul Blanc", "Acier")),
    (who("Jean Martin", mail="jean.martin1@x.fr"), who("Jean Martin", mail="jean.martin2@x.fr")),
    (who("Alexandre Petit", "Acier"), who("Alexandra Petitjean", "Acier")),
    (who("Nora"), who("Nora", "Acier")),
    (who("J. Martin", "Acier", "julie@x.fr"), who("Jean Martin", "Acier", "jm@y.fr")),
    (who("Jean Martin", "Acier", "j1@gmail.com"), who("Jean Martin", "Acier", "j2@free.fr")),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda v: v.name)
def test_people_who_only_look_alike(one: Incoming, other: Incoming) -> None:
    assert alike(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("lefevre", "lefebvre"), ("philippe", "filipe"), ("durand", "durant"), ("moreaux", "moreau")],
)
def test_what_sounds_alike_meets(one: str, other: str) -> None:
    if one == "lefevre":  # not said alike: the first name and a letter bring them together
        assert blocks(traits(who(f"Nora {one}")), SHORT) & blocks(
            traits(who(f"Nora {other}")), SHORT
        )
    else:
        assert sound(one) == sound(other)


def test_no_short_form_is_in_the_list_twice_by_mistake() -> None:
    assert len(SHORT.groups) > 400
    assert SHORT.agree("bob", "robert")
    assert not SHORT.agree("alexandra", "alexandre")
    assert short_names.load(paths.content() / "nowhere").groups == {}
    assert content.check(paths.content()) == []


def test_with_a_mail_or_a_phone_nearly_all_doubles_are_found_and_hardly_anybody_else() -> None:
    found = quality(People(7, reached=True).records(2_500))
    assert found.f1 >= 0.97, found.missed
    assert found.precision >= 0.995, found.wrong
    assert found.sure >= 0.999, found.wrong


def test_by_names_and_places_alone_most_doubles_are_found() -> None:
    found = quality(People(7, reached=False).records(2_500))
    assert found.f1 >= 0.90, found.missed
    assert found.sure >= 0.99, found.wrong


@pytest.mark.parametrize(("reached", "least"), [(True, 0.97), (False, 0.93)])
def test_slips_of_other_sorts_than_the_rules_were_written_for(reached: bool, least: float) -> None:
    """Names that were heard, scanned or copied from a profile; employers by their first letters."""
    found = quality(Strangers(7, reached=reached).records(2_500))
    assert found.f1 >= least
    assert found.precision >= 0.985
    assert found.sure >= 0.995


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (who("Nora Quemper", "Acier"), who("Nora Kemper", "Acier"), "typo"),
        (
            who("Nora Blanc", "Acier", "nora.blanc@gmail.com"),
            who("N. Blanc", "Acier", "nora.blanc+cv@gmail.com"),
            "near_mail",
        ),
        (
            who("Nora Blanc", "Acier", "nora.blanc@acier.fr"),
            who("Nora Blanc", "Acier", "nora.blanc@acier.com"),
            "near_mail",
        ),
        (who("Nora Blanc", "Fonderies de Nantes"), who("Nora Blanc", "FDN"), "near_company"),
    ],
)
def test_one_person_heard_marked_or_shortened(one: Incoming, other: Incoming, reason: str) -> None:
    found = alike(one, other)
    assert found
    assert not found.sure  # for somebody to decide
    assert reason in found.reasons


def crowd(**more: int) -> Commons:
    """A pool of two hundred thousand in which a few names and employers are borne by many."""
    names = {"nora": 900, "blanc": 700, "louis": 900, "louise": 800, **more}
    return Commons(200_000, names, {"mairie brest": 500, "acier": 40})


def test_what_many_bear_tells_less() -> None:
    def said(one: Incoming, other: Incoming, commons: Commons) -> Likeness | None:
        return likeness(traits(one), traits(other), SHORT, commons)

    bare, at = who("Nora Blanc"), who("Nora Blanc", "Mairie de Brest")
    assert said(bare, at, Commons(50)) is not None
    assert said(bare, at, crowd()) is None  # three others are to be expected
    found = said(at, at, crowd())
    assert found is not None
    assert not found.sure  # somebody decides
    rare = who("Nora Kermorvan", "Mairie de Brest")
    assert said(rare, rare, crowd()) == Likeness(True, ("same_name", "same_company"))
    assert said(who("Nora Kermorvan"), who("Nora Kermorvan", "Acier"), crowd()) is not None
    # two names that many bear are two names; a spelling that nobody bears is a slip
    slip = who("Nora Blnac", "Acier", mail="a@x.fr"), who("Nora Blanc", "Acier", phone=ONE)
    names = who("Louis Blanc", "Acier", mail="a@x.fr"), who("Louise Blanc", "Acier", phone=ONE)
    assert said(*slip, crowd()) is not None
    many = Commons(200_000, {"louis": 3_000, "louise": 3_000, "blanc": 3_000}, {"acier": 4_000})
    assert said(*names, many) is None
    assert said(who("Nora Blanc", mail="n@x.fr"), who("Nora Blanc", mail="n@x.fr"), many)


def test_a_mail_in_common_is_not_doubted_for_a_common_name() -> None:
    one = traits(who("Nora Blanc", mail="n@x.fr"))
    found = likeness(one, one, SHORT, crowd())
    assert found is not None
    assert found.sure
