"""Goals are reached by what readers do on the site, once each, and services are told of it."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.settings import BY_SERVER
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.goals import site_goals
from slc.clicktracker.sites.storage import site_storage
from tests.analytics.pages import switch as switch_services
from tests.analytics.pages import use_matomo
from tests.both_doors import flush
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on

import pytest
import transaction


_EVER = (
    datetime(2000, 1, 1, tzinfo=timezone.utc),
    datetime(2100, 1, 1, tzinfo=timezone.utc),
)


@pytest.fixture
def goals(tracked):
    """Return a function that sets the goals of the site."""

    def set_to(*lines, events=True):
        api.portal.set_registry_record("goals", lines, IGoalSettings)
        api.portal.set_registry_record("page_events", events, IMemberEventsSettings)
        transaction.commit()

    return set_to


def reached(name="Read"):
    """Return (readers, times, served) of a goal once all that was sent is recorded."""
    flush()
    known = {goal.name: goal.known_as for goal in site_goals()}
    (found,) = site_storage().goal_figures([known.get(name, name)], *_EVER)
    return found.readers, found.times, found.served


def told(service="matomo"):
    """Return the goals that a service is to be told of, and their pages."""
    waiting = site_storage().waiting_hits(service, 99)
    return [(hit.goal, hit.url.partition("/plone")[2]) for hit in waiting if hit.goal]


@pytest.fixture
def forwarded(tracked, monkeypatch):
    """Matomo and Clicky are told by the server, and nobody sends it meanwhile."""
    monkeypatch.setattr(
        "slc.clicktracker.collector.forwarder.Forwarder.tell", lambda *told: None
    )
    use_matomo(transport=BY_SERVER)
    switch_services(IClickySettings, site_id="12345678", transport=BY_SERVER)


def test_who_finishes_a_document_in_several_messages_reaches_the_goal_once(
    goals, forwarded, tracked, visitor
):
    goals("Read: finished; below /board; matomo 3", "Elsewhere: opened; below /news")
    # Nothing joins page views then.
    switch_services(consent="cookies")
    bob = visitor("bob")
    begun = datetime.now(timezone.utc) - timedelta(minutes=2)
    ticket = made_ticket(tracked.aq_parent, issued=begun)
    for number, message in enumerate(
        [
            {},
            {"engaged": 9_000, "depth": 50},
            {"engaged": 12_000, "depth": 100, "ended": True},
            {"engaged": 20_000, "depth": 100, "ended": True},
        ]
    ):
        assert bob.post(CALLBACK, beacon(ticket, **message)).status_code == 200
        assert reached() == (number > 1, number > 1, 1)
    again = beacon(ticket, "fedcba9876543210", engaged=9_000, ended=True)
    assert bob.post(CALLBACK, again).status_code == 200
    assert reached() == (1, 1, 1)
    assert told() == [("3", "/board/agenda")]
    assert told("clicky") == []
    # The service has the goal and its page view of the same visitor.
    hits = site_storage().waiting_hits("matomo", 99)
    (goal,) = [hit.session or hit.key for hit in hits if hit.goal]
    assert goal in [hit.session or hit.key for hit in hits if not hit.goal]
    assert reached("Elsewhere") == (0, 0, 0)


def test_who_is_served_a_page_alone_is_one_of_those_who_could(goals, visitor):
    goals("Read: finished")
    visitor("bob").get("/board/agenda")
    visitor("carol").get("/board/agenda")
    visitor().get("/board/agenda")
    assert reached() == (0, 0, 2)


def test_services_are_told_of_who_had_read_it_before_there_was_the_goal(
    goals, forwarded, visitor
):
    bob = visitor("bob")
    ticket = ticket_on(bob)
    bob.post(CALLBACK, beacon(ticket))
    flush()
    goals("Read: opened; matomo 3")
    # Of a page that is served alone no service is told anything.
    bob.get("/board/agenda")
    assert (reached(), told()) == ((0, 0, 1), [])
    bob.post(CALLBACK, beacon(ticket))
    assert (reached(), told()) == ((1, 1, 1), [("3", "/board/agenda")])


def test_what_is_another_goal_under_the_same_name_begins_anew(
    goals, forwarded, visitor
):
    goals("Read: opened; matomo 3")
    bob = visitor("bob")
    ticket = ticket_on(bob)
    bob.post(CALLBACK, beacon(ticket))
    assert reached() == (1, 1, 1)
    goals("Read: opened; below /board; matomo 3")
    assert reached() == (0, 0, 0)
    bob.post(CALLBACK, beacon(ticket))
    assert (reached(), told()) == ((1, 1, 1), [("3", "/board/agenda")] * 2)
    # What a service calls it, and how it is written, changes no goal.
    goals("READ:  Opened; clicky 17")
    assert reached("READ") == (1, 1, 1)


def test_a_guest_reaches_none(goals, forwarded, tracked, visitor):
    goals("Read: opened; matomo 3", "Sign-up: event sign-up; matomo 4")
    ticket = made_ticket(tracked.aq_parent, user="", name="")
    for event in (None, {"name": "sign-up"}):
        assert visitor().post(CALLBACK, beacon(ticket, event=event)).status_code == 200
    assert (reached(), reached("Sign-up"), told()) == ((0, 0, 0), (0, 0, 0), [])


def test_an_event_of_a_page_is_a_goal_of_whom_nothing_else_is_recorded(
    goals, forwarded, tracked, visitor
):
    goals("Sign-up: event sign-up; matomo 4; clicky 17", "Other: event other")
    bob = visitor("bob")
    page = bob.get("/board/agenda").text
    assert "data-goals-endpoint" in page
    # Whatever became of the note that this one was served.
    ticket = made_ticket(tracked.aq_parent)
    for view in ("0123456789abcdef", "fedcba9876543210"):
        sent = beacon(ticket, view, event={"name": "sign-up", "data": {"n": 1}})
        assert bob.post(CALLBACK, sent).status_code == 200
    bob.post(CALLBACK, beacon(ticket, event={"name": "signup"}))
    assert (reached("Sign-up"), reached("Other")) == ((1, 1, 1), (0, 0, 0))
    assert told() == [("4", "/board/agenda")]
    assert told("clicky") == [("17", "/board/agenda")]
    assert list(site_storage().events(*_EVER)) == []
    goals("Sign-up: event sign-up", events=False)
    assert refusal(bob.post(CALLBACK, sent)) == (403, "recording-off")


def test_a_file_that_was_delivered_is_a_goal(goals, tracked, visitor):
    goals("Got it: downloaded")
    visitor("carol").get("/board/agenda")
    ticket = made_ticket(tracked.aq_parent, user="carol", name="Carol")
    assert visitor("carol").post(CALLBACK, beacon(ticket)).status_code == 200
    # Nothing can be downloaded there.
    assert reached("Got it") == (0, 0, 0)
    with api.env.adopt_roles(["Manager"]):
        api.content.create(
            tracked, "File", "plan", file=NamedBlobFile(b"x", filename="plan.txt")
        )
    transaction.commit()
    visitor("bob").get("/board/plan/@@download/file")
    assert reached("Got it") == (1, 1, 1)


def test_what_may_not_be_told_is_not_told_with_a_goal_either(
    goals, forwarded, tracked, visitor
):
    goals("Read: opened; matomo 3")
    switch_services(consent="all")
    ticket = made_ticket(tracked.aq_parent)
    visitor("bob").post(CALLBACK, beacon(ticket))
    assert (reached(), told()) == ((1, 1, 1), [])


def test_lines_that_other_code_has_put_into_the_registry_are_no_goals(goals, visitor):
    goals()
    values = api.portal.get_tool("portal_registry").records._values
    bob = visitor("bob")
    for lines in [("Read: memorised", "x" * 10_000), ("",), None]:
        values[f"{IGoalSettings.__identifier__}.goals"] = lines
        transaction.commit()
        bob.get("/board/agenda")
    assert reached() == (0, 0, 0)
