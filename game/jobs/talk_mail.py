"""One mail of a reverse interview, written from how things stand when it leaves.

What does not hold any more by then is not sent: the talk moved, the person objected or is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.day_words import moment_words
from game.base.days import local
from game.base.secret import secret_key
from game.base.speech import speaker, typeset
from game.exports import meeting_file
from game.jobs.one_letter import post
from game.jobs.run import Run
from game.jobs.talk_words import NOTHING, ON, TEXTS, TITLE, WITH
from game.mail import Mail
from game.pool import talked, touchpoint
from game.pool.letter import barred
from game.privacy import own_link
from game.rules.talk import AGREED, ASKED, COUNTERED, MAIL_JOB, MINUTES, OPEN
from game.store.tables import Colleague, Interview, Lead

KIND = MAIL_JOB
HOLDS = {
    **{"opened": (OPEN,), "declined": (OPEN,), "asked": (ASKED,), "countered": (COUNTERED,)},
    **{"sent": (ASKED, COUNTERED, AGREED)},  # their copy, however fast the answer was
    "withdrawn": (OPEN,),
    "over": (AGREED,),
    **{"agreed": (AGREED,), "reminder": (AGREED,), "after": (AGREED,)},
}
DATED = ("agreed", "reminder", "over", "after")
WITH_FILE = ("agreed",)
CALLED_OFF = ("cancelled", "declined", "withdrawn")  # what stood in a calendar leaves it


@dataclass(frozen=True)
class Told:
    """To whom it goes and in which language, what it says, with which file."""

    mail: str
    lang: str
    values: Mapping[str, str]
    calendar: bytes = b""


def send(run: Run) -> dict[str, object]:
    """Sends it, if it still holds. Raises Unreachable to be tried again later."""
    with run.session() as session:
        told = _told(run, session)
    if told is None:
        return {"sent": 0}
    if not post(run, _mail(run, told)):
        return {"sent": 0}
    _note(run)
    return {"sent": 1}


def _told(run: Run, session: Session) -> Told | None:
    what, given = str(run.given["what"]), run.given
    if what in ("invited", "cancelled"):
        found = session.get(Colleague, str(given["colleague"]))
        return _colleague(run, found, given.get("at")) if found else None
    one = session.get(Interview, str(given["interview"]))
    if one is None or one.state not in HOLDS[what]:
        return None
    if what in DATED and one.at != given["at"]:
        return None
    if what == "over":
        talked.thank(session, run.packs, one)
        return None
    if what == "after":
        one.questions = []  # the talk is over: nobody needs them any more
    colleague = session.get(Colleague, one.colleague_id) if one.colleague_id else None
    if given["to"] == "contact":
        return _contact(run, session, one, colleague)
    return _colleague(run, colleague, one.at, one) if colleague else None


def _colleague(run: Run, to: Colleague, at: object, one: Interview | None = None) -> Told:
    page = f"{public_url(run.settings)}/colleague/{to.key}"
    when, say = _when(at, to.lang), speaker(to.lang)
    values = {"colleague": to.name, "page": page, "when": when}
    if one is None:
        values["when"] = say(ON).format(when=when) if when else ""
    return Told(to.mail, to.lang, values, _file(run, one, say(TITLE), page))


def _called_off(run: Run, title: str, page: str) -> bytes:
    """Takes a meeting that was agreed out of a calendar; nothing where none was."""
    at, id = run.given.get("at"), run.given.get("talk") or run.given.get("interview")
    if not isinstance(at, int) or not id:
        return b""
    return meeting_file.written(str(id), at, MINUTES, title, "", page, off=True)


def _contact(run: Run, session: Session, one: Interview, whom: Colleague | None) -> Told | None:
    lead, secret = session.get_one(Lead, one.lead_id), secret_key(run.settings)
    if barred(session, secret, [lead], "invitation"):
        return None
    token = own_link.token(session, secret, lead.id, one.opened_by)
    page = f"{public_url(run.settings)}{own_link.path(token)}/talk"
    say, name = speaker(one.lang), whom.name if whom else ""
    asked = "\n".join(f"- {line}" for line in one.questions) or say(NOTHING)
    values = {"name": lead.name, "colleague": name, "page": page, "questions": asked}
    values["when"] = _when(one.at or run.given.get("at"), one.lang)
    return Told(lead.mail, one.lang, values, _file(run, one, say(WITH).format(**values), page))


def _when(at: object, lang: str) -> str:
    if not isinstance(at, int):
        return ""
    return moment_words(local(at), lang)


def _file(run: Run, one: Interview | None, title: str, page: str) -> bytes:
    if run.given["what"] in CALLED_OFF:
        return _called_off(run, title, page)
    if one is None or one.at is None or run.given["what"] not in WITH_FILE:
        return b""
    return meeting_file.written(one.id, one.at, MINUTES, title, one.place, page)


def _mail(run: Run, told: Told) -> Mail:
    to = str(run.given.get("to", "colleague"))
    say, sender = speaker(told.lang), run.settings.mail_from
    subject, text = (
        typeset(say(part), told.lang).format(**told.values)
        for part in TEXTS[str(run.given["what"]), to]
    )
    host = sender.partition("@")[2]
    return Mail(
        *(sender, "Sourcerie", sender, told.mail, subject, text),
        *(f"<{run.held.id}@{host}>", told.lang, told.calendar),
    )


def _note(run: Run) -> None:
    """What we wrote to a contact first is a touchpoint; what follows is their own talk."""
    if run.given["what"] != "opened":
        return
    with run.session() as session:
        one = session.get(Interview, str(run.given["interview"]))
        if one is not None:
            plan = touchpoint.Plan("invitation", "mail", user_id=one.opened_by)
            touchpoint.note_sent(session, one.lead_id, plan, one.opened_by)
