"""A browser that fetches nothing with "click" or "track" in its address."""

from slc.clicktracker.storage.marks import Marks
from tests.both_doors import stored
from tests.public_names import call_it
from tests.public_names import OFFENSIVE

import pytest
import re


@pytest.fixture
def blocking(new_context, visitor, filtered_port, functional):
    """A page of bob's with a content blocker, and the address of the agenda behind the
    filter. What was stopped is in ``stopped`` of the page."""
    bob = visitor("bob")
    address = bob.site_url.replace(f":{functional['port']}/", f":{filtered_port}/")
    context = new_context()
    context.add_cookies(
        [
            {"name": one.name, "value": one.value, "url": address}
            for one in bob.session.cookies
            if one.value
        ]
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.stopped = []

    def stop(route):
        page.stopped.append(route.request.url)
        route.abort()

    page.route(OFFENSIVE, stop)
    page.agenda = f"{address}/board/agenda"
    return page


def reads(document):
    return [(row.reader.user, row.count) for row in stored(document)]


def test_with_the_usual_name_its_reads_are_missing(tracked, blocking):
    blocking.goto(blocking.agenda, wait_until="networkidle")
    assert [url.rpartition("/")[2] for url in blocking.stopped] == ["tracker.js"]
    assert ("bob", 1) not in reads(tracked.agenda)


def test_with_a_public_name_they_are_recorded(tracked, blocking):
    call_it("notes")
    for count in (1, 2):
        with blocking.expect_response(re.compile("/@@notes-callback$")) as answer:
            blocking.goto(blocking.agenda)
        assert answer.value.status == 200
        assert reads(tracked.agenda) == [("bob", count)]
    assert blocking.stopped == []


def test_a_page_that_is_open_while_the_name_changes_reports_that_it_is_left(
    tracked, blocking
):
    call_it("notes")
    with blocking.expect_response(re.compile("/@@notes-callback$")):
        blocking.goto(blocking.agenda)
    call_it("memo")
    blocking.wait_for_load_state("networkidle")
    with blocking.expect_response(re.compile("/@@notes-callback$")) as answer:
        blocking.evaluate("dispatchEvent(new Event('beforeprint'))")
        blocking.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert answer.value.status == 200
    (row,) = stored(tracked.agenda)
    assert row.count == 1
    assert Marks.PRINTED in row.marks
    assert blocking.stopped == []
