"""``Post``: the way out of the site, by the mail server of Plone's settings."""

from Acquisition import aq_base
from copy import copy
from dataclasses import dataclass
from email.utils import formataddr
from email.utils import parseaddr
from functools import partial
from plone import api
from Products.MailHost.MailHost import MailHostError
from slc.clicktracker.mails.letter import in_one_line
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import valid_address
from smtplib import SMTPDataError
from smtplib import SMTPRecipientsRefused
from smtplib import SMTPResponseException
from typing import Any


#: Characters of an error that are kept.
LONGEST_ERROR = 300

#: Seconds after which a command gives up waiting for an answer of the mail server, and after
#: which somebody does who looks at a browser.
PATIENCE = 60.0
PATIENCE_OF_A_READER = 10.0

#: What comes of a mail that can't be sent: ``smtplib``'s errors are of the first kind.
_FAILURES = (OSError, RuntimeError, MailHostError, UnicodeError)

#: Of these, what another mail need not meet.
_OF_THIS_MAIL = (SMTPRecipientsRefused, SMTPDataError, MailHostError, UnicodeError)


class NotSent(Exception):
    """A mail was not sent; the text says why, in the words of the mail server. ``is_down``:
    there is no use in trying another one now. ``is_final``: nor this one again."""

    def __init__(
        self, text: str, is_down: bool = False, is_final: bool = False
    ) -> None:
        super().__init__(text)
        self.is_down, self.is_final = is_down, is_final


@dataclass(frozen=True)
class Post:
    """``sender`` is as in the header From; after so many seconds of ``patience`` without an
    answer of the mail server it is taken to be down."""

    sender: str
    patience: float = PATIENCE

    @classmethod
    def of_site(cls, patience: float = PATIENCE) -> "Post | None":
        """Return that of the current site, None where Plone's mail settings are not
        complete."""
        address = valid_address(_setting("email_from_address"))
        if not address or not _setting("smtp_host"):
            return None
        name = in_one_line(_setting("email_from_name") or "")
        sender = formataddr((name, address))
        # Some names get it confused.
        is_clear = parseaddr(sender)[1] == address
        return cls(sender if is_clear else address, patience)

    @property
    def domain(self) -> str:
        """What the ids of mails end with."""
        return parseaddr(self.sender)[1].rpartition("@")[2]

    def send(self, mail: Mail) -> None:
        """Send a mail now, whatever becomes of the transaction. Raises ``NotSent``."""
        host = _impatient(api.portal.get_tool("MailHost"), self.patience)
        try:
            host.send(mail.message, mail.to, mail.sender, immediate=True)
        except _FAILURES as error:
            is_down = not isinstance(error, _OF_THIS_MAIL)
            text = _in_words(error, self.patience)
            raise NotSent(text, is_down, _is_final(error)) from error


def _impatient(host: Any, patience: float) -> Any:
    """Return a copy of a mail host, which no database keeps, that gives up on a mail server
    that doesn't answer. Zope's own waits for ever."""
    copied = copy(aq_base(host))
    if hasattr(host, "_makeMailer"):
        mailer = host._makeMailer()
        mailer.smtp = partial(mailer.smtp, timeout=patience)
        copied._makeMailer = lambda: mailer
    return copied


def _is_final(error: Exception) -> bool:
    """Does the mail server say that it refuses this mail for good? (RFC 5321: 5yz)"""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
    else:
        codes = [error.smtp_code] if isinstance(error, SMTPDataError) else []
    return bool(codes) and all(500 <= code <= 599 for code in codes)


def _has_timed_out(error: BaseException | None) -> bool:
    """What is wrong while a connection is closed hides what was wrong before."""
    while error is not None:
        if isinstance(error, TimeoutError):
            return True
        error = error.__context__
    return False


def _in_words(error: Exception, patience: float) -> str:
    if _has_timed_out(error):
        text = f"no answer within {patience:g} seconds"
    elif isinstance(error, SMTPRecipientsRefused):
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
