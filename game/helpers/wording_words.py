"""The words by which titles are looked at, folded: small letters, no accents, no signs."""

import re
from collections.abc import Mapping

# both genders are meant: H/F, F/H, (h/f/x), m/f/d
BOTH = re.compile(r"\(?\b[HhFfMm] ?[/-] ?[HhFfMm](?: ?[/-] ?[XxDdNn])?\b\)?")
# what a house calls its grades and posts by
CODES = re.compile(
    r"\b[A-Z]{1,3}-?\d{1,5}\b|\(?\br[ée]f\.? ?:? ?[\w-]+\)?"
    r"|\b(?:niv|niveau|level|grade|échelon|coef|coefficient|classe|band|step)"
    r"\.? ?(?:\d+|[IVX]+)\b|\bcatégorie [ABC]\b"
)
KNOWN_SIGNS = frozenset(
    (
        *("TIG", "MIG", "MAG", "RH", "HR", "BTP", "API", "CNC", "CVC", "PL", "SPL", "VL", "SAP"),
        *("PHP", "SQL", "SEO", "GPS", "TV", "UK", "EU", "IT", "PC", "VIP", "LED", "CAP", "BTS"),
    )
)
# words that have one form, and nouns that stand beside a title's own
EPICENE = frozenset(
    (
        *(
            "comptable",
            "responsable",
            "gestionnaire",
            "secretaire",
            "juriste",
            "analyste",
            "pilote",
        ),
        *("journaliste", "architecte", "interprete", "libraire", "dentiste", "fleuriste", "guide"),
        *("medecin", "cadre", "peintre", "chimiste", "economiste", "paysagiste", "maitre", "aide"),
        *(
            "bilingue",
            "marin",
            "client",
            "chantier",
            "atelier",
            "metier",
            "bien",
            "papier",
            "acier",
        ),
        *("commis", "logiciel", "materiel", "moteur", "secteur", "valeur", "chaleur", "vapeur"),
        *("interieur", "exterieur", "ordinateur", "ascenseur", "dossier", "courrier", "fichier"),
        *("fer", "mer", "portail", "sante", "qualite", "securite", "mobilite", "agent general"),
        *("publicite", "proprete", "comptabilite", "fiscalite", "electricite", "facilite", "metal"),
        *("cafe", "marche", "restaurant", "carburant", "capital", "journal", "local"),
    )
)
MASCULINE = (  # ending, and the word in both genders from there on
    ("chef", "chef·fe"),
    ("teur", "teur·rice"),
    ("eur", "eur·se"),
    ("ien", "ien·ne"),
    ("ier", "ier·ère"),
    ("er", "er·ère"),
    ("é", "é·e"),
    ("ant", "ant·e"),
    ("ent", "ent·e"),
    ("çon", "çon·ne"),
    ("ron", "ron·ne"),
    ("san", "san·e"),
    ("cat", "cat·e"),
    ("tif", "tif·ve"),
    ("iel", "iel·le"),
    ("al", "al·e"),
)
FEMININE = (
    ("cheffe", "chef·fe"),
    ("trice", "teur·rice"),
    ("euse", "eur·se"),
    ("ienne", "ien·ne"),
    ("ière", "ier·ère"),
    ("ère", "er·ère"),
    ("ée", "é·e"),
    ("ante", "ant·e"),
    ("ente", "ent·e"),
    ("çonne", "çon·ne"),
    ("ronne", "ron·ne"),
    ("sane", "san·e"),
    ("cate", "cat·e"),
    ("tive", "tif·ve"),
    ("ielle", "iel·le"),
    ("ale", "al·e"),
    ("esse", "e ou esse"),
)
GENDERED: Mapping[str, str] = {  # in English
    "salesman": "salesperson",
    "saleswoman": "salesperson",
    "chairman": "chair",
    "foreman": "site supervisor",
    "handyman": "maintenance worker",
    "waitress": "server",
    "waiter": "server",
    "stewardess": "flight attendant",
    "steward": "flight attendant",
    "hostess": "host",
    "craftsman": "craftworker",
    "draughtsman": "drafter",
    "draftsman": "drafter",
    "businessman": "business owner",
    "repairman": "repairer",
    "workman": "worker",
    "barmaid": "bartender",
    "barman": "bartender",
    "policeman": "police officer",
    "cleaning lady": "cleaner",
    "manageress": "manager",
    "fireman": "firefighter",
    "deliveryman": "delivery driver",
    "storeman": "store worker",
    "warehouseman": "warehouse worker",
}
ENGLISH: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "account manager": "responsable de comptes",
        "key account manager": "responsable grands comptes",
        "sales manager": "responsable des ventes",
        "sales": "commercial·e",
        "business developer": "développeur·se commercial·e",
        "business development": "développement commercial",
        "customer success manager": "responsable de la réussite client",
        "customer success": "réussite client",
        "customer care": "relation client",
        "office manager": "responsable administratif·ve",
        "project manager": "chef·fe de projet",
        "product owner": "responsable de produit",
        "product manager": "chef·fe de produit",
        "team leader": "chef·fe d’équipe",
        "team lead": "chef·fe d’équipe",
        "lead": "référent·e",
        "head of": "responsable de",
        "store manager": "responsable de magasin",
        "manager": "responsable",
        "developer": "développeur·se",
        "full stack": "",
        "data scientist": "scientifique des données",
        "data analyst": "analyste de données",
        "data engineer": "ingénieur·e données",
        "community manager": "animateur·rice de communauté",
        "talent acquisition": "recrutement",
        "recruiter": "recruteur·se",
        "hr": "ressources humaines",
        "supply chain": "chaîne logistique",
        "buyer": "acheteur·se",
        "controller": "contrôleur·se de gestion",
        "officer": "responsable",
        "chief": "directeur·rice",
        "engineer": "ingénieur·e",
        "driver": "conducteur·rice",
        "trainer": "formateur·rice",
        "digital": "numérique",
        "marketing manager": "responsable marketing",
        "facility manager": "responsable des services généraux",
        "event manager": "chef·fe de projet événementiel",
        "helpdesk": "assistance informatique",
        "help desk": "assistance informatique",
        "support": "assistance",
        "welder": "soudeur·se",
        "nurse": "infirmier·ère",
        "storyteller": "rédacteur·rice",
        "copywriter": "concepteur·rice rédacteur·rice",
        "growth": "croissance",
        "barista": "",
    },
    "en": {},
}
_PROMISES = (
    *("ninja", "rockstar", "rock star", "guru", "gourou", "jedi", "wizard", "unicorn", "superstar"),
    *("super star", "star", "pirate", "hacker", "hero", "maven", "evangelist", "evangeliste"),
)
UNSEARCHED: Mapping[str, Mapping[str, str]] = {
    "fr": dict.fromkeys(
        (
            *_PROMISES,
            *("passionne", "passionnee", "passionne e", "motive", "motivee", "motive e"),
            *("dynamique", "talent", "talents", "talentueux", "talentueuse", "magicien", "sorcier"),
            *("heros", "super heros", "couteau suisse", "mouton a cinq pattes", "perle rare"),
            *("bonheur", "happiness", "de choc", "en devenir", "hors pair", "champion", "virtuose"),
            *("as du", "as de la", "roi du", "reine du", "explorateur", "explorateur rice"),
            *("denicheur", "denicheur se", "agitateur", "faconneur", "genie", "etoile montante"),
            *("dompteur", "dompteur se", "architecte du sourire", "chasseur de tetes chercheuses"),
        ),
        "",
    ),
    "en": dict.fromkeys(
        (
            *_PROMISES,
            *("passionate", "motivated", "dynamic", "talented", "talent", "happiness", "champion"),
            *("whisperer", "magician", "warrior", "genius", "rising star", "swiss army knife"),
            *("explorer", "hustler", "storyteller", "hunter", "king", "queen", "legend"),
        ),
        "",
    ),
}
SENIORITY: Mapping[str, Mapping[str, str]] = {
    "fr": dict.fromkeys(
        (
            *("senior", "junior", "sr", "jr", "jeune", "jeunes", "confirme", "confirmee"),
            *("confirme e", "debutant", "debutante", "debutant e", "experimente", "experimentee"),
            *("experimente e", "[0-9]+ ans", "[0-9]+ ans d experience", "jeune diplome"),
            *("jeune diplomee", "jeune diplome e", "premier emploi"),
        ),
        "",
    ),
    "en": dict.fromkeys(
        (
            *("senior", "junior", "sr", "jr", "young", "graduate", "entry level", "experienced"),
            *("[0-9]+ years", "mid level", "mature", "seasoned", "beginner", "trainee level"),
        ),
        "",
    ),
}
