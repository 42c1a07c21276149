"""Drafts as a model might write them: forty that invent, forty that do not, and their cards.

Written by hand before the checker was measured on them. Each of the inventing ones has one thing
that stands neither on its card nor in the rules' drafts.
"""

from game.helpers.message import Card

FR = Card(
    lang="fr",
    occasion="first",
    tone="warm",
    tie="former-colleague",
    named=True,
    role="Soudeuse TIG",
    company="Ateliers Brun",
    skills=("inox", "lecture de plans"),
    position="Soudeur·se TIG",
    place="Nantes",
)
BACK = Card(
    lang="fr",
    occasion="callback",
    tone="plain",
    role="Comptable",
    company="Maison Vidal",
    position="Comptable fournisseurs",
    place="Lyon, 2 jours chez soi",
    pay="34 000 à 38 000 €",
)
BARE = Card(lang="fr", occasion="content", tone="formal", skills=("cuisine",))
EN = Card(
    lang="en",
    occasion="first",
    tone="plain",
    role="Welder",
    company="Brown Works",
    skills=("stainless steel",),
    position="TIG welder",
    place="Leeds",
)
VISIT = Card(lang="en", occasion="invitation", tone="warm", role="Nurse", position="Theatre nurse")

INVENTED: tuple[tuple[Card, str], ...] = (
    (
        FR,
        "{colleague} m’a parlé de vous. Ce poste de Soudeur·se TIG à Nantes est payé 2 600 euros.",
    ),
    (FR, "{colleague} m’a parlé de vous et de vos dix ans de métier. Un poste s’ouvre à Nantes."),
    (FR, "Un poste de Soudeur·se TIG s’ouvre à Nantes, en CDI, avec une prime à l’arrivée."),
    (
        FR,
        "Airbus et nous cherchons des personnes de votre métier. Pourrions-nous parler de Nantes ?",
    ),
    (FR, "Votre ancien chef, Marc Delorme, m’a parlé de vous. Ce poste est à Nantes."),
    (
        FR,
        "Un poste s’ouvre à Nantes. Tous les détails sont sur https://emplois-soudure.example/poste.",
    ),
    (
        FR,
        "Un poste s’ouvre à Nantes. Écrivez-moi à recrutement@ateliers-neufs.fr, quand vous voulez.",
    ),
    (FR, "Nous sommes le leader de la soudure dans l’Ouest et un poste s’ouvre à Nantes."),
    (FR, "J’ai lu votre profil avec attention : vos talents nous seraient précieux à Nantes."),
    (
        FR,
        "Je sais que vous êtes en recherche active. Un poste s’ouvre à Nantes, en parlerons-nous ?",
    ),
    (FR, "Votre diplôme d’ingénieur nous intéresse pour ce poste de Soudeur·se TIG."),
    (FR, "Un poste s’ouvre à Nantes. Je vous appelle jeudi, si cela vous va."),
    (FR, "Un poste s’ouvre à Nantes, avec télétravail possible et une mutuelle."),
    (FR, "{colleague} m’a dit que vous vouliez quitter Ateliers Brun. Parlons-en."),
    (
        FR,
        "Appelez-moi au 06 12 34 56 78 pour parler de ce poste à Nantes, quand cela vous arrange.",
    ),
    (FR, "Nous vous garantissons une place dans l’atelier de Nantes. Parlons-en au téléphone."),
    (FR, "Une équipe de quinze personnes vous attend à Nantes. Pouvons-nous en parler ?"),
    (FR, "Le poste est à Bordeaux ou à Nantes, selon ce qui vous arrange. Parlons-en."),
    (
        BACK,
        "Nous nous étions parlé en septembre. Depuis, un poste de Comptable fournisseurs s’est ouvert.",
    ),
    (
        BACK,
        "Comment allez-vous depuis que Maison Vidal licencie ? Un poste s’est ouvert chez nous.",
    ),
    (BACK, "Un poste s’est ouvert à Lyon. La rémunération va jusqu’à 45 000 €."),
    (BACK, "Un poste s’est ouvert à Lyon, avec une voiture. Quand puis-je vous rappeler ?"),
    (BACK, "Votre candidature avait été appréciée. Un poste s’est ouvert à Lyon depuis."),
    (BACK, "Comment allez-vous ? J’espère que vos enfants ont fait une belle rentrée."),
    (BACK, "Un poste s’est ouvert à Lyon : c’est urgent, répondez-moi vite."),
    (BACK, "Un poste s’est ouvert. Claire Fontaine, qui dirige ce service, aimerait vous voir."),
    (BACK, "Nous nous étions parlé lors du salon Convergence de Lille. Comment allez-vous ?"),
    (BACK, "Vous êtes un expert reconnu de la comptabilité. Quand puis-je vous rappeler ?"),
    (
        BARE,
        "Nos équipes ont écrit un article primé sur leur façon de travailler, lu par mille personnes.",
    ),
    (BARE, "L’article est ici : www.maison-article.fr/cuisine. Dites-moi ce que vous en pensez."),
    (BARE, "Nous avons un article sur les étoiles du guide Michelin, un sujet qui est le vôtre."),
    (EN, "A position opens in Leeds. It pays £32,000, and I would like to talk about it."),
    (EN, "Your fifteen years at Brown Works interest me. A position opens here in Leeds."),
    (EN, "Sarah Connor told me about you. A position opens in Leeds, would you talk about it?"),
    (EN, "We are a leading company in steel, and a position opens in Leeds."),
    (EN, "I saw on LinkedIn that your work is stainless steel. A position opens in Leeds."),
    (EN, "A position opens in Leeds, with training and a company car. Shall we talk?"),
    (EN, "A position opens in Leeds and in Manchester. Is it something for you?"),
    (VISIT, "Come and see us on Thursday: our teams welcome people of your trade, nurses."),
    (VISIT, "Your manager at the Royal Infirmary agreed that you come and see how we work."),
)

CLEAN: tuple[tuple[Card, str], ...] = (
    (FR, "{colleague}, avec qui vous avez travaillé, m’a parlé de vous avec chaleur."),
    (FR, "{colleague} m’a parlé de vous. Un poste de Soudeur·se TIG s’ouvre chez nous, à Nantes."),
    (
        FR,
        "Votre métier de Soudeuse TIG chez Ateliers Brun m’intéresse : un poste s’ouvre à Nantes.",
    ),
    (
        FR,
        "Nous cherchons quelqu’un pour ce poste : Soudeur·se TIG, à Nantes. Pourrait-il vous parler ?",
    ),
    (
        FR,
        "J’aimerais savoir si ce poste, à Nantes, pourrait vous plaire, aujourd’hui ou plus tard.",
    ),
    (FR, "Quelques minutes au téléphone, quand cela vous arrange, suffiraient pour en parler."),
    (FR, "Je serais heureuse d’en parler avec vous, de vive voix, au moment qui vous convient."),
    (FR, "Votre travail de l’inox m’intéresse. Un poste s’ouvre chez nous : Soudeur·se TIG."),
    (
        FR,
        "C’est {colleague} qui m’a parlé de vous. Ce poste, à Nantes, serait-il un sujet pour vous ?",
    ),
    (
        FR,
        "Un poste s’ouvre chez nous. Il est à Nantes. Est-ce un sujet pour vous, ou pas du tout ?",
    ),
    (
        FR,
        "La lecture de plans fait partie de votre métier, et aussi de ce poste de Soudeur·se TIG.",
    ),
    (FR, "Je vous écris parce que {colleague}, avec qui vous avez travaillé, m’a parlé de vous."),
    (FR, "Seriez-vous d’accord pour en parler, simplement, quand vous aurez un moment ?"),
    (FR, "Nous ouvrons un poste à Nantes ; j’aimerais beaucoup entendre ce que vous en pensez."),
    (FR, "Pourrions-nous faire connaissance ? Un poste s’ouvre chez nous : Soudeur·se TIG."),
    (BACK, "Nous nous étions parlé il y a quelque temps. Depuis, un poste s’est ouvert à Lyon."),
    (
        BACK,
        "Comment allez-vous depuis notre échange ? Où en êtes-vous de votre métier, Comptable ?",
    ),
    (BACK, "Un poste de Comptable fournisseurs s’est ouvert chez nous, à Lyon, 2 jours chez soi."),
    (BACK, "Je voulais prendre de vos nouvelles, comme convenu. Quand puis-je vous rappeler ?"),
    (BACK, "Depuis notre échange, un poste s’est ouvert. Souhaitez-vous que je vous en parle ?"),
    (BACK, "Comment allez-vous chez Maison Vidal ? Je serais contente d’avoir de vos nouvelles."),
    (BACK, "Un mot pour prendre de vos nouvelles. Dites-moi quand je peux vous rappeler."),
    (BACK, "Je repense à notre échange. Un poste s’est ouvert chez nous : Comptable fournisseurs."),
    (BARE, "Nos équipes ont écrit un article qui touche à votre métier. Le voulez-vous ?"),
    (BARE, "Nous avons un article sur la cuisine. Souhaitez-vous que je vous le fasse parvenir ?"),
    (BARE, "Nous aimerions partager un article avec vous. Me diriez-vous si cela vous tente ?"),
    (
        BARE,
        "Un article de nos équipes parle de leur façon de travailler. Le lire vous plairait-il ?",
    ),
    (EN, "Somebody who works here told me about you. A position opens in Leeds: TIG welder."),
    (EN, "Your work as a Welder at Brown Works interests me. A position opens here."),
    (EN, "I would like to know whether this position in Leeds might appeal to you, now or later."),
    (EN, "Could we get to know each other? A short call, whenever it suits you, would be fine."),
    (EN, "We are looking for somebody for this position: TIG welder. Where: Leeds."),
    (EN, "I'd be glad to hear you on your work with stainless steel, whenever it suits you."),
    (EN, "Is this position in Leeds something for you, today or another day?"),
    (EN, "A position opens here in Leeds. Would a short conversation suit you?"),
    (VISIT, "Come and see how we work: you can meet the teams and ask all your questions."),
    (
        VISIT,
        "We open our doors to people of your trade. You would see the place and meet the teams.",
    ),
    (VISIT, "Would you like to see what this position is, Theatre nurse, with no commitment?"),
    (VISIT, "If you like the idea, answer with a word and I will send you the day and the place."),
    (VISIT, "A visit here would let you talk with those who work there. Do you like the idea?"),
)
