"""Sending a mailing, one letter after the other.

A letter is marked before it is handed over and after: one whose worker died in between is shown as
unsure and not sent a second time. Whether a person may be written to is asked right before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.config import Settings
from game.base.secret import secret_key
from game.exports.words import words
from game.jobs import queue
from game.jobs.run import Run
from game.mail import Line, Lost, Mail, Refused, Unreachable, mailer
from game.pool import touchpoint
from game.pool.letter import Text, barred, values_of
from game.privacy import own_link
from game.privacy.audit import audit
from game.store.tables import Lead, Letter, Mailing, User

KIND = "letters"


@dataclass(frozen=True)
class Ready:
    """A letter that may leave."""

    id: str
    plan: touchpoint.Plan
    mail: Mail


def ask(session: Session, mailing_id: str, by: str) -> None:
    """Asks for a mailing to be sent, in the transaction that makes it."""
    job = queue.enqueue(session, KIND, {"mailing": mailing_id}, user_id=by)
    session.get_one(Mailing, mailing_id).job_id = job


def send(run: Run) -> dict[str, object]:
    """Sends what waits; returns how many left. Raises Unreachable to be tried again later."""
    mailing_id, provider = str(run.given["mailing"]), mailer(run.settings)
    if provider is None:
        raise Unreachable("no_mailer")
    _look_back(run, mailing_id)
    sent = 0
    with provider.open() as line:
        while True:
            ready = _next(run, mailing_id)
            if ready is None:
                return {"sent": sent}
            sent += _hand_over(run, ready, line)


def _look_back(run: Run, mailing_id: str) -> None:
    """Those that an earlier try was handing over when it ended: nobody knows whether they left."""
    with run.transaction() as connection:
        doubtful = update(Letter).where(Letter.mailing_id == mailing_id, Letter.state == "sending")
        connection.execute(doubtful.values(state="unsure", at=now_ms()))


def _next(run: Run, mailing_id: str) -> Ready | None:
    """The next letter that may leave, marked; those before it that may not are passed over."""
    waiting = select(Letter).where(Letter.mailing_id == mailing_id, Letter.state == "waiting")
    while True:
        with run.session() as session:
            letter = session.scalar(waiting.order_by(Letter.id).limit(1))
            ready = _ready(session, run, letter) if letter else None
            session.flush()
            _step(session, run, mailing_id)
        if ready or letter is None:
            return ready


def _step(session: Session, run: Run, mailing_id: str) -> None:
    """How far it is: letters that are not waiting any more, of all."""
    own = Letter.mailing_id == mailing_id
    total = session.scalar(select(func.count()).where(own)) or 0
    left = session.scalar(select(func.count()).where(own, Letter.state == "waiting")) or 0
    run.step(session.connection(), total - left, total)


def _ready(session: Session, run: Run, letter: Letter) -> Ready | None:
    lead = session.get_one(Lead, letter.lead_id)
    mailing = session.get_one(Mailing, letter.mailing_id)
    code = barred(session, secret_key(run.settings), [lead], mailing.kind).get(lead.id, "")
    writer = session.get(User, mailing.user_id) if mailing.user_id else None
    filled = (letter.subject, letter.body) if letter.body else None
    if not code and filled is None:
        text = Text(mailing.lang, mailing.kind, mailing.subject, mailing.body)
        pack = run.packs[mailing.lang]
        origins = words(pack, mailing.lang).origins
        page = _own_page(session, run.settings, mailing) if text.has_notice else None
        values = values_of(session, [lead], writer, pack, origins, page)[lead.id]
        code = "lacks_field" if text.lacking(values) else ""
        filled = text.filled(values)
    letter.at = now_ms()
    if code or filled is None:
        letter.state, letter.reason = "skipped", code
        return None
    letter.state = "sending"
    plan = touchpoint.Plan(
        mailing.kind,
        "mail",
        note=filled[0],
        user_id=mailing.user_id,
        template_id=mailing.template_id,
    )
    mail = _mail(run.settings, letter.id, lead.mail, filled, writer, mailing.lang)
    return Ready(letter.id, plan, mail)


def _own_page(session: Session, settings: Settings, mailing: Mailing) -> Callable[[Lead], str]:
    """What tells the address of a lead's own page, which is made where there was none."""
    secret, base, by = secret_key(settings), public_url(settings), mailing.user_id
    return lambda lead: base + own_link.path(own_link.token(session, secret, lead.id, by))


def _mail(
    settings: Settings,
    id: str,
    to: str,
    filled: tuple[str, str],
    writer: User | None,
    lang: str,
) -> Mail:
    host = settings.mail_from.partition("@")[2]
    who, answers = (writer.name, writer.mail) if writer else ("", settings.mail_from)
    return Mail(settings.mail_from, who, answers, to, *filled, f"<{id}@{host}>", lang)


def _hand_over(run: Run, ready: Ready, line: Line) -> bool:
    """Did it leave? Raises Unreachable where the server takes nothing now."""
    try:
        line.send(ready.mail)
    except Refused:
        _note(run, ready, "refused")
        return False
    except Unreachable:
        _note(run, ready, "waiting")
        raise
    except Lost:
        _note(run, ready, "unsure")
        raise
    _note(run, ready, "sent")
    return True


def _note(run: Run, ready: Ready, state: str) -> None:
    """What came of a letter, and the touchpoint that it is."""
    with run.session() as session:
        letter = session.get(Letter, ready.id)
        if letter is None:
            return  # the person was erased in between
        letter.state, letter.at = state, now_ms()
        by = ready.plan.user_id
        if state in ("sent", "refused"):
            told = {"lead": letter.lead_id, "letter": ready.id, "state": state}
            audit(session, by, "letter_sent" if state == "sent" else "letter_refused", told)
        if state == "sent":
            letter.touchpoint_id = touchpoint.note_sent(session, letter.lead_id, ready.plan, by)
