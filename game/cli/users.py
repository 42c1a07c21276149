"""The people who run things: adding one, and a new link to sign in."""

import click
from sqlalchemy.orm import Session

from game.base.config import load
from game.cli.group import main, opened_store


@main.group()
def user() -> None:
    """The people who run things."""


@user.command("add")
@click.argument("mail")
@click.option(
    "--role",
    type=click.Choice(["facilitator", "recruiter", "admin", "dpo"]),
    default="facilitator",
)
@click.option("--name", default="")
def user_add(mail: str, role: str, name: str) -> None:
    """Adds a user and prints a sign-in link, good once, for a day."""
    from game.accounts import user as accounts
    from game.base.address import public_url
    from game.base.secret import secret_key

    settings = load()
    with opened_store() as store, Session(store.writing) as session:
        try:
            made = accounts.add_user(session, mail, role, name=name)
        except accounts.AccountError as error:
            raise click.ClickException(f"{mail}: {error}") from None
        token = accounts.link_token(secret_key(settings), made)
        session.commit()
    click.echo(f"{public_url(settings)}/sign-in/link/{token}")


@user.command("link")
@click.argument("mail")
def user_link(mail: str) -> None:
    """Prints a new sign-in link for a user, good once, for a day; the older ones end."""
    from game.accounts import user as accounts
    from game.base.address import public_url
    from game.base.secret import secret_key

    settings = load()
    with opened_store() as store, Session(store.writing) as session:
        found = accounts.named(session, mail)
        if found is None or found.disabled_at:
            raise click.ClickException(f"{mail}: nobody who may sign in")
        token = accounts.new_link(session, secret_key(settings), found, None)
        session.commit()
    click.echo(f"{public_url(settings)}/sign-in/link/{token}")


@user.command("reset-second")
@click.argument("mail")
def user_reset_second(mail: str) -> None:
    """Takes a user's second step away: their phone is lost. They are signed out everywhere."""
    from game.accounts import user as accounts

    with opened_store() as store, Session(store.writing) as session:
        found = accounts.named(session, mail)
        if found is None:
            raise click.ClickException(f"{mail}: nobody of this address")
        accounts.reset_second(session, found.id, None)
        session.commit()
    click.echo(f"{mail}: a password or a link is enough again")
