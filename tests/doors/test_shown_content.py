"""What was published decides what somebody was shown, not how its address is spelled."""

from datetime import datetime
from plone import api
from plone.app.textfield import RichTextValue
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.doors import served
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.both_doors import stored
from tests.content import add
from tests.content import PIXEL
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.plone_site import script_in

import pytest
import pytz
import transaction


PAGE = "/board/agenda"
TEXT = "the budget is halved"


@pytest.fixture
def door():
    return lambda url: url


@pytest.fixture
def paper(tracked):
    """The agenda, which says something."""
    tracked.agenda.text = RichTextValue(f"<p>{TEXT}</p>", "text/html", "text/html")
    transaction.commit()
    return tracked.agenda


@pytest.fixture
def meetings(tracked):
    """An event that is on each day from the first of December on."""
    with api.env.adopt_roles(["Manager"]):
        event = api.content.create(
            tracked,
            "Event",
            "meeting",
            "Meeting",
            start=datetime(2026, 12, 1, 10, tzinfo=pytz.utc),
            end=datetime(2026, 12, 1, 11, tzinfo=pytz.utc),
            recurrence="RRULE:FREQ=DAILY;COUNT=20",
        )
        api.content.transition(event, "publish")
    transaction.commit()
    return event


def uids(notes):
    assert {note.origin for note in notes} <= {"served"}
    return sorted(note.document.uid for note in notes)


@pytest.mark.parametrize(
    "address",
    [
        PAGE + "/@@view",
        PAGE + "/@@document_view",
        PAGE + "/++view++document_view",
        "/board//agenda",
        "/board/budget/agenda",
        "/rules/board/budget/agenda/view",
        PAGE + "?ajax_load=1&ajax_include_head=1",
    ],
)
def test_a_page_has_a_ticket_by_whatever_address(paper, visitor, waiting, address):
    page = visitor("bob").get(address).text
    assert TEXT in page
    script = script_in(page)
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert ticket.document == paper.UID()
    # Of the addresses that lead here, as many as somebody likes, one is recorded.
    assert ticket.url in (PAGE, PAGE + "/@@document_view")
    assert script["data-page"].endswith("/plone" + PAGE)
    assert uids(waiting()) == [paper.UID()]


@pytest.mark.parametrize(
    "address",
    [
        PAGE + "/@@content-core",
        PAGE + "/@@full_view_item",
        PAGE + "/@@view/++widget++IRichTextBehavior.text",
        PAGE + "/manage_DAVget",
        PAGE + "/manage_FTPget",
        PAGE + "?ajax_load=1",
        "/board/budget/agenda/@@view?ajax_load=1",
    ],
)
def test_what_has_no_head_is_noted_as_served(paper, visitor, waiting, address):
    page = visitor("bob").get(address).text
    assert TEXT in page
    assert script_in(page) is None
    (note,) = waiting()
    assert (note.origin, note.document.uid) == ("served", paper.UID())
    assert (note.reader.user, note.url) == ("bob", PAGE)


def test_json_is_noted_for_the_text_of_today_only(paper, visitor, waiting):
    manager = visitor("manager")
    headers = {"Accept": "application/json"}
    assert TEXT in manager.get(PAGE, headers=headers).text
    assert uids(waiting()) == [paper.UID()]
    manager.get(PAGE + "?version=0", headers=headers)
    manager.get(PAGE + "/@history", headers=headers)
    assert len(waiting()) == 1


def test_text_of_a_news_item_in_the_view_of_documents(tracked, visitor, waiting):
    news = add(tracked, "News Item", id="news", title="News")
    assert script_in(visitor("bob").get("/board/news/document_view").text)
    assert uids(waiting()) == [news.UID()]


def test_an_image_that_fills_the_screen_is_served(tracked, visitor, waiting):
    image = NamedBlobImage(PIXEL, "image/png", "pixel.png")
    add(tracked, "Image", id="pixel", title="Pixel", image=image)
    assert "Pixel" in visitor("bob").get("/board/pixel/image_view_fullscreen").text
    assert uids(waiting()) == [tracked.pixel.UID()]


def test_a_default_page_without_a_head_is_served_and_not_its_folder(
    paper, tracked, visitor, waiting
):
    tracked.setDefaultPage("agenda")
    transaction.commit()
    assert TEXT in visitor("bob").get("/board?ajax_load=1").text
    assert uids(waiting()) == [paper.UID()]


def test_the_display_all_content_serves_each_paper_that_it_shows(
    paper, tracked, visitor, waiting
):
    with api.env.adopt_roles(["Manager"]):
        tracked.setLayout("full_view")
    choose(tracked.budget, Choice.EXCLUDE)
    transaction.commit()
    page = visitor("bob").get("/board").text
    assert TEXT in page and "Budget" in page
    ticket, _ = verify(script_in(page)["data-ticket"], site_keys())
    assert ticket.document == tracked.UID()
    assert uids(waiting()) == sorted([tracked.UID(), paper.UID()])


def test_a_listing_of_titles_serves_no_paper(tracked, visitor, waiting):
    for view in ("listing_view", "summary_view", "tabular_view", "@@album_view"):
        assert "Agenda" in visitor("bob").get(f"/board/{view}").text
    assert set(uids(waiting())) == {tracked.UID()}


@pytest.mark.parametrize(
    "address",
    [
        PAGE + "/@@event_listing",
        PAGE + "/@@main_template",
        PAGE + "/@@iconresolver",
        PAGE + "/@@tracking-state",
        PAGE + "/SearchableText",
        PAGE + "/text",
        PAGE + "/nothing?ajax_load=1",
        PAGE + "/@@edit/++widget++IRichTextBehavior.text?ajax_load=1",
        "/rules/@@content-core",
        "/board/budget/agenda/@@contact-info",
    ],
)
def test_what_does_not_show_the_paper_is_not_noted(paper, visitor, waiting, address):
    assert script_in(visitor("bob").get(address).text) is None
    assert waiting() == []


def test_nobody_is_noted_who_has_no_name_or_only_asks(paper, visitor, waiting):
    api.portal.set_registry_record("track_anonymous", True, interface=ITrackingPolicy)
    transaction.commit()
    assert TEXT in visitor().get(PAGE + "/@@content-core").text
    bob = visitor("bob")
    bob.session.head(
        bob.url_of(PAGE + "/@@content-core"), headers={"Connection": "close"}
    )
    assert waiting() == []


def test_an_error_in_what_looks_is_in_nobodys_way(
    paper, visitor, waiting, monkeypatch, caplog
):
    monkeypatch.setattr(served, "shown_content", None)
    assert TEXT in visitor("bob").get(PAGE + "?ajax_load=1").text
    assert "It is not noted now to whom" in caplog.text


def test_an_occurrence_of_an_event_counts_for_the_event(meetings, visitor):
    bob = visitor("bob")
    address = "/board/meeting/2026-12-08"
    script = script_in(bob.get(address).text)
    ticket, _ = verify(script["data-ticket"], site_keys())
    assert (ticket.document, ticket.url) == (meetings.UID(), address)
    assert ticket.path == "/plone/board/meeting"
    assert bob.post(CALLBACK, beacon(script["data-ticket"])).status_code == 200
    assert script["data-page"].endswith("/plone/board/meeting")
    fresh = "/board/meeting/@@clicktracker-ticket"
    assert ask(bob, script["data-version"], fresh).json()["ticket"]
    (row,) = stored(meetings)
    assert (row.document.uid, row.document.path, row.count) == (
        meetings.UID(),
        "/plone/board/meeting",
        1,
    )


def test_an_occurrence_without_a_head_is_served_of_the_event(
    meetings, visitor, waiting
):
    visitor("bob").get("/board/meeting/2026-12-08/event_view?ajax_load=1")
    assert uids(waiting()) == [meetings.UID()]
