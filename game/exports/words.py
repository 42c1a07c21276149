"""The words of a file: what each key of ours is called in its reader's language, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from game.base.speech import marked as _
from game.base.speech import speaker
from game.rules.pack import Pack
from game.rules.round_title import round_title

VERDICTS = {"pursue": _("À contacter"), "nurture": _("À suivre"), "pass": _("Sans suite")}
VERDICT_REASONS = {
    "far": _("Loin du poste"),
    "declined": _("A dit non"),
    "later": _("Pas le bon moment"),
    "unreachable": _("Injoignable"),
    "filled": _("Poste pourvu"),
}
TYPES = {"referral": _("Recommandation"), "source": _("Repérage")}
ORIGINS = {
    "workshop": _("Un atelier"),
    "import": _("Un fichier importé"),
    "invite": _("La personne elle-même, invitée"),
}
YES_NO = {"yes": _("oui"), "no": _("non")}


@dataclass(frozen=True)
class Words:
    """Labels by key; what has no label stands as it is.

    `round_title` says what a round of a title, which may be empty, and a kind is called.
    """

    channels: Mapping[str, str]
    relationships: Mapping[str, str]
    reasons: Mapping[str, str]
    verdicts: Mapping[str, str]
    verdict_reasons: Mapping[str, str]
    types: Mapping[str, str]
    yes_no: Mapping[str, str]
    origins: Mapping[str, str]
    round_title: Callable[[str, str], str]


LABELS = tuple(each.name for each in fields(Words) if each.name != "round_title")


def words(pack: Pack, lang: str) -> Words:
    """The words of a language, with the labels of its pack."""
    say = speaker(lang)
    return Words(
        channels={c.key: c.label for f in pack.families for c in f.channels},
        relationships={r.key: r.label for r in pack.relationships},
        reasons={r.key: r.label for r in pack.reasons},
        round_title=lambda title, kind: round_title(title, kind, pack),
        **{
            name: {key: say(text) for key, text in texts.items()}
            for name, texts in (
                ("verdicts", VERDICTS),
                ("verdict_reasons", VERDICT_REASONS),
                ("types", TYPES),
                ("yes_no", YES_NO),
                ("origins", ORIGINS),
            )
        },
    )
