"""Page views come in by both doors and get to the service, each once."""

from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.analytics.settings import BY_SERVER
from slc.clicktracker.doors.process import collector
from slc.clicktracker.forwarding.drain import Drain
from slc.clicktracker.sites import pseudonyms
from slc.clicktracker.sites.forwarding import senders
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from tests.analytics.pages import switch as switch_services
from tests.analytics.pages import use_matomo
from tests.both_doors import flush
from tests.browser_visits import look_at
from tests.browser_visits import switch
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from tests.faults.servers import wait_for
from tests.forwarding.services import Service

import pytest
import transaction


@pytest.fixture
def service(tracked):
    """A Matomo that this server tells of page views."""
    service = Service()
    address = service.base.removeprefix("http://")
    use_matomo(address=address, https=False, transport=BY_SERVER)
    store_secret("matomo_token", Service.token, service.base)
    transaction.commit()
    yield service
    collector().forwarder.tell(document_uid(tracked.aq_parent), {})
    service.end()


@pytest.fixture
def forwarded(service):
    """Return a function: what the service is told of, once all is sent, by whom ever."""

    def told():
        flush()
        outbox, sender = site_storage(), senders().get("matomo")
        if sender is not None:
            wait_for(lambda: _is_empty(outbox, sender), "it is not sent")
        return service.counted

    return told


def _is_empty(outbox, sender):
    Drain(outbox, "matomo", sender).run(lambda: True)
    state = outbox.outbox("matomo")
    return not (state.waiting or state.sending)


def test_a_page_view_is_forwarded_once_however_often_it_is_reported(
    service, in_browser, forwarded
):
    bob = in_browser("bob")
    ticket = ticket_on(bob, "/rules")
    for engaged in (0, 30_000):
        bob.post(CALLBACK, beacon(ticket, engaged=engaged))
        (hit,) = forwarded()
    assert hit["url"].endswith("/plone/rules")
    assert hit["action_name"] == "House rules"
    assert hit["ua"].startswith("Mozilla/5.0")
    # Nobody is named at first, and no address is told.
    assert "uid" not in hit
    assert "cip" not in hit


def test_a_tracked_page_of_a_site_with_visits_is_forwarded_once(
    service, in_browser, forwarded
):
    look_at(in_browser("bob"), "/board/agenda")
    (hit,) = forwarded()
    assert hit["action_name"] == "Agenda"


def test_where_no_visits_are_recorded_reads_are_forwarded(
    service, tracked, visitor, forwarded
):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    for _ in range(2):
        assert bob.post(CALLBACK, message).status_code == 200
    (hit,) = forwarded()
    assert hit["action_name"] == "Agenda"
    assert hit["url"].endswith("/plone/board/agenda")


def test_page_views_that_the_server_notes_are_forwarded(service, in_browser, forwarded):
    switch(source="server")
    bob = in_browser("bob")
    bob.get("/rules")
    bob.get("/no-such-page")
    # A read of what is tracked is a page view, too, and told once.
    look_at(bob, "/board/agenda")
    assert [hit["action_name"] for hit in forwarded()] == ["House rules", "Agenda"]


def test_whom_the_visitor_rules_keep_out_is_not_forwarded(
    service, in_browser, forwarded
):
    switch(untracked_paths=("/board",))
    look_at(in_browser("bob"), "/board/agenda")
    assert forwarded() == []


def test_members_are_named_as_the_settings_say(service, in_browser, forwarded):
    pseudonyms.make_pseudonym_key()
    switch_services(IMatomoSettings, forward_names=True)
    switch_services(identify_by="pseudonym")
    look_at(in_browser("bob"), "/rules")
    assert [hit["uid"] for hit in forwarded()] == [
        pseudonyms.pseudonym("matomo", "", "bob")
    ]
    switch_services(auto_identify=False)
    look_at(in_browser("bob"), "/rules", view="another-view-of-it")
    assert "uid" not in forwarded()[-1]


def test_who_waits_is_not_named_when_nobody_is_any_more(
    service, in_browser, forwarded, monkeypatch
):
    switch_services(IMatomoSettings, forward_names=True)
    switch_services(identify_by="user_id")
    monkeypatch.setattr(collector().forwarder, "tell", lambda *told: None)
    look_at(in_browser("bob"), "/rules")
    flush()
    (waiting,) = site_storage().waiting_hits("matomo", 9)
    assert waiting.identity == "bob"
    switch_services(IMatomoSettings, forward_names=False)
    (hit,) = forwarded()
    assert "uid" not in hit


@pytest.mark.parametrize(
    ("before", "now"), [("full_name", "pseudonym"), ("pseudonym", "user_id")]
)
def test_who_waits_is_named_as_is_set_now(
    service, in_browser, forwarded, monkeypatch, before, now
):
    pseudonyms.make_pseudonym_key()
    named = {
        "full_name": "Bob Berger",
        "user_id": "bob",
        "pseudonym": pseudonyms.pseudonym("matomo", "", "bob"),
    }
    switch_services(IMatomoSettings, forward_names=True)
    switch_services(identify_by=before)
    monkeypatch.setattr(collector().forwarder, "tell", lambda *told: None)
    look_at(in_browser("bob"), "/rules")
    flush()
    (waiting,) = site_storage().waiting_hits("matomo", 9)
    assert waiting.identity == named[before]
    switch_services(identify_by=now)
    assert [hit["uid"] for hit in forwarded()] == [named[now]]


def test_who_waits_and_was_not_to_be_named_is_not(
    service, in_browser, forwarded, monkeypatch
):
    monkeypatch.setattr(collector().forwarder, "tell", lambda *told: None)
    look_at(in_browser("bob"), "/rules")
    flush()
    switch_services(IMatomoSettings, forward_names=True)
    switch_services(identify_by="user_id")
    (hit,) = forwarded()
    assert "uid" not in hit


def test_what_is_forwarded_is_on_no_page_and_the_other_way_round(
    service, visitor, in_browser, forwarded
):
    assert "matomo.js" not in visitor("bob").get("/rules").text
    use_matomo(transport="script")
    look_at(in_browser("bob"), "/rules")
    assert "matomo.js" in visitor("bob").get("/rules").text
    assert forwarded() == []


def test_nothing_is_sent_while_a_visitor_waits(service, in_browser, monkeypatch):
    monkeypatch.setattr(collector().forwarder, "tell", lambda *told: None)
    look_at(in_browser("bob"), "/rules")
    flush()
    assert service.headers == []
    assert site_storage().outbox("matomo").waiting == 1


def test_consent_and_internal_addresses_hold_at_the_doors(
    service, in_browser, forwarded
):
    switch_services(consent="all", internal_networks=("198.51.100.0/24",))
    look_at(in_browser(address="203.0.113.9"), "/rules")
    agreed = {"Cookie": "clicktracker_consent=yes"}
    look_at(in_browser(), "/rules", view="from-an-internal-one", headers=agreed)
    assert forwarded() == []
    guest = in_browser(address="203.0.113.9")
    look_at(guest, "/rules", view="this-one-has-agreed", headers=agreed)
    assert len(forwarded()) == 1


def test_a_read_is_kept_whatever_is_wrong_with_forwarding(
    service, visitor, forwarded, monkeypatch
):
    def broken():
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("slc.clicktracker.doors.senders.senders", broken)
    bob = visitor("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200
    monkeypatch.undo()
    assert len(forwarded()) == 1


def test_the_first_page_of_a_guest_who_keeps_the_cookie_is_of_the_same_visitor(
    service, in_browser, forwarded
):
    switch(guest_cookie="always")
    guest, other = in_browser(), in_browser()
    look_at(guest, "/rules")
    look_at(guest, "/board/agenda", view="the-view-of-the-agenda")
    look_at(other, "/rules", view="the-view-of-the-other")
    first, second, third = (hit["_id"] for hit in forwarded())
    assert first == second != third
