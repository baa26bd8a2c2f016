"""Where mails go: to an SMTP server, or into a folder where there is none."""

from __future__ import annotations

import re
import smtplib
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from types import TracebackType
from typing import Protocol

from matchmaker.config import Config
from matchmaker.mails.enclosures import Enclosed
from matchmaker.mails.models import Mail

TIMEOUT = 30


class Unreachable(Exception):
    """The server cannot be reached, or takes nothing from us now: later again."""


class Undeliverable(Exception):
    """The server will never take this mail."""


class Carrier(Protocol):
    def carry(self, mail: Mail, enclosed: Enclosed | None = None) -> None: ...

    def __enter__(self) -> Carrier: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None: ...


def carrier_of(config: Config) -> Carrier:
    return Smtp(config) if config.smtp_host else Folder(config)


def compose(mail: Mail, sender: str, enclosed: Enclosed | None = None) -> EmailMessage:
    """The message of a row: the same row gives the same message, so that a mail that is sent
    twice after a crash can be known by its id.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _named(sender, mail.sender_name)
    message["To"] = Address(addr_spec=mail.address)
    if (reader := _address_or_none(mail.reply_to)) is not None:
        message["Reply-To"] = reader
    message["Subject"] = mail.subject
    message["Date"] = mail.created_at
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2].strip('> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.stop_url:  # RFC 8058: the mailbox's own button, without opening anything
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if enclosed:
        kind, _, subtype = enclosed.kind.partition("/")
        message.add_attachment(
            enclosed.data, maintype=kind, subtype=subtype, filename=enclosed.name
        )
    message["Content-Language"] = mail.language  # of the whole: parts take what stands before
    return message


class Folder:
    """One file per mail, for trying out and for small installations without a mail server."""

    def __init__(self, config: Config) -> None:
        self.sender = config.mail_from
        self.path = config.mails

    def __enter__(self) -> Folder:
        self.path.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_fault: object) -> None:
        return None

    def carry(self, mail: Mail, enclosed: Enclosed | None = None) -> None:
        target = self.path / f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}.eml"
        unfinished = self.path / f".{mail.id}"
        try:
            unfinished.write_bytes(_compose_or_refuse(mail, self.sender, enclosed).as_bytes())
            unfinished.replace(target)
        except OSError as fault:
            raise Unreachable(type(fault).__name__) from None


class Smtp:
    """One connection for all the mails of a delivery."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Smtp:
        return self

    def __exit__(self, *_fault: object) -> None:
        if self.server is not None:
            self.server.close()

    def carry(self, mail: Mail, enclosed: Enclosed | None = None) -> None:
        message = _compose_or_refuse(mail, self.config.mail_from, enclosed)
        try:
            self.server = self.server or self._connect()
            self.server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            if all(code >= 500 for code, _text in fault.recipients.values()):
                raise Undeliverable(_status_of(fault)) from None
            raise Unreachable("recipient refused for now") from None
        except (smtplib.SMTPNotSupportedError, smtplib.SMTPDataError) as fault:
            code = getattr(fault, "smtp_code", 500)
            raise (Undeliverable if code >= 500 else Unreachable)(str(code)) from None
        except (smtplib.SMTPException, OSError) as fault:
            self.server = None
            raise Unreachable(type(fault).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self.config.smtp_host, self.config.smtp_port, timeout=TIMEOUT)
        if self.config.smtp_starttls:
            server.starttls()
        if self.config.smtp_user:
            server.login(self.config.smtp_user, self.config.smtp_password)
        return server


def _named(sender: str, name: str) -> str | Address:
    """Our address under the name of the event that writes; as it is set where there is none."""
    try:
        return Address(name, addr_spec=parseaddr(sender)[1]) if name else sender
    except (ValueError, HeaderParseError):
        return sender


def _address_or_none(text: str) -> Address | None:
    """A wrong address of the organiser's must not keep mails from participants."""
    try:
        return Address(addr_spec=text) if text else None
    except (ValueError, HeaderParseError):
        return None


def _status_of(fault: smtplib.SMTPRecipientsRefused) -> str:
    """``5.1.1`` where the server says it, else its plain code, ``550``; never its words, in which
    an address may stand.
    """
    code, text = next(iter(fault.recipients.values()))
    said = re.match(rb"5\.\d{1,3}\.\d{1,3}", text if isinstance(text, bytes) else text.encode())
    return said.group().decode() if said else str(code)


def _compose_or_refuse(mail: Mail, sender: str, enclosed: Enclosed | None) -> EmailMessage:
    try:
        return compose(mail, sender, enclosed)
    except (ValueError, HeaderParseError):
        raise Undeliverable("not an address") from None
