"""``Post``: the way out of the site, by the mail server of Plone's settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr
from email.utils import parseaddr
from plone import api
from Products.MailHost.MailHost import MailHostError
from slc.clicktracker.mails.letter import in_one_line
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import valid_address
from smtplib import SMTPDataError
from smtplib import SMTPRecipientsRefused
from smtplib import SMTPResponseException
from typing import Any

import socket


#: Characters of an error that are kept.
LONGEST_ERROR = 300

#: Seconds after which a command gives up waiting for the mail server.
PATIENCE = 60.0

#: What comes of a mail that can't be sent: ``smtplib``'s errors are of the first kind.
_FAILURES = (OSError, RuntimeError, MailHostError, UnicodeError)

#: Of these, what another mail need not meet.
_OF_THIS_MAIL = (SMTPRecipientsRefused, SMTPDataError, MailHostError, UnicodeError)


class NotSent(Exception):
    """A mail was not sent; the text says why, in the words of the mail server. ``is_down``:
    there is no use in trying another one now."""

    def __init__(self, text: str, is_down: bool = False) -> None:
        super().__init__(text)
        self.is_down = is_down


@dataclass(frozen=True)
class Post:
    """``sender`` is as in the header From."""

    sender: str

    @classmethod
    def of_site(cls) -> "Post | None":
        """Return that of the current site, None where Plone's mail settings are not
        complete."""
        address = valid_address(_setting("email_from_address"))
        if not address or not _setting("smtp_host"):
            return None
        name = in_one_line(_setting("email_from_name") or "")
        sender = formataddr((name, address))
        # Some names get it confused.
        return cls(sender if parseaddr(sender)[1] == address else address)

    @property
    def domain(self) -> str:
        """What the ids of mails end with."""
        return parseaddr(self.sender)[1].rpartition("@")[2]

    def send(self, mail: Mail) -> None:
        """Send a mail now, whatever becomes of the transaction. Raises ``NotSent``."""
        host = api.portal.get_tool("MailHost")
        try:
            host.send(mail.message, mail.to, mail.sender, immediate=True)
        except _FAILURES as error:
            is_down = not isinstance(error, _OF_THIS_MAIL)
            raise NotSent(_in_words(error), is_down) from error


@contextmanager
def not_for_ever() -> Iterator[None]:
    """Give up on a mail server that doesn't answer; for a process that does nothing else
    meanwhile, as this is about all its connections."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _in_words(error: Exception) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        answers = list(error.recipients.values())
        text = "; ".join(_answer(*each) for each in answers)
    elif isinstance(error, SMTPResponseException):
        text = _answer(error.smtp_code, error.smtp_error)
    else:
        text = str(error)
    return in_one_line(text or type(error).__name__)[:LONGEST_ERROR]


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}"


def _setting(name: str) -> Any:
    return api.portal.get_registry_record(f"plone.{name}", default=None)
