"""What the mails of a reverse interview say: none names the contact to the colleague.

A colleague reads who it is, and what they ask, on their own page: that way it goes when the
contact wants all of it gone.
"""

from game.base.speech import marked as _

TEXTS = {
    ("invited", "colleague"): (
        _("Parler de ton travail avec des candidats ?"),
        _(
            "Bonjour {colleague},\n\nDes personnes à qui nous proposons un poste aimeraient parler "
            "avec quelqu'un qui travaille ici. Si tu veux bien en être, dis-le sur ta page, "
            "avec tes sujets et ta façon de rencontrer :\n\n{page}\n\nCe lien n'est que pour toi. "
            "Sans réponse de ta part, personne ne te verra dans la liste."
        ),
    ),
    ("asked", "colleague"): (
        _("Quelqu'un aimerait te parler"),
        _(
            "Bonjour {colleague},\n\nUne personne à qui nous proposons un poste t'a choisi pour "
            "une conversation. Ce qu'elle demande et les moments qu'elle propose sont sur ta page :"
            "\n\n{page}\n\nCe qu'elle demande n'est que pour toi : l'équipe de recrutement ne le "
            "voit pas."
        ),
    ),
    ("agreed", "colleague"): (
        _("C'est convenu : {when}"),
        _(
            "Bonjour {colleague},\n\nVotre conversation est convenue : {when}. Le fichier joint "
            "l'ajoute à ton agenda, et ta page dit le reste :\n\n{page}"
        ),
    ),
    ("reminder", "colleague"): (
        _("Demain : ta conversation, {when}"),
        _("Bonjour {colleague},\n\nVotre conversation est prévue {when}. Ta page :\n\n{page}"),
    ),
    ("cancelled", "colleague"): (
        _("Une conversation n'aura pas lieu"),
        _(
            "Bonjour {colleague},\n\nLa personne qui voulait te parler{when} y renonce. Tu n'as "
            "rien à faire, sinon l'ôter de ton agenda."
        ),
    ),
    ("opened", "contact"): (
        _("Choisissez à qui parler chez nous"),
        _(
            "Bonjour {name},\n\nAvant de vous décider, parlez avec quelqu'un qui travaille ici : "
            "vous choisissez la personne, vos questions et la façon de vous voir, sur votre page :"
            "\n\n{page}\n\nCe que vous demandez n'est montré qu'à cette personne, jamais à qui "
            "décide."
        ),
    ),
    ("sent", "contact"): (
        _("Votre demande à {colleague}"),
        _(
            "Bonjour {name},\n\nVotre demande est partie. {colleague} vous répond bientôt. "
            "Ce que vous demandez n'est montré à personne d'autre ; le voici, pour vous :"
            "\n\n{questions}\n\nPour changer d'avis, votre page :\n\n{page}"
        ),
    ),
    ("countered", "contact"): (
        _("{colleague} propose un autre moment"),
        _(
            "Bonjour {name},\n\n{colleague} aimerait vous parler, à un autre moment. "
            "Dites s'il vous va, sur votre page :\n\n{page}"
        ),
    ),
    ("agreed", "contact"): (
        _("C'est convenu avec {colleague} : {when}"),
        _(
            "Bonjour {name},\n\nVous parlez avec {colleague}, {when}. Le fichier joint l'ajoute à "
            "votre agenda, et votre page dit le reste :\n\n{page}"
        ),
    ),
    ("reminder", "contact"): (
        _("Demain : votre conversation avec {colleague}"),
        _("Bonjour {name},\n\nVous parlez avec {colleague}, {when}. Votre page :\n\n{page}"),
    ),
    ("declined", "contact"): (
        _("Choisissez quelqu'un d'autre"),
        _(
            "Bonjour {name},\n\nLa personne que vous aviez choisie n'est pas disponible. D'autres "
            "le sont volontiers, sur votre page :\n\n{page}"
        ),
    ),
    ("withdrawn", "contact"): (
        _("C'est annulé : votre conversation"),
        _(
            "Bonjour {name},\n\nVous renoncez à la conversation prévue {when} ; votre agenda "
            "peut l'oublier avec le fichier joint. Vous choisissez autrement quand vous voulez, "
            "sur votre page :\n\n{page}"
        ),
    ),
    ("after", "contact"): (
        _("Votre conversation avec {colleague}"),
        _(
            "Bonjour {name},\n\nSi vous le voulez, et vous seul, dites comment c'était, sur votre "
            "page. Ne rien dire est une réponse aussi :\n\n{page}"
        ),
    ),
}
TITLE = _("Conversation (entretien inversé)")
WITH = _("Conversation avec {colleague}")
ON = _(" le {when}")
NOTHING = _("(aucune question écrite d'avance)")
