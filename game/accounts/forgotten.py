"""A forgotten password: a link is mailed to who asks, if they are somebody here.

Nobody is told whether they are: a mail that nobody has takes the same steps as one that somebody
has, up to a job that finds nobody to write to.
"""

from sqlalchemy.orm import Session

from game.accounts.user import named
from game.jobs import queue, sign_in_mail
from game.privacy.audit import audit


def ask(session: Session, mail: str, subject: str, text: str, lang: str) -> None:
    """Asks for the letter, in words of the reader's language; `{link}` in the text is the link."""
    found = named(session, mail)
    user_id = found.id if found and not found.disabled_at else None
    audit(session, user_id, "sign_in_link_asked")
    given = {"user": user_id or "", "subject": subject, "text": text, "lang": lang}
    queue.enqueue(session, sign_in_mail.KIND, given)
