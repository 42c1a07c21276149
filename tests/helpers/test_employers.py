"""Employers of a sector: spellings merged, on sixty pairs, and what a model may name."""

from game.helpers.employers import (
    MODEL,
    POOL,
    ROOM,
    TASK,
    Mention,
    Names,
    Wanted,
    is_same,
    merged,
    search_words,
)

SAME = (
    ("Chantiers Brun", "CHANTIERS BRUN"),
    ("Chantiers Brun", "Chantiers Brun SAS"),
    ("Chantiers Brun", "Les Chantiers Brun"),
    ("Chantiers Brun", "Groupe Chantiers Brun"),
    ("Chantiers Brun", "Chantier Brun"),
    ("L’Atelier Vidal", "Atelier Vidal"),
    ("Société Vidal & fils", "Vidal et fils"),
    ("Électricité Moreau", "Electricite Moreau"),
    ("Moreau SARL", "Moreau"),
    ("Compagnie des Eaux Vives", "Eaux Vives"),
    ("Transports Lemoine", "Transport Lemoine"),
    ("Transports Lemoine Lyon", "Transports Lemoine"),
    ("Banque Rivière", "Banque Riviere France"),
    ("Assurances Générales du Midi", "AGM"),
    ("Méca-Ouest", "Mecaouest"),
    ("Méca Ouest", "Méca-Ouest"),
    ("Nord Logistique", "Nord Logistiques"),
    ("Laboratoires Fabre-Lenoir", "Laboratoires Fabre Lenoir"),
    ("Boulangerie Pasquier", "Boulangerie Paquier"),
    ("Ateliers du Vent", "Ateliers du vent, Nantes"),
    ("Holding Clairval", "Clairval"),
    ("Clairval S.A.", "Clairval"),
    ("Industries Kermarec", "Industrie Kermarec"),
    ("Kermarec Industries", "Industries Kermarec"),
    ("Studio 54", "Studio 54 SAS"),
    ("Beaumont Conseil", "Beaumont conseils"),
    ("Hôpital Saint-Luc", "Hopital St Luc"),
    ("Verrerie Hautefeuille", "Verrerie Hautefeuile"),
    ("Imprimerie Duclos", "Duclos Imprimerie"),
    ("Fonderies Lacroix Europe", "Fonderies Lacroix"),
)
DIFFERENT = (
    ("Chantiers Brun", "Chantiers Blanc"),
    ("Chantiers Brun", "Peintures Brun"),
    ("Studio 54", "Studio 55"),
    ("Banque Rivière", "Banque Postale"),
    ("Clairval", "Clairvaux"),
    ("Clairval Énergie", "Clairval Télécom"),
    ("Clairval", "Clairval Assurances"),
    ("Moreau", "Morel"),
    ("Moreau", "Moreau Transports Frigorifiques"),
    ("Transports Lemoine", "Transports Lemaire"),
    ("Nord Logistique", "Sud Logistique"),
    ("Ateliers du Vent", "Ateliers du Port"),
    ("Alba", "Alma"),
    ("Axis", "Axys Conseil"),
    ("Verrerie Hautefeuille", "Verrerie Bassefeuille"),
    ("Hôpital Saint-Luc", "Hôpital Saint-Jean"),
    ("Hôpital Saint-Luc", "Clinique Saint-Luc"),
    ("Boulangerie Pasquier", "Boulangerie Pascal"),
    ("Kermarec Industries", "Kermadec Travaux"),
    ("Beaumont Conseil", "Beaumont Finance"),
    ("Beaumont Conseil", "Belmont Conseil"),
    ("Imprimerie Duclos", "Imprimerie Dumas"),
    ("AGM", "AGF"),
    ("Assurances du Midi", "Assurances du Nord"),
    ("Fonderies Lacroix", "Fonderies Delacour"),
    ("Eaux Vives", "Eaux Claires"),
    ("Vidal et fils", "Vidal et frères"),
    ("Groupe Martin", "Groupe Marchand"),
    ("Martin", "Martinet"),
    ("Laboratoires Fabre", "Laboratoires Favier"),
)


def test_of_sixty_pairs_nearly_all_are_told_apart() -> None:
    assert len(SAME) + len(DIFFERENT) == 60
    right = [pair for pair in SAME if is_same(*pair)]
    false = [pair for pair in DIFFERENT if is_same(*pair)]
    missed = sorted(set(SAME) - set(right))
    f1 = 2 * len(right) / (2 * len(right) + len(false) + len(missed))
    assert f1 >= 0.95, (false, missed)
    assert all(is_same(b, a) == is_same(a, b) for a, b in (*SAME, *DIFFERENT))


def test_sources_are_merged_under_the_spelling_of_most() -> None:
    found = merged(
        (
            Mention("Chantiers Brun", ROOM, 4),
            Mention("CHANTIERS BRUN SAS", POOL, 3),
            Mention("Morel", ROOM, 1),
            Mention("Groupe", MODEL),
        )
    )
    assert [(e.name, e.counts) for e in found] == [
        ("Chantiers Brun", {ROOM: 4, POOL: 3}),
        ("Groupe", {MODEL: 1}),
        ("Morel", {ROOM: 1}),
    ]
    assert found[0].spellings == ("Chantiers Brun", "CHANTIERS BRUN SAS")
    assert search_words(["Chantiers Brun", 'L"Atelier']) == '"Chantiers Brun" OR "LAtelier"'


def test_a_model_names_only_what_is_new_and_like_a_name() -> None:
    wanted = Wanted(lang="fr", position="Soudeur·se TIG", known=("Chantiers Brun",))
    said = Names(names=("Brun Chantiers", "Morel", "MOREL SA", "http://vol.example", "x" * 80))
    assert TASK.check(said, wanted) == Names(names=("Morel",))
    assert TASK.check(Names(names=("Chantiers Brun",)), wanted) is None
    assert TASK.by_rules(wanted).names == ()
