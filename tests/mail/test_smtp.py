"""Mail goes out by a real SMTP server, and what the server says is understood."""

import pytest

from game.base.config import ConfigError, load
from game.mail import Mail, Refused, Unreachable, mailer
from game.mail.smtp import Smtp
from tests.serving import free_port
from tests.smtp import smtp_server

MAIL = Mail(
    sender="talents@maison.fr",
    sender_name="Rosa Le Goff",
    reply_to="rosa@maison.fr",
    to="solenn@exemple.fr",
    subject="Où en êtes-vous ?",
    text="Bonjour Solenn,\n\nÇa fait longtemps.\n.\nRosa",
    message_id="<abc@maison.fr>",
    lang="fr",
)


def test_a_mail_arrives_as_it_was_written() -> None:
    with smtp_server() as post:
        with Smtp(post.url).open() as line:
            line.send(MAIL)
        (mail,) = post.mails
        assert post.to == ["solenn@exemple.fr"]
        assert mail["From"] == "Rosa Le Goff <talents@maison.fr>"
        assert mail["Reply-To"] == "rosa@maison.fr"
        assert mail["Subject"] == "Où en êtes-vous ?"
        assert mail["Message-ID"] == "<abc@maison.fr>"
        assert mail.get_content().strip() == MAIL.text


def test_a_refusal_is_told_from_a_server_that_is_busy_and_the_line_stays_open() -> None:
    with smtp_server() as post:
        post.refuses = {"solenn@exemple.fr": "550 no such box", "plein@exemple.fr": "452 full"}
        with Smtp(post.url).open() as line:
            with pytest.raises(Refused):
                line.send(MAIL)
            with pytest.raises(Unreachable):
                line.send(Mail(**{**vars(MAIL), "to": "plein@exemple.fr"}))
            with pytest.raises(Refused):
                line.send(Mail(**{**vars(MAIL), "to": "pas une adresse"}))
            line.send(Mail(**{**vars(MAIL), "to": "ada@exemple.fr"}))
        assert post.to == ["ada@exemple.fr"]


def test_a_server_that_is_away_is_unreachable() -> None:
    with pytest.raises(Unreachable), Smtp(f"smtp://127.0.0.1:{free_port()}").open():
        pass


def test_a_subject_cannot_smuggle_a_header_in() -> None:
    with smtp_server() as post, Smtp(post.url).open() as line:
        with pytest.raises(Refused):
            line.send(Mail(**{**vars(MAIL), "subject": "a\r\nBcc: b@exemple.fr"}))
        assert post.mails == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"smtp_url": "http://mail.fr"}, "SMTP_URL"),
        ({"smtp_url": "smtp://"}, "SMTP_URL"),
        ({"smtp_url": "smtp://u:s3cret@mail.fr"}, "MAIL_FROM"),
        ({"smtp_url": "smtp://mail.fr", "mail_from": "personne"}, "MAIL_FROM"),
    ],
)
def test_a_bad_setting_stops_the_start_and_tells_no_secret(
    given: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as error:
        load(_env_file=None, **given)
    assert said in str(error.value)
    assert "s3cret" not in str(error.value)


def test_without_a_server_nothing_sends() -> None:
    assert mailer(load(_env_file=None)) is None
