"""Mail by SMTP (RFC 5321), with TLS wherever the server offers it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from game.base.loopback import is_loopback
from game.mail.contract import Line, Lost, Mail, Refused, Unreachable

WAIT = 20  # seconds for an answer
PORTS = {"smtp": 587, "smtps": 465}
NOT_NOW = range(400, 500)  # RFC 5321, 4.2.1: a failure that passes


class Smtp:
    """The server of an address like smtp://user:password@host:587, or smtps:// for TLS at once."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.secure = parts.scheme == "smtps"
        self.host = parts.hostname or ""
        self.port = parts.port or PORTS[parts.scheme]
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self.here = is_loopback(url)

    @contextmanager
    def open(self) -> Iterator[Line]:
        """A line for some mails. Raises Unreachable."""
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(type(error).__name__) from error
        try:
            yield _Line(server)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self.secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=WAIT, context=tls)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=WAIT)
        server.ehlo()
        safe = self.secure
        if not safe and server.has_extn("starttls"):
            server.starttls(context=tls)
            server.ehlo()
            safe = True
        if self.user:
            if not (safe or self.here):  # a password never goes over the network in the clear
                server.close()
                raise Unreachable("no_tls")
            server.login(self.user, self.password)
        return server


class _Line:
    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server

    def send(self, mail: Mail) -> None:
        """Hands over one mail. Raises Refused, Unreachable or Lost."""
        try:
            made = written(mail)
        except (ValueError, HeaderParseError) as error:  # an address that mail can't be sent to
            raise Refused(type(error).__name__) from error
        try:
            self.server.send_message(made)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _named(codes[0], error) from error
        except smtplib.SMTPServerDisconnected as error:
            raise Lost("disconnected") from error
        except smtplib.SMTPResponseException as error:
            raise _named(error.smtp_code, error) from error
        except smtplib.SMTPException as error:
            raise Refused(type(error).__name__) from error
        except OSError as error:
            raise Lost(type(error).__name__) from error


def _named(code: int, error: Exception) -> Exception:
    kind = Unreachable if code in NOT_NOW else Refused
    return kind(f"{type(error).__name__} {code}")


def written(mail: Mail) -> EmailMessage:
    """The mail as it goes over the line (RFC 5322)."""
    made = EmailMessage()
    made["From"] = Address(mail.sender_name, addr_spec=mail.sender)
    made["To"] = Address(addr_spec=mail.to)
    if mail.reply_to and mail.reply_to != mail.sender:
        made["Reply-To"] = Address(addr_spec=mail.reply_to)
    made["Subject"] = mail.subject
    made["Message-ID"] = mail.message_id
    made["Date"] = formatdate(usegmt=True)
    made["Content-Language"] = mail.lang
    made.set_content(mail.text, cte="quoted-printable")
    if mail.calendar:
        made.add_attachment(mail.calendar.decode(), subtype="calendar", filename="rendez-vous.ics")
    return made
