"""Texts as pages set them: no line ends inside of a verb and its pronoun."""

from babel.support import NullTranslations

from game.base.speech import JOINED, shown


def test_a_pronoun_stays_with_its_verb_and_names_of_places_are_left_alone() -> None:
    said = shown(NullTranslations(), "fr")
    assert said.gettext("et nomme-les sur") == f"et nomme-{JOINED}les sur"
    for whole in ("À Choisy-le-Roi", "celles-là", "est-ce"):
        assert said.gettext(whole) == whole
    assert said.ngettext("prends-la", "prends-les", 2).endswith(f"-{JOINED}les")
    assert shown(NullTranslations(), "en").gettext("nomme-les") == "nomme-les"
