"""A page out of the browser's cache holds the ticket of an earlier log-in."""

from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.plone_site import script_in


HTML = {"Accept": "text/html"}


def log_in_of(visitor):
    return visitor.session.cookies["__ac"]


def test_a_new_log_in_gets_the_old_page_and_the_read_is_recorded_and_marked(
    tracked, caching, visitor
):
    monday = visitor("bob")
    page = monday.get("/board/agenda", headers=HTML)
    tuesday = monday
    while log_in_of(tuesday) == log_in_of(monday):
        # The cookies of two log-ins in the same second are the same.
        tuesday = visitor("bob")
    headers = HTML | {"If-None-Match": page.headers["ETag"]}
    assert tuesday.get("/board/agenda", headers=headers).status_code == 304
    ticket = script_in(page.text)["data-ticket"]
    assert tuesday.post(CALLBACK, beacon(ticket)).status_code == 200
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count, row.cached) == ("bob", 1, 1)
