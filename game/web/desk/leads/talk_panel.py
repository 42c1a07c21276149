"""What the desk sees of a lead's reverse interview: that it is, never what is asked."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool import talk
from game.screens.talk_words import talk_words


@dataclass(frozen=True)
class TalkPanel:
    """`state` is empty where none was opened; `told` and `words` are what the contact said."""

    state: str
    why: str
    whom: str
    at: int | None
    over: bool
    told: str
    words: str
    say: dict[str, dict[str, str]]


def talk_panel(session: Session, lead_id: str) -> TalkPanel:
    """The newest talk of a lead."""
    found, say = talk.of_lead(session, lead_id), talk_words()
    if found is None:
        return TalkPanel("", "", "", None, False, "", "", say)
    one, whom = found
    over = talk.is_over(one, now_ms())
    name, told = whom.name if whom else "", say["helped"].get(one.helped, "")
    return TalkPanel(one.state, one.why, name, one.at, over, told, one.words, say)
