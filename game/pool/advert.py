"""The advert of a position, to be copied: what its brief says, under the title that was chosen."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.pool import wording_choice
from game.pool.posts import Post
from game.pool.wording_choice import Told
from game.rules.translation import BriefTexts

MUSTS = _("L'indispensable :")


@dataclass(frozen=True)
class Advert:
    """A position's advert in a language; `told` is the choice of its title, if there is one."""

    lang: str
    title: str
    text: str
    told: Told | None


def adverts(session: Session, post: Post) -> list[Advert]:
    """One for each language that the position is said in, or a title was chosen in."""
    chosen = {one.choice.lang: one for one in wording_choice.standing(session, post.title)}
    langs = [*post.said, *(lang for lang in chosen if lang not in post.said)]
    return [_advert(lang, post.said.get(lang), chosen.get(lang)) for lang in langs]


def _advert(lang: str, said: BriefTexts | None, told: Told | None) -> Advert:
    title = told.choice.chosen if told else said.title if said else ""
    return Advert(lang, title, _text(title, said, lang) if said else title, told)


def _text(title: str, said: BriefTexts, lang: str) -> str:
    """The words of an advert: nothing in it that does not stand in the brief."""
    where = " · ".join(filter(None, (said.where, said.pay)))
    musts = [f"– {one}" for one in said.must_haves if one]
    listed = "\n".join([typeset(speaker(lang)(MUSTS), lang), *musts]) if musts else ""
    return "\n\n".join(filter(None, ("\n".join(filter(None, (title, where))), said.why, listed)))
