"""``Mail``: a letter to one address, as it goes over the wire."""

from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formatdate
from slc.clicktracker.mails.letter import in_one_line
from slc.clicktracker.mails.letter import Letter


#: Neither MailHost nor ``smtplib`` ends the lines of a message as mail servers want them.
_ON_THE_WIRE = compat32.clone(linesep="\r\n")


@dataclass(frozen=True)
class Mail:
    """``sender`` is as in the header From, ``to`` one address without a name, and
    ``message_id`` is the same whenever the mail is tried again. At ``stop_url`` a single
    POST ends the mails (RFC 8058); "" for those that nobody can stop."""

    letter: Letter
    sender: str
    to: str
    message_id: str
    stop_url: str = ""

    @property
    def message(self) -> Message:
        """What is sent. No header has a line break but those that fold it."""
        letter = self.letter
        message = MIMEMultipart("alternative", policy=_ON_THE_WIRE)
        message["Subject"] = Header(in_one_line(_sendable(letter.subject)), "utf-8")
        message["From"] = in_one_line(self.sender)
        message["To"] = in_one_line(self.to)
        message["Date"] = formatdate()
        message["Message-ID"] = in_one_line(self.message_id)
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = in_one_line(letter.language)
        if self.stop_url:
            message["List-Unsubscribe"] = f"<{in_one_line(self.stop_url)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        # Readers of mails show the last form that they can show.
        for text, kind in ((letter.text, "plain"), (letter.html, "html")):
            message.attach(MIMEText(_sendable(text), kind, "utf-8"))
        return message


def _sendable(text: str) -> str:
    """Return text without halves of characters, which no mail can have."""
    return text.encode("utf-8", "replace").decode()
