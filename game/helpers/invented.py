"""What a text claims that its writer was not given: found by words, numbers and names.

Each number, address, name and claim of a text must stand in what is known. It is a net, not a
proof: what it lets through is read by the person who sends.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from game.rules.person import fold

LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|fr|org|net|io|eu|be|ch|info|biz)\b\S*", re.I
)
MAIL = re.compile(r"[^\s@]+@[^\s@]+")
PLACE = re.compile(r"{[^{}\n]*}")
NUMBER = re.compile(r"\d[\d\s\u202f\u00a0.,]*")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDS = '.!?:;\n«»“”"(–—-•'
NUMBERS: Mapping[str, str] = {
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingt trente quarante cinquante soixante cent cents mille million millions dizaine douzaine "
    "quinzaine vingtaine trentaine centaine milliers moitie tiers double triple",
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen twenty thirty forty fifty sixty hundred hundreds thousand thousands million dozen "
    "dozens half twice double triple",
}
# words that begin as a name does without being one
PLAIN: Mapping[str, str] = {
    "fr": "je vous nous bonjour madame monsieur bien cordialement merci votre notre",
    "en": "i i'm i'd i'll i've you your we our hello dear kind best regards thank thanks",
}
# claims by which a message promises, flatters or knows too much; `*` takes any ending
CLAIMS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        *("salaire*", "remuner*", "prime*", "bonus", "augment*", "cdi", "cdd", "treizieme mois"),
        *("teletravail*", "voiture", "mutuelle", "rtt", "conges", "actions", "interessement"),
        *("leader*", "numero un", "meilleur*", "reconnu*", "prestigi*", "unique*", "incontourn*"),
        *("garanti*", "assur*", "promet*", "promis*", "certain*", "immediat*", "urgent*"),
        *("diplom*", "certifi*", "master", "licence", "doctor*", "ingenieur*", "bac", "ecole*"),
        *("ans", "annees", "mois", "semaine*", "jours", "lundi", "mardi", "mercredi", "jeudi"),
        *("vendredi", "samedi", "dimanche", "demain", "hier", "janvier", "fevrier", "avril"),
        *("juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
        *("promotion*", "directeur*", "directrice*", "manager*", "chef*", "equipe de", "patron*"),
        *("candidature", "postul*", "votre cv", "cv", "linkedin", "profil*", "entretien*"),
        *("famille*", "enfant*", "mari", "femme", "age", "jeune*", "retraite*", "sante"),
        *("licenci*", "chomage", "quitt*", "demission*", "insatisf*", "ennuy*", "recherche active"),
        *(
            "concurren*",
            "client*",
            "start up",
            "startup*",
            "filiale*",
            "international*",
            "etranger",
        ),
        *("expert*", "talent*", "brillant*", "exceptionnel*", "excellen*", "impressionn*"),
        *(
            "prix",
            "recompens*",
            "classement*",
            "croissance",
            "chiffre d affaires",
            "levee de fonds",
        ),
        *("formation*", "evolution*", "logement", "demenag*", "parking", "creche", "cantine"),
        *("collegue*", "ami", "amie", "amis", "cousin*", "voisin*", "ancien*", "recommand*"),
        *("confidentiel*", "secret*", "offre ferme", "embauch*", "signer", "contrat*"),
    ),
    "en": (
        *("salary", "salaries", "pay", "paid", "bonus*", "raise", "permanent", "contract*"),
        *("remote*", "car", "insurance", "holiday*", "shares", "equity", "perks"),
        *("leader*", "leading", "number one", "best", "renowned", "prestigious", "unique*"),
        *("guarante*", "promis*", "certain*", "immediate*", "urgent*", "asap"),
        *("degree*", "certifi*", "master", "bachelor", "phd", "engineer*", "school", "university"),
        *("year*", "month*", "week*", "days", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "tomorrow", "yesterday", "january", "february"),
        *("april", "june", "july", "august", "september", "october", "november", "december"),
        *("promotion*", "director*", "manager*", "head of", "boss*", "team of"),
        *(
            "application",
            "applied",
            "your cv",
            "cv",
            "resume",
            "linkedin",
            "profile*",
            "interview*",
        ),
        *("family", "child*", "husband", "wife", "age", "young*", "retire*", "health"),
        *("laid off", "unemploy*", "leaving", "quit*", "resign*", "unhappy", "bored"),
        *("competitor*", "client*", "customer*", "start up", "startup*", "subsidiar*"),
        *("international*", "abroad", "expert*", "talent*", "brilliant*", "outstanding"),
        *("excellent", "impressive", "impressed", "exceptional*", "award*", "prize*", "rank*"),
        *("growth", "revenue", "funding", "training", "housing", "relocat*", "parking", "nursery"),
        *("colleague*", "friend*", "cousin*", "neighbour*", "former", "recommend*", "referred"),
        *("confidential*", "secret*", "hire*", "sign", "offer"),
    ),
}


def invented(text: str, known: Sequence[str], lang: str) -> tuple[str, ...]:
    """The pieces of a text that stand in nothing known, as they are written there."""
    plain = PLACE.sub(" x ", text)
    told = "\n".join(known)
    bare = MAIL.sub(" ", LINK.sub(" ", plain))
    found = [
        *(
            one
            for one in (*LINK.findall(plain), *MAIL.findall(plain))
            if one.rstrip(".,;") not in told
        ),
        *_numbers(bare, told),
        *_number_words(bare, told, lang),
        *_names(bare, told, lang),
        *_claims(bare, told, lang),
    ]
    return tuple(dict.fromkeys(piece.strip() for piece in found))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _numbers(text: str, told: str) -> Iterator[str]:
    known = {_digits(one) for one in NUMBER.findall(told)}
    for one in NUMBER.findall(text):
        if _digits(one) not in known:
            yield one


def _number_words(text: str, told: str, lang: str) -> Iterator[str]:
    known, numbers = set(fold(told).split()), set(NUMBERS[_lang(lang)].split())
    for word in fold(text.replace("-", " ")).split():
        if word in numbers and word not in known:
            yield word


def _lang(lang: str) -> str:
    return lang if lang in CLAIMS else "en"


def _names(text: str, told: str, lang: str) -> Iterator[str]:
    """Words with a capital where none begins a sentence, or that no plain word is written like."""
    known = set(fold(told).split()) | set(fold(PLAIN[_lang(lang)]).split())
    for found in WORD.finditer(text):
        word = found[0]
        if not any(letter.isupper() for letter in word):
            continue
        begins = _begins(text, found.start())
        plain = begins and word[1:].islower() and not _followed_by_capital(text, found.end())
        parts = fold(re.sub("['’-]", " ", word)).split()
        if not plain and not all(part in known for part in parts if len(part) > 1):
            yield word


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \u00a0\u202f\t")
    return not before or before[-1] in ENDS


def _followed_by_capital(text: str, at: int) -> bool:
    after = text[at : at + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper()


def _claims(text: str, told: str, lang: str) -> Iterator[str]:
    said, known = (f" {' '.join(fold(_apart(one)).split())} " for one in (text, told))
    for claim in CLAIMS[_lang(lang)]:
        pattern = rf" {re.escape(claim.rstrip('*'))}{'[^ ]*' if claim.endswith('*') else ''}(?= )"
        for one in re.findall(pattern, said):
            if f"{one} " not in known:
                yield one


def _apart(text: str) -> str:
    return re.sub(r"['’-]", " ", text)
