"""A ticket proves what was served to whom, and nothing else passes for one."""

from base64 import urlsafe_b64decode as b64decode
from base64 import urlsafe_b64encode as b64encode
from dataclasses import fields
from dataclasses import replace
from datetime import datetime
from datetime import timezone
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import is_bound
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.ticket import MalformedTicket
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.ticket import TicketError
from slc.clicktracker.tickets.ticket import UnverifiedTicket
from slc.clicktracker.tickets.ticket import verify

import json
import pytest


KEYS = Keys(("new", "old"), ("anonymous",))
TICKET = Ticket(
    site="site",
    document="uid",
    version="3",
    digest="0123456789abcdef0123456789abcdef",
    words=350,
    url="/board/agenda",
    path="/plone/board/agenda",
    title="Agenda",
    user="bob",
    folder="",
    name="Bob Berger",
    issued=datetime(2026, 5, 4, 12, 30, 1, 250000, tzinfo=timezone.utc),
)


def test_what_was_issued_is_read_again():
    ticket, secret = verify(issue(TICKET, KEYS), KEYS)
    assert ticket == TICKET
    assert secret == "new"


def test_there_is_no_ticket_for_what_has_no_uid():
    with pytest.raises(MalformedTicket):
        replace(TICKET, document="")


def test_a_ticket_survives_the_rotation_of_keys():
    text = issue(TICKET, Keys(("old",), ()))
    assert verify(text, KEYS) == (TICKET, "old")


def test_a_ticket_of_a_key_that_is_gone_is_not_verified():
    text = issue(TICKET, Keys(("gone",), ()))
    with pytest.raises(UnverifiedTicket) as info:
        verify(text, KEYS)
    assert info.value.claims.issued == TICKET.issued


def test_empty_entries_of_a_ring_sign_nothing():
    keys = Keys.of([None, "", "real"], [None])
    assert keys == Keys(("real",), ())
    forged = issue(TICKET, Keys(("",), ()))
    with pytest.raises(UnverifiedTicket):
        verify(forged, keys)


def test_without_a_key_no_ticket_is_issued():
    with pytest.raises(LookupError):
        issue(TICKET, Keys((), ("anonymous",)))


def test_the_ring_of_anonymous_visitors_does_not_sign_for_members():
    text = issue(TICKET, Keys(("anonymous",), ()))
    with pytest.raises(UnverifiedTicket):
        verify(text, KEYS)


@pytest.mark.parametrize(
    "change",
    [
        {"user": "carol"},
        {"document": "other"},
        {"version": "4"},
        {"digest": "f"},
        {"words": 3},
        {"site": "x"},
    ],
)
def test_a_changed_ticket_is_not_verified(change):
    signature = issue(TICKET, KEYS).partition(".")[2]
    payload = issue(replace(TICKET, **change), KEYS).partition(".")[0]
    with pytest.raises(UnverifiedTicket):
        verify(f"{payload}.{signature}", KEYS)


def test_a_shortened_ticket_is_no_ticket():
    text = issue(TICKET, KEYS)
    for end in range(len(text)):
        with pytest.raises(TicketError):
            verify(text[:end], KEYS)


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_whatever_is_sent_is_refused_by_name(text):
    with pytest.raises(TicketError):
        verify(text, KEYS)


def payload(**changes):
    """Return the values of a ticket as they lie in its text, some of them changed."""
    (text, _, _) = issue(TICKET, KEYS).partition(".")
    names = [each.name for each in fields(Ticket)]
    values = dict(zip(names, json.loads(b64decode(text + "==")), strict=True))
    return list((values | changes).values())


@pytest.mark.parametrize(
    "values",
    [
        None,
        {},
        [],
        [1],
        payload()[:-1],
        [*payload(), ""],
        payload(issued=1e99),
        payload(issued="1"),
        payload(words="350"),
        payload(words=3.5),
        payload(words=True),
        payload(digest=None),
        payload(nonce=1),
        payload(document=""),
    ],
)
def test_json_that_is_no_ticket_is_malformed(values):
    text = b64encode(json.dumps(values).encode()).decode().rstrip("=")
    with pytest.raises(MalformedTicket):
        verify(f"{text}.AAAA", KEYS)


def test_json_that_looks_like_a_ticket_is_none_without_its_signature():
    text = b64encode(json.dumps(payload()).encode()).decode().rstrip("=")
    with pytest.raises(UnverifiedTicket):
        verify(f"{text}.AAAA", KEYS)


def test_a_ticket_is_bound_to_the_log_in_that_got_the_page():
    ticket, secret = verify(issue(TICKET, KEYS, "cookie of monday"), KEYS)
    assert is_bound(ticket, secret, "cookie of monday")
    assert not is_bound(ticket, secret, "cookie of tuesday")
    assert not is_bound(ticket, secret, "")


def test_a_ticket_without_a_credential_is_bound_to_nothing():
    ticket, secret = verify(issue(TICKET, KEYS), KEYS)
    assert ticket.binding == ""
    assert not is_bound(ticket, secret, "any")
    assert not is_bound(ticket, secret, "")


def test_the_same_view_of_the_same_page_is_the_same_access():
    again = replace(TICKET)
    another_load = replace(TICKET, nonce="another")
    assert access_key(TICKET, "view") == access_key(again, "view")
    assert access_key(TICKET, "view") != access_key(TICKET, "other view")
    assert access_key(TICKET, "view") != access_key(another_load, "view")
    assert len(access_key(TICKET, "view")) == 32


def test_a_signature_has_one_spelling():
    text = issue(TICKET, KEYS)
    for (
        last
    ) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=\0ü\ud800":
        if last != text[-1]:
            with pytest.raises(TicketError):
                verify(text[:-1] + last, KEYS)
