"""The letter with a sign-in link, to who has forgotten their password.

The link is made when the letter leaves: neither the queue nor its backups hold one that works.
"""

from game.base import sign_in_link
from game.base.address import public_url
from game.base.secret import secret_key
from game.jobs.one_letter import post
from game.jobs.run import Run
from game.mail import Mail
from game.store.tables import User

KIND = "sign_in_mail"
SENDER = "Sourcerie"


def send(run: Run) -> dict[str, object]:
    """Sends it, if there is somebody to send it to. Raises Unreachable to be tried again later."""
    with run.store.session() as session:
        user = session.get(User, str(run.given["user"]))
    if user is None or user.disabled_at:
        return {"sent": 0}
    return {"sent": int(post(run, _letter(run, user)))}


def _letter(run: Run, user: User) -> Mail:
    token = sign_in_link.token(
        secret_key(run.settings), user.id, user.nonce, way=sign_in_link.MAILED
    )
    link = f"{public_url(run.settings)}{sign_in_link.path(token)}"
    sender = run.settings.mail_from
    return Mail(
        sender=sender,
        sender_name=SENDER,
        reply_to=sender,
        to=user.mail,
        subject=str(run.given["subject"]),
        text=str(run.given["text"]).replace("{link}", link),
        message_id=f"<{run.held.id}@{sender.partition('@')[2]}>",
        lang=str(run.given["lang"]),
    )
