"""Sign-ins: each browser in which somebody is signed in is a row, so that it can be ended.

The cookie names the row and nothing else: a copy of it is worth nothing once the row is gone.
"""

from dataclasses import dataclass

from flask_login import UserMixin
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from game.accounts import second_factor
from game.base.clock import now_ms
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import SignIn, User

LASTS_MS = 12 * 3_600_000  # a working day, from the sign-in on, however much is done in it
WAITS_MS = 10 * 60_000  # so long the second step may take
BY_PASSWORD, BY_LINK, BY_HOUSE = "password", "link", "house"  # the house's own provider
BROWSERS = (  # the order matters: most say that they are several
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome")),
    ("Safari", "Safari"),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """Who is signed in, for the pages; `sign_in` is the id that their cookie holds.

    Who `owes_code` is not in yet: their second step is still to come.
    `workshop_id` names the one workshop whose remote is all that this sign-in is good for.
    """

    id: str
    mail: str
    name: str
    role: str
    lang: str
    sign_in: str = ""
    owes_code: bool = False
    workshop_id: str = ""

    def get_id(self) -> str:
        return self.sign_in


def device(user_agent: str) -> str:
    """What its owner recognises a browser by: 'Firefox, Windows'; empty where nothing is known."""
    names = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, names))


def begin(
    session: Session,
    user: User,
    user_agent: str,
    by: str = BY_PASSWORD,
    *,
    in_two_steps: bool = False,
    only: str | None = None,
) -> SignedIn:
    """Signs a user in on a browser, or only opens the second step to them.

    That is for who has a second factor, and for everybody where `in_two_steps` says so; whom the
    house's provider knows has done there what the house asks for. `only` is for the remote of this
    workshop, opened by a link that its maker, signed in, has shown: no second step follows.
    """
    now = now_ms()
    session.execute(delete(SignIn).where(SignIn.started_at <= now - LASTS_MS))
    owes = not only and by != BY_HOUSE and (in_two_steps or second_factor.is_on(session, user.id))
    made = SignIn(
        id=new_id(),
        user_id=user.id,
        device=device(user_agent),
        by_link=by == BY_LINK,
        owes_code=owes,
        started_at=now,
        workshop_id=only,
    )
    session.add(made)
    if not owes:
        audit(session, user.id, "signed_in", {"by": "remote" if only else by})
    session.flush()
    return _signed_in(user, made)


def _signed_in(user: User, row: SignIn) -> SignedIn:
    who = (user.id, user.mail, user.name, user.role, user.lang)
    return SignedIn(*who, row.id, row.owes_code, row.workshop_id or "")


def waiting(session: Session, sign_in_id: str) -> SignedIn | None:
    """Whose second step is awaited under this id; None where none is any more."""
    found = session.execute(_rows(sign_in_id, WAITS_MS, owes_code=True)).one_or_none()
    return _signed_in(*found) if found else None


def complete(session: Session, half: SignedIn, proof: str) -> SignedIn:
    """The second step is done: the sign-in begins, under an id that nobody has seen yet."""
    old = session.get_one(SignIn, half.sign_in)
    made = SignIn(
        id=new_id(),
        user_id=old.user_id,
        device=old.device,
        by_link=old.by_link,
        started_at=now_ms(),
    )
    by = BY_LINK if old.by_link else BY_PASSWORD
    session.delete(old)
    session.add(made)
    audit(session, half.id, "signed_in", {"by": by, "second": proof})
    session.flush()
    return _signed_in(session.get_one(User, half.id), made)


def _rows(sign_in_id: str, lasts_ms: int, *, owes_code: bool) -> Select[User, SignIn]:
    return (
        select(User, SignIn)
        .join(SignIn, SignIn.user_id == User.id)
        .where(
            SignIn.id == sign_in_id,
            SignIn.started_at > now_ms() - lasts_ms,
            SignIn.owes_code.is_(owes_code),
            User.disabled_at.is_(None),
        )
    )


def who(session: Session, sign_in_id: str) -> SignedIn | None:
    """Whose sign-in this is; None once it was ended, is over, or its user is disabled."""
    found = session.execute(_rows(sign_in_id, LASTS_MS, owes_code=False)).one_or_none()
    return _signed_in(*found) if found else None


def of(session: Session, user_id: str) -> list[SignIn]:
    """A user's sign-ins, newest first."""
    since = now_ms() - LASTS_MS
    rows = select(SignIn).where(
        SignIn.user_id == user_id, SignIn.started_at > since, SignIn.owes_code.is_(False)
    )
    return list(session.scalars(rows.order_by(SignIn.started_at.desc(), SignIn.id)))


def sign_out(session: Session, sign_in_id: str, user_id: str) -> None:
    """Ends one of a user's sign-ins: their cookie there is worth nothing from now on."""
    row = session.get(SignIn, sign_in_id)
    if row is None or row.user_id != user_id:
        return
    session.delete(row)
    audit(session, user_id, "signed_out")


def note_failure(session: Session, user_id: str | None) -> None:
    """A password was wrong: of a user, or of a mail that nobody has, which is not kept."""
    audit(session, user_id, "sign_in_failed")


def end_all(session: Session, user_id: str) -> None:
    """Ends all sign-ins of a user."""
    session.execute(delete(SignIn).where(SignIn.user_id == user_id))


def end_others(session: Session, mine: SignedIn) -> None:
    """Ends all sign-ins of a user but this one."""
    others = delete(SignIn).where(SignIn.user_id == mine.id, SignIn.id != mine.sign_in)
    session.execute(others)
    audit(session, mine.id, "signed_out_elsewhere")


def renew(session: Session, mine: SignedIn) -> SignedIn:
    """Ends all sign-ins of a user and goes on with this one under a new id, good as long.

    For a new password: whoever holds a copy of a cookie, of this browser or another, is out.
    """
    old = session.get_one(SignIn, mine.sign_in)
    fresh = SignIn(id=new_id(), user_id=old.user_id, device=old.device, started_at=old.started_at)
    end_all(session, old.user_id)
    session.add(fresh)
    session.flush()
    return _signed_in(session.get_one(User, mine.id), fresh)
