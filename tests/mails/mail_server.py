"""A mail server on the machine itself, which talks SMTP as any other does."""

from aiosmtpd.controller import Controller
from email import message_from_bytes
from email.policy import default
from tests.mails.subscribers import use_mail_server
from tests.postgresql_server import free_port

import pytest
import socket


class MailServer:
    """Takes all mails, but those for an address that it ``refuses``, with a ``refusal``; its
    ``answer`` is what it says of a mail. What it has taken it
    has in ``mails``, as ``email`` reads it; ``on_data`` is called while it takes one."""

    def __init__(self):
        self.mails = []
        self.refuses = set()
        self.refusal = "550 5.1.1 no such user here"
        self.answer = "250 OK"
        self.on_data = lambda: None
        self.port = free_port()
        self._controller = None

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self):
        """Nothing listens on its port any more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.on_data()
        if not self.answer.startswith("250"):
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.envelope = envelope
        return self.answer

    @property
    def recipients(self):
        return [mail["To"] for mail in self.mails]

    @property
    def ids(self):
        return [mail["Message-ID"] for mail in self.mails]


def text_of(mail, kind="plain"):
    """Return the text of a mail, or its HTML, with spaces folded."""
    return " ".join(mail.get_body((kind,)).get_content().split())


@pytest.fixture
def stopped_mail_server(site):
    """A mail server that Plone's settings name, and that is down."""
    server = MailServer()
    use_mail_server(server.port)
    yield server
    server.stop()


@pytest.fixture
def mail_server(stopped_mail_server):
    stopped_mail_server.start()
    return stopped_mail_server


@pytest.fixture
def silent_port(site):
    """Plone's settings name a port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        use_mail_server(server.getsockname()[1])
        yield
