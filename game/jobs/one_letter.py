"""One letter of our own, by the house's mail server."""

from game.jobs.run import Run
from game.mail import Mail, Refused, Unreachable, mailer


def post(run: Run, letter: Mail) -> bool:
    """Sends it; False where the server takes it from nobody. Raises Unreachable to try it again."""
    provider = mailer(run.settings)
    if provider is None:
        raise Unreachable("no_mailer")
    try:
        with provider.open() as line:
            line.send(letter)
    except Refused:
        return False
    return True
