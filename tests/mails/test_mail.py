"""What is in a mail: a text and its HTML, and headers that nothing can add to."""

from email import message_from_bytes
from email.policy import default
from hypothesis import example
from hypothesis import given
from hypothesis import strategies
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.letter import Line
from slc.clicktracker.mails.letter import Section
from slc.clicktracker.mails.links import Links
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import valid_address

import lxml.html
import pytest


HEADERS = {
    "Auto-Submitted",
    "Content-Language",
    "Content-Type",
    "Date",
    "From",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
}


def mail_of(title="Agenda", name="Bob"):
    line = Line(f"{title}: 1 of 2", "https://example.org/a?b=1&c=2", name)
    letter = Letter(
        "en",
        f"{title}: opened by 1 of 2",
        (f"1 of 2 have opened “{title}”.",),
        (Section("Missing", (line,)),),
        (Line("Stop these mails", "https://example.org/stop"),),
    )
    return Mail(letter, "Board <a@x.org>", "b@x.org", "<1@x.org>", "https://x.org/s")


def sent(mail):
    """Return a mail as whoever gets it has it."""
    return message_from_bytes(mail.message.as_bytes(), policy=default)


def test_readers_of_mails_may_choose_the_text_or_the_page():
    found = sent(mail_of())
    assert found.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in found.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    text = "\n".join(found.get_body(("plain",)).get_content().splitlines())
    assert "MISSING\n* Agenda: 1 of 2\n  Bob\n  https://example.org/a?b=1&c=2" in text
    page = lxml.html.fromstring(found.get_body(("html",)).get_content())
    assert [link.get("href") for link in page.iter("a")] == [
        "https://example.org/a?b=1&c=2",
        "https://example.org/stop",
    ]
    assert page.get("lang") == "en"


def test_a_long_name_does_not_make_a_mail_wider():
    page = lxml.html.fromstring(sent(mail_of()).get_body(("html",)).get_content())
    assert "overflow-wrap: anywhere" in page.find("body").get("style")


def test_a_page_in_a_mail_fetches_nothing():
    page = lxml.html.fromstring(sent(mail_of()).get_body(("html",)).get_content())
    assert not page.xpath("//*[@src] | //link | //script | //style")


@example("<script>alert(1)</script>", "<img src=x>")
@example("Agenda\r\nBcc: all@example.org\r\n\r\ntext", "Bob\n\n.\nMAIL FROM")
@given(strategies.text(), strategies.text())
def test_nothing_that_somebody_has_typed_adds_a_header_or_markup(title, name):
    found = sent(mail_of(title, name))
    assert set(found.keys()) == HEADERS
    assert found["To"] == "b@x.org"
    assert len(found["Subject"].splitlines()) == 1
    page = lxml.html.fromstring(found.get_body(("html",)).get_content())
    allowed = [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "p",
        "strong",
        "h2",
        "ul",
        "li",
        "a",
        "br",
        "hr",
    ]
    assert {each.tag for each in page.iter()} <= set(allowed)


def test_each_line_ends_as_mail_servers_want_it():
    for mail in (mail_of(), mail_of("Länge " * 500)):
        wire = mail.message.as_bytes()
        assert b"\n" not in wire.replace(b"\r\n", b"")
        assert max(map(len, wire.split(b"\r\n"))) <= 998


def test_it_can_be_sent_whatever_is_in_it():
    text = sent(mail_of("half a \ud800 character")).get_body(("plain",)).get_content()
    assert "half a ? character" in text


@pytest.mark.parametrize(
    "text",
    [
        "alice@example.org\nBcc: bob@example.org",
        "alice@example.org, bob@example.org",
        "Alice <alice@example.org>",
        "alice bob@example.org",
        "@example.org",
        "alice@",
        "alice",
        "",
        None,
    ],
)
def test_what_is_no_address_gets_no_mail(text):
    assert valid_address(text) == ""


def test_an_address_is_taken_as_it_is():
    assert valid_address(" alice@example.org ") == "alice@example.org"


def test_links_are_in_the_site_as_its_members_see_it():
    links = Links("https://intranet.example.org", ("", "zope", "Plone"))
    assert links.at((), "@@stop") == "https://intranet.example.org/@@stop"
    assert links.at(("a b", "ü"), "") == "https://intranet.example.org/a%20b/%C3%BC"
