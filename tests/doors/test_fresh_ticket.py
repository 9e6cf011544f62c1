"""The script asks for a ticket where the page has none that counts."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.tickets.ticket import verify
from tests.both_doors import stored
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import FRESH
from tests.plone_site import script_in

import pytest
import transaction


def version_of(visitor, path="/board/agenda"):
    return script_in(visitor.get(path).text)["data-version"]


def test_a_member_gets_a_ticket_for_the_page_that_is_shown(tracked, visitor):
    bob = visitor("bob")
    answer = ask(bob, version_of(bob))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["outdated"] is False
    ticket, _ = verify(answer.json()["ticket"], site_keys())
    assert ticket.user == "bob"
    assert ticket.document == tracked.agenda.UID()
    assert ticket.fetched
    assert ticket.url == "/board/agenda"


def test_a_read_with_a_fetched_ticket_is_recorded(tracked, visitor):
    bob = visitor("bob")
    ticket = ask(bob, version_of(bob)).json()["ticket"]
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200


def save(document, **changes):
    with api.env.adopt_roles(["Manager"]):
        for name, value in changes.items():
            setattr(document, name, value)
        api.portal.get_tool("portal_repository").save(document)
    transaction.commit()


def test_a_page_that_shows_an_older_text_gets_no_ticket(tracked, visitor):
    bob = visitor("bob")
    shown = version_of(bob)
    save(tracked.agenda, description="other")
    assert ask(bob, shown).json() == {"ticket": None, "outdated": True}


def test_a_page_of_which_only_the_tags_were_changed_gets_one_for_the_new_version(
    tracked, visitor
):
    bob = visitor("bob")
    shown = script_in(bob.get("/board/agenda").text)
    before, _ = verify(shown["data-ticket"], site_keys())
    save(tracked.agenda, subject=("budget",))
    answer = ask(bob, shown["data-version"]).json()
    assert answer["outdated"] is False
    ticket, _ = verify(answer["ticket"], site_keys())
    assert ticket.version != before.version
    assert (ticket.digest, ticket.words) == (before.digest, before.words)


def test_content_without_a_history_has_older_texts_too(tracked, visitor):
    bob = visitor("bob")
    shown = version_of(bob, "/board")
    fresh = "/board/@@clicktracker-ticket"
    assert ask(bob, shown, fresh).json()["ticket"]
    tracked.description = "other"
    transaction.commit()
    assert ask(bob, shown, fresh).json() == {"ticket": None, "outdated": True}


def test_an_untracked_page_gets_no_ticket(tracked, visitor):
    bob = visitor("bob")
    answer = ask(bob, path="/rules/@@clicktracker-ticket")
    assert answer.json()["ticket"] is None


def test_a_file_gets_no_ticket(tracked, visitor):
    pdf = NamedBlobFile(b"%PDF-1.4", "application/pdf", "budget.pdf")
    with api.env.adopt_roles(["Manager"]):
        api.content.create(tracked, "File", "pdf", file=pdf)
    transaction.commit()
    answer = ask(visitor("bob"), path="/board/pdf/@@clicktracker-ticket")
    assert answer.json()["ticket"] is None


def test_a_page_that_a_visitor_may_not_see_gets_no_ticket(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(tracked.agenda, "retract")
    transaction.commit()
    answer = visitor("bob").post(FRESH, "{}", allow_redirects=False)
    assert answer.status_code == 302
    assert "ticket" not in answer.text


def count_anonymous():
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()


def test_anonymous_visitors_are_counted_together_where_that_is_set(tracked, visitor):
    count_anonymous()
    for _ in range(2):
        nobody = visitor()
        ticket = ask(nobody, version_of(nobody)).json()["ticket"]
        assert nobody.post(CALLBACK, beacon(ticket)).status_code == 200
    rows = stored(tracked.agenda)
    assert [(row.reader.user, row.count) for row in rows] == [("", 2)]


def test_a_ticket_for_nobody_is_not_one_for_bob(tracked, visitor):
    count_anonymous()
    nobody = visitor()
    ticket = ask(nobody, version_of(nobody)).json()["ticket"]
    assert visitor("bob").post(CALLBACK, beacon(ticket)).status_code == 403


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"version": 1}', "[" * 4000])
def test_garbage_is_refused(tracked, visitor, body):
    assert visitor("bob").post(FRESH, body).status_code == 400


def test_a_get_request_is_told_to_post(tracked, visitor):
    assert visitor("bob").get(FRESH).status_code == 405
