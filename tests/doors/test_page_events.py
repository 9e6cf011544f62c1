"""Events that pages send come in by both doors, and are recorded of whom that is set for."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.uids import document_uid
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on

import pytest
import transaction


PLAY = {"name": "video:play", "data": {"seconds": 7, "title": "Grüße"}}


def set_to(**settings):
    for name, value in settings.items():
        api.portal.set_registry_record(name, value, IMemberEventsSettings)
    transaction.commit()


@pytest.fixture
def bob_followed(tracked):
    set_to(enabled=True, purpose="To learn.", users=("bob",), page_events=True)


@pytest.fixture
def spooled(waiting, tracked):
    """Return a function: the events of pages that lie in the spool. The storage is down."""
    site = document_uid(tracked.aq_parent)

    def found():
        waiting()
        records = collector().spools.own.batch(site, 100).records
        return [one for one in unpacked(records).events if one.kind == "event"]

    return found


def send(visitor, event=PLAY, view="0123456789abcdef", ticket=None, **more):
    ticket = ticket or ticket_on(visitor)
    return visitor.post(CALLBACK, beacon(ticket, view, event=event, **more))


def test_an_event_of_a_page_is_recorded_of_who_is_followed_and_is_no_read(
    bob_followed, tracked, visitor, spooled, waiting
):
    bob = visitor("bob")
    ticket = ticket_on(bob)
    for view in ("0123456789abcdef", "0123456789abcdef", "fedcba9876543210"):
        assert send(bob, view=view, ticket=ticket, engaged=9).status_code == 200
    assert [one.origin for one in waiting()] == ["served"]
    found = spooled()
    keys = [one.key for one in found]
    assert (len(keys), len(set(keys))) == (3, 2)
    event = found[0]
    assert (event.reader, event.cohort) == ("bob", "followed")
    assert (event.detail, event.data) == ("video:play", '{"seconds":7,"title":"Grüße"}')
    assert event.document == tracked.agenda.UID()
    assert event.path == "/plone/board/agenda"


def test_of_nobody_else(bob_followed, visitor, door, spooled):
    ticket = ticket_on(visitor("bob"))
    carol = visitor("carol")
    assert send(carol).status_code == 200
    # With the ticket of somebody else it is refused as a read is.
    assert refusal(send(carol, ticket=ticket)) == (403, "other-user")
    assert spooled() == []


def test_not_where_it_is_off(bob_followed, visitor, spooled):
    bob = visitor("bob")
    set_to(page_events=False)
    assert refusal(send(bob)) == (403, "recording-off")
    set_to(page_events=True, enabled=False)
    assert send(bob).status_code == 200
    assert spooled() == []


def test_what_is_no_event_or_has_no_good_ticket_is_refused_as_a_read_is(
    bob_followed, tracked, visitor, spooled
):
    bob = visitor("bob")
    for wrong in ({"name": "a b"}, {"name": "x", "data": {"a": []}}, "x"):
        assert refusal(send(bob, wrong)) == (400, "beacon-malformed")
    old = datetime.now(timezone.utc) - timedelta(days=9)
    expired = made_ticket(tracked.aq_parent, issued=old)
    assert refusal(send(bob, ticket=expired)) == (410, "ticket-expired")
    assert spooled() == []


def test_only_who_is_followed_is_told_where_to_send_them(bob_followed, visitor):
    def script(who):
        return visitor(who).get("/rules").text.partition("events.js")[2][:80]

    assert 'data-endpoint="' in script("bob").partition(">")[0]
    for who in ("carol", None):
        assert script(who)
        assert "data-endpoint" not in script(who).partition(">")[0]
    set_to(page_events=False)
    assert script("bob") == ""
